import type { PostgresPool, PostgresPoolClient } from 'kysely';

/** More distinct statements than this service has; lists of odd lengths must not fill the memory of the server. */
const MOST = 400;
/** Characters. A longer text is one of a list of some length, and not seen again soon. */
const LONGEST = 6_000;

/**
 * Statements with parameters are planned once for each connection. Where the tables were changed under them (a replica of a
 * later version has migrated), the server refuses what it has planned; `forget` gives all of them other names.
 */
export interface PreparedPool extends PostgresPool {
  forget(): void;
}

interface NamedClient {
  query(query: { text: string; values: readonly unknown[]; name?: string }): Promise<unknown>;
  release(destroy?: boolean): void;
}

export function preparedPool(pool: PostgresPool): PreparedPool {
  const names = new Map<string, string>();
  const clients = new WeakMap<PostgresPoolClient, PostgresPoolClient>();
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
        return inner.query(name === undefined ? { text, values } : { text, values, name });
      },
      release: (destroy?: boolean) => inner.release(destroy),
    } as unknown as PostgresPoolClient;
    clients.set(client, own);
    return own;
  }

  return {
    ...{ options: pool.options, end: () => pool.end() },
    async connect() {
      const client = await pool.connect();
      return clients.get(client) ?? named(client);
    },
    forget: () => names.clear(),
  };
}
