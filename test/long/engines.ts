/**
 * `npm run long:engines [-- OPERATIONS]`: ten thousand random operations of the storage seam over SQLite and PostgreSQL (FT-8), in
 * sequences of 250. There may be no difference. Keeps the figures under `data/long`, and goes on where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres, openSqlite } from '#storage';
import { compareEngines, type Difference } from '../storage/support/random-operations.ts';
import { startPostgres } from '../support/postgres.ts';

const WANTED = Number(process.argv[2] ?? 10_000);
const SEQUENCE = 250;
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const file = join(directory, 'engines.json');
mkdirSync(directory, { recursive: true });

interface Figures {
  /** Of the next sequence. */
  seed: number;
  operations: number;
  refused: number;
  differences: Difference[];
}
const figures: Figures = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Figures)
  : { seed: 1, operations: 0, refused: 0, differences: [] };

const server = await startPostgres();
while (figures.operations < WANTED) {
  const stores = [
    await openSqlite({ path: ':memory:' }),
    await openPostgres({ url: await server.database() }),
  ] as const;
  const { differences, tally } = await compareEngines(stores, { seed: figures.seed, operations: SEQUENCE });
  for (const storage of stores) await storage.close();
  figures.seed++;
  figures.operations += SEQUENCE;
  for (const { refused } of tally.values()) figures.refused += refused;
  figures.differences.push(...differences);
  writeFileSync(file, JSON.stringify(figures, null, 2));
  console.log(JSON.stringify({ ...figures, differences: figures.differences.length }));
}
await server.stop();
process.exitCode = figures.differences.length === 0 ? 0 : 1;
