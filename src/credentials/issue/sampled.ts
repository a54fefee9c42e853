import { isObject, parseStrictJson, type Random } from '#kernel';
import { type StopDeps, stop } from '../latch.ts';
import type { CredentialRecord } from '../ports.ts';

export interface SampledDeps extends StopDeps {
  random: Random;
  /** Whether the reference library verifies a stored text with the published key; undefined when it cannot be asked now. */
  libraryVerifies(text: string): Promise<boolean | undefined>;
}

export interface Sampled {
  /** What was stored just now: about one in 1,000 is looked at, by a draw that nobody can foresee. */
  stored(rows: readonly CredentialRecord[]): void;
  /** Looks at one. @returns whether more wait. @throws Problem `signing-stopped` when the library refuses it */
  checkOnce(): Promise<boolean>;
}

/** Of 65,536. */
const SHARE = 65;
const WAITING = 64;

/**
 * The last net under compiled issuing: the reference library alone, on texts as they are served. It finds what is wrong in both
 * our ways at once, after the release, so that a find stops the key and names what else is to be looked at.
 */
export function createSampled(deps: SampledDeps): Sampled {
  const waiting: CredentialRecord[] = [];
  return {
    stored(rows) {
      for (const row of rows) {
        const [high, low] = deps.random.bytes(2);
        if (high! * 256 + low! < SHARE && waiting.length < WAITING) waiting.push(row);
      }
    },
    async checkOnce() {
      const row = waiting.shift();
      if (!row) return false;
      const verified = await deps.libraryVerifies(row.signed!);
      if (verified === false) {
        const document = parseStrictJson(row.signed!);
        const id = isObject(document) ? String(document.id) : row.credentialId;
        await stop(deps, row, 'the library refuses a released credential', { evidence: {}, suspects: [id] });
      }
      return waiting.length > 0;
    },
  };
}
