/** Runs the whole suite and ends with one plain line: `N passed, N failed`. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'tatak-test-'));
const report = join(directory, 'report.json');
// As `npm start` does: what was compiled and read for one file of tests is there for the next.
const cache = join(import.meta.dirname, '..', 'node_modules', '.cache', 'tatak');
const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
// Nor do processes that tests start compile it each for itself: many are killed, and those leave nothing behind.
const app = ['--disable-proto=delete', '--input-type=module', '-e', "await import('#app')"];
const root = join(import.meta.dirname, '..');
spawn(process.execPath, app, {
  stdio: 'ignore',
  cwd: root,
  env: { ...process.env, NODE_COMPILE_CACHE: cache },
}).unref();
const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: join(import.meta.dirname, '..'), env: { NODE_COMPILE_CACHE: cache, ...process.env } },
);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

let passed = 0;
let failed = 1;
let skipped = 0;
try {
  const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
  passed = result.numPassedTests;
  skipped = result.numPendingTests;
  // A file that does not load has no assertions of its own, and counts as one failure.
  const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  failed = result.numFailedTests + broken.length;
} catch {
  console.error('the test runner left no report');
}
rmSync(directory, { recursive: true, force: true });
const exitCode = run.status === 0 && failed === 0 && passed > 0 ? 0 : 1;
if (exitCode !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(exitCode);
