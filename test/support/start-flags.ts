import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '..', '..', 'package.json');

/** Flags of the platform that `npm start` gives the service. */
export const START_FLAGS: readonly string[] = (
  JSON.parse(readFileSync(FILE, 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));
