import { randomBytes } from 'node:crypto';

/** Time is injected, so that a test can stand at a boundary second. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Randomness is injected; production is the operating system's. */
export interface Random {
  bytes(length: number): Uint8Array;
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) };

/**
 * The only way to change anything: all writes of one call become durable together, or none does.
 * A violated unique constraint rejects with `UniqueViolation`.
 */
export interface Transactor<W> {
  commit(writes: readonly W[]): Promise<void>;
}

/** Two writers drew the same id, award id or status index: draw again. `table` says where. */
export class UniqueViolation extends Error {
  readonly table: string;
  constructor(table: string, cause?: unknown) {
    super(`unique constraint of ${table}`, { cause });
    this.name = 'UniqueViolation';
    this.table = table;
  }
}

export interface Disposable {
  close(): Promise<void>;
}

/** One page of a list; `next` is an opaque cursor, absent on the last page. */
export interface Page<T> {
  items: T[];
  next?: string;
}

export interface PageRequest {
  limit: number;
  cursor?: string;
}
