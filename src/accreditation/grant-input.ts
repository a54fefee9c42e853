import { type FieldError, isDay, isObject, Problem } from '#kernel';
import { isLevel, ROLES, VERBS } from './model.ts';
import type { AccreditationEventRecord, AccreditationRole, AccreditationScope, AccreditationVerb } from './ports.ts';

/** The issuance an accreditation rests on, as cited. */
export interface LegalInstrument {
  kind: string;
  number?: string;
  /** Year. */
  series?: string;
  date?: string;
  url?: string;
}

export interface GrantInput {
  /** DID of the accredited party. */
  accredited: string;
  /** Default `accredit`. */
  verb?: AccreditationVerb;
  role: AccreditationRole;
  scope: AccreditationScope[];
  /** Days in Asia/Manila, half-open. */
  validFrom: string;
  validUntil?: string;
  legalInstrument?: LegalInstrument;
  decisionDate?: string;
}

export interface EventInput {
  type: AccreditationEventRecord['type'];
  effectiveAt: string;
  reason: string;
}

const DID = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/;
const AWARD_TYPE = /^[A-Z][A-Za-z0-9]{1,63}$/;
const MAX_SCOPE = 50;
const MAX_LIST = 200;

/**
 * Strict: an unknown member is an error, because a dimension that is not understood would silently not limit.
 * @throws Problem `invalid-request` naming every bad field
 */
export function checkGrantInput(value: unknown): GrantInput {
  const errors: FieldError[] = [];
  const bad: Bad = (pointer, detail) => {
    errors.push({ pointer, detail });
    return undefined;
  };
  if (!isObject(value)) throw new Problem('invalid-request', 'the grant must be an object');
  only(value, GRANT_MEMBERS, '', bad);
  if (typeof value.accredited !== 'string' || value.accredited.length > 512 || !DID.test(value.accredited)) {
    bad('/accredited', 'must be a DID');
  }
  if (value.verb !== undefined && !VERBS.includes(value.verb as AccreditationVerb)) {
    bad('/verb', `must be one of ${VERBS.join(', ')}`);
  }
  if (!ROLES.includes(value.role as AccreditationRole)) bad('/role', `must be one of ${ROLES.join(', ')}`);
  const scope = value.scope;
  if (!Array.isArray(scope) || scope.length === 0 || scope.length > MAX_SCOPE) {
    bad('/scope', `must have 1 to ${MAX_SCOPE} items: an empty scope grants nothing`);
  } else {
    for (const [index, item] of scope.entries()) checkScope(item, `/scope/${index}`, bad);
  }
  if (!isDay(value.validFrom)) bad('/validFrom', 'must be a day, YYYY-MM-DD');
  if (value.validUntil !== undefined) {
    if (!isDay(value.validUntil)) bad('/validUntil', 'must be a day, YYYY-MM-DD');
    else if (isDay(value.validFrom) && value.validUntil <= value.validFrom) {
      bad('/validUntil', 'must be after validFrom: it is the first day on which the grant is no longer in force');
    }
  }
  if (value.decisionDate !== undefined && !isDay(value.decisionDate)) bad('/decisionDate', 'must be a day, YYYY-MM-DD');
  if (value.legalInstrument !== undefined) checkInstrument(value.legalInstrument, bad);
  if (errors.length > 0) throw new Problem('invalid-request', errors[0]!.detail, { errors });
  return value as unknown as GrantInput;
}

const GRANT_MEMBERS = [
  'accredited',
  'verb',
  'role',
  'scope',
  'validFrom',
  'validUntil',
  'legalInstrument',
  'decisionDate',
] as const;

type Bad = (pointer: string, detail: string) => undefined;

function checkScope(item: unknown, at: string, bad: Bad): undefined {
  if (!isObject(item)) return bad(at, 'must be an object');
  only(item, ['awardType', 'pqfLevelRange', 'achievement'], at, bad);
  // An item without a dimension would match every award of every kind; nobody means that.
  if (Object.keys(item).length === 0) bad(at, 'must state awardType, pqfLevelRange or achievement');
  checkList(item.awardType, `${at}/awardType`, (text) => AWARD_TYPE.test(text), 'must be an award type', bad);
  checkList(item.achievement, `${at}/achievement`, isIri, 'must be an absolute IRI', bad);
  const range = item.pqfLevelRange;
  if (range === undefined) return;
  if (!isObject(range)) return bad(`${at}/pqfLevelRange`, 'must be an object with from and to');
  only(range, ['from', 'to'], `${at}/pqfLevelRange`, bad);
  if (!isLevel(range.from)) bad(`${at}/pqfLevelRange/from`, 'must be a PQF level, 1 to 8');
  if (!isLevel(range.to)) bad(`${at}/pqfLevelRange/to`, 'must be a PQF level, 1 to 8');
  else if (isLevel(range.from) && range.from > range.to) bad(`${at}/pqfLevelRange/to`, 'must not be below from');
}

function checkList(value: unknown, at: string, test: (text: string) => boolean, detail: string, bad: Bad): undefined {
  if (value === undefined) return;
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LIST) {
    return bad(at, `must be a list of 1 to ${MAX_LIST} items`);
  }
  value.forEach((item, index) => {
    if (typeof item !== 'string' || item.length > 2048 || !test(item)) bad(`${at}/${index}`, detail);
    else if (value.indexOf(item) !== index) bad(`${at}/${index}`, 'occurs twice');
  });
}

function checkInstrument(value: unknown, bad: Bad): undefined {
  const at = '/legalInstrument';
  if (!isObject(value)) return bad(at, 'must be an object');
  only(value, ['kind', 'number', 'series', 'date', 'url'], at, bad);
  if (typeof value.kind !== 'string' || !AWARD_TYPE.test(value.kind)) bad(`${at}/kind`, 'must be a kind of instrument');
  if (value.number !== undefined && (typeof value.number !== 'string' || !/^[^\p{C}]{1,60}$/u.test(value.number))) {
    bad(`${at}/number`, 'must be text of at most 60 characters');
  }
  if (value.series !== undefined && !(typeof value.series === 'string' && /^(?:1[89]|2\d)\d\d$/.test(value.series))) {
    bad(`${at}/series`, 'must be a year, as text');
  }
  if (value.date !== undefined && !isDay(value.date)) bad(`${at}/date`, 'must be a day, YYYY-MM-DD');
  if (
    value.url !== undefined &&
    !(typeof value.url === 'string' && /^https:\/\//.test(value.url) && isIri(value.url))
  ) {
    bad(`${at}/url`, 'must be an https address');
  }
}

/** @throws Problem `invalid-request` */
export function checkEventInput(value: unknown): EventInput {
  const errors: FieldError[] = [];
  const bad: Bad = (pointer, detail) => {
    errors.push({ pointer, detail });
    return undefined;
  };
  if (!isObject(value)) throw new Problem('invalid-request', 'the event must be an object');
  only(value, ['type', 'effectiveAt', 'reason'], '', bad);
  if (!['suspended', 'reinstated', 'withdrawn'].includes(value.type as string)) {
    bad('/type', 'must be suspended, reinstated or withdrawn');
  }
  if (!isDay(value.effectiveAt)) bad('/effectiveAt', 'must be a day, YYYY-MM-DD');
  if (typeof value.reason !== 'string' || !/^[^\p{Cc}\p{Cs}]{3,500}$/u.test(value.reason)) {
    bad('/reason', 'must be text of 3 to 500 characters: it is published');
  }
  if (errors.length > 0) throw new Problem('invalid-request', errors[0]!.detail, { errors });
  return value as unknown as EventInput;
}

function only(value: object, members: readonly string[], at: string, bad: Bad): void {
  for (const key of Object.keys(value)) {
    if (!members.includes(key)) bad(`${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, 'is not known');
  }
}

function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text);
}
