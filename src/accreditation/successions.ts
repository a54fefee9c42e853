import type { SigningAuthority } from '#institutions';
import { type Clock, fieldProblem, formatInstant, type Random, randomId, sha256Hex, type Transactor } from '#kernel';
import { checkSuccessionInput, type SuccessionInput } from './inputs/succession.ts';
import type { Succession } from './model.ts';
import type { AccreditationReader, AccreditationWrite, SuccessionRecord } from './ports.ts';

export interface SuccessionsDeps {
  authority: SigningAuthority;
  reader: AccreditationReader;
  transactor: Transactor<AccreditationWrite>;
  clock: Clock;
  random: Random;
}

export interface Successions {
  /** @throws Problem `invalid-request` with every bad field; `conflict` when the institution was succeeded before */
  record(tenant: string, input: SuccessionInput, actor: string): Promise<SuccessionRecord>;
  /** In which this party is predecessor or successor, oldest first. */
  of(did: string): Promise<SuccessionRecord[]>;
}

/** What became of institutions, as authorities record it in their registers. Append-only. */
export function createSuccessions({ authority, reader, transactor, clock, random }: SuccessionsDeps): Successions {
  return {
    async record(tenant, input, actor) {
      const checked = checkSuccessionInput(input);
      // Only an authority that can sign its register records anything in it.
      await authority.forTenant(tenant, 'assertion');
      const earlier = await reader.successionsBy(tenant);
      const succeeded = earlier.some((row) => row.predecessor === checked.predecessor && row.kind !== 'Custody');
      if (checked.kind !== 'Custody' && succeeded) {
        throw fieldProblem('conflict', '/predecessor', 'this authority has recorded what became of it');
      }
      const back = earlier.find(
        (row) => row.predecessor === checked.successor && row.successor === checked.predecessor,
      );
      if (back)
        throw fieldProblem('conflict', '/successor', `was itself succeeded by the predecessor (${back.successionId})`);
      const recordedAt = formatInstant(clock.now());
      const row: SuccessionRecord = { tenant, successionId: randomId(random), ...checked, recordedAt, by: actor };
      await transactor.commit([
        { op: 'succession.insert', row },
        {
          op: 'audit.append',
          at: recordedAt,
          tenant,
          actor,
          operation: 'succession.record',
          object: row.successionId,
          objectSha256: sha256Hex(JSON.stringify(checked)),
          detail: { kind: row.kind, effectiveAt: row.effectiveAt },
        },
      ]);
      return row;
    },
    of: (did) => reader.successionsOf(did),
  };
}

/**
 * Who may award the definitions of `owner` at an instant, as far as was known: itself, and whoever succeeded it with that
 * right, also over several steps.
 */
export function successorsOf(
  owner: string,
  successions: readonly Succession[],
  at: string,
  knownAt: string,
): Set<string> {
  const found = new Set([owner]);
  // A set grows while it is walked, and holds each party once: rings end.
  for (const party of found) {
    for (const row of successions) {
      const counts = row.mayAward && row.effectiveAt <= at && row.recordedAt <= knownAt;
      if (row.predecessor === party && row.successor !== undefined && counts) found.add(row.successor);
    }
  }
  return found;
}
