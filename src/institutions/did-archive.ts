import { isObject, type JsonObject, parseStrictJsonBytes, sha256Hex } from '#kernel';
import {
  type AuditEntry,
  auditHash,
  entryLeaf,
  openCheckpoint,
  parseVerifierKey,
  verifyInclusion,
} from '#observability';
import { DID_DOCUMENT_OPERATION } from './did-history.ts';

/** A DID document that a signed log held, and since when. */
export interface ArchivedDocument {
  did: string;
  document: Record<string, unknown>;
  /** When the log recorded it: what changed later is not in it. */
  recordedAt: string;
  /** Name of the log. */
  log: string;
}

/**
 * Reads a file as `/institutions/{slug}/did-history/{number}` gives it: the document is the one whose digest an entry
 * holds, the entry is included in a checkpoint (RFC 9162 2.1.3), and the checkpoint is signed by this log.
 * @param logKey of a log that is trusted to say what was published, as c2sp.org/signed-note writes it
 * @returns why not, as text, when anything does not fit
 */
export function openArchive(file: string, logKey: string): ArchivedDocument | string {
  const key = parseVerifierKey(logKey);
  if (!key) return 'the key of the log cannot be read';
  const read = parsed(file);
  if (!isObject(read) || !isObject(read.receipt)) return 'not an archived DID document';
  const { did, document: text, receipt } = read;
  const { entry, index, size, proof, checkpoint } = receipt;
  if (typeof did !== 'string' || typeof text !== 'string') return 'not an archived DID document';
  if (!isObject(entry) || !Array.isArray(proof) || typeof checkpoint !== 'string')
    return 'not an archived DID document';
  const head = openCheckpoint(checkpoint, key);
  if (!head || head.size !== size) return 'the checkpoint is not signed by this log';
  const line = entry as unknown as AuditEntry;
  if (auditHash(line) !== line.hash || line.seq !== Number(index) + 1) return 'the entry is not what its hash says';
  const path = proof.map((one) =>
    typeof one === 'string' && /^[0-9a-f]{64}$/.test(one) ? Buffer.from(one, 'hex') : undefined,
  );
  if (path.includes(undefined)) return 'the proof cannot be read';
  const claim = { index: Number(index), size: head.size, leaf: entryLeaf(line.hash), root: head.root };
  if (!verifyInclusion(claim, path as Uint8Array[])) return 'the log does not hold the entry';
  // One entry vouches for one text of one institution of the host of the log.
  if (line.operation !== DID_DOCUMENT_OPERATION || line.objectSha256 !== sha256Hex(text))
    return 'the entry is about another document';
  if (!did.endsWith(`:${line.tenant}`) || hostOf(did) !== key.name.split('/')[0]?.split(':')[0]) {
    return 'the log does not speak for this identifier';
  }
  const document = parsed(text);
  if (!isObject(document) || document.id !== did) return 'the document is about another identifier';
  return { did, document, recordedAt: line.at, log: key.name };
}

/** The newest of each identifier: keys are never taken out of a document, only ended. */
export function createArchive(documents: readonly ArchivedDocument[]): (did: string) => ArchivedDocument | undefined {
  const newest = new Map<string, ArchivedDocument>();
  for (const one of documents) {
    const known = newest.get(one.did);
    if (!known || known.recordedAt < one.recordedAt) newest.set(one.did, one);
  }
  return (did) => newest.get(did);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseStrictJsonBytes(new TextEncoder().encode(text));
    return isObject(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** `did:web:HOST%3APORT:...` -> `HOST`. */
const hostOf = (did: string): string | undefined => /^did:web:([A-Za-z0-9.-]+)(?:%3[Aa]\d+)?:/.exec(did)?.[1];
