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

/** Drawn at once: each call of the operating system costs more than the bytes. */
const POOL = 4_096;
let pool = Buffer.alloc(0);
let used = 0;

/** Each byte is given out once, and not kept. */
export const systemRandom: Random = {
  bytes(length) {
    if (length > POOL / 16) return randomBytes(length);
    if (used + length > pool.length) {
      pool = randomBytes(POOL);
      used = 0;
    }
    // By hand: a copy by the platform's own slice is made by way of its class, which takes five times as long for so few.
    const given = new Uint8Array(length);
    for (let at = 0; at < length; at++) given[at] = pool[used + at]!;
    pool.fill(0, used, used + length);
    used += length;
    return given;
  },
};

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
