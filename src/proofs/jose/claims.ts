import { type Clock, isObject, type Json, type JsonObject, LIMITS, parseDateTimeStamp } from '#kernel';
import { type Finding, fail } from '../finding.ts';
import type { JwtForm } from './ports.ts';

type Claim = 'iss' | 'sub' | 'jti' | 'nbf' | 'exp';

/**
 * `required`: Open Badges 3.0, 8.2.4.1: the claim is there exactly when the member is, and they are equal.
 * `same`: VCDM 1.1, 6.3.1: where both are there they are equal.
 * `token`: VC-JOSE-COSE 3.1.3: `iss`, `sub`, `jti` as `same`; times are about the signature. Of a presentation always: it has
 *   no dates of its own.
 */
const RULES: Readonly<Record<JwtForm, 'required' | 'same' | 'token'>> = {
  'ob-jwt': 'required',
  'vc-claim-jwt': 'same',
  'vp-claim-jwt': 'token',
  'vc+jwt': 'token',
  'vc+sd-jwt': 'token',
  'vp+jwt': 'token',
  'vp+sd-jwt': 'token',
};
const NAMES: readonly Claim[] = ['iss', 'jti', 'sub', 'nbf', 'exp'];

/** Each difference has its own code: `iss_mismatch`, `exp_missing` ... A difference refuses the token whatever signed it. */
export function claimFinding(
  form: JwtForm,
  claims: JsonObject,
  document: JsonObject,
  clock: Clock,
): Finding | undefined {
  for (const name of ['nbf', 'exp', 'iat']) {
    if (name in claims && !isNumericDate(claims[name]))
      return fail(`${name}_malformed`, `${name} is not a number of seconds`);
  }
  const rule = RULES[form];
  for (const name of NAMES) {
    const claim = claims[name];
    const member = memberOf(name, document);
    if (rule === 'required') {
      // A badge of someone who has no id cannot be signed this way.
      if (claim === undefined && (member !== undefined || name !== 'exp')) {
        return fail(`${name}_missing`, `the token has no ${name}`);
      }
    }
    if (claim === undefined) continue;
    const isTime = name === 'nbf' || name === 'exp';
    if (rule === 'token' && isTime) continue;
    // In VC-JOSE-COSE a member that is not there is no other one.
    // The issuer of a credential is always there; who hands over a presentation may be named by `iss` alone.
    if (rule === 'token' && member === undefined && (name !== 'iss' || form.startsWith('vp'))) continue;
    if (claim !== member && !(isTime && sameSecond(claim, member))) {
      return fail(`${name}_mismatch`, `${name} is not ${WHAT[name]} of the document`);
    }
  }
  return rule === 'token' ? tokenTimes(claims, document, clock) : undefined;
}

/** Whose the document says it is; who asks must have read it there. A presentation need not say it. */
export function ownerFinding(document: JsonObject, controller: string, claims: JsonObject = {}): Finding | undefined {
  const isCredential = 'credentialSubject' in document;
  const owner = memberOf('iss', document) ?? (isCredential ? undefined : claims.iss);
  if (owner === undefined && !isCredential) return undefined;
  return owner === controller ? undefined : fail('issuer_mismatch', 'the document names another issuer or holder');
}

/** For a presentation: who it is for, and to which question it is the answer (RFC 7519 4.1.3, OpenID Connect `nonce`). */
export function audienceFinding(
  claims: JsonObject,
  expected: { nonce?: string; audience?: string },
): Finding | undefined {
  const { nonce, aud } = claims;
  if (expected.nonce !== undefined && nonce !== expected.nonce) return fail('nonce_mismatch', 'the nonce is another');
  const audience = Array.isArray(aud) ? aud : [aud];
  if (expected.audience !== undefined && !audience.includes(expected.audience)) {
    return fail('audience_mismatch', 'the token is for someone else');
  }
  return undefined;
}

/** When the token says it was signed: `iat`, else `nbf` (of a badge, its start). */
export function signedAt({ iat, nbf }: JsonObject): Date | undefined {
  const seconds = iat ?? nbf;
  return isNumericDate(seconds) ? new Date(Math.floor(seconds) * 1_000) : undefined;
}

/** An instant as whole seconds since 1970; undefined when it is none. */
export function numericDate(instant: string): number | undefined {
  const time = parseDateTimeStamp(instant)?.getTime();
  return time === undefined ? undefined : Math.floor(time / 1_000);
}

const WHAT: Record<Claim, string> = {
  iss: 'the issuer or holder',
  jti: 'the id',
  sub: 'the id of the subject',
  nbf: 'the start',
  exp: 'the end',
};

function memberOf(name: Claim, document: JsonObject): Json | undefined {
  const idOf = (value: Json | undefined): Json | undefined => (isObject(value) ? value.id : value);
  const { issuer, holder, id, credentialSubject, validFrom, issuanceDate, validUntil, expirationDate } = document;
  switch (name) {
    case 'iss':
      return idOf(issuer ?? holder);
    case 'jti':
      return id;
    case 'sub':
      return Array.isArray(credentialSubject) && credentialSubject.length === 1
        ? idOf(credentialSubject[0])
        : isObject(credentialSubject)
          ? credentialSubject.id
          : undefined;
    case 'nbf':
      return validFrom ?? issuanceDate;
    case 'exp':
      return validUntil ?? expirationDate;
    default:
      return undefined;
  }
}

/** Times of a signature (VC-JOSE-COSE 3.1.3). One that repeats the validity of the document is judged with that. */
function tokenTimes(claims: JsonObject, document: JsonObject, clock: Clock): Finding | undefined {
  const now = clock.now().getTime();
  const { nbf, exp } = claims as { nbf?: number; exp?: number };
  if (exp !== undefined && !sameSecond(exp, memberOf('exp', document)) && exp * 1_000 + LIMITS.clockSkew <= now) {
    return fail('token_expired', 'the signature was meant to count until earlier');
  }
  if (nbf !== undefined && !sameSecond(nbf, memberOf('nbf', document)) && nbf * 1_000 - LIMITS.clockSkew > now) {
    return fail('token_not_yet_valid', 'the signature is meant to count from later on');
  }
  return undefined;
}

/** Claims hold seconds (RFC 7519, NumericDate); what a member says below a second is not compared. */
function sameSecond(claim: Json, member: Json | undefined): boolean {
  const instant = parseDateTimeStamp(member);
  return instant !== undefined && Math.floor(instant.getTime() / 1_000) === Math.floor(claim as number);
}

function isNumericDate(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= 253_402_300_799;
}
