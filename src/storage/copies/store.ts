import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { Row, TableShape } from './shape.ts';

/** A store as it was at one moment, while others may go on writing. */
export interface StoreReading {
  engine: 'sqlite' | 'postgres';
  /** Names of the schema's migrations, in order. */
  migrations: readonly string[];
  /** Parents first. */
  tables: readonly TableShape[];
  /** Pieces of bounded size, in the order of `selectAll`. */
  rows(table: TableShape): AsyncIterable<Row[]>;
  /** Of the same moment. Not while `rows` is being read. */
  db: Kysely<Tables>;
}

/** A store that only this process reads, and nobody writes, until it is given up for another. */
export interface StoreLeaving extends StoreReading {
  /** From now on no process writes here, not even one that has it open. @param to where it is now, for people */
  leave(to: string, at: string): Promise<void>;
}

/** A store that is being made of rows of another. It is there when `work` has ended well, and not before. */
export interface StoreFilling {
  tables: readonly TableShape[];
  insert(table: TableShape, rows: readonly Row[]): Promise<void>;
  rows(table: TableShape): AsyncIterable<Row[]>;
  trx: Transaction<Tables>;
  /** The migrations that came after those the store was made with. */
  upgrade(): Promise<void>;
  /** As `Storage.integrity`, of what is there now. */
  integrity(): Promise<string[]>;
}

/** Rows of a piece, and how many bytes of text or pictures close one early. */
export const PIECE = { rows: 500, bytes: 4 * 1024 * 1024 } as const;

export function sizeOf(row: Row): number {
  let size = 0;
  for (const cell of row) size += typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8;
  return size;
}
