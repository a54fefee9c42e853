import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '#credentials';
import { systemClock } from '#kernel';
import { runChild } from './support/spawn.ts';
import { ACTOR, auditOf, openWorld, seed, TENANT } from './support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const COUNT = 2;

describe('kill -9 at each step (IS-2, ID-1)', () => {
  let folder: string;
  let achievementId: string;
  let path: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tatak-crash-'));
    path = join(folder, 'store.sqlite');
    const world = await openWorld({ path, clock: systemClock });
    ({ achievementId } = await seed(world));
    await world.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const lines = (out: string, word: string) =>
    out
      .split('\n')
      .filter((line) => line.startsWith(`${word} `))
      .map((line) => line.split(' ', 2)[1]!);

  it.each(STEPS)('step %i, with an idempotency key: the retry gets the one list', async (step) => {
    const key = `crash-${step}`;
    const child = await runChild([path, achievementId, 'die', key, String(step), String(COUNT)]);
    expect(child.signal, child.err).toBe('SIGKILL');
    const world = await openWorld({ path, clock: systemClock });
    const signedBefore = child.out.match(/^signed .*$/gm) ?? [];
    const settled = await reconcile(world.deps);
    expect(settled).toMatchObject({ abandoned: [], left: [] });
    expect(settled.finished).toHaveLength((step >= 6 && step <= 9) || step === 12 ? COUNT : 0);
    const body = {
      achievementId,
      recipients: Array.from({ length: COUNT }, (_, at) => ({ name: `Learner ${at}` })),
    };
    const issued = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body, idempotencyKey: key });
    // No signature but those of the stored credentials ever existed.
    for (const line of signedBefore) {
      const [, id, ...text] = line.split(' ');
      expect(issued.find((one) => one.credentialId === id)!.text).toBe(text.join(' '));
    }
    expect(issued.map((one) => one.credentialId)).toEqual(
      expect.arrayContaining(lines(child.out, 'released').concat(lines(child.out, 'signed'))),
    );
    expect(await world.reader.preparedCredentials(10)).toEqual([]);
    const entries = (await auditOf(world)).filter((entry) => issued.some((one) => one.credentialId === entry.object));
    expect(entries.filter((entry) => entry.operation === 'credential.prepare')).toHaveLength(COUNT);
    expect(entries.filter((entry) => entry.operation === 'credential.issue')).toHaveLength(COUNT);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });

  it.each(STEPS.slice(4))('step %i, without one: finished, or given up with its bit set', async (step) => {
    const child = await runChild([path, achievementId, 'die', '-', String(step), String(COUNT)]);
    expect(child.signal, child.err).toBe('SIGKILL');
    const world = await openWorld({ path, clock: systemClock });
    const { finished, abandoned, left } = await reconcile(world.deps);
    expect([...finished, ...left]).toEqual([]);
    expect(abandoned).toHaveLength((step >= 6 && step <= 9) || step === 12 ? COUNT : 0);
    for (const id of lines(child.out, 'signed')) {
      const record = (await world.reader.credential(id))!;
      const unaccounted = record.phase === 'prepared';
      expect(unaccounted).toBe(false);
      if (record.phase !== 'abandoned') continue;
      expect(await world.reader.setStatusIndexes(record.statusListId)).toContain(record.statusListIndex);
      expect((await auditOf(world)).filter((entry) => entry.object === id).at(-1)!.operation).toBe(
        'credential.abandon',
      );
    }
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });
});
