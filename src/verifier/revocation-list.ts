import { idOf } from '#accreditation';
import { isObject, type Json, type JsonObject, LIMITS } from '#kernel';
import { isAbsoluteIri } from './document-schema.ts';
import { ACCEPT_JSON, type Session } from './session.ts';
import type { StatusAnswer, StatusSubject } from './status-list.ts';

const REASON_CHARS = 500;

/**
 * `1EdTechRevocationList` (Open Badges 3.0, 8.2 step 4): a list of the credentials its issuer took back, at the address
 * that is the id of the entry.
 *
 * The list is not signed. What makes it the issuer's word is that the issuer signed its address into the badge, and that
 * TLS shows who answers there: so it is read from that very origin only (a redirect elsewhere is nobody's word), and where
 * it names an issuer or an id, they must be these. Where the address is not on the issuer's own host the issuer still
 * chose it; the evidence says so. The reference validator warns when there is no list; here that is `unknown`.
 */
export async function readRevocationList(
  entry: JsonObject,
  of: StatusSubject,
  session: Session,
): Promise<StatusAnswer> {
  const { id: url } = entry;
  const evidence: Record<string, unknown> = { list: url, purpose: 'revocation', signed: false };
  const unknown = (code: string): StatusAnswer => ({ outcome: 'unknown', code: `status_${code}`, evidence });
  if (typeof url !== 'string' || !isAbsoluteIri(url)) return unknown('entry_malformed');
  if (!of.id) return unknown('no_credential_id');

  const fetched = await session.json(url, ACCEPT_JSON, LIMITS.revocationListBytes);
  if (!fetched.ok) return unknown(fetched.code);
  const origin = URL.parse(url)?.origin;
  Object.assign(evidence, {
    fetchedAt: fetched.evidence.fetchedAt,
    sha256: fetched.evidence.sha256,
    issuersHost: origin !== undefined && origin === originOf(of.issuer),
  });
  if (origin === undefined || URL.parse(fetched.evidence.url)?.origin !== origin) return unknown('list_redirected');
  const list = fetched.document;
  if (list.id !== undefined && list.id !== url) return unknown('list_id');
  if (list.issuer !== undefined && idOf(list.issuer) !== of.issuer) return unknown('list_issuer');
  if (list.revokedCredential === undefined) return unknown('list_malformed');

  const found = find([list.revokedCredential].flat(), of.id);
  if (found === 'malformed') return unknown('list_malformed');
  Object.assign(evidence, { status: found ? 1 : 0, valid: !found });
  const reason = isObject(found) ? found.revocationReason : undefined;
  const message = typeof reason === 'string' ? reason.slice(0, REASON_CHARS) : undefined;
  if (message !== undefined) evidence.message = message;
  const outcome = found ? 'set' : 'clear';
  return { outcome, purpose: 'revocation', evidence, ...(message === undefined ? {} : { message }) };
}

/**
 * The entry by which it is revoked; `revoked` absent means true. An entry that cannot be read could be this one, so beside
 * it nothing is known to be missing from the list.
 */
function find(entries: readonly Json[], id: string): JsonObject | 'malformed' | undefined {
  let malformed = false;
  for (const one of entries) {
    // Open Badges 2.0 had bare ids in its list.
    const entry = typeof one === 'string' ? { id: one } : one;
    if (!isObject(entry) || typeof entry.id !== 'string') malformed = true;
    else if (same(entry.id, id)) {
      if (entry.revoked === undefined || entry.revoked === true) return entry;
      if (entry.revoked !== false) malformed = true;
    }
  }
  return malformed ? 'malformed' : undefined;
}

/** Letter by letter, or as the same address written otherwise: to miss one would be worse than to take one too many. */
const same = (listed: string, id: string): boolean => listed === id || normal(listed) === normal(id);

function normal(id: string): string {
  const text = URL.parse(id.trim())?.href ?? id.trim();
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of a did:web (its rules, 3.2) or an https issuer. */
function originOf(issuer: string): string | undefined {
  const host = /^did:web:([^:#?/]+)/.exec(issuer)?.[1];
  return URL.parse(host === undefined ? issuer : `https://${host.replace(/%3A/i, ':')}`)?.origin;
}
