import { formatInstant, isObject, type Json, type JsonObject } from '#kernel';
import { CREDENTIALS_V2 } from '../contexts.ts';
import type { JwtForm } from './ports.ts';
import { refuse } from './refusal.ts';

/** The base context of VCDM 1.1, whose tokens hold the credential in a claim. */
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';

/**
 * Claims of RFC 7519 4.1, RFC 7800 and OpenID Connect that are about the token. None is a member of a credential; all
 * other names are, so that a claim nobody here reads (`status`) is found as a term without meaning.
 */
export const TOKEN_CLAIMS: ReadonlySet<string> = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'nonce',
  'cnf',
]);

/** In which claim a token of this form has its document; undefined: the payload is the document. */
const CLAIM: Partial<Record<JwtForm, 'vc' | 'vp'>> = { 'vc-claim-jwt': 'vc', 'vp-claim-jwt': 'vp' };

/** The document of a token: taken out of its claim (VCDM 1.1, 6.3.1), or the payload without the claims of the token. */
export function documentOf(form: JwtForm, claims: JsonObject): JsonObject {
  const claim = CLAIM[form];
  if (claim === undefined) {
    return Object.fromEntries(Object.entries(claims).filter(([name]) => !TOKEN_CLAIMS.has(name)));
  }
  const inside = claims[claim];
  if (!isObject(inside)) throw refuse('not_a_credential', `the claim "${claim}" is not a JSON object`);
  return claim === 'vc' ? withCredentialClaims(inside, claims) : withPresentationClaims(inside, claims);
}

/** What the first context says, also where it is written without a list. */
export function baseContext(document: JsonObject): 'v1' | 'v2' | undefined {
  const { '@context': context } = document;
  const first = Array.isArray(context) ? context[0] : context;
  if (first === CREDENTIALS_V2) return 'v2';
  return first === CREDENTIALS_V1 ? 'v1' : undefined;
}

/**
 * VCDM 1.1, 6.3.1 "JWT decoding": claims stand for members that were left out. Members that are there stay: the checker
 * compares them.
 */
function withCredentialClaims(credential: JsonObject, claims: JsonObject): JsonObject {
  const out: JsonObject = { ...credential };
  const { iss, sub, jti, nbf, exp } = claims;
  fill(out, 'id', jti);
  if (isObject(out.issuer)) out.issuer = filled(out.issuer, 'id', iss);
  else fill(out, 'issuer', iss);
  if (isObject(out.credentialSubject)) out.credentialSubject = filled(out.credentialSubject, 'id', sub);
  fill(out, 'issuanceDate', instant(nbf));
  fill(out, 'expirationDate', instant(exp));
  return out;
}

function withPresentationClaims(presentation: JsonObject, { iss, jti }: JsonObject): JsonObject {
  return filled(filled(presentation, 'id', jti), 'holder', iss);
}

function filled(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const out = { ...object };
  fill(out, name, value);
  return out;
}

function fill(object: JsonObject, name: string, value: Json | undefined): void {
  if (value !== undefined && !Object.hasOwn(object, name)) object[name] = value;
}

/** Seconds since 1970 (RFC 7519, NumericDate) as an instant; anything else is left out and found by the checker. */
function instant(seconds: Json | undefined): string | undefined {
  if (typeof seconds !== 'number' || seconds < 0 || seconds > 253_402_300_799) return undefined;
  return formatInstant(new Date(Math.floor(seconds) * 1_000));
}
