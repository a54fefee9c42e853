import {
  type AccreditationReader,
  createLocalRegisters,
  type HeldRegisterRecord,
  type LocalRegisters,
} from '#accreditation';
import { type Clock, type JsonObject, sha256Hex } from '#kernel';
import type { RegisterAccess } from '#verifier';
import type { Snapshot } from './material.ts';

const NONE: Pick<LocalRegisters, 'own' | 'held'> = { own: async () => undefined, held: async () => undefined };

/**
 * Snapshots that may answer for some days after their own time is over, as the held registers of a service do; without days,
 * none. A register in which a withdrawal cannot stand yet must be somebody's decision.
 */
export function heldRegisters(
  snapshots: readonly Snapshot[],
  maxAgeDays: number | undefined,
  clock: Clock,
  verify: RegisterAccess['verifyRegister'],
): Pick<LocalRegisters, 'own' | 'held'> {
  if (maxAgeDays === undefined) return NONE;
  const rows = new Map(
    snapshots.map((one) => [one.head.accreditor, { row: rowOf(one, maxAgeDays), of: one.register }]),
  );
  const reader = {
    heldRegisters: async () => [...rows.values()].map(({ row }) => row),
    heldRegister: async (accreditor: string) => rows.get(accreditor)?.row,
  } satisfies Partial<AccreditationReader> as unknown as AccreditationReader;
  const local = createLocalRegisters({ reader, clock, publicUrl: '', tenantOf: () => undefined, didOf: () => '' });
  return {
    ...NONE,
    async held(authority, about) {
      const found = rows.get(authority);
      if (!found) return undefined;
      // A service looks at the signature when it begins to hold a register; here that is now.
      const proof = await verify(found.of, authority);
      if (proof.outcome === 'pass') return local.held(authority, about);
      return { outcome: 'unknown', code: `register_proof_${proof.outcome}`, detail: proof.code };
    },
  };
}

function rowOf({ head, register, parts }: Snapshot, maxAgeDays: number): HeldRegisterRecord {
  const { accreditor, url, published, validUntil } = head;
  const text = JSON.stringify({ register, parts: whole(head.parts?.digests ?? [], parts) } as unknown as JsonObject);
  const held = { tenant: '', heldId: sha256Hex(text), importedAt: published, by: '', consult: true, maxAgeDays };
  return { ...held, accreditor, url, published, validUntil, sha256: sha256Hex(text), text };
}

/** The signature covers the digests, and they the parts; of an incomplete register nothing is read. */
function whole(digests: readonly string[], parts: readonly string[]): readonly string[] | undefined {
  const same = parts.length === digests.length && parts.every((part, at) => sha256Hex(part) === digests[at]);
  return same ? parts : undefined;
}
