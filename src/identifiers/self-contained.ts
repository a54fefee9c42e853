import { isObject, parseStrictJson } from '#kernel';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution } from './ports.ts';

const CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** did:key: the identifier is the key; the fragment is the multibase value repeated. */
export function resolveKey(did: string): DocumentResolution {
  const multibase = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{40,140})$/.exec(did)?.[1];
  if (!multibase) return refused('did_malformed', `not a did:key identifier: ${did}`);
  if (!multibase.startsWith('z6Mk') && !multibase.startsWith('zDn')) {
    return unknown('unsupported_key', 'only Ed25519 and P-256 did:key identifiers are read');
  }
  return document(did, `${did}#${multibase}`, { type: 'Multikey', publicKeyMultibase: multibase });
}

/** did:jwk: base64url of a public JWK; the fragment is always `#0`. A private member is refused, whatever else is there. */
export function resolveJwk(did: string): DocumentResolution {
  const encoded = /^did:jwk:([A-Za-z0-9_-]{1,4096})$/.exec(did)?.[1];
  if (!encoded) return refused('did_malformed', `not a did:jwk identifier: ${did}`);
  let jwk: unknown;
  try {
    jwk = parseStrictJson(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return refused('did_malformed', 'the did:jwk identifier does not hold JSON');
  }
  if (!isObject(jwk)) return refused('did_malformed', 'the did:jwk identifier does not hold a JWK');
  if (PRIVATE_MEMBERS.some((member) => member in jwk))
    return refused('private_key', 'the identifier holds a private key');
  if (jwk.use === 'enc') return refused('method_not_listed', 'the key is for encryption');
  return document(did, `${did}#0`, { type: 'JsonWebKey', publicKeyJwk: jwk });
}

function document(did: string, method: string, key: Record<string, unknown>): DocumentResolution {
  return {
    outcome: 'ok',
    document: {
      '@context': CONTEXT,
      id: did,
      verificationMethod: [{ id: method, controller: did, ...key }],
      assertionMethod: [method],
      authentication: [method],
    },
  };
}
