import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '#kernel';
import { type PublicKey, readPublicJwk, WeakKeyError } from '#keystore';
import { type Finding, fail, unknown } from '../finding.ts';
import { signatureFinding } from './algorithms.ts';
import { audienceFinding } from './claims.ts';
import type { TakenApart } from './open.ts';

/**
 * RFC 9901, 7.3 step 5: the token at the end is signed by the key in `cnf`, over exactly what stands before it. An SD-JWT
 * without one proves nothing about who shows it, and needs not; one that is wrong refuses the whole.
 */
export function bindingFinding(
  { jws, binding }: TakenApart,
  expected: { nonce?: string; audience?: string },
): Finding | undefined {
  if (!binding) return undefined;
  const { header, claims, signingInput, signature } = binding.jws;
  if (header.typ !== 'kb+jwt') return fail('key_binding_malformed', 'the key binding token has another typ');
  if ('crit' in header || 'b64' in header)
    return fail('critical_header', 'the key binding token asks for an extension');
  const { iat, aud, nonce, sd_hash: hash } = claims;
  if (typeof iat !== 'number' || typeof aud !== 'string' || typeof nonce !== 'string' || typeof hash !== 'string') {
    return fail('key_binding_malformed', 'the key binding token needs iat, aud, nonce and sd_hash');
  }
  if (hash !== createHash('sha256').update(binding.boundTo, 'ascii').digest('base64url')) {
    return fail('key_binding_other_token', 'the key binding token is for other disclosures');
  }
  const key = holderKey(jws.claims);
  if (!('algorithm' in key)) return key;
  const signed = signatureFinding(header.alg, key, signingInput, signature);
  if (signed.outcome !== 'pass') return { ...signed, code: `key_binding_${signed.code}` };
  return audienceFinding(claims, expected);
}

/** RFC 7800, 3.2: the issuer signed which key the holder has. */
function holderKey({ cnf }: JsonObject): PublicKey | Finding {
  if (!isObject(cnf)) return fail('key_binding_without_key', 'the issuer named no key of the holder');
  if (!isObject(cnf.jwk))
    return unknown('unsupported_key_binding', 'the key of the holder is named in a way that is not read');
  try {
    return readPublicJwk(cnf.jwk);
  } catch (error) {
    if (error instanceof WeakKeyError) return fail('key_binding_without_key', error.message);
    throw error;
  }
}
