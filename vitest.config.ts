import { defineConfig } from 'vitest/config';
import { ALONE, LongestFirst } from './test/support/order.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    pool: 'forks',
    execArgv: ['--disable-proto=delete'],
    setupFiles: ['test/support/offline.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // One process runs many files: what it has read and compiled for one is there for the next.
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...ALONE], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: [...ALONE] } },
    ],
  },
});
