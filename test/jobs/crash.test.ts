import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reconcile } from '#credentials';
import { createBatches } from '#jobs';
import { type Clock, systemClock } from '#kernel';
import { runChild } from '../credentials/support/spawn.ts';
import { ACTOR, auditOf, openWorld, PUBLIC, seed, TENANT } from '../credentials/support/world.ts';

const ROWS = 230;
/** How often a worker gets to a place before it dies there, one after the other. */
const DEATHS = [
  ['1', '5'],
  ['1', '8'],
  ['1', 'signed'],
  ['2', '9'],
  ['1', '9'],
  ['2', '7'],
] as const;
const CHILD = join(import.meta.dirname, 'support', 'batch-child.ts');

describe('a batch whose workers are killed (ID-3)', () => {
  it(`gives each of ${ROWS} rows exactly one credential`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tatak-batch-'));
    const path = join(folder, 'store.sqlite');
    const world = await openWorld({ path, clock: systemClock, compiled: true });
    const { achievementId } = await seed(world);
    const batchesAt = (clock: Clock) =>
      createBatches({
        reader: world.reader,
        transactor: world.transactor,
        issuer: world.issuer,
        clock,
        random: world.deps.random,
        publicUrl: PUBLIC,
      });
    const csv = `name\n${Array.from({ length: ROWS }, (_, at) => `Learner ${at}\n`).join('')}`;
    const { batch } = await batchesAt(systemClock).create({
      tenant: TENANT,
      actor: ACTOR,
      achievementId,
      csv,
      start: true,
    });
    const expire = async () => {
      const { fence } = (await world.reader.batch(TENANT, batch.batchId))!;
      const leaseUntil = '2026-01-01T00:00:00Z';
      await world.transactor.commit([{ op: 'batch.lease', tenant: TENANT, batchId: batch.batchId, fence, leaseUntil }]);
    };
    for (const [times, where] of DEATHS) {
      const child = await runChild([path, times, where], CHILD);
      expect(child.signal, child.err + child.out).toBe('SIGKILL');
      await expire();
      // At a restart the service settles what is prepared first; every second time the batch comes first.
      if (times === '1') await reconcile(world.deps);
    }
    expect(await batchesAt(systemClock).runOnce()).toMatchObject({ state: 'done', issuedRows: ROWS, failedRows: 0 });
    const issued = new Map<number, string>();
    let cursor: string | undefined;
    do {
      const page = await world.reader.credentials(
        { tenant: TENANT, batchId: batch.batchId },
        { limit: 200, ...(cursor ? { cursor } : {}) },
      );
      for (const row of page.items) {
        expect(row.phase).toBe('issued');
        expect(issued.has(row.batchRow!)).toBe(false);
        issued.set(row.batchRow!, row.credentialId);
      }
      cursor = page.next;
    } while (cursor);
    expect(issued.size).toBe(ROWS);
    const signed = (await auditOf(world)).filter((entry) => entry.operation === 'credential.issue');
    expect(new Set(signed.map((entry) => entry.object)).size).toBe(signed.length);
    expect(signed).toHaveLength(ROWS);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
    rmSync(folder, { recursive: true });
  }, 600_000);
});
