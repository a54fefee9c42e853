import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPublished } from '../published.ts';
import { scaleLines } from './model.ts';
import { withTables } from './tables.ts';

export const SCALE = join(import.meta.dirname, '..', '..', '..', 'deploy', 'SCALE.md');

/** Puts the figures of `docs/bench.json`, and all that is computed from them, into `deploy/SCALE.md`. */
export function writeScale(): void {
  writeFileSync(SCALE, withTables(readFileSync(SCALE, 'utf8'), scaleLines(readPublished().figures)));
}
