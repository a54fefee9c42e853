import { isObject } from '#kernel';
import { hasPrivateMember, jwkForm, type KeyForm } from './key-form.ts';
import { type Failure, refused, unknown } from './outcome.ts';
import type { ResolvedMethod } from './ports.ts';

/** Keys of one set that are looked at; a set has one for each year at most. */
const MAX_KEYS = 100;

type Matches = (jwk: Record<string, unknown>, multibase: string) => boolean;

/** What a set says about one key. */
export type SetFinding = { outcome: 'ok'; method: ResolvedMethod } | Failure;

/**
 * The one key of a JWK set (RFC 7517 5) that matches and is the issuer's. A member `iss` says whose a key is; where some key
 * of a set has it, a key without it is nobody's, because the set then serves several issuers.
 */
export function findInSet(set: Record<string, unknown>, issuer: string, matches: Matches, id: string): SetFinding {
  const keys = Array.isArray(set.keys) ? set.keys.filter(isObject) : [];
  if (keys.length > MAX_KEYS) return unknown('work_limit', `a key set of more than ${MAX_KEYS} keys`);
  if (keys.some(hasPrivateMember)) return refused('private_key', 'the key set publishes a private key');
  const named = keys.some((jwk) => jwk.iss !== undefined);
  const found = keys.flatMap((jwk): { jwk: Record<string, unknown>; form: KeyForm }[] => {
    if (named && jwk.iss !== issuer) return [];
    const form = jwkForm(jwk);
    if (form.outcome === 'ok') return matches(jwk, form.key.multibase) ? [{ jwk, form }] : [];
    return typeof jwk.kid === 'string' && matches(jwk, '') ? [{ jwk, form }] : [];
  });
  const [first] = found;
  if (!first) return unknown('key_not_listed', 'the issuer does not list this key');
  if (found.length > 1) return refused('method_ambiguous', 'the key set has two such keys');
  if (first.form.outcome !== 'ok') return first.form;
  return methodOf(first.jwk, first.form.key.multibase, id, issuer, 'jwks');
}

/**
 * A key that stands alone or in a set as a method. Its end is told as OpenID Federation 1.0, 8.7.2 tells it of historical
 * keys: `exp` in seconds, `revoked.revoked_at` in seconds.
 */
export function methodOf(
  jwk: Record<string, unknown>,
  publicKeyMultibase: string,
  id: string,
  controller: string,
  provenance: 'jwks' | 'address',
): SetFinding {
  const revokedAt = isObject(jwk.revoked) ? jwk.revoked.revoked_at : jwk.revoked;
  const ends = { expires: instantOf(jwk.exp), revoked: instantOf(revokedAt) };
  if (ends.expires === null || ends.revoked === null)
    return refused('method_malformed', 'the end of the key is no time');
  const { expires, revoked } = ends;
  const said = { ...(expires ? { expires } : {}), ...(revoked ? { revoked } : {}) };
  return { outcome: 'ok', method: { id, controller, publicKeyMultibase, ...said, provenance } };
}

/** @returns undefined when nothing is said, null when it is no time */
function instantOf(seconds: unknown): string | undefined | null {
  if (seconds === undefined) return undefined;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0 || seconds > 253_402_300_799)
    return null;
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
