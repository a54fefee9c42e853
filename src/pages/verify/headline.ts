import type { Text } from '#kernel';
import { nameOnly } from '../labels.ts';
import { type Lang, longDay } from '../layout.ts';
import type { ReportView } from '../report.ts';
import { GENUINE, HEADLINE, NOT_DECIDED, NOT_VALID, SHORT_STANDING } from '../words/headline.ts';

/** More than this is not read in one glance. */
export const HEADLINE_WORDS = 25;
/** So much of a name is left in a sentence that is too long, the most that fits. */
const NAME_WORDS = [6, 5, 4, 3, 2] as const;

/** DID -> the name that a register or this service has for it; what a badge says of its issuer is no name. */
export type Names = ReadonlyMap<string, string>;

/**
 * What an employer reads first: verdict, standing, kind of award, awarder and day in at most 25 words, none of them from
 * the badge. Where there is nothing to name (no signature that holds, nothing decided, no award) it is the report's own sentence.
 */
export function headline(report: ReportView, names: Names, lang: Lang): string {
  const wordings = wordingsOf(report);
  const { credential, specimen } = report;
  const awarded = credential?.awardedDate ?? credential?.validFrom;
  const day = awarded && longDay(awarded, lang);
  if (!wordings || !credential?.issuerId || !day) return report.sentence[lang];
  const accreditor = accreditorOf(report);
  const values = {
    what: kindOf(report, lang),
    day,
    by: nameOf(credential.issuerId, names, lang),
    accreditor: accreditor === undefined ? undefined : nameOf(accreditor, names, lang),
    standing: (SHORT_STANDING[report.standing as keyof typeof SHORT_STANDING] ?? SHORT_STANDING[report.recognition])[
      lang
    ],
  };
  const say = (text: Text, by: string) => put(text[lang], { ...values, by }, specimen === true);
  const shortest = wordings.at(-1)!;
  const tries = [
    ...wordings.map((text) => say(text, values.by)),
    ...NAME_WORDS.map((words) => say(shortest, shortened(values.by, words))),
  ].filter((text) => text !== undefined);
  return tries.find((text) => countWords(text) <= HEADLINE_WORDS) ?? tries.at(-1) ?? report.sentence[lang];
}

export const countWords = (text: string): number => text.trim().split(/\s+/).length;

function wordingsOf({ verdict, standing, checks }: ReportView): readonly Text[] | undefined {
  const of = (name: string) => checks.find(({ check }) => check === name);
  // A signature about which there is a doubt is said by the report's sentence.
  if (of('proof')?.result !== 'pass') return undefined;
  if (verdict === 'valid') return GENUINE[standing as keyof typeof GENUINE];
  const [result, table] = verdict === 'invalid' ? (['fail', NOT_VALID] as const) : (['unknown', NOT_DECIDED] as const);
  const faults = ['document', 'status', 'validity', 'recipient'].map(of).filter((one) => one?.result === result);
  const [fault, another] = faults;
  // Of several the report's sentence names the gravest; only a single one has words here.
  if (!fault || another) return undefined;
  const key = [fault.code, fault.check].find((name) => Object.hasOwn(table, name));
  return key === undefined ? undefined : [table[key]!];
}

/** @returns undefined when a value that the words name is not there */
function put(
  words: string,
  values: Readonly<Record<string, string | undefined>>,
  specimen: boolean,
): string | undefined {
  const parts = words.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : values[part]));
  if (parts.includes(undefined)) return undefined;
  const text = parts
    .map((part, index) => (parts[index - 1]?.endsWith('. ') ? capital(part!) : part))
    .join('')
    .replace(/…\.$/, '…');
  return specimen ? `Specimen: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The name of the list without its abbreviation. Only of what a register recognises: without one anybody's badge may say that
 * it is a National Certificate.
 */
function kindOf({ recognition, credential }: ReportView, lang: Lang): string {
  const awardType = recognition === 'recognised' ? credential?.awardType : undefined;
  const name = awardType && nameOnly('awardType', awardType, lang);
  // A kind that no list knows is the badge's own word.
  if (!name || name === awardType) return HEADLINE.badge[lang];
  const abbreviation = name.endsWith(')') ? name.lastIndexOf(' (') : -1;
  return abbreviation < 0 ? name : name.slice(0, abbreviation);
}

/** Of the accreditation that counted at the award. */
function accreditorOf({ checks }: ReportView): string | undefined {
  const { parties } = checks.find(({ check }) => check === 'accreditation')?.evidence ?? {};
  if (!Array.isArray(parties)) return undefined;
  const party = (parties as { role?: string; atAward?: { matched?: { accreditor?: string }[] } }[]).find(
    ({ role }) => role === 'Award',
  );
  return party?.atAward?.matched?.[0]?.accreditor;
}

/** Every DID that a headline may name. */
export function namedIn(report: ReportView): string[] {
  return [report.credential?.issuerId, accreditorOf(report)].filter((one) => one !== undefined);
}

/** A name of a register, else where the DID or address stands on the web; a bare key has neither. */
function nameOf(did: string, names: Names, lang: Lang): string {
  const name = names.get(did);
  if (name !== undefined && name !== did) return name;
  return placeOf(did) ?? HEADLINE.unnamed[lang];
}

/** With its path: of many institutions on one host, each is somebody else. */
function placeOf(did: string): string | undefined {
  const [, host, path] = /^did:web:([^:]+)(.*)/.exec(did) ?? [];
  if (host !== undefined) return decodeURIComponent(host) + path!.replaceAll(':', '/');
  const url = URL.parse(did);
  return url?.host ? url.host + (url.pathname === '/' ? '' : url.pathname) : undefined;
}

function shortened(name: string, words: number): string {
  const all = name.split(/\s+/);
  return all.length <= words ? name : `${all.slice(0, words).join(' ')}…`;
}
