import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from '../figures.ts';
import { scaleLines } from './model.ts';
import { withTables } from './tables.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const SCALE = join(root, 'deploy', 'SCALE.md');

/** The figures that the documents show. */
export function publishedFigures(): Measured {
  const file = join(root, 'docs', 'bench.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { figures: Measured }).figures : {};
}

/** Puts the figures of `docs/bench.json`, and all that is computed from them, into `deploy/SCALE.md`. */
export function writeScale(): void {
  writeFileSync(SCALE, withTables(readFileSync(SCALE, 'utf8'), scaleLines(publishedFigures())));
}
