/**
 * `node test/bench/postgres-store.ts [--json]`: what the PostgreSQL store alone costs a credential, prepared and issued in
 * lists of a hundred and one by one (16 at a time), with and without row-level security. On a real server that keeps what it
 * acknowledges. CPU of this process beside the time, because other work may be going on on the machine.
 */
import type { AnyWrite, Storage } from '#storage';
import { openPostgres } from '#storage';
import { audit, credential, seed } from '../storage/support/records.ts';
import { startPostgres } from '../support/postgres.ts';

const TEXT = JSON.stringify({ unsigned: true, narrative: 'x"y\\z Ñ '.repeat(230) });
const LISTS = Number(process.env.LISTS ?? 20);
const SINGLES = Number(process.env.SINGLES ?? 1_000);

interface Cost {
  ms: number;
  cpuMs: number;
}

let drawn = 0;
const prepared = (tenant: string) => {
  const number = drawn++;
  return credential(tenant, `n${number}`, Math.floor(number / 4) * 8 + (number % 4), { unsigned: TEXT });
};
const intents = (rows: ReturnType<typeof prepared>[]): AnyWrite[] =>
  rows.flatMap((row) => [
    { op: 'credential.prepare' as const, row },
    audit(row.tenant, 'credential.prepare', row.credentialId),
  ]);
const releases = (rows: ReturnType<typeof prepared>[]): AnyWrite[] =>
  rows.flatMap(({ tenant, credentialId }) => [
    {
      op: 'credential.issue' as const,
      ...{ tenant, credentialId },
      signed: TEXT,
      sha256: 'ab'.repeat(32),
      issuedAt: '2026-06-01T00:00:00Z',
    },
    audit(tenant, 'credential.issue', credentialId),
  ]);

async function list(store: Storage, tenant: string, length: number): Promise<void> {
  const rows = Array.from({ length }, () => prepared(tenant));
  await store.transactor.commit(intents(rows));
  await store.transactor.commit(releases(rows));
}

async function cost(count: number, work: () => Promise<void>): Promise<Cost> {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: (performance.now() - from) / count, cpuMs: (user + system) / 1_000 / count };
}

async function measure(store: Storage, tenant: string) {
  await seed(store, tenant);
  await list(store, tenant, 100);
  const lists = await cost(LISTS * 100, async () => {
    for (let n = 0; n < LISTS; n++) await list(store, tenant, 100);
  });
  const singles = await cost(SINGLES, async () => {
    let left = SINGLES;
    const one = async () => {
      while (left-- > 0) await list(store, tenant, 1);
    };
    await Promise.all(Array.from({ length: 16 }, one));
  });
  const reads = await cost(SINGLES, async () => {
    let left = SINGLES;
    const one = async () => {
      while (left-- > 0) await store.reader.credentialsByIds(tenant, [`n${left % drawn}`]);
    };
    await Promise.all(Array.from({ length: 16 }, one));
  });
  return { lists, singles, reads };
}

const server = await startPostgres(undefined, true);
try {
  const { owner, service } = await server.guarded();
  const results: Record<string, Awaited<ReturnType<typeof measure>>> = {};
  // Turn and turn about, so that what else the machine does falls on both.
  for (const [name, url] of [
    ['owner', owner],
    ['service', service],
    ['owner again', owner],
    ['service again', service],
  ] as const) {
    const store = await openPostgres({ url });
    results[name] = await measure(store, `t${Object.keys(results).length}`);
    await store.close();
  }
  console.log(JSON.stringify(results, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 1));
} finally {
  await server.stop();
}
