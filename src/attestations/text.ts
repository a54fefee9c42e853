import { packText, unpackText } from '#documents';
import { LIMITS, Problem } from '#kernel';
import { type OpenedCwt, openCwt, signCwt } from '#proofs';
import { claimsOf, statementOf } from './claims.ts';
import type { Statement } from './model.ts';

/** How every attestation begins; the digit is the version of all that follows. */
const PREFIX = 'TATAK1:';
/** Characters of the name of the achievement that stay, tried one after the other; recipient and addresses are never cut. */
const NAME_CHARS = [LIMITS.nameChars, 100, 60, 30];

/** Whether a text that was scanned or pasted is one. */
export const isAttestation = (text: string): boolean => text.trimStart().startsWith(PREFIX);

/**
 * A statement as signed text. @param key fragment of the signer's verification method
 * @throws Problem `conflict` with code `attestation_too_long` when it does not fit with the name cut to thirty characters
 */
export async function writeAttestation(
  statement: Statement,
  key: string,
  signer: Parameters<typeof signCwt>[2],
): Promise<string> {
  for (const chars of NAME_CHARS) {
    const name = cut(statement.name, chars);
    const text = packText(PREFIX, await signCwt(key, claimsOf({ ...statement, name }), signer));
    if (text.length <= LIMITS.attestationChars) return text;
  }
  throw new Problem('conflict', `the badge does not fit into ${LIMITS.attestationChars} characters`, {
    extensions: { code: 'attestation_too_long' },
  });
}

/** @throws Problem `invalid-request` with code `attestation`, for what is not one in every detail */
export function openAttestation(text: string): { statement: Statement; cwt: OpenedCwt } {
  try {
    // Of white space around it, the end never is base45's own: its last character stands for less than a space does.
    const bytes = unpackText(PREFIX, text.trim(), { chars: LIMITS.attestationChars, bytes: LIMITS.attestationBytes });
    const cwt = openCwt(bytes);
    return { statement: statementOf(cwt.claims), cwt };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    const detail = `the attestation cannot be read: ${error.message}`;
    throw new Problem('invalid-request', detail, { cause: error, extensions: { code: 'attestation' } });
  }
}

/** By code points, so that no character is halved. */
function cut(name: string, chars: number): string {
  const points = [...name];
  return points.length <= chars
    ? name
    : `${points
        .slice(0, chars - 1)
        .join('')
        .trimEnd()}…`;
}
