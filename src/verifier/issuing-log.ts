import {
  formatInstant,
  isObject,
  type Json,
  type JsonObject,
  LIMITS,
  parseDateTimeStamp,
  parseStrictJsonBytes,
} from '#kernel';
import {
  type AuditEntry,
  auditHash,
  entryLeaf,
  openCheckpoint,
  parseVerifierKey,
  verifyInclusion,
} from '#observability';
import type { Logged } from './accreditation-answer.ts';
import type { VerifiedBadge } from './model.ts';
import { endpointsOf } from './services.ts';
import type { Session } from './session.ts';

/** Type of the service entry in an issuer's DID document that points at the log of what it issued. */
export const LOG_SERVICE = 'IssuingLog';

/**
 * When the service that issued a badge recorded it, proven by its signed log (RFC 9162 inclusion in a checkpoint). A date
 * claimed within the grace needs no proof: the log could not change the answer.
 */
export async function askIssuingLog(session: Session, badge: VerifiedBadge): Promise<Logged> {
  const age = session.now.getTime() - badge.awarded.getTime();
  if (age <= LIMITS.backdatingGraceDays * 86_400_000) return { outcome: 'not_asked' };
  const resolved = await session.resolve(badge.model.issuer.id);
  const log = resolved.outcome === 'ok' ? logOf(resolved.document as JsonObject) : undefined;
  if (!log) return { outcome: 'not_asked' };
  const id = badge.model.id.split('/').at(-1) ?? '';
  const found = await receiptOf(session, log, { id, issuer: badge.model.issuer.id });
  // A form of an award for one holder: what counts is when the award was recorded, by the same institution.
  const formOf = found.outcome === 'recorded' ? found.formOf : undefined;
  const { formOf: _, ...logged } =
    formOf === undefined ? found : await receiptOf(session, log, { id: formOf, issuer: badge.model.issuer.id });
  return logged;
}

type Receipt = Logged & { formOf?: string };

async function receiptOf(
  session: Session,
  log: { url: string; verifierKey: string },
  of: { id: string; issuer: string },
): Promise<Receipt> {
  if (!/^[0-9a-z]{8,64}$/.test(of.id)) return { outcome: 'missing' };
  const answer = await get(session, `${log.url}/credentials/${of.id}`);
  if (answer === undefined) return { outcome: 'unanswered' };
  // It is there, and so new that no checkpoint covers it: it was recorded now.
  if (answer.status === 404 && answer.body.retryAfter !== undefined) {
    return { outcome: 'recorded', recordedAt: formatInstant(session.now) };
  }
  if (answer.status === 404) return { outcome: 'missing' };
  if (answer.status !== 200) return { outcome: 'unanswered' };
  const entry = proven(answer.body, of, log.verifierKey);
  if (!entry) return { outcome: 'unanswered' };
  const formOf = entry.detail?.formOf;
  return { outcome: 'recorded', recordedAt: entry.at, ...(typeof formOf === 'string' ? { formOf } : {}) };
}

/** The entry, when the checkpoint is signed by the announced key and covers it. */
function proven(
  receipt: JsonObject,
  { id, issuer }: { id: string; issuer: string },
  verifierKey: string,
): AuditEntry | undefined {
  const key = parseVerifierKey(verifierKey);
  const { entry, index, size, proof, checkpoint } = receipt;
  if (!key || !isObject(entry) || typeof checkpoint !== 'string' || !Array.isArray(proof)) return undefined;
  const head = openCheckpoint(checkpoint, key);
  const read = entry as unknown as AuditEntry;
  if (!head || head.size !== size || read.operation !== 'credential.issue' || read.object !== id) return undefined;
  // One receipt vouches for one institution: its name in the log is the last part of its DID.
  if (typeof read.tenant !== 'string' || !issuer.endsWith(`:${read.tenant}`)) return undefined;
  if (auditHash(read) !== read.hash || read.seq !== Number(index) + 1 || !parseDateTimeStamp(read.at)) return undefined;
  const path = proof.map(hashOf);
  if (path.includes(undefined)) return undefined;
  const claim = { index: index as number, size: head.size, leaf: entryLeaf(read.hash), root: head.root };
  return verifyInclusion(claim, path as Uint8Array[]) ? read : undefined;
}

const hashOf = (value: Json): Uint8Array | undefined =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? Buffer.from(value, 'hex') : undefined;

function logOf(document: JsonObject): { url: string; verifierKey: string } | undefined {
  for (const end of endpointsOf(document, LOG_SERVICE)) {
    if (isObject(end) && typeof end.uri === 'string' && typeof end.verifierKey === 'string') {
      return { url: end.uri, verifierKey: end.verifierKey };
    }
  }
  return undefined;
}

/** Also of an answer that says no: what it says in its body matters. */
async function get(session: Session, url: string): Promise<{ status: number; body: JsonObject } | undefined> {
  const { budget, deps } = session;
  try {
    const got = await budget.slot(() => deps.fetch(url, { accept: 'application/json', budget }));
    const body = parseStrictJsonBytes(got.bytes, { bytes: LIMITS.fetchBytes });
    return isObject(body) ? { status: got.status, body } : undefined;
  } catch {
    // Whatever the network or the other side does is something not found out.
    return undefined;
  }
}
