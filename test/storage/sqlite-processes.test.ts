import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqlite } from '#storage';
import { processContract } from './contract/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
processContract('SQLite', async () => {
  const path = join(folder, `${++files}.db`);
  return { open: () => openSqlite({ path }), child: ['sqlite', path] };
});
