import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchData } from './page/page.ts';

export const PUBLISHED = join(import.meta.dirname, '..', '..', 'docs', 'bench.json');

/** What the documents show. */
export function readPublished(): BenchData {
  return existsSync(PUBLISHED)
    ? (JSON.parse(readFileSync(PUBLISHED, 'utf8')) as BenchData)
    : { figures: {}, curves: {} };
}
