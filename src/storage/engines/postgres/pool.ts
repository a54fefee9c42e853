import type { Pool } from 'pg';

/** Connections of one process that write; some of them may be waiting for their turn. */
const WRITERS = 6;
/** Connections of one process that read: they never wait for a writer. */
const READERS = 6;
/** Milliseconds. How long a writer waits for others before it gives up: a list of a hundred takes some seconds on a busy machine. */
const LOCK_TIMEOUT = 15_000;
/** For a connection, also for one of the pool to become free. */
const CONNECT_TIMEOUT = 15_000;
/** Of one statement: far longer than any of a request, far shorter than a replica that hangs. */
const STATEMENT_TIMEOUT = 60_000;
/** A process that stands still in the middle of a transaction loses it, so that the others go on. */
const IDLE_IN_TRANSACTION = 30_000;

const INT8 = 20;

/**
 * The driver is loaded here and nowhere else: a service on the embedded engine never does.
 * @param url `postgres://user:password@host:port/database?sslmode=...`; its own `options` are kept
 */
export async function createPools(url: string): Promise<{ writer: Pool; reader: Pool }> {
  const { default: pg } = await import('pg');
  const types = {
    getTypeParser(oid: number, format?: 'text' | 'binary') {
      if (oid === INT8) return safeInteger;
      return pg.types.getTypeParser(oid as 17, format as 'text');
    },
  } as unknown as NonNullable<ConstructorParameters<typeof pg.Pool>[0]>['types'];
  const pool = (max: number, options: string) => {
    const made = new pg.Pool({
      connectionString: withOptions(url, options),
      max,
      ...(types === undefined ? {} : { types }),
      application_name: 'tatak',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      lock_timeout: LOCK_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
      keepAlive: true,
    });
    // A connection that is lost, at rest or in use, is thrown away, and whoever uses it is told by the query. Without a
    // listener the process would end.
    made.on('error', () => undefined);
    made.on('connect', (client) => client.on('error', () => undefined));
    return made;
  };
  return { writer: pool(WRITERS, ''), reader: pool(READERS, '-c default_transaction_read_only=on') };
}

/** The server's numbers are 64 bits, ours 53: a larger one is an error, never another number. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('the store has a number beyond 2^53');
  return value;
}

function withOptions(url: string, options: string): string {
  if (options === '') return url;
  const parsed = new URL(url);
  parsed.searchParams.set('options', `${parsed.searchParams.get('options') ?? ''} ${options}`.trim());
  return parsed.href;
}
