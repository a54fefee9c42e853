import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reconcile } from '#credentials';
import { createBatches } from '#jobs';
import { problem } from '../credentials/support/problem.ts';
import {
  ACTOR,
  auditOf,
  openWorld,
  PUBLIC,
  type SetClock,
  seed,
  TENANT,
  type World,
} from '../credentials/support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let achievementId: string;
let onChunk: (() => Promise<unknown>) | undefined;
let batches: ReturnType<typeof createBatches>;
beforeEach(async () => {
  onChunk = undefined;
  world = await openWorld({ compiled: true });
  ({ achievementId } = await seed(world));
  batches = batchesOf(world);
});
afterEach(() => world.close());

const batchesOf = ({ reader, transactor, issuer, clock, deps: { random } }: World) =>
  createBatches({
    ...{ reader, transactor, issuer, clock, random, publicUrl: PUBLIC },
    onChunk: async () => {
      await onChunk?.();
    },
  });
const start = async (rows: number) => {
  const csv = `name\n${Array.from({ length: rows }, (_, at) => `Learner ${at}\n`).join('')}`;
  return (await batches.create({ tenant: TENANT, actor: ACTOR, achievementId, csv, start: true })).batch;
};
const credentials = async () => (await world.reader.credentials({ tenant: TENANT }, { limit: 1_000 })).items;
const phases = async () => {
  const count = (phase: string) => all.filter((one) => one.phase === phase).length;
  const all = await credentials();
  return { issued: count('issued'), prepared: count('prepared'), abandoned: count('abandoned') };
};

describe('a batch that is cancelled', () => {
  it('keeps what was issued and issues nothing more, also what was drawn up and signed', async () => {
    const { batchId } = await start(250);
    let chunks = 0;
    onChunk = async () => {
      // The second chunk is signed, the third drawn up.
      if (++chunks === 2)
        expect(await batches.cancel(TENANT, batchId, 'key:other')).toMatchObject({ state: 'cancelled' });
    };
    expect(await batches.runOnce()).toMatchObject({ state: 'cancelled', issuedRows: 100 });
    expect(await phases()).toEqual({ issued: 100, prepared: 0, abandoned: 150 });
    expect(await batches.runOnce()).toBeUndefined();
    let lines = '';
    for await (const line of await batches.exportCsv(TENANT, batchId)) lines += line;
    expect(lines.match(/"issued"/g)).toHaveLength(100);
    expect(lines.match(/"cancelled"/g)).toHaveLength(150);
    const kept = [];
    for await (const { row } of await batches.credentials(TENANT, batchId)) kept.push(row);
    expect(kept).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    // What may have been signed has its status bit set.
    const bits = await world.reader.setStatusIndexes((await credentials())[0]!.statusListId);
    expect(bits).toHaveLength(300);
    const entries = (await auditOf(world)).filter((entry) => entry.object === batchId);
    expect(entries.map(({ operation, actor }) => [operation, actor])).toEqual([
      ['batch.create', ACTOR],
      ['batch.start', ACTOR],
      ['batch.cancel', 'key:other'],
    ]);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('stays cancelled when it is cancelled or started again, and one that is done is not', async () => {
    const first = await start(3);
    expect(await batches.cancel(TENANT, first.batchId, ACTOR)).toMatchObject({ state: 'cancelled', issuedRows: 0 });
    const before = (await auditOf(world)).length;
    expect(await batches.cancel(TENANT, first.batchId, ACTOR)).toMatchObject({ state: 'cancelled' });
    const starter = { actor: ACTOR, role: 'issuer' as const };
    expect(await batches.start(TENANT, first.batchId, starter)).toMatchObject({ state: 'cancelled' });
    expect(await auditOf(world)).toHaveLength(before);
    expect(await batches.runOnce()).toBeUndefined();
    const second = await start(3);
    await batches.runOnce();
    expect((await problem(batches.cancel(TENANT, second.batchId, ACTOR))).kind).toBe('conflict');
    expect((await problem(batches.cancel('other-college', second.batchId, ACTOR))).kind).toBe('not-found');
    expect(await phases()).toEqual({ issued: 3, prepared: 0, abandoned: 0 });
  });

  it('gives up what a worker had drawn up that died before it heard of it', async () => {
    const { batchId } = await start(150);
    // Hangs for ever, as a process that is gone.
    let hung = (): void => {};
    const reached = new Promise<void>((resolve) => {
      hung = resolve;
    });
    onChunk = () => {
      hung();
      return new Promise(() => undefined);
    };
    void batches.runOnce();
    await reached;
    await vi.waitFor(async () => expect(await phases()).toMatchObject({ prepared: 150 }), { timeout: 30_000 });
    await batches.cancel(TENANT, batchId, ACTOR);
    // At a restart they are left to the batch.
    expect(await reconcile(world.deps)).toMatchObject({ finished: [], abandoned: [] });
    await batches.sweepOnce();
    expect(await phases()).toMatchObject({ prepared: 150 });
    (world.clock as SetClock).advance(121_000);
    await batches.sweepOnce();
    expect(await phases()).toEqual({ issued: 0, prepared: 0, abandoned: 150 });
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('of two workers neither issues any more', async () => {
    const { batchId } = await start(250);
    onChunk = async () => {
      onChunk = undefined;
      (world.clock as SetClock).advance(61_000);
      const other = batchesOf(world);
      let chunks = 0;
      onChunk = async () => {
        if (++chunks === 2) await other.cancel(TENANT, batchId, ACTOR);
      };
      expect(await other.runOnce()).toMatchObject({ state: 'cancelled', issuedRows: 100 });
      onChunk = undefined;
    };
    expect(await batches.runOnce()).toMatchObject({ state: 'cancelled', issuedRows: 100 });
    expect(await phases()).toEqual({ issued: 100, prepared: 0, abandoned: 150 });
    expect(await world.storage.integrity()).toEqual([]);
  });
});
