import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPort } from '../support/service.ts';
import { openJournal } from './support/journal.ts';
import { examineKills, openKills } from './support/kills.ts';
import { runKills } from './support/run.ts';

const NOTHING = {
  ...{ lost: 0, indexesTwice: 0, doubles: 0, revocationsLost: 0, listsUnfinished: 0, notInLog: 0 },
  integrity: [],
};

/** `npm run long:kills` does it two hundred times on each. */
describe.each([
  { engine: 'sqlite', kills: 2, restarts: 0 },
  { engine: 'postgres', kills: 2, restarts: 1 },
] as const)('FT-3 killed in the middle, on $engine', ({ engine, kills, restarts }) => {
  it('keeps what it acknowledged, and does nothing twice', { timeout: 180_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tatak-kills-'));
    chmodSync(directory, 0o711);
    const journal = openJournal();
    const setUp = await openKills({ engine, directory, port: newPort(), kept: false });
    try {
      const ended = await runKills({
        ...setUp,
        journal,
        kills,
        restarts,
        width: 4,
        lists: false,
        say: () => undefined,
      });
      expect(ended.contradictions).toEqual([]);
      const { acknowledged, stored, revoked, ...faults } = await examineKills(setUp, journal);
      expect(faults).toEqual(NOTHING);
      expect(acknowledged).toBeGreaterThan(0);
      expect(stored).toBeGreaterThanOrEqual(acknowledged);
      expect(revoked).toBeGreaterThanOrEqual(0);
    } finally {
      await setUp.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
