import { closeSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** Beside a database that is being made: a service does not start there. */
export const unfinished = (path: string): string => `${path}.unfinished`;

/** How long a writer waits for another process before it gives up, milliseconds. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens the file, made with mode 0600 when it is new: it holds names of people.
 * WAL lets readers go on while one process writes; synchronous FULL makes an acknowledged commit survive a power cut.
 */
export function connect(path: string): Database.Database {
  if (path !== ':memory:') create(path);
  const database = new Database(path, { timeout: BUSY_TIMEOUT });
  try {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    if (path !== ':memory:') enterWal(database);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Otherwise INSERT OR REPLACE would delete past the triggers of append-only tables.
    database.pragma('recursive_triggers = ON');
    // What is forgotten (links, codes, addresses) is overwritten in the file, not only no longer listed.
    database.pragma('secure_delete = ON');
    // Functions and virtual tables named by a manipulated schema are not trusted.
    database.pragma('trusted_schema = OFF');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Pages of the write-ahead log (4 KiB each) from which a commit moves them into the file: hot pages are moved once then. */
const CHECKPOINT_PAGES = 4_000;
/** KiB of pages that a writer keeps: the inner pages of every index of a million rows, and where rows are added. */
const CACHE_KIB = 12 * 1024;

/** For writing: waits only by `whenFree`, which lets everything else of the thread go on. */
export function connectWriter(path: string): Database.Database {
  const database = connect(path);
  database.pragma('busy_timeout = 0');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  // What a statement or savepoint may have to take back is kept in memory, not written to a file first.
  database.pragma('temp_store = MEMORY');
  return database;
}

/**
 * Never opens a file that exists: closing it again would drop the POSIX locks that SQLite holds on it in this process
 * (sqlite.org/howtocorrupt.html, section 2.2).
 */
function create(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The change of mode does not use the busy handler; another process may be making it at this moment. */
function enterWal(database: Database.Database): void {
  for (let attempt = 1; ; attempt++) {
    try {
      const mode = database.pragma('journal_mode = WAL', { simple: true });
      if (mode !== 'wal') throw new Error(`SQLite cannot keep a write-ahead log here (journal mode ${mode})`);
      return;
    } catch (error) {
      if (attempt === 20 || !isBusy(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

/** Milliseconds between attempts; the last one repeats. The steps of SQLite's own busy handler. */
const WAITS = [1, 2, 5, 10, 15, 20, 25];

/**
 * Takes the write lock, waiting up to BUSY_TIMEOUT for other processes. SQLite's own waiting would stop the event loop:
 * nothing else would be answered, and a writer of this same process could never finish.
 */
export async function whenFree(begin: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT;
  for (let attempt = 0; ; attempt++) {
    try {
      await begin();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await setTimeout(WAITS[Math.min(attempt, WAITS.length - 1)]);
  }
}

/** Another connection holds the lock, or the snapshot is too old to write from. */
export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}
