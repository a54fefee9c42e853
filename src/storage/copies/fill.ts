import type { StoragePlace } from '../open.ts';
import type { BackupFile } from './backup.ts';
import { fillStore } from './copies.ts';
import { BackupFault } from './fault.ts';
import { type BackupEnd, type BackupHeader, countRows, readLine, type TableCount, Tally } from './format.ts';
import { type Settling, settlingOf } from './settle.ts';
import { type Row, shapeDifference, type TableShape } from './shape.ts';
import { PIECE, type StoreFilling, sizeOf } from './store.ts';

export interface Restored {
  header: BackupHeader;
  files: BackupFile[];
  end: BackupEnd;
}

/**
 * Makes a store of a backup, proves that every row of every table is there byte for byte, that it agrees with itself as much as the
 * store did, and brings its schema up to date.
 * @param settle the last step: when it throws, nothing is kept
 * @throws BackupFault; Error when the place is not empty, or the backup is of a newer version
 */
export async function fillFromBackup<T>(
  lines: AsyncGenerator<string>,
  place: StoragePlace,
  settle: (settling: Settling, restored: Restored) => Promise<T>,
): Promise<T> {
  const first = await lines.next();
  const opened = first.done ? undefined : attempt(first.value);
  if (!opened || !('header' in opened)) throw new BackupFault('this is not a backup');
  const { header } = opened;
  const whole = new Tally();
  whole.add(first.value as string);
  return fillStore(place, header.migrations, async (filling) => {
    const restored = await takeLines(lines, whole, filling, header);
    await proveRows(filling, restored.end.tables);
    await filling.upgrade();
    await proveAgreement(filling, restored.end);
    return settle(settlingOf(filling.trx), restored);
  });
}

async function takeLines(
  lines: AsyncGenerator<string>,
  whole: Tally,
  filling: StoreFilling,
  header: BackupHeader,
): Promise<Restored> {
  const files: BackupFile[] = [];
  const shapes: TableShape[] = [];
  const counts: Record<string, TableCount> = {};
  let open: { table: TableShape; tally: Tally; rows: Row[]; bytes: number } | undefined;
  const flush = async () => {
    if (!open || open.rows.length === 0) return;
    await filling.insert(open.table, open.rows);
    Object.assign(open, { rows: [], bytes: 0 });
  };
  const close = async () => {
    await flush();
    if (open) counts[open.table.name] = open.tally.count();
    open = undefined;
  };
  let end: BackupEnd | undefined;
  for await (const text of lines) {
    if (end) throw new BackupFault('there is something after its last line');
    const line = attempt(text);
    if ('end' in line) {
      await close();
      end = line.end;
      continue;
    }
    whole.add(text);
    if ('row' in line) {
      if (!open || line.row.length !== open.table.columns.length) throw new BackupFault('a row of no table');
      open.tally.add(text);
      open.rows.push(line.row);
      open.bytes += sizeOf(line.row);
      if (open.rows.length >= PIECE.rows || open.bytes >= PIECE.bytes) await flush();
    } else if ('table' in line) {
      await close();
      if (counts[line.table.name]) throw new BackupFault(`the table ${line.table.name} stands twice`);
      const table = filling.tables.find(({ name }) => name === line.table.name);
      const difference = shapeDifference(table ? [table] : [], [line.table]);
      if (!table || difference) throw new BackupFault(`its tables are not those of its schema: ${difference}`);
      shapes.push(table);
      open = { table: line.table, tally: new Tally(), rows: [], bytes: 0 };
    } else if ('file' in line) files.push(line.file);
    else throw new BackupFault('a second header');
  }
  if (!end) throw new BackupFault('it is cut off: its last line is missing');
  if (whole.count().sha256 !== end.sha256) throw new BackupFault('it was changed: its digest is another');
  const difference = shapeDifference(filling.tables, shapes) ?? countDifference(end.tables, counts);
  if (difference) throw new BackupFault(`it is not whole: ${difference}`);
  return { header, files, end };
}

function attempt(text: string): ReturnType<typeof readLine> {
  try {
    return readLine(text);
  } catch (error) {
    throw new BackupFault((error as Error).message);
  }
}

/** What is stored now, read again in full. */
export async function proveRows(filling: StoreFilling, wanted: Record<string, TableCount>): Promise<void> {
  const found: Record<string, TableCount> = {};
  for (const table of filling.tables) found[table.name] = await countRows(filling.rows(table));
  const difference = countDifference(wanted, found);
  if (difference) throw new BackupFault(`what was stored is not what was read: ${difference}`);
}

function countDifference(wanted: Record<string, TableCount>, found: Record<string, TableCount>): string | undefined {
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const [want, got] = [wanted[name], found[name]];
    if (want?.rows !== got?.rows) return `${name} has ${got?.rows ?? 0} rows instead of ${want?.rows ?? 0}`;
    if (want?.sha256 !== got?.sha256) return `${name} has other rows`;
  }
  return undefined;
}

/** The copy of a damaged store is as damaged, and not more. */
export async function proveAgreement(
  filling: StoreFilling,
  { findings, audit }: Pick<BackupEnd, 'findings' | 'audit'>,
) {
  const found = (await filling.integrity()).filter((one) => !findings.includes(one));
  if (found.length > 0) throw new BackupFault(`what was stored does not agree with itself: ${found.join('; ')}`);
  const last = await filling.trx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((last?.seq ?? 0) !== audit.seq || (last && last.hash !== audit.hash)) {
    throw new BackupFault('its log has another end than it says');
  }
}
