import { isObject, parseStrictJsonBytes, strictBase64url } from '#kernel';
import { hasPrivateMember, jwkForm, multibaseForm } from './key-form.ts';
import { refused } from './outcome.ts';
import type { DocumentResolution } from './ports.ts';

/** A DID that holds its key: nothing has to be fetched to know it. */
export const SELF_CONTAINED = /^did:(?:key|jwk):[A-Za-z0-9._-]+$/;

const CONTEXT = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
/** A JWK of 1 KiB is already many times a real one. */
const MAX_JWK_CHARS = 1_400;

/** did:key (optional version part): the identifier is the key; the fragment is the multibase value repeated. */
export function resolveKey(did: string): DocumentResolution {
  const multibase = /^did:key:(?:\d+(?:\.\d+)*:)?(z[1-9A-HJ-NP-Za-km-z]{1,740})$/.exec(did)?.[1];
  if (!multibase) return refused('did_malformed', 'not a did:key identifier');
  const key = multibaseForm(multibase);
  if (key.outcome === 'ok') return document(did, multibase, { type: 'Multikey', publicKeyMultibase: multibase });
  return key.code === 'method_malformed' ? refused('did_malformed', 'not a did:key identifier') : key;
}

/** did:jwk: base64url of a public JWK; the fragment is always `#0`. A private member is refused, whatever else is there. */
export function resolveJwk(did: string): DocumentResolution {
  const encoded = /^did:jwk:([A-Za-z0-9_-]+)$/.exec(did)?.[1];
  if (!encoded || encoded.length > MAX_JWK_CHARS) return refused('did_malformed', 'not a did:jwk identifier');
  const bytes = strictBase64url(encoded);
  if (!bytes) return refused('did_malformed', 'not base64url');
  let jwk: unknown;
  try {
    jwk = parseStrictJsonBytes(bytes);
  } catch {
    return refused('did_malformed', 'the did:jwk identifier does not hold JSON');
  }
  if (!isObject(jwk)) return refused('did_malformed', 'the did:jwk identifier does not hold a JWK');
  if (hasPrivateMember(jwk)) return refused('private_key', 'the identifier holds a private key');
  // A key for encryption is still a document; one that is read as nothing is said so here, not at each method.
  if (jwk.use !== 'enc') {
    const form = jwkForm(jwk);
    if (form.outcome !== 'ok') return form.code === 'method_malformed' ? refused('did_malformed', form.detail) : form;
  }
  return document(did, '0', { type: 'JsonWebKey', publicKeyJwk: jwk }, jwk.use === 'enc');
}

function document(
  did: string,
  fragment: string,
  key: Record<string, unknown>,
  forEncryption = false,
): DocumentResolution {
  const method = `${did}#${fragment}`;
  return {
    outcome: 'ok',
    document: {
      '@context': CONTEXT,
      id: did,
      verificationMethod: [{ id: method, controller: did, ...key }],
      ...(forEncryption ? { keyAgreement: [method] } : { assertionMethod: [method], authentication: [method] }),
    },
  };
}
