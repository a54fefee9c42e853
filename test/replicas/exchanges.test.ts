import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { usePostgres } from '../support/postgres.ts';
import { replicaProcesses } from '../support/processes.ts';
import { newPort } from '../support/service.ts';
import { examine, newProgress, type Run, runExchanges } from './support/exchanges.ts';

const COUNT = 40;
const server = usePostgres();
const directory = mkdtempSync(join(tmpdir(), 'tatak-exchanges-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('exchanges that are started on one replica and finished on the other', () => {
  it('lose nothing and give nothing twice, though one replica is killed in the middle', async () => {
    const databaseUrl = await server().database();
    const [port, tlsPort] = [newPort(), newPort()];
    const replicas = replicaProcesses({ databaseUrl, port, tlsPort, directory, connections: COUNT });
    try {
      await replicas[0].start();
      await replicas[1].start();
      const progress = newProgress();
      const publicUrl = `http://localhost:${port}`;
      const run: Run = { replicas, publicUrl, count: COUNT, width: COUNT, progress, save: () => {}, say: () => {} };
      await runExchanges(run);
      expect(progress.killed).toBe(true);
      const figures = await examine(run, databaseUrl, server());
      expect(figures).toMatchObject({ offers: COUNT, refused: COUNT / 10, lost: 0, double: 0, indexesTwice: 0 });
      expect([figures.faults, figures.integrity]).toEqual([[], []]);
      // Otherwise nobody was given anything.
      expect(figures.acknowledged).toBeGreaterThan(COUNT / 2);
    } finally {
      await Promise.all(replicas.map((replica) => replica.kill()));
    }
  }, 300_000);
});
