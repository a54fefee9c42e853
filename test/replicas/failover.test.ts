import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '#storage';
import { audit, seed } from '../storage/support/records.ts';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';
import type { TestService } from '../support/service.ts';

// What it acknowledges is on its disk: otherwise a crash may take the last moments with it.
const server = usePostgres({ durable: true });
const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));

describe('a database that goes away', () => {
  let replicas: Replicas;
  /** Milliseconds that the clock of the replicas is before that of the machine. */
  let ahead = 0;
  let issuer = '';
  let achievementId = '';

  beforeAll(async () => {
    // As a role that owns nothing, as it is deployed.
    replicas = await openReplicas({
      databaseUrl: (await server().guarded()).service,
      overrides: { clock: { now: () => new Date(Date.now() + ahead) } },
    });
    ({ issuer } = await replicas.all[0]!.institution('uno'));
    const made = await replicas.all[0]!.call<{ achievementId: string }>('POST', '/v1/achievements', {
      key: issuer,
      body: {
        achievement: {
          ...{
            name: 'SPECIMEN Fail-over',
            description: 'x',
            criteria: { narrative: 'y' },
            achievementType: 'MicroCredential',
          },
          ...{ awardType: 'HeiMicroCredential', regime: 'CHED', assessmentType: ['Project'] },
        },
      },
    });
    if (made.status !== 201) throw new Error(made.text);
    ({ achievementId } = made.body);
  }, 120_000);
  afterAll(() => replicas?.close());

  it('is answered 503 with Retry-After and comes back: nothing acknowledged is lost, and work in hand goes on', async () => {
    const [one, other] = replicas.all as [TestService, TestService];
    const csv = `name\n${Array.from({ length: 60 }, (_, n) => `SPECIMEN ${n}`).join('\n')}`;
    const batch = await one.call<{ batchId: string }>('POST', `/v1/batches?achievementId=${achievementId}`, {
      key: issuer,
      body: csv,
    });
    expect(batch.status, batch.text).toBe(201);
    const started = await other.call('POST', `/v1/batches/${batch.body.batchId}/start`, { key: issuer });
    expect(started.status, started.text).toBe(202);

    const acknowledged = new Map<string, string>();
    const statuses = new Map<number, number>();
    const unexplained: string[] = [];
    let running = true;
    /** Asks until it is told: the same key each time, as a caller has to. */
    async function caller(name: string, service: TestService) {
      for (let n = 0; running || n === 0; n++) {
        const key = `${name}-${n}`;
        for (;;) {
          const answer = await service.server.inject({
            ...{ method: 'POST', url: '/v1/credentials' },
            headers: { authorization: `Bearer ${issuer}`, 'content-type': 'application/json', 'idempotency-key': key },
            payload: JSON.stringify({ achievementId, recipients: [{ name: key }] }),
          });
          statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
          if (answer.statusCode === 201 || answer.statusCode === 200) {
            acknowledged.set(key, answer.json().credentials[0].id);
            break;
          }
          if (answer.statusCode === 503 && !answer.headers['retry-after']) unexplained.push('503 without Retry-After');
          // 409: what was begun before the connection was lost is not finished yet.
          if (![503, 409].includes(answer.statusCode)) unexplained.push(`${answer.statusCode} ${answer.body}`);
          await pause(25);
        }
      }
    }
    const callers = [one, other, one, other].map((service, n) => caller(`c${n}`, service));
    for (const how of ['crash', 'clean'] as const) {
      const before = acknowledged.size;
      while (acknowledged.size < before + 8) await pause(20);
      await server().restart(how);
    }
    const before = acknowledged.size;
    while (acknowledged.size < before + 8) await pause(20);
    running = false;
    await Promise.all(callers);

    expect(unexplained).toEqual([]);
    expect(statuses.get(503), 'otherwise this would prove nothing').toBeGreaterThan(0);
    expect(new Set(acknowledged.values()).size).toBe(acknowledged.size);
    for (const id of acknowledged.values()) {
      const kept = await other.app.storage.reader.credential(id);
      expect(kept?.phase).toBe('issued');
    }
    // A worker that lost the store in the middle left its lease behind: that ends by itself.
    ahead = 61_000;
    let state = '';
    while (state !== 'done') {
      const { body } = await other.call<{ state: string; issued: number }>('GET', `/v1/batches/${batch.body.batchId}`, {
        key: issuer,
      });
      ({ state } = body);
      await pause(100);
    }
    const page = await other.app.storage.reader.credentials(
      { tenant: 'uno', batchId: batch.body.batchId },
      { limit: 100 },
    );
    expect(page.items.filter(({ phase }) => phase === 'issued')).toHaveLength(60);
    expect(await one.app.storage.integrity()).toEqual([]);
  }, 120_000);
});

describe('a server that falls silent', () => {
  /** Hands everything on; connections that are there when it is cut hear no more, and no goodbye. */
  async function line(to: URL) {
    const sockets = new Set<Socket>();
    const proxy: Server = createServer((incoming) => {
      const outgoing = dial({ host: to.hostname, port: Number(to.port) });
      for (const [from, into] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        sockets.add(from);
        from.on('data', (data) => into.write(data));
        from.on('close', () => into.destroy());
        from.on('error', () => into.destroy());
      }
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const url = new URL(to);
    url.port = String((proxy.address() as { port: number }).port);
    return {
      url: url.href,
      cut() {
        for (const socket of sockets) socket.removeAllListeners('data').resume();
      },
      close() {
        for (const socket of sockets) socket.destroy();
        proxy.close();
      },
    };
  }

  it('is given up, and the next connection is another one', async () => {
    const wire = await line(new URL(await server().database()));
    const storage = await openPostgres({ url: wire.url, silence: 300 });
    await seed(storage, 'uno');
    await storage.reader.institution('uno');
    wire.cut();
    const [read] = await Promise.all([
      storage.reader.institution('uno'),
      storage.transactor.commit([audit('uno', 'one', 'x')]),
    ]);
    expect(read).toMatchObject({ tenant: 'uno' });
    const kept = await storage.reader.auditEntries('uno', { limit: 50 });
    expect(kept.items.filter(({ object }) => object === 'x')).toHaveLength(1);
    await storage.close();
    wire.close();
  }, 60_000);
});
