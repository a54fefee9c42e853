import { fieldProblem } from '#kernel';
import { checkRecipient } from './checks/recipient.ts';
import type { VerifiedBadge } from './model.ts';

/** Something that one person has shown control of: an address, a wallet key, or a number that an institution vouches for. */
export interface ProvenIdentifier {
  kind: 'email' | 'did' | 'studentNumber';
  value: string;
  /** Institution (tenant) of a student number. */
  vouchedBy?: string;
  /** Whole-second UTC instant. */
  provenAt: string;
}

/** One person, by what was proven in one holder session. */
export interface StackPerson {
  identifiers: readonly ProvenIdentifier[];
  /** Badges that this service issued, as stored, each with the identifier to which its own record binds it. */
  records: readonly { document: string; boundBy: ProvenIdentifier }[];
}

/**
 * Why a badge is this person's. `record`: the issuing service recorded the recipient; `subject`: the badge is of the proven
 * key; `identity`: the badge itself carries the address, plain or hashed.
 */
export interface Binding {
  /** Position in `person.identifiers` of the report. */
  identifier: number;
  by: 'record' | 'subject' | 'identity';
}

/**
 * To which identifier a genuine badge is bound. Names are not compared: they are nobody's alone.
 * @param record of the badge at this place, when the service gave it from its own records
 * @throws Problem `invalid-request` at the badge when it is bound to none: what others earned never adds up
 */
export function bindingOf(
  { model }: VerifiedBadge,
  { identifiers }: StackPerson,
  record: ProvenIdentifier | undefined,
  index: number,
): Binding {
  const known = record ? identifiers.findIndex((one) => same(one, record)) : -1;
  if (known >= 0) return { identifier: known, by: 'record' };
  const own = boundTo(model.subject, identifiers);
  if (own) return own;
  const detail = 'this badge is bound to nothing that was proven in this session';
  throw fieldProblem('invalid-request', `/credentials/${index}`, detail, 'not_bound');
}

/** Whom a badge names. */
export type BadgeSubject = VerifiedBadge['model']['subject'];

/**
 * By what a badge itself says: it is of the proven key, or it carries the proven address, plain or hashed.
 * @returns undefined when it names nobody, or nobody of these
 */
export function boundTo(
  subject: BadgeSubject,
  identifiers: readonly Pick<ProvenIdentifier, 'kind' | 'value'>[],
): Binding | undefined {
  const key = identifiers.findIndex(({ kind, value }) => kind === 'did' && subject.id === value);
  if (key >= 0) return { identifier: key, by: 'subject' };
  const address = identifiers.findIndex(({ kind, value }) => {
    if (kind !== 'email') return false;
    return checkRecipient(subject, { identifier: value, identityType: 'emailAddress' }).code === 'matches';
  });
  return address >= 0 ? { identifier: address, by: 'identity' } : undefined;
}

const same = (a: ProvenIdentifier, b: ProvenIdentifier): boolean =>
  a.kind === b.kind && a.value === b.value && a.vouchedBy === b.vouchedBy;
