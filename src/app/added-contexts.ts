import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addableContext } from '#proofs';

const folder = (dataDirectory: string) => join(dataDirectory, 'contexts');

/** Contexts the operator has added to this data directory; the loader compares each with its pinned digest. */
export function readAddedContexts(dataDirectory: string): string[] {
  const directory = folder(dataDirectory);
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  return files.sort().map((name) => readFileSync(join(directory, name), 'utf8'));
}

/**
 * Keeps a context that is known by its digest; a running service reads it at its next start.
 * @returns its address; undefined for bytes that are not known, of which nothing is kept
 */
export function addContext(dataDirectory: string, text: string): string | undefined {
  const known = addableContext(text);
  if (!known) return undefined;
  mkdirSync(folder(dataDirectory), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder(dataDirectory), `${known.sha256}.json`), text, { mode: 0o600 });
  return known.url;
}
