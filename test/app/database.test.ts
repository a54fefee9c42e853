import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig, readEnv } from '#app';

const directory = mkdtempSync(join(tmpdir(), 'tatak-database-'));
afterAll(() => rmSync(directory, { recursive: true }));

const URL_OF_ONE = 'postgres://tatak:specimen-secret@db.example/tatak?sslmode=verify-full';

describe('the setting of the database', () => {
  it('is the embedded one unless an address is set, in the setting or in a file', () => {
    expect(readConfig({}).databaseUrl).toBeUndefined();
    expect(readConfig(readEnv({ TATAK_DATABASE_URL: URL_OF_ONE })).databaseUrl).toBe(URL_OF_ONE);
    const file = join(directory, 'url');
    writeFileSync(file, `${URL_OF_ONE}\n`);
    expect(readConfig(readEnv({ TATAK_DATABASE_URL_FILE: file })).databaseUrl).toBe(URL_OF_ONE);
    expect(() => readConfig({ TATAK_DATABASE_URL_FILE: file, TATAK_DATABASE_URL: URL_OF_ONE })).toThrow(/not both/);
    expect(() => readConfig({ TATAK_DATABASE_URL_FILE: join(directory, 'none') })).toThrow(/cannot be read \(ENOENT\)/);
  });

  it.each([
    'mysql://tatak:specimen-secret@db.example/tatak',
    'postgres://tatak:specimen-secret@/tatak',
    'postgres://tatak:specimen-secret@db.example',
    'postgres://tatak:specimen-secret@db.example/',
    'tatak:specimen-secret@db.example/tatak',
    'specimen-secret',
  ])('is refused without repeating it: %s', (text) => {
    const file = join(directory, 'wrong');
    writeFileSync(file, text);
    for (const env of [{ TATAK_DATABASE_URL: text }, { TATAK_DATABASE_URL_FILE: file }]) {
      let error: unknown;
      try {
        readConfig(env);
      } catch (caught) {
        error = caught;
      }
      expect(String(error)).toMatch(/TATAK_DATABASE_URL(_FILE)?: not an address like postgres:/);
      expect(inspect(error)).not.toContain('specimen-secret');
    }
  });
});
