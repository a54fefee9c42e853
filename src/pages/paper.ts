import { formatAmount, isAmount, MANILA, parseAmount } from '#kernel';
import { nameOnly } from './labels.ts';
import { type Lang, words } from './layout.ts';
import { PAPER } from './words/paper.ts';
import { PRIVACY } from './words/privacy.ts';

/**
 * What a paper says of an award: only what is signed into the badge, its status, our own name for the institution, and the
 * recorded name where its learner shows it.
 */
export interface AwardOnPaper {
  award: string;
  institution: string;
  address: string;
  awardedDate: string;
  /** IANA zone in which days are counted. */
  timeZone?: string | undefined;
  validUntil?: string | undefined;
  awardType?: string | undefined;
  pqfLevel?: number | undefined;
  pqfLevelStatus?: string | undefined;
  /** As `2 HE-UNIT-16 (lecture)`. */
  credit?: readonly string[] | undefined;
  certificateNumber?: string | undefined;
  recipientName?: string | undefined;
  /** It is not signed: the learner shows what the institution has on record. */
  nameIsRecorded?: boolean;
  state: 'active' | 'suspended' | 'revoked' | 'expired';
  stateSince?: string | undefined;
  specimen: boolean;
}

export interface ComponentOnPaper {
  name: string;
  address: string;
  /** Absent: issued elsewhere, and nothing more is known here. */
  known?: Pick<AwardOnPaper, 'institution' | 'awardedDate' | 'timeZone' | 'credit' | 'state'>;
}

type Fact = readonly [label: string, value: string];

/**
 * Every word of a certificate, in one language, ready to be printed.
 * @param attestation text of the code that is checked without a network
 */
export function certificateWords(of: AwardOnPaper, lang: Lang, attestation?: string) {
  const named = of.recipientName !== undefined;
  return {
    ...common(of, lang),
    title: fill(PAPER.certificateTitle[lang], { award: of.award }),
    heading: PAPER.certificate[lang],
    lead: named ? PAPER.certifies[lang] : PAPER.certifiesAward[lang],
    ...(named ? { recipient: of.recipientName!, awarded: PAPER.awardedTo[lang] } : {}),
    facts: [
      ...(named ? [] : [[words(lang).recipient, PAPER.noName[lang]] as const]),
      ...recorded(of, lang),
      ...terms(of, lang),
    ],
    pictureAlt: fill(PAPER.pictureAlt[lang], { award: of.award }),
    ...(attestation === undefined
      ? {}
      : { printed: { text: attestation, alt: PAPER.printedAlt[lang], words: PAPER.printed[lang] } }),
  };
}

/** Every word of a transcript. @param pathway as it is named in the signed evidence */
export function transcriptWords(
  of: AwardOnPaper,
  { pathway, components }: { pathway: { name: string; version: string }; components: readonly ComponentOnPaper[] },
  lang: Lang,
) {
  const holder: Fact = [words(lang).recipient, of.recipientName ?? PAPER.noName[lang]];
  return {
    ...common(of, lang),
    title: fill(PAPER.transcriptTitle[lang], { award: of.award }),
    heading: PAPER.transcript[lang],
    facts: [
      holder,
      ...recorded(of, lang),
      ...terms(of, lang),
      [PAPER.pathway[lang], fill(PAPER.pathwayVersion[lang], pathway)] as const,
    ],
    table: {
      heading: PAPER.components[lang],
      columns: {
        name: PAPER.component[lang],
        issuer: PAPER.issuedBy[lang],
        date: PAPER.day[lang],
        credit: PAPER.credit[lang],
        state: PAPER.state[lang],
      },
      rows: components.map((one) => row(one, lang)),
    },
    totals: totals(components, lang),
    pageWords: PAPER.page[lang],
  };
}

/** What is attached is described in the language of the paper. */
export const attachedWords = (lang: Lang) => ({
  json: PAPER.attachedJson[lang],
  jwt: PAPER.attachedJwt[lang],
  part: (award: string) => fill(PAPER.attachedPart[lang], { award }),
});

function common(of: AwardOnPaper, lang: Lang) {
  const since = of.state === 'expired' ? of.validUntil : of.stateSince;
  return {
    ...{ lang, award: of.award, institution: of.institution, author: of.institution, address: of.address },
    ...(of.state === 'active'
      ? {}
      : { notice: fill(PAPER[of.state][lang], { day: since === undefined ? '' : day(since, lang, of.timeZone) }) }),
    ...(of.specimen ? { specimen: { mark: PAPER.specimenMark[lang], note: PAPER.specimenNote[lang] } } : {}),
    check: {
      heading: PAPER.check[lang],
      text: PAPER.checkText[lang],
      qrAlt: fill(PAPER.qrAlt[lang], { address: of.address }),
      incomplete: PAPER.incomplete[lang],
    },
  };
}

/** Nobody takes it for signed. */
const recorded = ({ nameIsRecorded }: AwardOnPaper, lang: Lang): Fact[] =>
  nameIsRecorded ? [[PRIVACY.theName[lang], PRIVACY.recordedName[lang]]] : [];

function terms(of: AwardOnPaper, lang: Lang): Fact[] {
  const w = words(lang);
  const status = of.pqfLevelStatus && ` (${nameOnly('pqfLevelStatus', of.pqfLevelStatus, lang)})`;
  const rows: [string, string | undefined][] = [
    [w.award_type, of.awardType && nameOnly('awardType', of.awardType, lang)],
    [w.level, of.pqfLevel === undefined ? undefined : `${of.pqfLevel}${status ?? ''}`],
    [w.credit, of.credit?.length ? of.credit.map((line) => creditWords(line, lang)).join('; ') : undefined],
    [PAPER.awardedOn[lang], day(of.awardedDate, lang, of.timeZone)],
    [w.valid_until, of.validUntil && day(of.validUntil, lang, of.timeZone)],
    [PAPER.number[lang], of.certificateNumber],
  ];
  return rows.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

const STATES = {
  active: 'stateActive',
  suspended: 'stateSuspended',
  revoked: 'stateRevoked',
  expired: 'stateExpired',
} as const;

function row({ name, address, known }: ComponentOnPaper, lang: Lang) {
  if (!known) {
    return { name, address, issuer: PAPER.elsewhere[lang], date: '–', credit: '–', state: '–' };
  }
  return {
    ...{ name, address, issuer: known.institution },
    date: day(known.awardedDate, lang, known.timeZone, 'medium'),
    credit: known.credit?.map((line) => creditWords(line, lang)).join('; ') || PAPER.unsaid[lang],
    state: PAPER[STATES[known.state]][lang],
  };
}

/** Sums by unit and kind, exact; a component without credit, or of elsewhere, adds nothing and is not counted. */
function totals(components: readonly ComponentOnPaper[], lang: Lang): string[] {
  const sums = new Map<string, number>();
  let count = 0;
  for (const { known } of components) {
    const parts = known?.credit?.map(partsOf) ?? [];
    if (parts.length === 0 || parts.includes(undefined)) continue;
    count++;
    for (const part of parts) sums.set(part!.unit, (sums.get(part!.unit) ?? 0) + part!.amount);
  }
  if (count === 0) return [];
  const lines = [...sums].map(([unit, sum]) => creditWords(`${formatAmount(sum)} ${unit}`, lang)).join('; ');
  return [
    fill(PAPER.total[lang], { count: String(count), all: String(components.length), sums: lines }),
    PAPER.totalNote[lang],
  ];
}

function partsOf(line: string): { amount: number; unit: string } | undefined {
  const at = line.indexOf(' ');
  const value = line.slice(0, at);
  return at > 0 && isAmount(value) ? { amount: parseAmount(value), unit: line.slice(at + 1) } : undefined;
}

/** `3 HE-UNIT-16 (lecture)` as `3 × Unit of 16 hours, lecture`. */
function creditWords(text: string, lang: Lang): string {
  const [, value, system = '', kind] = /^(\S{1,20}) (\S{1,60})(?: \((\w{1,40})\))?$/.exec(text) ?? [];
  if (value === undefined) return text;
  return `${value} × ${nameOnly('system', system, lang)}${kind === undefined ? '' : `, ${nameOnly('kind', kind, lang).toLowerCase()}`}`;
}

/** The calendar day of an instant in the award's zone. */
function day(text: string, lang: Lang, zone: string = MANILA, dateStyle: 'long' | 'medium' = 'long'): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  const timeZone = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'UTC' : zone;
  return new Intl.DateTimeFormat(lang === 'fil' ? 'fil-PH' : 'en-GB', { dateStyle, timeZone }).format(date);
}

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
