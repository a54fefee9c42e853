import { defineConfig } from 'vitest/config';
import { ROOMS } from './rooms.ts';

const room = ROOMS[process.env.MUTATION_ROOM ?? ''];
if (!room) throw new Error(`MUTATION_ROOM must be one of ${Object.keys(ROOMS).join(', ')}`);

export default defineConfig({
  test: {
    include: room.tests,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    execArgv: ['--disable-proto=delete'],
    setupFiles: ['test/support/offline.ts'],
  },
});
