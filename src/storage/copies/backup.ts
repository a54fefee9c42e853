import { AUDIT_START } from '#observability';
import { disagreements } from '../agreement.ts';
import { isCurrent } from '../migrations/migrate.ts';
import { auditReader } from '../readers/audit.ts';
import { logReader } from '../readers/log.ts';
import { type BackupEnd, headerLine, rowLine, type TableCount, Tally } from './format.ts';
import type { StoreReading } from './store.ts';

export interface BackupFile {
  /** Path in the data directory, with `/`. */
  name: string;
  text: string;
}

/**
 * The lines of a backup, each with its line feed, and in the end what it holds. Wrapped keys stay wrapped: without the
 * passphrase nothing can be signed with what is in it. Names and addresses of people are in it as they are.
 */
export async function* backupLines(
  reading: StoreReading,
  { madeAt, files }: { madeAt: string; files: readonly BackupFile[] },
): AsyncGenerator<string, BackupEnd> {
  const whole = new Tally();
  const line = (text: string): string => {
    whole.add(text);
    return `${text}\n`;
  };
  const { engine, migrations } = reading;
  yield line(headerLine({ madeAt, engine, migrations }));
  for (const file of files) yield line(JSON.stringify({ file }));
  const tables: Record<string, TableCount> = {};
  for (const table of reading.tables) {
    yield line(JSON.stringify({ table }));
    const tally = new Tally();
    for await (const piece of reading.rows(table)) {
      const texts = piece.map(rowLine);
      for (const text of texts) tally.add(text);
      yield texts.map(line).join('');
    }
    tables[table.name] = tally.count();
  }
  const last = (await auditReader(reading.db).lastAudit()) ?? AUDIT_START;
  const checkpoint = await logReader(reading.db).latestCheckpoint();
  const end: BackupEnd = {
    tables,
    audit: { seq: last.seq, hash: last.hash },
    ...(checkpoint ? { checkpoint: checkpoint.note } : {}),
    findings: isCurrent(migrations) ? await disagreements(reading.db) : [],
    sha256: whole.count().sha256,
  };
  yield `${JSON.stringify({ end })}\n`;
  return end;
}
