import { readPublicKey } from '#keystore';
import { type Finding, fail, pass, unknown } from '../finding.ts';
import { keyEnd } from '../key-end.ts';
import type { ResolveMethod } from '../ports.ts';
import { type OpenedCwt, verifyCwt } from './sign1.ts';

/** A copy of the issuer's document may be older than the key: that it does not list one is no answer. */
const NOT_LISTED: ReadonlySet<string> = new Set(['method_not_found', 'method_not_listed']);

/**
 * Whether the issuer signed a CWT. Its key is `kid` among the keys of the issuer that its own claims name, so that no other
 * key can be meant. Never throws for what the CWT contains.
 * @param issuedAt what it says of itself; a key that had ended by then signed nothing, and of one that was revoked since nobody
 * knows: `unknown`
 */
export async function checkCwt(
  cwt: OpenedCwt,
  { issuer, issuedAt }: { issuer: string; issuedAt: Date },
  resolveMethod: ResolveMethod,
): Promise<Finding> {
  const found = await resolveMethod(`${issuer}#${cwt.kid}`, 'assertionMethod');
  if (found.outcome !== 'ok') {
    const missing = found.outcome === 'unknown' || NOT_LISTED.has(found.code);
    return missing ? unknown('key_unknown', found.detail) : fail(found.code, found.detail);
  }
  if (!verifyCwt(cwt, readPublicKey(found.method.publicKeyMultibase))) {
    return fail('signature_invalid', 'it was changed, or another key signed');
  }
  const ended = keyEnd(found.method, issuedAt);
  if (ended) return ended;
  // A badge of an earlier day stands in the log; for this nothing but its own word says that it was signed before.
  if (found.method.revoked !== undefined)
    return unknown('key_revoked', `the key was revoked at ${found.method.revoked}`);
  return pass(`signed by ${found.method.id}`);
}
