import type { ProofResult } from './ports.ts';

/** What was found out about one proof; what the proof says of itself is added later. */
export type Finding = Pick<ProofResult, 'outcome' | 'code' | 'detail'>;

export function fail(code: string, detail: string): Finding {
  return { outcome: 'fail', code, detail };
}

export function unknown(code: string, detail: string): Finding {
  return { outcome: 'unknown', code, detail };
}

export const pass = (detail: string): Finding => ({ outcome: 'pass', code: 'signature_valid', detail });
