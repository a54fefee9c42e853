import type { AllOf, Item, RuleNode } from '../rule-model.ts';

interface Unit {
  code: string;
  title: string;
}

// Units of the training regulation "Computer Systems Servicing NC II", December 2013 (framework sources S34, S85).
const BASIC: readonly Unit[] = [
  { code: '500311105', title: 'Participate in workplace communication' },
  { code: '500311106', title: 'Work in a team environment' },
  { code: '500311107', title: 'Practice career professionalism' },
  { code: '500311108', title: 'Practice occupational health and safety procedures' },
];
const COMMON: readonly Unit[] = [
  { code: 'ELC315202', title: 'Apply quality standards' },
  { code: 'ELC311203', title: 'Perform computer operations' },
  { code: 'ELC311201', title: 'Perform mensuration and calculation' },
  { code: 'ELC311202', title: 'Prepare and interpret technical drawing' },
  { code: 'ELC724201', title: 'Use hand tools' },
  { code: 'ELC724202', title: 'Terminate and connect electrical wiring and electronic circuits' },
  { code: 'ELC724205', title: 'Test electronic components' },
];
/** One certificate of competency each. */
const CORE: readonly Unit[] = [
  { code: 'ELC724331', title: 'Install and configure computer systems' },
  { code: 'ELC724332', title: 'Set-up computer networks' },
  { code: 'ELC724333', title: 'Set-up computer servers' },
  { code: 'ELC724334', title: 'Maintain and repair computer systems and networks' },
];

export interface NationalCertificateTerms {
  /** IRI of the definition for a unit code; a unit without one accepts any award that carries the code. */
  achievements?: Readonly<Record<string, string>>;
  /** Ask for the basic and common units too; assumed otherwise: they are assessed inside each certificate. */
  allUnits?: boolean;
  /** Versions of the definitions that stand for the regulation of December 2013. */
  versions: readonly string[];
  /** DID of the authority whose accreditation counts; any trusted one when absent. */
  authority?: string;
  /** DIDs. */
  conferrers?: readonly string[];
}

const SOURCE = 'Training Regulation, Computer Systems Servicing NC II, December 2013 (S34, S85)';
const RULE = { source: SOURCE, binding: 'Mandatory', realism: 'Published' } as const;

/**
 * Computer Systems Servicing NC II from its certificates of competency. Published: the units and that all are needed
 * (framework sources S34, S35, S85).
 */
export function computerSystemsServicingNcII(terms: NationalCertificateTerms): AllOf {
  const { achievements = {}, allUnits = false, versions, authority, conferrers } = terms;
  const units = allUnits ? [...BASIC, ...COMMON, ...CORE] : CORE;
  const accredited = (id: string, role: 'Assess' | 'Award', en: string, fil: string): RuleNode => ({
    ...{ kind: 'accreditedAtAward', id, ...RULE, realism: 'Illustrative', text: { en, fil }, role },
    source: 'Accreditation of centres and awarding bodies on the award day (S35)',
    ...(authority === undefined ? {} : { authority }),
  });
  return {
    kind: 'allOf',
    id: 'css-nc2',
    text: {
      en: 'Computer Systems Servicing NC II: all four certificates of competency, none of them expired.',
      fil: 'Computer Systems Servicing NC II: lahat ng apat na sertipiko ng kakayahan, walang paso.',
    },
    ...RULE,
    children: [
      {
        kind: 'requireAll',
        id: 'coc',
        text: {
          en: 'A certificate of competency for every unit of the qualification.',
          fil: 'Sertipiko ng kakayahan para sa bawat yunit ng kuwalipikasyon.',
        },
        ...RULE,
        source: 'A national certificate asks for all units of the qualification (S34, S35, S85)',
        items: units.map(({ code, title }): Item => {
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
        ...{ ...RULE, realism: 'Illustrative' },
        source: 'A national certificate is valid for five years (S36); for a certificate of competency assumed alike',
      },
      {
        kind: 'versionPin',
        id: 'regulation',
        text: {
          en: 'Certificates under the training regulation of December 2013.',
          fil: 'Mga sertipiko sa ilalim ng training regulation ng Disyembre 2013.',
        },
        ...RULE,
        versions: [...versions],
      },
      accredited(
        'centre-accredited',
        'Assess',
        'Every certificate was assessed at a centre accredited on that day.',
        'Tinasa ang bawat sertipiko sa sentrong akreditado sa araw na iyon.',
      ),
      accredited(
        'awarder-accredited',
        'Award',
        'Every certificate was awarded by a body entitled to on that day.',
        'Ipinagkaloob ang bawat sertipiko ng institusyong may karapatan sa araw na iyon.',
      ),
      ...(conferrers ? [conferrer(conferrers)] : []),
    ],
  };
}

const conferrer = (bodies: readonly string[]): RuleNode => ({
  kind: 'conferrer',
  id: 'conferrer',
  text: { en: 'TESDA confers national certificates.', fil: 'TESDA ang nagkakaloob ng pambansang sertipiko.' },
  ...RULE,
  bodies: [...bodies],
});
