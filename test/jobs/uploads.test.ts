import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BatchDeps, createBatches } from '#jobs';
import { type Json, type JsonObject, LIMITS } from '#kernel';
import { createRepeated } from '../../src/jobs/repeated.ts';
import { problem } from '../credentials/support/problem.ts';
import { ACTOR, openWorld, PUBLIC, type SetClock, seed, TENANT, type World } from '../credentials/support/world.ts';

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let achievementId: string;
let batches: ReturnType<typeof createBatches>;
const batchesOf = (more: Partial<BatchDeps> = {}) => {
  const { reader, transactor, issuer, clock, deps } = world;
  return createBatches({ reader, transactor, issuer, clock, random: deps.random, publicUrl: PUBLIC, ...more });
};
beforeAll(async () => {
  world = await openWorld();
  ({ achievementId } = await seed(world));
  batches = batchesOf();
});
afterAll(() => world.close());

const input = (more: object) => ({ tenant: TENANT, actor: ACTOR, achievementId, ...more });
const nothingLeft = async () => {
  (world.clock as SetClock).advance(3_600_000);
  expect(await world.reader.staleUploads('9999-12-31T00:00:00Z', 9)).toEqual([]);
};

/** A list in pieces of a few bytes, then what `end` does. */
async function* csv(rows: number, end: () => void = () => {}, size = 4_096) {
  const text = Buffer.from(
    `name,email\n${Array.from({ length: rows }, (_, at) => `Niña ${at},n${at}@students.example\n`).join('')}`,
  );
  for (let at = 0; at < text.byteLength; at += size) yield text.subarray(at, at + size);
  end();
}

describe('a class list that streams in', () => {
  it('is stored in groups, unseen until the last row is there, as the list that it would be at once', async () => {
    const seen: number[] = [];
    const sizes: number[] = [];
    const { transactor } = world;
    const watched = batchesOf({
      transactor: {
        async commit(writes) {
          await transactor.commit(writes);
          sizes.push(...writes.flatMap((write) => (write.op === 'batch.addRows' ? [write.rows.length] : [])));
          seen.push((await world.reader.batches(TENANT, { limit: 99 })).items.length);
        },
      },
    });
    const before = (await world.reader.batches(TENANT, { limit: 99 })).items.length;
    const { batch } = await watched.preview(input({ csv: csv(1_203) }));
    expect(batch).toMatchObject({ state: 'previewed', rows: 1_203, invalidRows: 0 });
    expect(sizes).toEqual([500, 500, 203]);
    expect(seen).toEqual([before, before, before + 1]);
    expect(await world.reader.batch(TENANT, batch.batchId)).toEqual(batch);
    const pieces = [];
    for await (const piece of csv(1_203)) pieces.push(piece);
    const whole = Buffer.concat(pieces);
    const again = await batches.preview(input({ csv: whole }));
    expect(again.batch.requestSha256).toBe(batch.requestSha256);
    const rows = await world.reader.batchRowsIn(TENANT, batch.batchId, 'valid', { after: 0, limit: 9_999 });
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 1_203 }, (_, at) => at + 1));
    expect(rows[777]!.input).toEqual({ name: 'Niña 777', email: 'n777@students.example' });
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('that breaks off leaves nothing, whatever broke it', async () => {
    const before = (await world.reader.batches(TENANT, { limit: 99 })).items.length;
    const lost = csv(1_700, () => {
      throw new Error('the connection is gone');
    });
    await expect(batches.preview(input({ csv: lost }))).rejects.toThrow('gone');
    async function* bad() {
      yield* csv(1_200);
      yield Buffer.from('one,two,three\n');
    }
    const wrong = await problem(batches.preview(input({ csv: bad() })));
    expect([wrong.kind, wrong.errors[0]!.pointer]).toEqual(['invalid-csv', '/rows/1201']);
    expect((await world.reader.batches(TENANT, { limit: 99 })).items).toHaveLength(before);
    await nothingLeft();
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('is read and checked one group further while a group is stored, and no further', async () => {
    const { transactor, issuer } = world;
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    let checked = 0;
    const watched = batchesOf({
      issuer: {
        ...issuer,
        async check(call) {
          checked += ((call.body as JsonObject).recipients as Json[]).length;
          return issuer.check(call);
        },
      },
      transactor: {
        async commit(writes) {
          begun++;
          await gate.promise;
          await transactor.commit(writes);
        },
      },
    });
    const preview = watched.preview(input({ csv: csv(1_703) }));
    // The first recipient is the one that stands for the options.
    await vi.waitFor(() => expect(checked).toBe(1 + 1_000), { timeout: 30_000 });
    await new Promise((later) => setTimeout(later, 50));
    expect([begun, checked]).toEqual([1, 1_001]);
    gate.resolve();
    expect((await preview).batch).toMatchObject({ state: 'previewed', rows: 1_703, invalidRows: 0 });
    expect([begun, checked]).toEqual([4, 1_704]);
  });

  it.each([1, 2, 3])('leaves nothing when its group %i cannot be stored, and says so', async (nth) => {
    const { transactor } = world;
    const before = (await world.reader.batches(TENANT, { limit: 99 })).items.length;
    let group = 0;
    const failing = batchesOf({
      transactor: {
        async commit(writes) {
          if (writes.some(({ op }) => op === 'batch.addRows') && ++group === nth) throw new Error('the disk is full');
          await transactor.commit(writes);
        },
      },
    });
    await expect(failing.preview(input({ csv: csv(1_203) }))).rejects.toThrow('the disk is full');
    expect(group).toBe(nth);
    expect((await world.reader.batches(TENANT, { limit: 99 })).items).toHaveLength(before);
    await nothingLeft();
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('that breaks off while a group is stored is taken away when that is done, not before', async () => {
    const { transactor } = world;
    const gate = Promise.withResolvers<void>();
    const storing = Promise.withResolvers<void>();
    const begun: string[] = [];
    const held = batchesOf({
      transactor: {
        async commit(writes) {
          begun.push(...writes.map(({ op }) => op));
          storing.resolve();
          await gate.promise;
          await transactor.commit(writes);
        },
      },
    });
    async function* lost() {
      yield* csv(900);
      await storing.promise;
      throw new Error('the connection is gone');
    }
    const preview = held.preview(input({ csv: lost() }));
    preview.catch(() => undefined);
    await storing.promise;
    await new Promise((later) => setTimeout(later, 100));
    expect(begun).toEqual(['batch.insert', 'batch.addRows']);
    gate.resolve();
    await expect(preview).rejects.toThrow('gone');
    expect(new Set(begun.slice(2))).toEqual(new Set(['batch.discard']));
    await nothingLeft();
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('whose process died is swept out when its lease is over, and not before', async () => {
    let rest = (): void => {};
    const asleep = new Promise<void>((resolve) => {
      rest = resolve;
    });
    async function* slow() {
      yield* csv(1_200);
      await asleep;
      yield Buffer.from('Last,last@students.example\n');
    }
    const late = batches.preview(input({ csv: slow() }));
    late.catch(() => undefined);
    const uploads = () => world.reader.staleUploads('9999-12-31T00:00:00Z', 9);
    await vi.waitFor(async () => expect(await uploads()).toMatchObject([{ rows: 1_000 }]), { timeout: 30_000 });
    await batches.sweepOnce();
    expect(await uploads()).toHaveLength(1);
    (world.clock as SetClock).advance(601_000);
    await batches.sweepOnce();
    await nothingLeft();
    // Who was only slow has lost it.
    rest();
    await expect(late).rejects.toMatchObject({ table: 'batch.state' });
    await nothingLeft();
  });

  it('sent again with its key, also at the same time, is one batch', async () => {
    const once = () => input({ csv: csv(800), idempotencyKey: 'long-list' });
    const [a, b] = await Promise.all([batches.preview(once()), batches.preview(once())]);
    expect(b.batch.batchId).toBe(a.batch.batchId);
    const later = await batches.preview(once());
    expect(later.batch).toEqual(a.batch);
    const other = input({ csv: csv(801), idempotencyKey: 'long-list' });
    expect((await problem(batches.preview(other))).kind).toBe('idempotency-mismatch');
    await nothingLeft();
  });

  it('may be lines of JSON, in pieces of any size', async () => {
    const lines = '\ufeff{"name":"Niña","email":""}\r\n\n{"name":"Ben","studentNumber":"1"}';
    async function* pieces() {
      const bytes = Buffer.from(lines);
      for (let at = 0; at < bytes.byteLength; at += 3) yield bytes.subarray(at, at + 3);
    }
    const { batch } = await batches.preview(input({ ndjson: pieces() }));
    const rows = await world.reader.batchRowsIn(TENANT, batch.batchId, 'valid', { after: 0, limit: 9 });
    expect(rows.map((row) => row.input)).toEqual([{ name: 'Niña' }, { name: 'Ben', studentNumber: '1' }]);
    expect(batch.requestSha256).not.toBe('');
  });

  it.each([
    ['', 'invalid-request', undefined],
    ['{"name":"A"}\n{"name":5}\n', 'invalid-request', '/rows/2/name'],
    ['{"name":"A"}\n{"state":"x"}\n', 'invalid-request', '/rows/2/state'],
    ['{"name":"A"}\n[]\n', 'invalid-request', '/rows/2'],
    ['{"name":"A","name":"B"}\n', 'malformed-json', '/rows/1'],
    ['{"name":"A"}\n{"name"\n', 'malformed-json', '/rows/2'],
    [`{"name":"${'x'.repeat(LIMITS.batchRowBytes)}"}\n`, 'invalid-csv', '/rows/1'],
    ['x'.repeat(100_000), 'invalid-csv', '/rows/1'],
  ])('that is no such file is refused: %.40j', async (ndjson, kind, pointer) => {
    const refused = await problem(batches.preview(input({ ndjson })));
    expect([refused.kind, refused.errors[0]?.pointer]).toEqual([kind, pointer]);
  });
});

describe('who stands in a list twice', () => {
  it('is counted as a set would count, with a few bytes for each', () => {
    const repeated = createRepeated();
    const seen = new Set<string>();
    let expected = 0;
    for (let at = 0; at < 30_000; at++) {
      const n = createHash('sha256').update(`${at}`).digest().readUInt32BE() % 20_000;
      const email = n % 3 === 0 ? undefined : `N${n}@x.example`;
      const studentNumber = n % 5 === 0 ? `${n}` : undefined;
      const keys = [email && `e${email.toLowerCase()}`, studentNumber && `s${studentNumber}`].filter((key) => key);
      if (keys.some((key) => seen.has(key!))) expected++;
      for (const key of keys) seen.add(key!);
      repeated.see({ ...(email ? { email } : {}), ...(studentNumber ? { studentNumber } : {}) });
    }
    expect(expected).toBeGreaterThan(5_000);
    expect(repeated.count).toBe(expected);
  });
});
