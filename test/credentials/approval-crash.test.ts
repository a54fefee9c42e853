import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '#credentials';
import { systemClock } from '#kernel';
import { approvalsOf, CHECKER, MAKER, twoPersons, waiting } from './support/approvals.ts';
import { runChild } from './support/spawn.ts';
import { auditOf, openWorld, seed, TENANT } from './support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const CHILD = join(import.meta.dirname, 'support', 'approving-child.ts');
const PLACES = ['decided', '1', '3', '5', '6', '8', '9', '10', 'settled'];
const open = (path: string) => openWorld({ path, clock: systemClock });

describe('kill -9 of maker and checker', () => {
  let folder: string;
  let path: string;
  let body: { achievementId: string; recipients: { name: string }[] };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tatak-approval-'));
    path = join(folder, 'store.sqlite');
    const world = await open(path);
    const { achievementId } = await seed(world);
    body = { achievementId, recipients: [{ name: 'Learner 1' }, { name: 'Learner 2' }] };
    await twoPersons(world);
    await world.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('a request that was stored is the one its retry gets', async () => {
    const child = await runChild([path, 'prepare', 'crash', JSON.stringify(body)], CHILD);
    expect(child.signal, child.err).toBe('SIGKILL');
    const world = await open(path);
    const [stored, ...others] = (await world.reader.approvals({ tenant: TENANT }, { limit: 9 })).items;
    expect(others).toEqual([]);
    const again = waiting(await approvalsOf(world).submit({ ...MAKER, body, idempotencyKey: 'crash' }));
    expect(again).toEqual(stored);
    await world.close();
  });

  it.each(PLACES.flatMap((place) => [[place, 'the decision again'] as const, [place, 'the next start'] as const]))(
    'at %s: finished by %s, once',
    async (place, by) => {
      let world = await open(path);
      const before = (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items.length;
      const { approvalId } = waiting(await approvalsOf(world).submit({ ...MAKER, body }));
      await world.close();
      const child = await runChild([path, 'approve', approvalId, place], CHILD);
      expect(child.signal, child.err + child.out).toBe('SIGKILL');

      world = await open(path);
      const approvals = approvalsOf(world);
      expect((await world.reader.approval(TENANT, approvalId))!.state).toBe(
        place === 'settled' ? 'issued' : 'approved',
      );
      if (by === 'the next start') {
        await reconcile(world.deps);
        await approvals.finishApproved();
        expect(await world.reader.approvedApprovals(9)).toEqual([]);
      }
      const done = await approvals.decide({ ...CHECKER, approvalId, decision: 'approve' });
      expect(done.approval).toMatchObject({ state: 'issued', decidedPerson: 's-2' });
      expect(done.issued!.map((one) => one.credentialId)).toEqual(done.approval.credentialIds);
      const rows = (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items;
      expect(rows).toHaveLength(before + 2);
      expect(rows.every((row) => row.phase === 'issued')).toBe(true);
      const entries = (await auditOf(world)).map((entry) => [entry.operation, entry.object]);
      for (const id of done.approval.credentialIds!) {
        expect(entries.filter(([operation, object]) => operation === 'credential.issue' && object === id)).toHaveLength(
          1,
        );
      }
      expect(entries.filter(([, object]) => object === approvalId).map(([operation]) => operation)).toEqual([
        'approval.prepare',
        'approval.approve',
      ]);
      expect(await world.storage.integrity()).toEqual([]);
      await world.close();
    },
  );
});
