import { systemRandom } from '#kernel';
import { createKeystore, type Keystore } from '#keystore';
import { type AuditWrite, createLog, type Log, type LogDeps } from '#observability';
import { openSqlite, type Storage } from '#storage';

/** An instant that a test moves. */
export const clock = {
  time: Date.parse('2026-06-01T00:00:00Z'),
  now: () => new Date(clock.time),
};

export const keystore: Keystore = await createKeystore({
  passphrase: 'a passphrase of tests',
  salt: new Uint8Array(16),
  random: systemRandom,
  cost: 10,
});

export interface LogWorld {
  storage: Storage;
  log: Log;
  forks: string[];
  /** Another instance on the same store. */
  another(overrides?: Partial<LogDeps>): Log;
  /** Appends `count` entries, alternately of two tenants; the n-th is about `c<n>`. */
  append(count: number): Promise<void>;
}

export async function openLog(path = ':memory:', origin = 'log.example/log'): Promise<LogWorld> {
  const storage = await openSqlite({ path });
  const forks: string[] = [];
  const another = (overrides: Partial<LogDeps> = {}) =>
    createLog({
      ...{ reader: storage.reader, transactor: storage.transactor, keystore, clock, origin },
      onFork: (detail) => forks.push(detail),
      ...overrides,
    });
  let appended = 0;
  return {
    storage,
    log: another(),
    forks,
    another,
    async append(count) {
      const writes = Array.from({ length: count }, () => entry(++appended));
      for (let at = 0; at < writes.length; at += 1_000) await storage.transactor.commit(writes.slice(at, at + 1_000));
    },
  };
}

function entry(n: number): AuditWrite {
  return {
    ...{ op: 'audit.append', at: '2026-06-01T00:00:00Z', tenant: n % 2 ? 'uno' : 'dos', actor: 'key:one' },
    ...{ operation: n % 3 ? 'credential.issue' : 'credential.prepare', object: `c${n}` },
    ...(n % 4 ? { objectSha256: 'ab'.repeat(32) } : {}),
    ...(n % 5 ? { detail: { key: 'key-1-assertion', index: n, last: n % 2 === 0 } } : {}),
  };
}
