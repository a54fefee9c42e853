import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CORRUPTIONS, corrupt, issueMany, recheckOf, walk } from './support/drift.ts';
import { openWorld, seed } from './support/world.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-recheck-'));
const path = join(directory, 'store.sqlite');
const world = await openWorld({ path, compiled: true });
const { achievementId } = await seed(world);
afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

// With 10 000 rows, and how fast: `npm run long:recheck`.
describe('IS-11 what is stored is held again against the log, the rules of its day and its signature', () => {
  it('finds 20 of 20 among 200, each corrupted in another way, and nothing else', async () => {
    const ids = await issueMany(world, achievementId, 200);
    // Spread over the 200.
    const bad = CORRUPTIONS.map((_, index) => ids[index * 10 + 7]!);
    await corrupt(world, path, bad, ids[3]!);
    const started = process.cpuUsage();
    const { checked, drift } = await walk(world, 77);
    const { user, system } = process.cpuUsage(started);
    console.log(`IS-11: ${checked} looked at, ${((user + system) / 1_000 / checked).toFixed(1)} ms of CPU each`);
    expect(checked).toBe(200);
    expect([...new Set(drift.map(({ credentialId }) => credentialId))].sort()).toEqual([...bad].sort());
    for (const [index, { what, code }] of CORRUPTIONS.entries()) {
      const codes = drift.filter(({ credentialId }) => credentialId === bad[index]).map((one) => one.code);
      expect(codes, what).toContain(code);
    }
    // Signed, recorded and logged as it stands: only the rules find it.
    const byRuleAlone = drift.filter(({ credentialId }) => credentialId === bad[18]);
    expect(new Set(byRuleAlone.map(({ code }) => code))).toEqual(new Set(['lint']));
  }, 300_000);

  it('goes on from where it stopped, and passes over what is older than asked for', async () => {
    const last = (await world.reader.lastAudit())!.seq;
    const recheck = recheckOf(world);
    const first = await recheck.next(last - 5, 3);
    expect([first.done, first.after, first.checked]).toEqual([false, last - 2, 3]);
    expect(await recheck.next(first.after, 10)).toMatchObject({ done: true, after: last, checked: 2 });
    expect(await recheck.next(last, 10)).toEqual({ checked: 0, drift: [], after: last, done: true });
    expect((await recheck.next(last - 5, 10, '2026-06-01T08:00:01Z')).checked).toBe(0);
  });
});
