import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FILE = join(import.meta.dirname, '..', '..', 'package.json');

const WORDS = (JSON.parse(readFileSync(FILE, 'utf8')) as { scripts: { start: string } }).scripts.start.split(' ');

/** Flags of the platform that `npm start` gives the service. */
export const START_FLAGS: readonly string[] = WORDS.filter((word) => word.startsWith('--'));

/** Where processes of tests find what was compiled for one before. Those that are killed add nothing to it. */
export const COMPILED = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'tatak'),
} as const;

/** And what it sets in the environment. */
export const START_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
  WORDS.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=') as [string, string]),
);

/** Before the program of a child that loads much of the service. */
export const CHILD_FLAGS: readonly string[] = [
  '--disable-proto=delete',
  `--import=${pathToFileURL(join(import.meta.dirname, 'own-modules.ts')).href}`,
];
