import type { PostgresPool, PostgresPoolClient } from 'kysely';

/** More distinct statements than this service has; lists of odd lengths must not fill the memory of the server. */
const MOST = 400;
/** Characters. A longer text is one of a list of some length, and not seen again soon. */
const LONGEST = 6_000;

/**
 * Statements with parameters are planned once for each connection, and again whenever its uses have doubled: the server keeps
 * a plan until it has counted the rows of a table, and what was planned for an empty table reads a full one whole. That goes
 * for its own look-ups of foreign keys too. Where the tables were changed under them (a replica of a
 * later version has migrated), the server refuses what it has planned; `forget` gives all of them other names.
 */
export interface PreparedPool extends PostgresPool {
  forget(): void;
}

/** Uses of a connection, from which on plans are made anew with each doubling. */
const SETTLED = 16;

/** Milliseconds. Longer than the server lets any statement take, so this is a server that is not there any more. */
const SILENCE = 75_000;

interface NamedClient {
  connection?: { stream: { destroy(error: Error): void } };
  query(query: { text: string; values: readonly unknown[]; name?: string }): Promise<unknown>;
  release(destroy?: boolean): void;
}

/**
 * @param silence milliseconds without an answer after which a connection is given up: a machine that lost its power, or its
 * network, says no goodbye, and the system would wait for it for a quarter of an hour
 */
export function preparedPool(pool: PostgresPool, silence = SILENCE): PreparedPool {
  const names = new Map<string, string>();
  const clients = new WeakMap<PostgresPoolClient, PostgresPoolClient>();
  const uses = new WeakMap<PostgresPoolClient, number>();
  let made = 0;

  function nameOf(text: string, values: readonly unknown[]): string | undefined {
    if ((values.length === 0 && !text.startsWith('select')) || text.length > LONGEST) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST) return known;
    const name = `tatak_${made++}`;
    names.set(text, name);
    return name;
  }

  function named(client: PostgresPoolClient): PostgresPoolClient {
    const inner = client as unknown as NamedClient;
    const own = {
      get processID() {
        return (client as { processID?: number }).processID;
      },
      query(text: string, values: readonly unknown[] = []) {
        const name = nameOf(text, values);
        // Whoever waits for the answer is told by the driver that the connection is gone.
        const givenUp = () => inner.connection?.stream.destroy(new Error('Connection terminated: no answer'));
        const timer = setTimeout(givenUp, silence);
        const answer = inner.query(name === undefined ? { text, values } : { text, values, name });
        return answer.finally(() => clearTimeout(timer));
      },
      release: (destroy?: boolean) => inner.release(destroy),
    } as unknown as PostgresPoolClient;
    clients.set(client, own);
    return own;
  }

  async function planAgain(client: PostgresPoolClient): Promise<void> {
    try {
      await client.query('discard plans', []);
    } catch (error) {
      (client as unknown as NamedClient).release(true);
      throw error;
    }
  }

  return {
    ...{ options: pool.options, end: () => pool.end() },
    async connect() {
      const client = await pool.connect();
      const own = clients.get(client) ?? named(client);
      const used = (uses.get(client) ?? 0) + 1;
      uses.set(client, used);
      if (used >= SETTLED && Number.isInteger(Math.log2(used))) await planAgain(own);
      return own;
    },
    forget: () => names.clear(),
  };
}
