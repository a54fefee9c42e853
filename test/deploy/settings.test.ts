import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SETTINGS } from '../../src/app/env.ts';

it('every setting is described for operators as it is in the code', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'deploy', 'SETTINGS.md'), 'utf8');
  const rows = Object.entries(SETTINGS).map(([name, what]) => `| \`${name}\` | ${what.replaceAll('|', '\\|')} |`);
  expect(text.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});
