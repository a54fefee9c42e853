import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson, type Json, Problem, sha256Hex } from '#kernel';
import type { CredentialRecord, IdempotencyRecord } from '../ports.ts';
import type { IssuerDeps } from './deps.ts';

export const OPERATION = 'issueCredentials';
const KEY = /^[\x21-\x7e]{1,255}$/;
export const WAITING = { poll: 20, takeOver: 3_000 };

/** @throws Problem `invalid-request` when the header cannot be a key */
export function assertKey(key: string): void {
  if (!KEY.test(key)) {
    throw new Problem('invalid-request', 'Idempotency-Key must be 1 to 255 visible ASCII characters');
  }
}

/** Digest of what was asked, blind to the order of members. */
export function requestDigest(body: Json): string {
  return sha256Hex(canonicalJson(body));
}

/**
 * Waits for the request that holds the key.
 * @returns its rows, all issued; or as they are when the holder is gone and someone else has to finish them
 * @throws Problem `idempotency-mismatch` when the key was used for something else, `conflict` when it was given up
 */
export async function replay(
  deps: IssuerDeps,
  record: IdempotencyRecord,
  requestSha256: string,
): Promise<CredentialRecord[]> {
  if (record.requestSha256 !== requestSha256) {
    throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another request');
  }
  const { poll, takeOver } = deps.waiting ?? WAITING;
  for (let waited = 0; ; waited += poll) {
    const rows = await deps.reader.credentialsByIds(record.tenant, record.credentialIds);
    if (rows.length !== record.credentialIds.length) throw new Error('an idempotency row without its credentials');
    if (rows.some((row) => row.phase === 'abandoned')) {
      throw new Problem('conflict', 'the request with this Idempotency-Key was given up: use another key');
    }
    if (rows.some(({ erasedAt }) => erasedAt !== undefined)) {
      throw new Problem('gone', 'what this request issued was erased at the wish of its learner');
    }
    if (rows.every((row) => row.phase === 'issued') || waited >= takeOver) return rows;
    await sleep(poll);
  }
}
