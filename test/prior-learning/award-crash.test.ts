import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '#credentials';
import { systemClock } from '#kernel';
import { MAKER } from '../credentials/support/approvals.ts';
import { runChild } from '../credentials/support/spawn.ts';
import { auditOf, openWorld, seed, TENANT } from '../credentials/support/world.ts';
import { priorLearningOf, recognisedCase } from './support/cases.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const CHILD = join(import.meta.dirname, 'support', 'awarding-child.ts');
const PLACES = ['asked', '1', '5', '6', '9', '10', 'issued'];
const open = (path: string) => openWorld({ path, clock: systemClock });

describe('kill -9 between award and store', () => {
  let folder: string;
  let path: string;
  let achievementId: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tatak-prior-learning-'));
    path = join(folder, 'store.sqlite');
    const world = await open(path);
    ({ achievementId } = await seed(world));
    await world.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(PLACES.flatMap((place) => [[place, 'asking again'] as const, [place, 'the next start'] as const]))(
    'at %s: one credential, by %s',
    async (place, by) => {
      let world = await open(path);
      const before = (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items.length;
      const caseId = await recognisedCase(world, achievementId);
      await world.close();
      const child = await runChild([path, caseId, place], CHILD);
      expect(child.signal, child.err + child.out).toBe('SIGKILL');

      world = await open(path);
      const cases = priorLearningOf(world);
      expect((await cases.get(TENANT, caseId)).record.state).toBe('awarding');
      if (by === 'the next start') {
        await reconcile(world.deps);
        await cases.finishAwards();
        expect(await world.reader.awardingCases(9)).toEqual([]);
      }
      const { record } = await cases.award({ ...MAKER, caseId, body: { certificateNumber: 'another' } });
      expect(record).toMatchObject({ state: 'awarded', attempt: 1 });
      const rows = (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items;
      expect(rows).toHaveLength(before + 1);
      // Those of one second have no order.
      const awarded = rows.find(({ credentialId }) => credentialId === record.credentialId);
      expect(awarded).toMatchObject({ phase: 'issued' });
      expect((await world.reader.credential(awarded!.credentialId))!.signed).not.toContain('another');
      const operations = (await auditOf(world)).filter((one) => one.object === caseId).map((one) => one.operation);
      expect(operations).toEqual([
        ...['priorLearning.open', 'priorLearning.assess', 'priorLearning.award', 'priorLearning.awarded'],
      ]);
      expect(await world.storage.integrity()).toEqual([]);
      await world.close();
    },
  );
});
