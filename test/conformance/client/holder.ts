import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, signPresentation } from '@digitalbazaar/vc';
import { encode } from 'base58-universal';
import type { Doc } from './client.ts';
import { createLoader } from './contexts.ts';

const KEYS = {
  Ed25519: {
    make: () => generateKeyPairSync('ed25519'),
    prefix: [0xed, 0x01],
    suite: eddsaRdfc,
    jcs: 'eddsa-jcs-2022',
  },
  'P-256': {
    ...{ make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }), prefix: [0x80, 0x24] },
    ...{ suite: ecdsaRdfc, jcs: 'ecdsa-jcs-2019' },
  },
  'P-384': {
    ...{ make: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }), prefix: [0x81, 0x24] },
    ...{ suite: ecdsaRdfc, jcs: 'ecdsa-jcs-2019' },
  },
} as const;
type Algorithm = keyof typeof KEYS;

/** Somebody with a `did:key`, who signs by the reference library, or whatever they like by their own hand. */
export interface Holder {
  did: string;
  method: string;
  /** As the reference library issues it. */
  issue(credential: Doc): Promise<Doc>;
  present(presentation: Doc, bound?: { challenge?: string; domain?: string }): Promise<Doc>;
  /** A proof with canonical JSON over any document whatever, conforming or not; `proof` is laid over its members. */
  signAnything(document: Doc, proof?: Doc): Doc;
  /** A token over any header and payload. */
  token(header: Doc, payload: Doc): string;
}

export function createHolder(algorithm: Algorithm = 'Ed25519'): Holder {
  const { make, prefix, suite, jcs } = KEYS[algorithm];
  const { privateKey, publicKey } = make();
  const multibase = `z${encode(Buffer.concat([Buffer.from(prefix), rawKey(publicKey)]))}`;
  const did = `did:key:${multibase}`;
  const method = `${did}#${multibase}`;
  const documentLoader = createLoader('');
  const hash = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384' }[algorithm];
  const bytes = (data: Uint8Array) =>
    new Uint8Array(sign(hash, data, hash ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey));
  const by = () =>
    new DataIntegrityProof({
      signer: { id: method, algorithm, sign: async ({ data }) => bytes(data) },
      cryptosuite: suite,
    });
  const digest = (value: unknown) =>
    createHash(hash ?? 'sha256')
      .update(canonicalJson(value))
      .digest();
  return {
    did,
    method,
    issue: (credential) => issue({ credential: structuredClone(credential), suite: by(), documentLoader }),
    present: (presentation, { challenge = 'nobody in particular asked', domain } = {}) =>
      signPresentation({
        ...{ presentation: structuredClone(presentation), suite: by(), challenge, documentLoader },
        ...(domain === undefined ? {} : { domain }),
      }) as Promise<Doc>,
    signAnything(unsigned, more = {}) {
      const document = JSON.parse(JSON.stringify(unsigned)) as Doc;
      const proof: Doc = {
        ...{ type: 'DataIntegrityProof', cryptosuite: jcs, created: '2026-01-02T03:04:05Z' },
        ...{ verificationMethod: method, proofPurpose: 'assertionMethod', ...more },
      };
      // Undefined takes a member away.
      for (const name of Object.keys(proof)) if (proof[name] === undefined) delete proof[name];
      const config = document['@context'] === undefined ? proof : { '@context': document['@context'], ...proof };
      const signature = bytes(Buffer.concat([digest(config), digest(document)]));
      return { ...document, proof: { ...config, proofValue: `z${encode(signature)}` } };
    },
    token(header, payload) {
      const alg = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384' }[algorithm];
      const part = (value: Doc) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const input = `${part({ alg, kid: method, ...header })}.${part(payload)}`;
      return `${input}.${Buffer.from(bytes(Buffer.from(input))).toString('base64url')}`;
    },
  };
}

/** Ed25519 as it is, a point of a curve compressed. */
function rawKey(key: KeyObject): Buffer {
  const { x = '', y } = key.export({ format: 'jwk' }) as { x?: string; y?: string };
  const bytes = Buffer.from(x, 'base64url');
  return y === undefined ? bytes : Buffer.concat([Buffer.from([2 + (Buffer.from(y, 'base64url').at(-1)! & 1)]), bytes]);
}

/** RFC 8785 for what the samples hold: no number in them is written in two ways. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(',')}}`;
}
