import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** How many hazards there are of each kind. */
const KINDS: Record<string, number> = { IS: 11, TM: 4, JL: 15, KP: 13, PR: 10, ST: 10, RG: 2, PW: 5, SS: 6 };
const IDS = Object.entries(KINDS).flatMap(([kind, count]) =>
  Array.from({ length: count }, (_, at) => `${kind}-${at + 1}`),
);

interface Row {
  id: string;
  hazard: string;
  file: string;
  title: string;
}

const rows: Row[] = readFileSync(join(import.meta.dirname, 'COVERAGE.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]{2}-\d/.test(line))
  .map((line) => {
    const [, id = '', hazard = '', file = '', title = ''] = line.split('|').map((cell) => cell.trim());
    return { id, hazard, file, title };
  });

/** In the source of a test a title may be written with another quote. */
const holds = (file: string, title: string) => readFileSync(join(ROOT, file), 'utf8').includes(title);

describe('the table of hazards', () => {
  it('has a row for each hazard, and none for another', () => {
    expect([...new Set(rows.map(({ id }) => id))].sort()).toEqual([...IDS].sort());
  });

  it.each(rows)('$id $hazard', ({ hazard, file, title }) => {
    expect(hazard).not.toBe('');
    if (file !== '') {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(title.length).toBeGreaterThan(3);
      expect(holds(file, title), `${file} has no "${title}"`).toBe(true);
      return;
    }
    expect(title.split(' ').length, 'a reason is a sentence').toBeGreaterThan(5);
    for (const [, named] of title.matchAll(/`([^`]+\.ts)`/g)) {
      expect(existsSync(join(ROOT, named!)), `${named} is there now: name it, and the title in it`).toBe(false);
    }
  });
});
