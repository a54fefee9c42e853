import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Random, systemClock, systemRandom } from '#kernel';
import { problem } from './support/problem.ts';
import { runChild } from './support/spawn.ts';
import { ACTOR, auditOf, OTHER, openWorld, seed, TENANT } from './support/world.ts';

const PROCESSES = 2;
// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const REQUESTS = 4;
const PER_REQUEST = 10;
const PARALLEL = 100;

describe('concurrent writers (IS-1)', () => {
  it('of several processes lose nothing and share nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tatak-writers-'));
    const path = join(folder, 'store.sqlite');
    const world = await openWorld({ path, clock: systemClock });
    const { achievementId } = await seed(world);
    const children = await Promise.all(
      Array.from({ length: PROCESSES }, () =>
        runChild([path, achievementId, 'many', String(REQUESTS), String(PER_REQUEST)]),
      ),
    );
    for (const child of children) expect(child.code, child.err).toBe(0);
    const ids = children.flatMap((child) => child.out.trim().split('\n'));
    expect(ids).toHaveLength(PROCESSES * REQUESTS * PER_REQUEST);
    expect(new Set(ids).size).toBe(ids.length);
    const rows = await world.reader.credentialsByIds(TENANT, ids);
    expect(rows.filter((row) => row.phase === 'issued')).toHaveLength(ids.length);
    const pairs = rows.map((row) => `${row.statusListId} ${Math.min(row.statusListIndex, row.statusListIndex ^ 7)}`);
    expect(new Set(pairs).size).toBe(ids.length);
    expect(new Set(rows.map((row) => row.awardId)).size).toBe(ids.length);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('that draw the same ids draw again', async () => {
    const drawn: Uint8Array[] = [];
    const forced: Uint8Array[] = [];
    const random: Random = {
      bytes: (length) => {
        const bytes = (length === 16 ? forced.shift() : undefined) ?? systemRandom.bytes(length);
        if (length === 16) drawn.push(bytes);
        return bytes;
      },
    };
    const world = await openWorld({ random });
    const { achievementId } = await seed(world);
    const issue = async () => {
      drawn.length = 0;
      const body = { achievementId, recipients: [{}] };
      return (await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body }))[0]!;
    };
    const ids = new Set([(await issue()).credentialId]);
    for (const which of ['credential id', 'award id']) {
      // In this order: subject id, credential id, award id.
      const [subject, credential, award] = drawn.slice(-3) as [Uint8Array, Uint8Array, Uint8Array];
      forced.push(subject, ...(which === 'award id' ? [systemRandom.bytes(16), award] : [credential]));
      ids.add((await issue()).credentialId);
      expect(drawn.length, which).toBe(5);
    }
    expect(ids.size).toBe(3);
    await world.close();
  });

  it('draws 128 random bits (IS-3)', async () => {
    const { randomId } = await import('#kernel');
    const ids = Array.from({ length: 100_000 }, () => randomId(systemRandom));
    expect(new Set(ids).size).toBe(ids.length);
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
    const ones = new Array<number>(128).fill(0);
    for (const id of ids) {
      const bits = [...id].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
      for (let bit = 0; bit < 128; bit++) ones[bit]! += Number(bits[bit]);
    }
    // Four standard deviations and a half for 100,000 draws.
    for (const count of ones) expect(Math.abs(count / ids.length - 0.5)).toBeLessThan(0.0072);
  });
});

describe('idempotency (ID-1, ID-2)', () => {
  it(`${PARALLEL} at once with one key: one list of credentials`, async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const call = {
      tenant: TENANT,
      actor: ACTOR,
      idempotencyKey: 'once',
      body: { achievementId, recipients: [{ name: 'Ana' }, { name: 'Bea' }] },
    };
    const answers = await Promise.all(Array.from({ length: PARALLEL }, () => world.issuer.issue(call)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items).toHaveLength(2);
    expect((await auditOf(world)).filter((entry) => entry.operation === 'credential.issue')).toHaveLength(2);
    // The order of members is not another request.
    const { body, ...rest } = call;
    const reordered = { recipients: body.recipients, achievementId };
    expect(await world.issuer.issue({ ...rest, body: reordered })).toEqual(answers[0]);
    await world.close();
  });

  it('two services on one store: the loser answers as the winner', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tatak-idem-'));
    const path = join(folder, 'store.sqlite');
    const [a, b] = [await openWorld({ path }), await openWorld({ path })];
    const { achievementId } = await seed(a);
    for (let round = 0; round < 5; round++) {
      const call = {
        tenant: TENANT,
        actor: ACTOR,
        idempotencyKey: `round-${round}`,
        body: { achievementId, recipients: Array.from({ length: 10 }, () => ({})) },
      };
      const [one, two] = await Promise.all([a.issuer.issue(call), b.issuer.issue(call)]);
      expect(two).toEqual(one);
    }
    expect((await a.reader.credentials({ tenant: TENANT }, { limit: 200 })).items).toHaveLength(50);
    expect(await a.storage.integrity()).toEqual([]);
    await a.close();
    await b.close();
    rmSync(folder, { recursive: true });
  });

  it('when the winner died, the loser finishes its work', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tatak-idem-'));
    const path = join(folder, 'store.sqlite');
    const dead = await openWorld({
      path,
      change: () => ({ onStep: (step) => (step === 9 ? new Promise<void>(() => {}) : undefined) }),
    });
    const alive = await openWorld({ path });
    const { achievementId } = await seed(dead);
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body: { achievementId, recipients: [{}] } };
    void dead.issuer.issue(call);
    while ((await alive.reader.preparedCredentials(1)).length === 0) await new Promise((next) => setTimeout(next, 5));
    const [one] = await alive.issuer.issue(call);
    expect((await alive.reader.credential(one!.credentialId))!.phase).toBe('issued');
    expect((await alive.reader.credentials({ tenant: TENANT }, { limit: 9 })).items).toHaveLength(1);
    await alive.close();
    await dead.close();
    rmSync(folder, { recursive: true });
  });

  it('another body is refused, another tenant is another request', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { permittedIssuers: [`did:web:badges.example:institutions:${OTHER}`] });
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body: { achievementId, recipients: [{}] } };
    const [one] = await world.issuer.issue(call);
    const other = { ...call, body: { achievementId, recipients: [{ name: 'Ana' }] } };
    expect((await problem(world.issuer.issue(other))).kind).toBe('idempotency-mismatch');
    const [two] = await world.issuer.issue({ ...call, tenant: OTHER });
    expect(two!.credentialId).not.toBe(one!.credentialId);
    for (const idempotencyKey of ['', 'a b', 'ñ', 'x'.repeat(256)]) {
      expect((await problem(world.issuer.issue({ ...call, idempotencyKey }))).kind).toBe('invalid-request');
    }
    await world.close();
  });
});

describe('a store that fails once (FT-1)', () => {
  it('at each statement leaves a consistent store, and the retry gets one list', async () => {
    let failAt = Number.POSITIVE_INFINITY;
    let seen = 0;
    const world = await openWorld({
      intercept: () => {
        if (++seen === failAt) throw new Error('disk I/O error');
      },
    });
    const { achievementId } = await seed(world);
    const call = (key: string) => ({
      tenant: TENANT,
      actor: ACTOR,
      idempotencyKey: key,
      body: { achievementId, recipients: [{}, {}] },
    });
    await world.issuer.issue(call('warm'));
    seen = 0;
    await world.issuer.issue(call('count'));
    const statements = seen;
    expect(statements).toBeGreaterThan(10);
    for (let at = 1; at <= statements; at++) {
      [seen, failAt] = [0, at];
      const first = await world.issuer.issue(call(`fail-${at}`)).catch((error: Error) => error);
      failAt = Number.POSITIVE_INFINITY;
      if (first instanceof Error) expect(first.message).toBe('disk I/O error');
      expect(await world.issuer.issue(call(`fail-${at}`))).toHaveLength(2);
      expect((await world.reader.preparedCredentials(9)).length).toBe(0);
    }
    expect(await world.storage.integrity()).toEqual([]);
    const issued = (await auditOf(world)).filter((entry) => entry.operation === 'credential.issue');
    expect(issued).toHaveLength(2 * (statements + 2));
    await world.close();
  });
});
