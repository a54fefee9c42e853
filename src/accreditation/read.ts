import { isDay, isObject, type Json, type JsonObject, parseDateTimeStamp } from '#kernel';
import { legalInstant, secondAfter } from './instants.ts';
import { EVENT_TYPES } from './lifecycle.ts';
import {
  type AccreditationEventType,
  type AccreditationRole,
  type AccreditationVerb,
  type Grant,
  type GrantEvent,
  type LegalInstrument,
  type Register,
  ROLES,
  SUCCESSION_KINDS,
  type Succession,
  VERBS,
} from './model.ts';
import type { AccreditationScope } from './scope/dimension.ts';
import { readScope } from './scope/scope.ts';

/** Entries of a register, or of one part of it, as read. */
export type RegisterEntries = Pick<Register, 'grants' | 'events' | 'successions'>;

/** What a signed register says of itself: all its entries, or where the parts with the others are. */
export interface RegisterHead extends Register {
  parts?: { count: number; digests: readonly string[]; url: string };
}

/**
 * The typed reading of a register whose signature the caller has already verified. A grant that is malformed, or that
 * another authority issued, is left out (it grants nothing); an event that cannot be understood refuses the whole
 * register, because it may be the withdrawal that matters.
 * @returns the register, or undefined when it cannot be relied on
 */
export function readRegister(document: JsonObject): RegisterHead | undefined {
  const subject = document.credentialSubject;
  const accreditor = idOf(document.issuer);
  if (!hasType(document, 'PhAccreditationRegisterCredential') || !isObject(subject) || !accreditor) return undefined;
  if (subject.accreditor !== accreditor || !isObject(subject.register)) return undefined;
  const { validFrom, validUntil } = document;
  if (typeof subject.id !== 'string') return undefined;
  if (!parseDateTimeStamp(validFrom) || !parseDateTimeStamp(validUntil)) return undefined;
  const entries = readEntries(subject.register, accreditor);
  const parts = readParts(subject.register.parts);
  if (!entries || (subject.register.parts !== undefined && !parts)) return undefined;
  return {
    url: subject.id,
    accreditor,
    published: validFrom as string,
    validUntil: validUntil as string,
    ...entries,
    ...(parts ? { parts } : {}),
  };
}

/** @param value the content of a register, or a part whose digest a signed register states */
export function readEntries(value: Json | undefined, accreditor: string): RegisterEntries | undefined {
  if (!isObject(value)) return undefined;
  const { grants, events, successions = [] } = value;
  if (!Array.isArray(grants) || !Array.isArray(events) || !Array.isArray(successions)) return undefined;
  const readEvents = events.map(readEvent);
  const readSuccessions = successions.map(readSuccession);
  if (readEvents.includes(undefined) || readSuccessions.includes(undefined)) return undefined;
  return {
    grants: grants.map(readGrant).filter((grant): grant is Grant => grant?.accreditor === accreditor),
    events: readEvents as GrantEvent[],
    successions: readSuccessions as Succession[],
  };
}

function readParts(value: Json | undefined): RegisterHead['parts'] {
  if (!isObject(value)) return undefined;
  const { count, digests, url } = value;
  if (!Number.isInteger(count) || !Array.isArray(digests) || digests.length !== count) return undefined;
  if (!digests.every((digest) => typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest))) return undefined;
  // A power of two, so that a part is a prefix of the hash of the party.
  if (((count as number) & ((count as number) - 1)) !== 0 || typeof url !== 'string') return undefined;
  return { count: count as number, digests: digests as string[], url };
}

const LAST_SECOND = '9999-12-31T23:59:59Z';

/** The typed reading of one grant credential; undefined when any member has another shape than we would sign. */
export function readGrant(value: Json | undefined): Grant | undefined {
  if (!isObject(value) || !hasType(value, 'PhAccreditationCredential')) return undefined;
  const { id, credentialSubject: subject } = value;
  const issuer = idOf(value.issuer);
  if (typeof id !== 'string' || !isObject(subject)) return undefined;
  const { accreditor, accredited, verb, role, scope, parent, supersedes, decisionDate } = subject;
  if (!issuer || accreditor !== issuer || typeof accredited !== 'string' || subject.id !== accredited) return undefined;
  if (!VERBS.includes(verb as AccreditationVerb) || !ROLES.includes(role as AccreditationRole)) return undefined;
  const items = list(scope).map(readScope);
  if (items.some((item) => item === undefined)) return undefined;
  const from = legalInstant(value.validFrom);
  const last = value.validUntil === undefined ? undefined : legalInstant(value.validUntil);
  if (!from || (value.validUntil !== undefined && !last)) return undefined;
  // Before grants said themselves when they were recorded, that was the moment of their signature.
  const recordedAt = legalInstant(subject.recordedAt ?? (isObject(value.proof) ? value.proof.created : undefined));
  const maxDelegationDepth = subject.maxDelegationDepth ?? 0;
  const provisional = subject.provisional ?? false;
  if (!recordedAt || typeof provisional !== 'boolean') return undefined;
  if (!Number.isInteger(maxDelegationDepth) || (maxDelegationDepth as number) < 0) return undefined;
  if ([parent, supersedes].some((one) => one !== undefined && typeof one !== 'string')) return undefined;
  return {
    id,
    accreditor,
    accredited,
    verb: verb as AccreditationVerb,
    role: role as AccreditationRole,
    scope: items as AccreditationScope[],
    validFrom: from,
    // The last second that can be written has none after it: no end.
    ...(last && last < LAST_SECOND ? { validUntil: secondAfter(last) } : {}),
    recordedAt,
    provisional,
    ...(typeof parent === 'string' ? { parent } : {}),
    maxDelegationDepth: maxDelegationDepth as number,
    ...(typeof supersedes === 'string' ? { supersedes } : {}),
    legalInstrument: list(subject.legalInstrument).flatMap((one) => readInstrument(one) ?? []),
    ...(isDay(decisionDate) ? { decisionDate } : {}),
    condition: list(subject.condition).filter((one) => typeof one === 'string'),
  };
}

function readEvent(value: Json): GrantEvent | undefined {
  if (!isObject(value)) return undefined;
  const { grant, type, reason, supersededBy } = value;
  if (typeof grant !== 'string' || !EVENT_TYPES.includes(type as AccreditationEventType)) return undefined;
  const [effectiveAt, recordedAt] = [legalInstant(value.effectiveAt), legalInstant(value.recordedAt)];
  if (!effectiveAt || !recordedAt) return undefined;
  const legalInstrument = readInstrument(value.legalInstrument);
  return {
    grant,
    type: type as AccreditationEventType,
    effectiveAt,
    recordedAt,
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(legalInstrument ? { legalInstrument } : {}),
    ...(typeof supersededBy === 'string' ? { supersededBy } : {}),
  };
}

function readSuccession(value: Json): Succession | undefined {
  if (!isObject(value)) return undefined;
  const { predecessor, successor, kind, mayAward, reason } = value;
  const [effectiveAt, recordedAt] = [legalInstant(value.effectiveAt), legalInstant(value.recordedAt)];
  if (typeof predecessor !== 'string' || (successor !== undefined && typeof successor !== 'string')) return undefined;
  if (!SUCCESSION_KINDS.includes(kind as Succession['kind']) || typeof mayAward !== 'boolean') return undefined;
  if (!effectiveAt || !recordedAt || typeof reason !== 'string') return undefined;
  const legalInstrument = readInstrument(value.legalInstrument);
  return {
    predecessor,
    ...(successor === undefined ? {} : { successor }),
    kind: kind as Succession['kind'],
    mayAward,
    effectiveAt,
    recordedAt,
    reason,
    ...(legalInstrument ? { legalInstrument } : {}),
  };
}

/** Shown, never judged by: what is not understood is left out. */
function readInstrument(value: Json | undefined): LegalInstrument | undefined {
  if (!isObject(value) || typeof value.kind !== 'string') return undefined;
  const out: LegalInstrument = { kind: value.kind };
  for (const key of ['number', 'series', 'date', 'url'] as const) {
    const text = value[key];
    if (typeof text === 'string') out[key] = text;
  }
  return out;
}

const list = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The id of an issuer given as IRI or as object. */
export function idOf(value: Json | undefined): string | undefined {
  const id = isObject(value) ? value.id : value;
  return typeof id === 'string' ? id : undefined;
}

function hasType(value: JsonObject, type: string): boolean {
  return value.type === type || (Array.isArray(value.type) && value.type.includes(type));
}
