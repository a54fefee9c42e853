import { addPeriod, dayIn, isDay, isObject, type Json, type JsonObject, parseDateTimeStamp } from '#kernel';
import type { AccreditationEventRecord, AccreditationRole, AccreditationScope, AccreditationVerb } from './ports.ts';

export const VERBS: readonly AccreditationVerb[] = ['list', 'approve', 'accredit', 'endorse'];
export const ROLES: readonly AccreditationRole[] = ['Train', 'Assess', 'Award', 'Accredit'];
export const EVENT_TYPES: readonly AccreditationEventRecord['type'][] = ['suspended', 'reinstated', 'withdrawn'];

/** One grant, read from a signed register; days are calendar days in Asia/Manila, half-open. */
export interface Grant {
  /** IRI of the grant. */
  id: string;
  accreditor: string;
  accredited: string;
  verb: AccreditationVerb;
  role: AccreditationRole;
  scope: AccreditationScope[];
  validFrom: string;
  /** The first day on which it is no longer in force. */
  validUntil?: string;
}

export interface GrantEvent {
  /** IRI of the grant it is about. */
  grant: string;
  type: AccreditationEventRecord['type'];
  /** The legal clock: a day. */
  effectiveAt: string;
  /** When it was written down: an instant. */
  recordedAt: string;
  reason?: string;
}

export interface Register {
  url: string;
  accreditor: string;
  published: string;
  validUntil: string;
  grants: Grant[];
  events: GrantEvent[];
}

/**
 * The typed reading of a register whose signature the caller has already verified. A grant that is malformed, or that
 * another authority issued, is left out (it grants nothing); an event that cannot be understood refuses the whole
 * register, because it may be the withdrawal that matters.
 * @returns the register, or undefined when it cannot be relied on
 */
export function readRegister(document: JsonObject): Register | undefined {
  const subject = document.credentialSubject;
  const accreditor = idOf(document.issuer);
  if (!hasType(document, 'PhAccreditationRegisterCredential') || !isObject(subject) || !accreditor) return undefined;
  if (subject.accreditor !== accreditor || !isObject(subject.register)) return undefined;
  const { grants, events } = subject.register;
  const { validFrom, validUntil } = document;
  if (!Array.isArray(grants) || !Array.isArray(events) || typeof subject.id !== 'string') return undefined;
  if (!parseDateTimeStamp(validFrom) || !parseDateTimeStamp(validUntil)) return undefined;
  const readEvents = events.map(readEvent);
  if (readEvents.some((event) => event === undefined)) return undefined;
  return {
    url: subject.id,
    accreditor,
    published: validFrom as string,
    validUntil: validUntil as string,
    grants: grants.map(readGrant).filter((grant): grant is Grant => grant?.accreditor === accreditor),
    events: readEvents as GrantEvent[],
  };
}

/** The typed reading of one grant credential; undefined when any member has another shape than we would sign. */
export function readGrant(value: Json | undefined): Grant | undefined {
  if (!isObject(value) || !hasType(value, 'PhAccreditationCredential')) return undefined;
  const { id, credentialSubject: subject } = value;
  const issuer = idOf(value.issuer);
  if (typeof id !== 'string' || !isObject(subject)) return undefined;
  const { accreditor, accredited, verb, role, scope } = subject;
  if (!issuer || accreditor !== issuer || typeof accredited !== 'string' || subject.id !== accredited) return undefined;
  if (!VERBS.includes(verb as AccreditationVerb) || !ROLES.includes(role as AccreditationRole)) return undefined;
  const items = (Array.isArray(scope) ? scope : [scope]).map(readScope);
  if (items.some((item) => item === undefined)) return undefined;
  const from = parseDateTimeStamp(value.validFrom);
  const until = value.validUntil === undefined ? undefined : parseDateTimeStamp(value.validUntil);
  if (!from || (value.validUntil !== undefined && !until)) return undefined;
  return {
    id,
    accreditor,
    accredited,
    verb: verb as AccreditationVerb,
    role: role as AccreditationRole,
    scope: items as AccreditationScope[],
    validFrom: dayIn(from),
    // `validUntil` of a credential is its last valid second (VCDM 2.0, 4.9); the first day without is the day after it.
    ...(until ? { validUntil: dayIn(new Date(until.getTime() + 1000)) } : {}),
  };
}

/** First second of a day in Asia/Manila (UTC+8 all year) as a whole-second UTC instant. */
export function startOfDay(day: string): string {
  return `${addPeriod(day, 'P1D', -1)}T16:00:00Z`;
}

/** Last second before a day begins in Asia/Manila. */
export function endBeforeDay(day: string): string {
  return `${addPeriod(day, 'P1D', -1)}T15:59:59Z`;
}

const SCOPE_MEMBERS = new Set(['id', 'type', 'awardType', 'pqfLevelRange', 'achievement']);

/** A dimension we do not know limits the grant in a way we cannot test: such an item is unreadable, not unlimited. */
function readScope(value: Json | undefined): AccreditationScope | undefined {
  if (!isObject(value) || Object.keys(value).some((key) => !SCOPE_MEMBERS.has(key))) return undefined;
  const out: AccreditationScope = {};
  for (const key of ['awardType', 'achievement'] as const) {
    if (value[key] === undefined) continue;
    const list = Array.isArray(value[key]) ? value[key] : [value[key]];
    if (!list.every((item) => typeof item === 'string')) return undefined;
    out[key] = list as string[];
  }
  if (value.pqfLevelRange !== undefined) {
    const range = value.pqfLevelRange;
    if (!isObject(range) || !isLevel(range.from) || !isLevel(range.to)) return undefined;
    out.pqfLevelRange = { from: range.from, to: range.to };
  }
  return out;
}

function readEvent(value: Json): GrantEvent | undefined {
  if (!isObject(value)) return undefined;
  const { grant, type, effectiveAt, recordedAt, reason } = value;
  if (typeof grant !== 'string' || !EVENT_TYPES.includes(type as GrantEvent['type'])) return undefined;
  if (!isDay(effectiveAt) || !parseDateTimeStamp(recordedAt)) return undefined;
  return {
    grant,
    type: type as GrantEvent['type'],
    effectiveAt,
    recordedAt: recordedAt as string,
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

export function isLevel(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 8;
}

/** The id of an issuer given as IRI or as object. */
export function idOf(value: Json | undefined): string | undefined {
  const id = isObject(value) ? value.id : value;
  return typeof id === 'string' ? id : undefined;
}

function hasType(value: JsonObject, type: string): boolean {
  return value.type === type || (Array.isArray(value.type) && value.type.includes(type));
}
