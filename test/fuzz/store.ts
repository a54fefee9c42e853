import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Under the ignored folder: what a run learned, so that the next one begins there. */
export const PLACE = join(import.meta.dirname, '..', '..', 'coverage', 'fuzz');
/** Kept for ever: every input that once did harm, named by the hazard. */
export const CORPUS = join(import.meta.dirname, 'corpus');

export function readInputs(folder: string): Uint8Array[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((file) => readFileSync(join(folder, file)))
    : [];
}

/** @returns the path; the name is the digest, so the same input is written once */
export function keepInput(folder: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, createHash('sha256').update(input).digest('hex').slice(0, 16));
  writeFileSync(path, input);
  return path;
}
