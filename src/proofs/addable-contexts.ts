import { sha256Hex } from '#kernel';

/** The context of Comprehensive Learner Records, second in every ClrCredential. */
export const CLR_2_0_1 = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';

/**
 * The context of the examples in the data model, which its test suite asks for: it maps every name whatever to an address, so
 * it is of use for tests only, and read in the profile `vc` only.
 */
export const CREDENTIALS_EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2';

/**
 * Contexts that are not shipped, because no package has them under terms that allow it or because they are for tests: known by address and SHA-256 of the file, and read only
 * where the operator has added the bytes.
 */
export const ADDABLE: readonly { url: string; kind: 'clr' | 'open'; sha256: string }[] = [
  { url: CLR_2_0_1, kind: 'clr', sha256: '880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6' },
];

/** Which one these bytes are; undefined for any other bytes. */
export const addableContext = (text: string): (typeof ADDABLE)[number] | undefined => {
  const sha256 = sha256Hex(text);
  return ADDABLE.find((one) => one.sha256 === sha256);
};
