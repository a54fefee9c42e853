import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_FILE, openSqlite } from '#storage';

let made: Promise<string> | undefined;

async function make(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-empty-store-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, DATABASE_FILE);
  await (await openSqlite({ path })).close();
  return path;
}

/** Puts a store that has all its tables and nothing in them there: a process makes one, and copies it. */
export async function placeEmptyStore(path: string): Promise<void> {
  made ??= make();
  copyFileSync(await made, path);
}
