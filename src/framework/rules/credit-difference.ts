import type { Text } from '#kernel';
import { usable } from '../data/cited.ts';
import { CREDIT_SYSTEMS } from '../data/credit-systems.ts';

const SYSTEMS = usable(CREDIT_SYSTEMS);

/** Where the systems stand side by side. */
const SEE = '/framework/crosswalk#unit-of-size';

export interface CreditDifference {
  text: Text;
  /** What a program needs to check the sentence. */
  evidence: { credit: Readonly<Record<string, string>>; asked: string; sources: readonly string[]; see: string };
}

/**
 * Why credit in one system is not credit in another: what one is in each, by the system's own source. It says no factor,
 * because there is none: between systems only a recorded decision converts (S16).
 * @param credit system -> decimal text; not of `asked`
 */
export function whyNotConverted(credit: Readonly<Record<string, string>>, asked: string): CreditDifference {
  const held = Object.keys(credit).sort();
  const sources = new Set([...held, asked].flatMap((id) => SYSTEMS.find((one) => one.id === id)?.source ?? []));
  const [first] = held;
  const en = [
    ...(first === undefined ? ['it carries no credit'] : [`${credit[first]} there are not ${credit[first]} here`]),
    ...held.map((id) => oneIs(id, 'en')),
    `${oneIs(asked, 'en')}, and that is asked for`,
    'not converted without a recorded decision',
  ];
  const fil = [
    ...(first === undefined ? ['wala itong kredito'] : [`hindi ${credit[first]} dito ang ${credit[first]} doon`]),
    ...held.map((id) => oneIs(id, 'fil')),
    `${oneIs(asked, 'fil')}, at iyon ang hinihingi`,
    'hindi isinasalin nang walang naitalang pasiya',
  ];
  return {
    text: { en: sentence(en), fil: sentence(fil) },
    evidence: { credit, asked, sources: [...sources].sort(), see: SEE },
  };
}

/** `one HE-UNIT-18 is: at least 18 hours of lecture ... (S19)` */
function oneIs(id: string, lang: keyof Text): string {
  const system = SYSTEMS.find((one) => one.id === id);
  const cited = system && system.source.length > 0 ? ` (${system.source.join(', ')})` : '';
  const unit = system?.unit[lang].replace(/\.$/, '').replace(/;/g, ',');
  const said = unit ? `${unit.charAt(0).toLowerCase()}${unit.slice(1)}${cited}` : UNCITED[lang];
  return lang === 'en' ? `one ${id} is: ${said}` : `ang isang ${id} ay: ${said}`;
}

const UNCITED: Text = { en: 'of a size that no cited source fixes', fil: 'sukat na walang sangguniang nagtatakda' };

const sentence = (parts: readonly string[]): string => {
  const text = `${parts.join('; ')}.`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};
