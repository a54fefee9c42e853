import type { ProofResult } from '../ports.ts';

/** What one step found; undefined where a step found nothing against the token. */
export type Finding = Pick<ProofResult, 'outcome' | 'code' | 'detail'>;

export const fail = (code: string, detail: string): Finding => ({ outcome: 'fail', code, detail });
export const unknown = (code: string, detail: string): Finding => ({ outcome: 'unknown', code, detail });
