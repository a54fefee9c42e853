import { defineConfig } from 'vitest/config';
import { keptPool } from './kept-worker.ts';
import { ROOMS } from './rooms.ts';

const room = ROOMS[process.env.MUTATION_ROOM ?? ''];
if (!room) throw new Error(`MUTATION_ROOM must be one of ${Object.keys(ROOMS).join(', ')}`);

export default defineConfig({
  test: {
    include: room.tests,
    testTimeout: room.testTimeout ?? 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Our own modules are loaded once for a process; see kept-worker.ts.
    isolate: false,
    execArgv: ['--disable-proto=delete'],
    setupFiles: ['test/support/offline.ts'],
  },
  plugins: [
    {
      name: 'kept-pool',
      // The test runner of the mutation tool names a pool of vitest's own; this one is a kind of `forks`.
      configureVitest({ project }: { project: { config: object } }) {
        Object.assign(project.config, { pool: keptPool.name, poolRunner: keptPool });
      },
    } as never,
  ],
});
