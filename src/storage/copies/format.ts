import { createHash, type Hash } from 'node:crypto';
import { isObject, type Json, Problem, parseStrictJson } from '#kernel';
import type { Cell, Row, TableShape } from './shape.ts';

/**
 * A store in a stream of JSON Lines: a header, files, then each table with its rows, and last what must have been read. No
 * engine is in it, so a store of one can be made again in the other. Whoever reads it knows at the last line, and not before,
 * that it is whole.
 */
export type BackupLine =
  | { header: BackupHeader }
  | { file: { name: string; text: string } }
  | { table: TableShape }
  | { row: Row; text: string }
  | { end: BackupEnd };

const FORMAT = 'tatak-backup';

export interface BackupHeader {
  format: typeof FORMAT;
  version: 1;
  /** Instant at which the store was as it is in here. */
  madeAt: string;
  engine: 'sqlite' | 'postgres';
  /** Of the schema. */
  migrations: readonly string[];
}

/** Rows, and SHA-256 (hex) over their lines. */
export interface TableCount {
  rows: number;
  sha256: string;
}

export interface BackupEnd {
  tables: Record<string, TableCount>;
  /** Head of the audit log: entries, and the hash of the last. */
  audit: { seq: number; hash: string };
  /** The newest signed head of the log, as published. */
  checkpoint?: string;
  /** What the store did not agree on with itself when it was read; empty when all was well. */
  findings: readonly string[];
  /** SHA-256 (hex) over all lines before: names this backup. */
  sha256: string;
}

export const headerLine = (header: Omit<BackupHeader, 'format' | 'version'>): string =>
  JSON.stringify({ format: FORMAT, version: 1, ...header });

/** One spelling: a number is an integer, bytes are base64 in an object. @throws RangeError beyond 2^53 */
export function rowLine(row: Row): string {
  return JSON.stringify(row.map(written));
}

function written(cell: Cell): unknown {
  if (typeof cell === 'number' && !Number.isSafeInteger(cell))
    throw new RangeError('the store has a number beyond 2^53');
  return cell instanceof Uint8Array ? { b: Buffer.from(cell).toString('base64') } : cell;
}

/** @throws Error for anything that is no line of a backup */
export function readLine(text: string): BackupLine {
  if (text.startsWith('[')) return { row: (JSON.parse(text) as unknown[]).map(readCell), text };
  const value = strict(text);
  if (!isObject(value)) throw new Error('not a line of a backup');
  if (value.format === FORMAT) {
    if (value.version !== 1) throw new Error(`a backup of another format: version ${value.version}`);
    return { header: value as unknown as BackupHeader };
  }
  for (const kind of ['file', 'table', 'end'] as const)
    if (isObject(value[kind])) return value as unknown as BackupLine;
  throw new Error('not a line of a backup');
}

function strict(text: string): Json {
  try {
    return parseStrictJson(text, { bytes: Number.MAX_SAFE_INTEGER, keys: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    throw error instanceof Problem ? new Error('not a line of a backup') : error;
  }
}

function readCell(value: unknown): Cell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const bytes = typeof value === 'object' ? (value as { b?: unknown }).b : undefined;
  if (typeof bytes !== 'string') throw new Error('not a row of a backup');
  return Buffer.from(bytes, 'base64');
}

/** Counts what passes through. */
export class Tally {
  readonly #hash: Hash = createHash('sha256');
  rows = 0;

  /** @param line without its line feed */
  add(line: string): void {
    this.#hash.update(line).update('\n');
    this.rows++;
  }

  count(): TableCount {
    return { rows: this.rows, sha256: this.#hash.copy().digest('hex') };
  }
}

/** Of a table as it is stored. */
export async function countRows(rows: AsyncIterable<Row[]>): Promise<TableCount> {
  const tally = new Tally();
  for await (const piece of rows) for (const row of piece) tally.add(rowLine(row));
  return tally.count();
}
