import type { Transactor } from '#kernel';
import type { AnyWrite } from '../../storage.ts';
import type { SqliteTransactor } from './commit.ts';
import type { WriterThread } from './thread.ts';

/** Calls that wait at once, from which on the writing gets a thread of its own: a service at rest needs none. */
const CROWD = 4;
/** Rows of one call, from which on it gets one too: a class list comes in such calls, from its upload on. */
const LONG = 100;

export interface RelievedTransactor extends Transactor<AnyWrite> {
  close(): Promise<void>;
}

/**
 * Writes here until several callers wait for one another, or one comes with much; from then on in a thread. While the thread
 * starts, and should it end, writing goes on here: two connections order themselves as two processes do.
 * @param translate turns an error of the engine into `UniqueViolation` or `Problem`
 */
export function createRelievedTransactor(
  here: SqliteTransactor,
  start: (() => Promise<WriterThread>) | undefined,
  translate: (error: unknown) => unknown,
): RelievedTransactor {
  let starting: Promise<void> | undefined;
  let thread: WriterThread | undefined;

  async function relieve(): Promise<void> {
    // Without it everything is as it was, only slower.
    thread = await start?.().catch(() => undefined);
  }

  return {
    async commit(writes) {
      if (writes.length === 0) return;
      if (thread?.alive) return thread.commit(writes);
      if (here.waiting >= CROWD || rowsOf(writes) >= LONG) starting ??= relieve();
      await here.commit(writes).catch((error: unknown) => {
        throw translate(error);
      });
    },
    async close() {
      await starting;
      await Promise.all([here.idle(), thread?.close()]);
    },
  };
}

function rowsOf(writes: readonly AnyWrite[]): number {
  let rows = 0;
  for (const write of writes) rows += 'rows' in write ? write.rows.length : 1;
  return rows;
}
