import { type FieldError, type JsonObject, unreachable } from '#kernel';
import { AWARD_TYPES, type AwardType, type ProtectedWord } from '../data/award-types.ts';
import { type Usable, usable } from '../data/cited.ts';

/** `NC II`, `NC-II`, `NC 2`; the compatibility form of a name has plain letters for the Roman numeral characters. */
const NC_LEVEL = /\bNC[\s-]*(IV|I{1,3}|[1-4])\b/giu;
const NATIONAL_CERTIFICATE_LEVEL = /\bNational Certificates?[\s-]*(IV|I{1,3}|[1-4])\b/giu;

const WORDS: readonly (readonly [ProtectedWord, RegExp])[] = [
  ['NationalCertificate', /\bNC[\s-]*(?:IV|I{1,3}|[1-4])\b|\bNational Certificates?\b|\bPambansang Sertipiko\b/iu],
  ['Diploma', /\bdiplomas?\b/iu],
  // An angle is no degree, and a ceremony has a master too.
  [
    'Degree',
    /(?<!\d[\s-]?)\bdegree\b|\bdigri(?:ng)?\b|\bbaccalaureate\b|\bbachelor(?:['’]s| of)|\bdoctor of\b|\bmaster of\b(?! ceremonies)/iu,
  ],
];

/** Levels 1..4 that a title names, e.g. `Computer Systems Servicing NC II` -> [2]. */
export function ncLevels(title: string): number[] {
  const name = title.normalize('NFKC');
  return [...name.matchAll(NC_LEVEL), ...name.matchAll(NATIONAL_CERTIFICATE_LEVEL)].map(([, numeral]) => {
    const level = ['I', 'II', 'III', 'IV'].indexOf(numeral!.toUpperCase()) + 1;
    return level || Number(numeral);
  });
}

/** Protected words in a title that this kind of award may not carry, or not under this regime. */
export function protectedWordErrors({ name, awardType, regime }: JsonObject): FieldError[] {
  if (typeof name !== 'string') return [];
  const title = name.normalize('NFKC');
  return WORDS.filter(([word, pattern]) => pattern.test(title) && !allowed(word, awardType, regime)).map(([word]) => ({
    pointer: '/name',
    detail: `${meaning(word)} may stand in the title only of: ${holders(word)}`,
    code: 'protected-word',
  }));
}

const ROWS: readonly Usable<AwardType>[] = usable(AWARD_TYPES);

function allowed(word: ProtectedWord, awardType: unknown, regime: unknown): boolean {
  const row = ROWS.find(({ id }) => id === awardType);
  if (!row?.words.includes(word)) return false;
  // A diploma or degree of another country is one too; a National Certificate is this country's alone (S10, S35).
  return row.regimes.includes(String(regime)) || (word !== 'NationalCertificate' && regime === 'Foreign');
}

function holders(word: ProtectedWord): string {
  return ROWS.filter(({ words }) => words.includes(word))
    .map(({ id, regimes }) => `${id} (${regimes.join(', ')})`)
    .join(', ');
}

function meaning(word: ProtectedWord): string {
  switch (word) {
    case 'NationalCertificate':
      return '"National Certificate" or NC with a level';
    case 'Diploma':
      return '"diploma"';
    case 'Degree':
      return '"degree" or the name of one';
    default:
      return unreachable(word, 'protected word');
  }
}
