import { isObject, type JsonObject, LIMITS } from '#kernel';
import { type Finding, fail, unknown } from '../finding.ts';
import { algorithmFinding } from './algorithms.ts';
import type { JwtForm, KeyReference } from './ports.ts';

/** Open Badges 3.0, 8.2.4.2: no other header parameters. */
const OPEN_BADGES: readonly string[] = ['alg', 'kid', 'jwk', 'typ'];
/** RFC 7518 6.2.2, 6.3.2, 6.4.1: what only the owner of a key has. */
const PRIVATE: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** RFC 7519, 5.3: claims that may stand in the header too, being the same. */
const REPEATED: readonly string[] = ['iss', 'sub', 'aud'];
/** VC-JOSE-COSE 3.1: what `cty` may say where it is there. */
const CONTENT: Readonly<Record<JwtForm, readonly string[]>> = {
  'ob-jwt': [],
  'vc-claim-jwt': [],
  'vp-claim-jwt': [],
  'vc+jwt': ['vc'],
  'vc+sd-jwt': ['vc'],
  'vp+jwt': ['vp'],
  'vp+sd-jwt': ['vp'],
};

/**
 * What the header of a token may say. `jku`, `x5u`, `x5c` and names nobody knows are not looked at (RFC 7515, 4): a key
 * comes from the issuer, never from the token.
 */
export function headerFinding(form: JwtForm, header: JsonObject, claims: JsonObject): Finding | undefined {
  // RFC 7515 4.1.11: no extension is understood here, so every critical one is refused; RFC 7797 needs `crit`.
  if ('crit' in header) return fail('critical_header', 'the header asks for an extension that is not understood');
  if ('b64' in header && header.b64 !== true)
    return fail('critical_header', 'a payload that is not base64url is refused');
  const refused = algorithmFinding(header.alg);
  if (refused) return refused;
  if (form === 'ob-jwt') {
    const other = Object.keys(header).find((name) => !OPEN_BADGES.includes(name));
    if (other !== undefined) return fail('header_not_allowed', `Open Badges allows no header ${other.slice(0, 60)}`);
  }
  const { cty } = header;
  if (cty !== undefined) {
    const name = typeof cty === 'string' ? cty.toLowerCase().replace(/^application\//, '') : '';
    if (!CONTENT[form].includes(name)) return fail('content_type', `a token of this form has no such cty`);
  }
  for (const name of REPEATED) {
    if (name in header && name in claims && JSON.stringify(header[name]) !== JSON.stringify(claims[name])) {
      return fail('header_claim_mismatch', `${name} is one thing in the header and another in the claims`);
    }
  }
  return keyFinding(form, header);
}

function keyFinding(form: JwtForm, { kid, jwk }: JsonObject): Finding | undefined {
  if (kid !== undefined && (typeof kid !== 'string' || kid === '' || kid.length > LIMITS.identifierChars)) {
    return fail('key_reference_malformed', `kid is not a text of at most ${LIMITS.identifierChars} characters`);
  }
  if (jwk !== undefined && !isObject(jwk)) return fail('key_reference_malformed', 'jwk is not an object');
  if (isObject(jwk) && PRIVATE.some((name) => name in jwk)) {
    return fail('private_key_in_header', 'the header gives the private key away: anyone can sign with it');
  }
  if (kid !== undefined && jwk !== undefined && form === 'ob-jwt') {
    return fail('key_named_twice', 'the header names its key both by kid and by jwk');
  }
  return undefined;
}

/**
 * Which key is asked for. Both names are handed on where a form allows both: they must name one key.
 * VC-JOSE-COSE 3.3.1: a key of a DID is named by `kid`. Elsewhere a token may name no key, which is not read here.
 */
export function keyReference(header: JsonObject, controller: string): KeyReference | Finding {
  const { kid, jwk } = header as { kid?: string; jwk?: JsonObject };
  if (kid === undefined && jwk === undefined) {
    return controller.startsWith('did:')
      ? fail('key_not_named', 'the header must name the key of a DID')
      : unknown('key_not_named', 'the header names no key');
  }
  // A DID names its own keys only, so no other document is even asked.
  if (kid?.startsWith('did:') && (kid.split('#', 1)[0] !== controller || !/^[^#]+#[^#]+$/.test(kid))) {
    return fail('method_not_issuer', `${kid.slice(0, 200)} is not a key of ${controller}`);
  }
  return { ...(kid !== undefined && { kid }), ...(jwk !== undefined && { jwk }) };
}
