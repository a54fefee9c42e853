import { type RegisterAnswer, readRegister } from '#accreditation';
import { isObject, type JsonObject, LIMITS, parseDateTimeStamp } from '#kernel';
import type { Session } from './session.ts';

/** Type of the service entry in an authority's DID document that points at its register. */
export const REGISTER_SERVICE = 'AccreditationRegister';

/**
 * The signed register of one authority: found through its DID document, signed by that DID, inside its own validity.
 * Anything else is `unknown`, because a register that cannot be relied on has not said no.
 */
export async function fetchRegister(session: Session, authority: string): Promise<RegisterAnswer> {
  const unknown = (code: string, detail: string): RegisterAnswer => ({ outcome: 'unknown', code, detail });
  const resolved = await session.resolve(authority);
  if (resolved.outcome !== 'ok') return unknown(`register_${resolved.code}`, resolved.detail);
  const url = registerUrl(resolved.document as JsonObject);
  if (!url) return unknown('register_not_announced', 'the DID document has no register');
  const fetched = await session.json(url);
  if (!fetched.ok) return unknown(`register_${fetched.code}`, fetched.detail);
  const register = readRegister(fetched.document);
  if (!register) return unknown('register_malformed', 'not a register we can read');
  if (register.accreditor !== authority) return unknown('register_other_accreditor', 'it speaks for somebody else');
  const proof = await session.proof(fetched.document, authority);
  if (proof.outcome !== 'pass') return unknown(`register_proof_${proof.outcome}`, proof.code);
  const now = session.now.getTime();
  if (now + LIMITS.clockSkew < parseDateTimeStamp(register.published)!.getTime()) {
    return unknown('register_not_yet_valid', register.published);
  }
  // An old register could hide a withdrawal.
  if (now > parseDateTimeStamp(register.validUntil)!.getTime()) return unknown('register_expired', register.validUntil);
  return { outcome: 'ok', register };
}

function registerUrl(document: JsonObject): string | undefined {
  const services = Array.isArray(document.service) ? document.service : [document.service];
  for (const service of services) {
    if (!isObject(service)) continue;
    const types = Array.isArray(service.type) ? service.type : [service.type];
    if (types.includes(REGISTER_SERVICE) && typeof service.serviceEndpoint === 'string') return service.serviceEndpoint;
  }
  return undefined;
}
