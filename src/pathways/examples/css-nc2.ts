import type { AllOf, Item } from '../model.ts';

/** Core units of the training regulation "Computer Systems Servicing NC II" (December 2013), one certificate each. */
const CSS_CORE_UNITS = [
  { code: 'ELC724331', title: 'Install and configure computer systems' },
  { code: 'ELC724332', title: 'Set-up computer networks' },
  { code: 'ELC724333', title: 'Set-up computer servers' },
  { code: 'ELC724334', title: 'Maintain and repair computer systems and networks' },
] as const;

/**
 * Computer Systems Servicing NC II from its four certificates of competency. Published: the units and that all are needed
 * (framework sources S34, S35, S85). Assumed: basic and common units are assessed inside each certificate.
 * @param achievements IRI of the definition for a unit code; a unit without one accepts any award that carries the code
 */
export function computerSystemsServicingNcII(achievements: Readonly<Record<string, string>> = {}): AllOf {
  return {
    kind: 'allOf',
    id: 'css-nc2',
    text: {
      en: 'Computer Systems Servicing NC II: all four certificates of competency, none of them expired.',
      fil: 'Computer Systems Servicing NC II: lahat ng apat na sertipiko ng kakayahan, walang paso.',
    },
    source: 'Training Regulation, Computer Systems Servicing NC II, December 2013 (S34, S85)',
    binding: 'Mandatory',
    realism: 'Published',
    children: [
      {
        kind: 'requireAll',
        id: 'coc',
        text: {
          en: 'One certificate of competency for each of the four core units.',
          fil: 'Isang sertipiko ng kakayahan para sa bawat isa sa apat na pangunahing yunit.',
        },
        source: 'A national certificate asks for all units of the qualification (S34, S35, S85)',
        binding: 'Mandatory',
        realism: 'Published',
        items: CSS_CORE_UNITS.map(({ code, title }): Item => {
          const achievement = Object.hasOwn(achievements, code) ? achievements[code] : undefined;
          return achievement ? { achievement, title: `${code} ${title}` } : { code, title };
        }),
      },
      {
        kind: 'currentAt',
        id: 'coc-current',
        text: {
          en: 'Every certificate is still current on the day of the evaluation.',
          fil: 'May bisa pa ang bawat sertipiko sa araw ng pagtatasa.',
        },
        source: 'A national certificate is valid for five years (S36); for a certificate of competency assumed alike',
        binding: 'Mandatory',
        realism: 'Illustrative',
      },
    ],
  };
}
