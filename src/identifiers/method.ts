import { isObject, parseDateTimeStamp } from '#kernel';
import { assertStrongPublicKey, encodeMultikey, WeakKeyError } from '#keystore';
import { refused, unknown } from './outcome.ts';
import type { MethodResolution, Relationship } from './ports.ts';

/**
 * Controlled Identifiers 1.0, "retrieve verification method", on a document already fetched for the part before `#`:
 * the fragment resolves, the method's id is the whole URL, its controller is the document, and it is listed for the use.
 */
export function findMethod(
  document: Record<string, unknown>,
  methodId: string,
  relationship: Relationship,
): MethodResolution {
  const base = methodId.split('#')[0]!;
  if (document.id !== base) return refused('did_document_mismatch', 'the document is about another identifier');
  const listed = list(document[relationship]).find((entry) => (isObject(entry) ? entry.id : entry) === methodId);
  if (listed === undefined) return refused('method_not_listed', `the key is not listed for ${relationship}`);
  const method = isObject(listed)
    ? listed
    : list(document.verificationMethod).find((entry) => isObject(entry) && entry.id === methodId);
  if (!isObject(method)) return refused('method_not_found', 'the key is listed but not in the document');
  if (method.controller !== base) return refused('method_controller', 'the key has another controller');
  for (const name of ['expires', 'revoked'] as const) {
    if (method[name] !== undefined && !parseDateTimeStamp(method[name])) {
      return refused('method_malformed', `${name} is not an instant`);
    }
  }
  return keyOf(method, methodId, base);
}

function keyOf(method: Record<string, unknown>, id: string, controller: string): MethodResolution {
  if (method.publicKeyMultibase !== undefined && method.publicKeyJwk !== undefined) {
    return refused('method_malformed', 'the key has two representations');
  }
  const jwk = method.publicKeyJwk;
  if (isObject(jwk) && 'd' in jwk) return refused('private_key', 'the document publishes a private key');
  const multibase = isObject(jwk) ? multikeyOfJwk(jwk) : method.publicKeyMultibase;
  if (typeof multibase !== 'string') return unknown('unsupported_key', 'the key has no form that is read here');
  if (multibase.startsWith('z6Mk')) {
    try {
      assertStrongPublicKey(multibase);
    } catch (error) {
      if (error instanceof WeakKeyError) return refused('weak_key', error.message);
      throw error;
    }
  }
  return {
    outcome: 'ok',
    document: method,
    method: {
      id,
      controller,
      publicKeyMultibase: multibase,
      ...(method.revoked ? { revoked: String(method.revoked) } : {}),
      ...(method.expires ? { expires: String(method.expires) } : {}),
    },
  };
}

function multikeyOfJwk(jwk: Record<string, unknown>): string | undefined {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.x !== 'string') return undefined;
  const bytes = Buffer.from(jwk.x, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === jwk.x ? encodeMultikey(bytes) : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
