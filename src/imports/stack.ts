import { LIMITS } from '#kernel';
import type { ImportedCredential, ImportReader, Keeper } from './ports.ts';

/** A kept badge as the evaluation of a stack takes it. */
export interface CountedImport extends Pick<ImportedCredential, 'importId' | 'subject' | 'verdict'> {
  credentialId: string;
  /** What was secured: JSON or a compact token. */
  document: string;
}

/** Badges of edition 3.0, each id once: of two the later. */
export async function countable(reader: ImportReader, keepers: readonly Keeper[]): Promise<CountedImport[]> {
  const rows = await reader.importsToCount(keepers, LIMITS.importsKept);
  rows.sort((a, b) => (a.validFrom === b.validFrom ? 0 : a.validFrom < b.validFrom ? 1 : -1));
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const { importId, subject, credentialId, verdict } = row;
    if (row.format === 'ob2' || credentialId === undefined || seen.has(credentialId)) return [];
    seen.add(credentialId);
    return [{ importId, subject, credentialId, verdict, document: credentialOf(row) }];
  });
}

/** The credential in what was received: JSON, or a compact token. */
export const credentialOf = ({ received, credential }: Pick<ImportedCredential, 'received' | 'credential'>): string =>
  credential ?? Buffer.from(received.buffer, received.byteOffset, received.byteLength).toString('utf8');
