import {
  AUDIT_GENESIS,
  type AuditEntry,
  auditHash,
  CompactRange,
  checkpointLine,
  ExportFault,
  type ExportResult,
  ExportVerifier,
  entryLeaf,
  entryLine,
  headerLine,
  noteKeyOf,
  verifierKey,
} from '#observability';
import { logKey, signCheckpoint } from '../../support/log-key.ts';

const noteKey = noteKeyOf(logKey('log-1'));
export const VKEY = verifierKey(noteKey);
export const ORIGIN = noteKey.name;

/** Signs a tree head; the operator's key, or an attacker's own. */
export type SignHead = (size: number, root: Uint8Array) => Promise<string>;

export function entries(count: number, name = 'c'): AuditEntry[] {
  return chained(
    Array.from({ length: count }, (_, n) => ({
      ...{ seq: n + 1, at: `2026-06-01T00:00:${String(n % 60).padStart(2, '0')}Z`, tenant: n % 2 ? 'uno' : 'dos' },
      ...{ actor: 'key:one', operation: 'credential.issue', object: `${name}${n}`, previousHash: '', hash: '' },
      ...(n % 3 ? { objectSha256: 'ab'.repeat(32) } : {}),
      ...(n % 4 ? { detail: { key: 'key-1-assertion', index: n, last: n % 8 === 0 } } : {}),
    })),
  );
}

/** The same entries with numbers and hashes that fit: what an attacker can repair. */
export function chained(list: readonly AuditEntry[]): AuditEntry[] {
  let previousHash = AUDIT_GENESIS;
  return list.map((entry, at) => {
    const fixed = { ...entry, seq: at + 1, previousHash };
    previousHash = auditHash(fixed);
    return { ...fixed, hash: previousHash };
  });
}

export async function checkpointsOf(
  list: readonly AuditEntry[],
  sizes: readonly number[],
  sign: SignHead = signCheckpoint,
): Promise<Map<number, string>> {
  const notes = new Map<number, string>();
  const tree = new CompactRange();
  for (const { hash } of list) {
    tree.append(entryLeaf(hash));
    if (sizes.includes(tree.size)) notes.set(tree.size, await sign(tree.size, tree.root()));
  }
  return notes;
}

/** The file: each checkpoint after as many entries as it covers, where there are so many. */
export function exported(
  list: readonly AuditEntry[],
  notes: ReadonlyMap<number, string>,
  header: { key?: string; size?: number } = {},
): string[] {
  const lines = [headerLine(ORIGIN, header.key ?? VKEY, header.size ?? list.length)];
  list.forEach((entry, at) => {
    lines.push(entryLine(entry));
    const note = notes.get(at + 1);
    if (note !== undefined) lines.push(checkpointLine(note));
  });
  return lines;
}

export function verdictOn(
  lines: readonly string[],
  trusted: { key?: string; held?: string[] } = {},
): ExportResult | ExportFault {
  const verifier = new ExportVerifier({ key: trusted.key, held: trusted.held ?? [] });
  try {
    for (const line of lines) verifier.line(line);
    return verifier.end();
  } catch (error) {
    if (error instanceof ExportFault) return error;
    throw error;
  }
}
