import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';

interface Told {
  /** The first difference of the evaluator as it is. */
  control: object | null;
  mutants: { name: string; occurrences: number; told: { instance: number; difference: string } | null }[];
}

it('wrong variants of the evaluator are told by the oracle, every one', { timeout: 120_000 }, async () => {
  const script = join(import.meta.dirname, 'mutants-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const { control, mutants } = JSON.parse(stdout) as Told;
  expect(control).toBeNull();
  expect(mutants.map(({ name }) => name)).toEqual(MUTANTS.map(({ name }) => name));
  expect(mutants.filter(({ occurrences }) => occurrences !== 1)).toEqual([]);
  expect(mutants.filter(({ told }) => told === null)).toEqual([]);
});
