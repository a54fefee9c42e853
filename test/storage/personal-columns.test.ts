import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, readStore } from '#storage';
import { NOT_BY_IDENTIFIER, PERSONAL_PLACES } from '../../src/storage/personal/places.ts';
import { NOTHING_OF_LEARNERS } from './support/columns.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'tatak-columns-'));
/** `table.column`, as in SQL. */
let schema: string[];

beforeAll(async () => {
  await (await openStorage({ dataDirectory })).close();
  schema = await readStore({ dataDirectory }, async ({ tables }) =>
    tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)),
  );
});
afterAll(() => rmSync(dataDirectory, { recursive: true }));

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const namesOf = (columns: object) =>
  Object.entries(columns).flatMap(([table, names]) =>
    (names as string[]).map((column) => `${snake(table)}.${snake(column)}`),
  );
const found = Object.values(PERSONAL_PLACES).flatMap(({ columns }) => namesOf(columns));
const passing = Object.values(NOT_BY_IDENTIFIER).flatMap(namesOf);

describe('every column of the store', () => {
  it('is in the table of personal data, or was looked at and holds nothing of learners', () => {
    const reviewed = Object.entries(NOTHING_OF_LEARNERS).flatMap(([table, names]) =>
      names.split(' ').map((column) => `${table}.${column}`),
    );
    const known = [...found, ...passing, ...reviewed];
    // A new column fails here: say in src/storage/personal what it holds, or in support/columns.ts that it holds nothing.
    expect(schema.filter((column) => !known.includes(column))).toEqual([]);
    expect(known.filter((column) => !schema.includes(column))).toEqual([]);
    expect(known.length).toBe(new Set(known).size);
  });

  it('that is personal is exported, and goes unless it is said to be kept', () => {
    expect(found).toEqual(
      expect.arrayContaining(['credentials.email', 'batch_rows.input', 'mail.to', 'offers.holders']),
    );
    const kept = Object.entries(PERSONAL_PLACES).filter(([, { erase }]) => erase === undefined);
    expect(kept.map(([kind]) => kind)).toEqual(['priorLearningEntry', 'evaluation', 'conferral']);
  });
});
