import { type Clock, formatInstant, LIMITS } from '#kernel';
import { checkCwt, type ResolveMethod } from '#proofs';
import type { AttestationReport } from './model.ts';
import { adviceFor, sentenceFor } from './sentences.ts';
import { openAttestation } from './text.ts';

export interface AttestationReaderDeps {
  clock: Clock;
  /** Keys that are at hand: whoever reads an attestation has asked nobody to fetch anything. */
  resolveMethod: ResolveMethod;
  /** A name from a register of one's own; without one the identifier is shown. */
  nameOf?: (issuer: string) => Promise<string | undefined>;
}

export interface AttestationReader {
  /** @throws Problem `invalid-request` (code `attestation`) for a text that is none */
  read(text: string): Promise<AttestationReport>;
}

const DAY_MS = 86_400_000;

export function createAttestationReader({ clock, resolveMethod, nameOf }: AttestationReaderDeps): AttestationReader {
  return {
    async read(text) {
      const { statement, cwt } = openAttestation(text);
      const { issuer, badge } = statement;
      const issuedAt = new Date(statement.asOf);
      const now = clock.now();
      const found = await checkCwt(cwt, { issuer, issuedAt }, resolveMethod);
      const ageMs = now.getTime() - issuedAt.getTime();
      // A statement of tomorrow cannot be told the age of: one of the two clocks is wrong.
      const early = found.outcome === 'pass' && ageMs < -LIMITS.clockSkew;
      const signature = early ? 'undetermined' : SIGNATURE[found.outcome];
      const ageDays = Math.max(0, Math.floor(ageMs / DAY_MS));
      const old = ageDays > LIMITS.attestationOldDays;
      const shown = signature === 'valid' ? { ...statement, ageDays, old } : undefined;
      const code = early ? 'not_yet' : found.code;
      const by = (await nameOf?.(issuer)) ?? issuer;
      return {
        kind: 'attestation',
        ...{ signature, code },
        sentence: sentenceFor({ signature, code }, shown, by, now),
        advice: adviceFor(signature, shown),
        checkedAt: formatInstant(now),
        ...{ badge, issuerId: issuer },
        ...(shown ? { statement: shown } : {}),
      };
    },
  };
}

const SIGNATURE = { pass: 'valid', fail: 'invalid', unknown: 'undetermined' } as const;
