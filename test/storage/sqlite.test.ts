import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqlite } from '#storage';
import { storageContract } from './contract/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-storage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
storageContract('SQLite file', () => openSqlite({ path: join(folder, `${++files}.db`) }));
storageContract('SQLite in memory', () => openSqlite({ path: ':memory:' }));
