import type { ResolvedMethod } from '#identifiers';
import { parseDateTimeStamp } from '#kernel';
import type { ProofResult } from './ports.ts';

type Finding = Pick<ProofResult, 'outcome' | 'code' | 'detail'>;

/**
 * After `revoked` a key signs nothing, after `expires` nothing more; a proof that does not say when it was made gets no
 * benefit of doubt (Controlled Identifiers 1.0, 2.2).
 * @param created what the proof says of itself, if anything
 */
export function keyEnd(
  method: Pick<ResolvedMethod, 'revoked' | 'expires'>,
  created: Date | undefined,
): Finding | undefined {
  for (const [name, code] of [
    ['revoked', 'key_revoked'],
    ['expires', 'key_expired'],
  ] as const) {
    const text = method[name];
    if (text === undefined) continue;
    const end = parseDateTimeStamp(text);
    if (!end) return { outcome: 'fail', code: 'key_malformed', detail: `${name} of the key is not a dateTimeStamp` };
    if (!created || created >= end) return { outcome: 'fail', code, detail: `the key was ended at ${text}` };
  }
  return undefined;
}
