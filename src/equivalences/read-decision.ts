import {
  dayIn,
  isObject,
  type JsonObject,
  parseAmount,
  parseDateTimeStamp,
  type SchemaCheck,
  schemaCheck,
} from '#kernel';
import { SYSTEM } from './input.ts';
import type { PublishedDecision } from './model.ts';

const TEXT = { type: 'string', minLength: 1, maxLength: 2_048 };
const IRI = { type: 'string', format: 'identifier' };
const DID = { type: 'string', format: 'did' };
const DAY = { type: 'string', format: 'day' };
const AMOUNT = { type: 'string', format: 'amount' };
const typed = (type: string, required: string[], properties: Record<string, object>) => ({
  type: 'object',
  additionalProperties: false,
  required: ['type', ...required],
  properties: { type: { const: [type] }, ...properties },
});
const list = (items: object, more: object = { minItems: 1 }) => ({ type: 'array', maxItems: 200, items, ...more });
const ACHIEVEMENT = typed('PhAwardedAchievement', ['achievement'], {
  achievement: IRI,
  version: list(TEXT),
  title: TEXT,
});

/**
 * Closed, and each member in the one form in which it is signed here. A limit that stood in another form that means the
 * same (a list of one, a longer name of the term) would be as good as taken away, and the proof would still hold.
 */
const SUBJECT = typed(
  'PhEquivalenceDecision',
  ['id', 'decidedBy', 'from', 'mode', 'credit', 'inForceFrom', 'outcomeMatching', 'appeal'],
  {
    id: IRI,
    edition: { type: 'integer', minimum: 1 },
    decidedBy: DID,
    decisionDate: DAY,
    panel: typed('PhPanel', ['name', 'member'], { name: TEXT, member: list(TEXT) }),
    from: list(ACHIEVEMENT, { minItems: 1, maxItems: 1 }),
    mode: { type: 'string', enum: ['Specified', 'Block', 'Unspecified'] },
    to: list(ACHIEVEMENT),
    category: TEXT,
    credit: typed('PhCredit', ['system', 'value'], { system: SYSTEM, value: AMOUNT }),
    cap: AMOUNT,
    inForceFrom: DAY,
    inForceUntil: DAY,
    legalInstrument: list({ type: 'object' }),
    outcomeMatching: list({ type: 'object' }),
    evidence: list({ type: 'object' }),
    appeal: TEXT,
    appealUntil: DAY,
    ending: { type: 'string', enum: ['Withdrawn', 'Superseded', 'Overturned'] },
    endReason: TEXT,
    supersedes: IRI,
    supersededBy: IRI,
    realism: { type: 'string', enum: ['Published', 'Illustrative'] },
  },
);

interface Achievement {
  achievement: string;
  version?: string[];
}

let check: SchemaCheck | undefined;

/**
 * What a decision document says; its proof is not looked at here.
 * @returns undefined for anything that is not a decision, contradicts itself or says something in an unknown way
 */
export function readDecision(document: JsonObject): PublishedDecision | undefined {
  check ??= schemaCheck(SUBJECT);
  const subject = document.credentialSubject;
  const types = Array.isArray(document.type) ? document.type : [];
  if (!types.includes('PhEquivalenceCredential') || !isObject(subject) || check(subject).length > 0) return undefined;
  const to = toOf(subject);
  const credit = subject.credit as { system: string; value: string };
  const { id, decidedBy, inForceFrom, cap, category } = subject as Record<string, string | undefined>;
  const until = lastDay(document, subject);
  if (!to || until === 'unreadable') return undefined;
  const value = parseAmount(credit.value);
  if (value === 0 || (cap !== undefined && parseAmount(cap) < value)) return undefined;
  const [from] = subject.from as unknown as [Achievement];
  return {
    decision: {
      id: id!,
      decidedBy: decidedBy!,
      from: { achievement: from.achievement, ...(from.version ? { version: from.version } : {}) },
      to,
      ...(category !== undefined && to.mode !== 'unspecified' ? { category } : {}),
      credit: { system: credit.system, value: credit.value },
      ...(cap === undefined ? {} : { cap }),
      validFrom: inForceFrom!,
      ...(until === undefined ? {} : { validUntil: until }),
    },
    specimen: subject.realism === 'Illustrative' || [document.realism].flat().includes('Illustrative'),
  };
}

function toOf({ mode, to, category }: JsonObject): PublishedDecision['decision']['to'] | undefined {
  const list = (to ?? []) as unknown as Achievement[];
  if (mode === 'Unspecified') {
    if (to !== undefined) return undefined;
    return { mode: 'unspecified', ...(typeof category === 'string' ? { category } : {}) };
  }
  if (mode === 'Block') {
    if (list.length === 0 || list.some(({ version }) => version)) return undefined;
    return { mode: 'block', achievements: list.map(({ achievement }) => achievement) };
  }
  const [one, ...more] = list;
  if (!one || more.length > 0 || (one.version && one.version.length !== 1)) return undefined;
  return { mode: 'specified', achievement: one.achievement, ...(one.version ? { version: one.version[0]! } : {}) };
}

/** The earlier of the end of the decision and the end of the credential that states it. */
function lastDay(document: JsonObject, { inForceUntil }: JsonObject): string | undefined {
  const ends = typeof inForceUntil === 'string' ? [inForceUntil] : [];
  if (document.validUntil !== undefined) {
    const instant = parseDateTimeStamp(document.validUntil);
    if (!instant) return 'unreadable';
    ends.push(dayIn(instant));
  }
  return ends.sort()[0];
}
