import { isDay, isDid, isObject, Problem } from '#kernel';
import { type AccreditationRole, type AccreditationVerb, type LegalInstrument, ROLES, VERBS } from '../model.ts';
import type { AccreditationScope } from '../scope/dimension.ts';
import { isIri } from '../scope/dimensions/lists.ts';
import { onlyMembers } from '../scope/members.ts';
import { checkScope } from '../scope/scope.ts';
import { Faults, readInstantField, readInstruments } from './fields.ts';

/** A grant as asked for. */
export interface GrantInput {
  /** DID of the accredited party. */
  accredited: string;
  /** Default `accredit`. */
  verb?: AccreditationVerb;
  role: AccreditationRole;
  scope: AccreditationScope[];
  /** Days in Asia/Manila or instants with offset; half-open. */
  validFrom: string;
  validUntil?: string;
  legalInstrument?: LegalInstrument | LegalInstrument[];
  decisionDate?: string;
  /** IRI of the delegation it rests on. */
  parent?: string;
  /** Only with role Accredit; default 0. */
  maxDelegationDepth?: number;
  condition?: string[];
  /** IRI of an earlier grant to the same party; it ends where this one begins. */
  supersedes?: string;
  /** Until a later decision. */
  provisional?: boolean;
}

/** Checked, with defaults said and dates as whole-second UTC instants. */
export interface CheckedGrant extends Omit<GrantInput, 'legalInstrument'> {
  verb: AccreditationVerb;
  legalInstrument: LegalInstrument[];
  maxDelegationDepth: number;
  condition: string[];
  provisional: boolean;
}

const MEMBERS = [
  ...['accredited', 'verb', 'role', 'scope', 'validFrom', 'validUntil', 'legalInstrument', 'decisionDate'],
  ...['parent', 'maxDelegationDepth', 'condition', 'supersedes', 'provisional'],
];
const MAX_SCOPE = 50;
const MAX_DEPTH = 5;

/**
 * Strict: an unknown member is an error, because a limit that is not understood would silently not limit.
 * @throws Problem `invalid-request` naming every bad field
 */
export function checkGrantInput(value: unknown): CheckedGrant {
  const faults = new Faults();
  const { bad } = faults;
  if (!isObject(value)) throw new Problem('invalid-request', 'the grant must be an object');
  onlyMembers(value, MEMBERS, '', bad);
  const { verb = 'accredit', role, scope, decisionDate, maxDelegationDepth = 0, condition = [] } = value;
  if (!isDid(value.accredited)) bad('/accredited', 'must be a DID');
  if (!VERBS.includes(verb as AccreditationVerb)) bad('/verb', `must be one of ${VERBS.join(', ')}`);
  if (!ROLES.includes(role as AccreditationRole)) bad('/role', `must be one of ${ROLES.join(', ')}`);
  if (!Array.isArray(scope) || scope.length === 0 || scope.length > MAX_SCOPE) {
    bad('/scope', `must have 1 to ${MAX_SCOPE} items: an empty scope grants nothing`);
  } else {
    for (const [index, item] of scope.entries()) checkScope(item, `/scope/${index}`, bad);
  }
  const validFrom = readInstantField(value.validFrom, '/validFrom', bad);
  const validUntil =
    value.validUntil === undefined ? undefined : readInstantField(value.validUntil, '/validUntil', bad);
  if (validFrom && validUntil && validUntil <= validFrom) {
    bad('/validUntil', 'must be after validFrom: it is the first instant at which the grant is no longer in force');
  }
  if (decisionDate !== undefined && !isDay(decisionDate)) bad('/decisionDate', 'must be a day, YYYY-MM-DD');
  const legalInstrument = readInstruments(value.legalInstrument, '/legalInstrument', bad);
  for (const member of ['parent', 'supersedes'] as const) {
    const id = value[member];
    if (id !== undefined && !(typeof id === 'string' && isIri(id))) bad(`/${member}`, 'must be the IRI of a grant');
  }
  const depth = Number.isInteger(maxDelegationDepth) ? (maxDelegationDepth as number) : -1;
  if (depth < 0 || depth > MAX_DEPTH) bad('/maxDelegationDepth', `must be a whole number from 0 to ${MAX_DEPTH}`);
  else if (depth > 0 && role !== 'Accredit') bad('/maxDelegationDepth', 'is only for the role Accredit');
  const isCondition = (text: unknown) => typeof text === 'string' && /^[^\p{Cc}\p{Cs}]{3,500}$/u.test(text);
  if (!Array.isArray(condition) || condition.length > 20 || !condition.every(isCondition)) {
    bad('/condition', 'must be a list of at most 20 texts of 3 to 500 characters');
  }
  if (value.provisional !== undefined && typeof value.provisional !== 'boolean') {
    bad('/provisional', 'must be true or false');
  }
  faults.done();
  return {
    ...(value as unknown as GrantInput),
    verb: verb as AccreditationVerb,
    validFrom: validFrom!,
    ...(validUntil ? { validUntil } : {}),
    legalInstrument,
    maxDelegationDepth: depth,
    condition: condition as string[],
    provisional: value.provisional === true,
  };
}
