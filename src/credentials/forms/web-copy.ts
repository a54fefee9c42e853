import { type Clock, Problem } from '#kernel';
import type { CredentialReader, CredentialRecord } from '../ports.ts';

interface Deps {
  reader: Pick<CredentialReader, 'credential'>;
  clock: Clock;
}

/**
 * The web copy of an award that stands at this moment: other forms of it may be made.
 * @throws Problem `not-found`; `gone` when it was revoked or is over; `conflict` while it is suspended
 */
export async function assertStanding(
  { reader, clock }: Deps,
  of: { tenant: string; credentialId: string },
): Promise<CredentialRecord> {
  const row = await reader.credential(of.credentialId);
  if (row?.tenant !== of.tenant || row.phase !== 'issued' || row.formOf !== undefined) {
    throw new Problem('not-found', 'there is no such award');
  }
  if (row.signed === undefined)
    throw new Problem('gone', 'the award was erased at the wish of its learner', {
      extensions: { code: 'award_erased' },
    });
  if (row.state === 'revoked')
    throw new Problem('gone', 'the award was revoked', { extensions: { code: 'award_revoked' } });
  if (row.state !== 'active') {
    throw new Problem('conflict', `the award is ${row.state}`, { extensions: { code: `award_${row.state}` } });
  }
  // Its last second is inside.
  if (row.validUntil !== undefined && clock.now().getTime() >= Date.parse(row.validUntil) + 1_000) {
    throw new Problem('gone', 'the validity of the award is over', { extensions: { code: 'award_expired' } });
  }
  return row;
}

/** The same as an answer: why it does not stand. */
export async function standingFault(
  deps: Deps,
  of: Parameters<typeof assertStanding>[1],
): Promise<Problem | undefined> {
  try {
    await assertStanding(deps, of);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
