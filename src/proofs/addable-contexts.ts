import { sha256Hex } from '#kernel';

/** The context of Comprehensive Learner Records, second in every ClrCredential. */
export const CLR_2_0_1 = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';

/**
 * Contexts that no package has under terms that allow passing them on: known by address and SHA-256 of the file, and read only
 * where the operator has added the bytes.
 */
export const ADDABLE: readonly { url: string; kind: 'clr' | 'other'; sha256: string }[] = [
  { url: CLR_2_0_1, kind: 'clr', sha256: '880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6' },
];

/** Which one these bytes are; undefined for any other bytes. */
export const addableContext = (text: string): (typeof ADDABLE)[number] | undefined => {
  const sha256 = sha256Hex(text);
  return ADDABLE.find((one) => one.sha256 === sha256);
};
