import { canonicalPerson, type Role } from '#auth';
import { assertTwoPersons, wantsTwoPersons } from '#credentials';
import type { Institution } from '#institutions';
import { Problem } from '#kernel';
import type { BatchRecord } from './ports.ts';

/** Who starts a batch. */
export interface Starter {
  /** `key:ID`. */
  actor: string;
  role: Role;
  person?: string;
}

/**
 * Whether this caller may start this batch, by the policy that holds now.
 * @returns with two persons the one who approves by starting it, to be kept with the batch
 * @throws Problem `approval-required`, `person-required`, `same-person`; `forbidden` for a role that may not
 */
export function approvalOf(
  institution: Institution | undefined,
  batch: BatchRecord,
  { role, person }: Starter,
): { approvedPerson?: string } {
  if (!wantsTwoPersons(institution)) {
    if (role !== 'issuer') throw new Problem('forbidden', 'in this institution an issuer starts a batch');
    return {};
  }
  if (role !== 'approver') {
    throw new Problem('approval-required', 'this institution wants two persons: an approver starts a batch');
  }
  assertTwoPersons({ prepared: batch.person, approved: person });
  return { approvedPerson: canonicalPerson(person!) };
}
