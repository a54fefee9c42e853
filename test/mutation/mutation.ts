/**
 * `npm run mutation -- ROOM [file...]`: changes each statement of a room in turn and counts how many changes no test notices.
 * Results are kept in coverage/mutation and used again for what did not change. Ends with 1 when a score is too low.
 */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS, SCORE } from './rooms.ts';

const root = join(import.meta.dirname, '..', '..');
const [name, ...files] = process.argv.slice(2);
const room = ROOMS[name ?? ''];
if (!room) {
  console.error(`name a room: ${Object.keys(ROOMS).join(', ')}`);
  process.exit(2);
}

// The changed copy lies under coverage/mutation/ROOM; tests look for published vectors beside the repository.
const place = join(root, 'coverage', 'mutation', name!);
mkdirSync(place, { recursive: true });
const standards = join(root, '..', 'shared');
if (existsSync(standards) && !existsSync(join(place, 'shared'))) symlinkSync(standards, join(place, 'shared'));

process.env.MUTATION_ROOM = name;
const results = await new Stryker({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', join(import.meta.dirname, 'words.ts')],
  ignorers: ['words'],
  // What runs once at loading is only seen by running every test: too dear for the rooms with slow ones.
  ignoreStatic: room.ignoreStatic ?? false,
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false, pool: 'forks' },
  mutate: files.length > 0 ? files : room.mutate,
  ignorePatterns: ['/coverage', '/data', '/demo-data', '/docs'],
  tempDirName: place,
  incremental: true,
  incrementalFile: join(place, 'incremental.json'),
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
  timeoutMS: 10_000,
  timeoutFactor: 1.2,
  dryRunTimeoutMinutes: 15,
  // Needs neither build nor type checker: types are stripped when a file is loaded.
  checkers: [],
  allowConsoleColors: false,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: join(place, 'report.json') },
  thresholds: { high: 90, low: SCORE, break: SCORE },
}).runMutationTest();
console.log(`mutation ${name}: ${results.length} mutants`);
