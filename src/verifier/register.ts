import { type RegisterAnswer, type RegisterHead, readRegister, withParts } from '#accreditation';
import { type JsonObject, LIMITS, parseDateTimeStamp, partOf } from '#kernel';
import { endpointsOf } from './services.ts';
import type { Session } from './session.ts';

/** Type of the service entry in an authority's DID document that points at its register. */
export const REGISTER_SERVICE = 'AccreditationRegister';

/** The signed head of a register, or why there is none. */
export type HeadAnswer = { outcome: 'ok'; head: RegisterHead } | Extract<RegisterAnswer, { outcome: 'unknown' }>;

const unknown = (code: string, detail: string) => ({ outcome: 'unknown', code, detail }) as const;

/**
 * The signed register of one authority: found through its DID document, signed by that DID, inside its own validity.
 * Anything else is `unknown`, because a register that cannot be relied on has not said no.
 */
export async function fetchHead(session: Session, authority: string): Promise<HeadAnswer> {
  const resolved = await session.resolve(authority);
  if (resolved.outcome !== 'ok') return unknown(`register_${resolved.code}`, resolved.detail);
  const url = registerUrl(resolved.document as JsonObject);
  if (!url) return unknown('register_not_announced', 'the DID document has no register');
  const fetched = await session.json(url, undefined, LIMITS.registerBytes);
  if (!fetched.ok) return unknown(`register_${fetched.code}`, fetched.detail);
  const head = readRegister(fetched.document);
  if (!head) return unknown('register_malformed', 'not a register we can read');
  if (head.accreditor !== authority) return unknown('register_other_accreditor', 'it speaks for somebody else');
  const proof = await session.proof(fetched.document, authority);
  if (proof.outcome !== 'pass') return unknown(`register_proof_${proof.outcome}`, proof.code);
  const now = session.now.getTime();
  if (now + LIMITS.clockSkew < parseDateTimeStamp(head.published)!.getTime()) {
    return unknown('register_not_yet_valid', head.published);
  }
  // An old register could hide a withdrawal.
  if (now > parseDateTimeStamp(head.validUntil)!.getTime()) return unknown('register_expired', head.validUntil);
  return { outcome: 'ok', head };
}

/** What the register says about one party: the head, and of a large register the one part that holds this party. */
export async function fetchRegister(session: Session, head: HeadAnswer, about: string): Promise<RegisterAnswer> {
  if (head.outcome !== 'ok') return head;
  const { parts } = head.head;
  if (!parts) return { outcome: 'ok', register: { ...head.head, source: 'fetched' } };
  const digest = parts.digests[partOf(about, parts.count)]!;
  const fetched = await session.json(`${parts.url}${digest}`, undefined, LIMITS.registerBytes);
  if (!fetched.ok) return unknown(`register_part_${fetched.code}`, fetched.detail);
  // The signature covers the digest, and the digest the bytes.
  if (fetched.evidence.sha256 !== digest) return unknown('register_part_digest', `${parts.url}${digest}`);
  const register = withParts(head.head, [JSON.stringify(fetched.document)]);
  if (!register) return unknown('register_malformed', `${parts.url}${digest}`);
  return { outcome: 'ok', register: { ...register, source: 'fetched' } };
}

/** Where the DID document of an authority says that its register is. */
export const registerUrl = (document: JsonObject): string | undefined =>
  endpointsOf(document, REGISTER_SERVICE).find((end) => typeof end === 'string');
