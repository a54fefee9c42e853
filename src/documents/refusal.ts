import { fieldProblem, type Problem } from '#kernel';

/** @param code stable, e.g. `png_crc`; @param detail what is wrong, for people */
export const refuseImage = (code: string, detail: string): Problem => fieldProblem('invalid-image', '', detail, code);

/** Document readers look for this in the first kilobyte whatever stands before it. */
export function looksLikePdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).includes('%PDF-');
}
