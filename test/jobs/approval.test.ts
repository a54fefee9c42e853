import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BatchRecord, createBatches } from '#jobs';
import { onePerson, twoPersons } from '../credentials/support/approvals.ts';
import { problem } from '../credentials/support/problem.ts';
import { auditOf, OTHER, openWorld, PUBLIC, seed, TENANT, type World } from '../credentials/support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 120_000 });

const MAKER = { actor: 'key:maker', role: 'issuer', person: 'S-1' } as const;
const CHECKER = { actor: 'key:checker', role: 'approver', person: 's-2' } as const;

let world: World;
let achievementId: string;
let batches: ReturnType<typeof createBatches>;
let onChunk: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  onChunk = undefined;
  world = await openWorld();
  ({ achievementId } = await seed(world));
  const { reader, transactor, issuer, clock, deps } = world;
  const { random } = deps;
  const common = { reader, transactor, issuer, clock, random, publicUrl: PUBLIC };
  batches = createBatches({
    ...common,
    onChunk: async () => {
      await onChunk?.();
    },
  });
  await twoPersons(world);
});
afterEach(() => world.close());

const preview = async (rows = 2, more: object = {}): Promise<BatchRecord> => {
  const csv = `name\n${Array.from({ length: rows }, (_, at) => `Learner ${at}\n`).join('')}`;
  const { actor, person } = MAKER;
  return (await batches.preview({ tenant: TENANT, actor, person, achievementId, csv, ...more })).batch;
};
const start = ({ batchId }: BatchRecord, by: object = {}) => batches.start(TENANT, batchId, { ...CHECKER, ...by });
const issued = async () => (await world.reader.credentials({ tenant: TENANT }, { limit: 400 })).items.length;

describe('a batch where two persons are wanted', () => {
  it('is approved by being started, and then runs by itself', async () => {
    const batch = await preview();
    expect(batch).toMatchObject({ state: 'previewed', person: 's-1' });
    expect(await start(batch)).toMatchObject({ state: 'queued', approvedPerson: 's-2' });
    expect(await start(batch, { person: 's-3' })).toMatchObject({ state: 'queued', approvedPerson: 's-2' });
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 2, failedRows: 0 });
    const text = JSON.stringify(await auditOf(world));
    for (const person of ['s-1', 's-2', 'S-1']) expect(text).not.toContain(`"${person}"`);
  });

  it.each([
    ['the issuer who made it', MAKER, 'approval-required'],
    ['another issuer', { ...MAKER, actor: 'key:x', person: 's-9' }, 'approval-required'],
    ['the same person as approver', { person: 's-1' }, 'same-person'],
    ['the same person in other letters', { person: 'S-1' }, 'same-person'],
    ['an approver who is nobody', { person: undefined }, 'person-required'],
    ['an auditor', { role: 'auditor' }, 'approval-required'],
  ])('is not started by %s', async (_, by, kind) => {
    const batch = await preview();
    expect((await problem(start(batch, by))).kind).toBe(kind);
    expect(await batches.runOnce()).toBeUndefined();
    expect(await issued()).toBe(0);
  });

  it('is not started by another institution, nor at once, nor when nobody made it', async () => {
    const batch = await preview();
    expect((await problem(batches.start(OTHER, batch.batchId, CHECKER))).kind).toBe('not-found');
    const csv = 'name\nA\n';
    const atOnce = batches.create({ tenant: TENANT, ...MAKER, achievementId, csv, start: true });
    expect((await problem(atOnce)).kind).toBe('approval-required');
    const nobody = await preview(1, { person: undefined });
    expect((await problem(start(nobody))).kind).toBe('person-required');
    expect(await batches.runOnce()).toBeUndefined();
  });

  it('waits for the second person when the policy changes while it runs', async () => {
    await onePerson(world);
    const batch = await preview(350);
    await start(batch, MAKER);
    // When the first chunk is signed the two after it are drawn up.
    onChunk = () => twoPersons(world);
    expect(await batches.runOnce()).toMatchObject({ state: 'previewed', issuedRows: 300 });
    onChunk = undefined;
    expect(await batches.runOnce()).toBeUndefined();
    expect((await problem(start(batch, MAKER))).kind).toBe('approval-required');
    await start(batch);
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 350 });
    expect(await issued()).toBe(350);
    const entries = (await auditOf(world)).filter((entry) => entry.object === batch.batchId);
    expect(entries.map((entry) => entry.operation)).toEqual([
      'batch.create',
      'batch.start',
      'batch.hold',
      'batch.start',
      'batch.finish',
    ]);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('that was approved goes on when one person would do by now', async () => {
    const batch = await preview();
    await start(batch);
    await onePerson(world);
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 2 });
  });
});

describe('a batch where one person does', () => {
  beforeEach(() => onePerson(world));

  it('is started by an issuer, also the one who made it, and by no approver', async () => {
    const batch = await preview(1, { person: undefined });
    expect((await problem(start(batch))).kind).toBe('forbidden');
    expect(await start(batch, { ...MAKER, person: undefined })).toMatchObject({ state: 'queued' });
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 1 });
  });
});
