import { canonicalJson, type Json, type JsonObject } from '#kernel';
import type { KeyAlgorithm } from '#keystore';
import { CREDENTIALS_V2, DATA_INTEGRITY_V1, DATA_INTEGRITY_V2, ED25519_2020_V1 } from './contexts.ts';

/** Suites that proofs are made with. */
export type IssuingCryptosuite =
  | 'eddsa-rdfc-2022'
  | 'eddsa-jcs-2022'
  | 'ecdsa-rdfc-2019'
  | 'ecdsa-jcs-2019'
  | 'ecdsa-sd-2023';

/** All that is known of a suite; callers get the entry, never the name. */
export interface Suite {
  type: 'DataIntegrityProof' | 'Ed25519Signature2020';
  /** Absent for proofs older than Data Integrity. */
  cryptosuite?: string;
  /** Kinds of key that may sign. The hash follows from the key: SHA-384 for P-384, else SHA-256. */
  algorithms: readonly KeyAlgorithm[];
  /** What is signed: N-Quads of RDFC-1.0, JSON of RFC 8785, or statements one by one. */
  form: 'rdfc' | 'jcs' | 'sd';
  /** The context that defines the proof, and others that do so as well; the first is added to the proof configuration where none is there. */
  contexts: readonly string[];
  /** Read, never made. */
  legacy?: true;
}

const DATA_INTEGRITY = [DATA_INTEGRITY_V2, CREDENTIALS_V2] as const;
const di = (cryptosuite: string, form: Suite['form'], algorithms: Suite['algorithms']): Suite => ({
  type: 'DataIntegrityProof',
  cryptosuite,
  algorithms,
  form,
  contexts: DATA_INTEGRITY,
});

const SUITES: readonly Suite[] = [
  // VC-DI-EdDSA 3.2 and 3.3.
  di('eddsa-rdfc-2022', 'rdfc', ['Ed25519']),
  di('eddsa-jcs-2022', 'jcs', ['Ed25519']),
  // VC-DI-ECDSA 3.2, 3.3 and 3.4.
  di('ecdsa-rdfc-2019', 'rdfc', ['P-256', 'P-384']),
  di('ecdsa-jcs-2019', 'jcs', ['P-256', 'P-384']),
  di('ecdsa-sd-2023', 'sd', ['P-256']),
  // The name of eddsa-rdfc-2022 in drafts; Open Badges 3.0 still asks displayers to read it.
  {
    ...di('eddsa-2022', 'rdfc', ['Ed25519']),
    contexts: [DATA_INTEGRITY_V1, ...DATA_INTEGRITY],
    legacy: true,
  },
  // VC-DI-EdDSA, appendix on Ed25519Signature2020.
  {
    type: 'Ed25519Signature2020',
    algorithms: ['Ed25519'],
    form: 'rdfc',
    contexts: [ED25519_2020_V1],
    legacy: true,
  },
];

/** The suite of a proof, by both of its names together; undefined when there is none. */
export function suiteOf({ type, cryptosuite }: JsonObject): Suite | undefined {
  return SUITES.find((suite) => suite.type === type && suite.cryptosuite === cryptosuite);
}

/** @throws RangeError for a name that proofs are not made with */
export function issuingSuite(cryptosuite: IssuingCryptosuite): Suite {
  const suite = suiteOf({ type: 'DataIntegrityProof', cryptosuite });
  if (!suite || suite.legacy) throw new RangeError(`no proofs are made with ${cryptosuite}`);
  return suite;
}

/** Do the contexts of the proof stand, in this order, at the beginning of those of the document (VC-DI-EdDSA 3.3.2)? */
export function beginsContext(proof: JsonObject, document: JsonObject): boolean {
  const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
  const [own, all] = [list(proof['@context']), list(document['@context'])];
  return own.every((one, index) => index < all.length && canonicalJson(one) === canonicalJson(all[index]!));
}
