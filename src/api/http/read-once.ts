import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sha256Hex } from '#kernel';

/**
 * What a YAML text says. Reading a large one takes a third of the start of the service, so the result is kept as JSON beside
 * what the platform keeps of compiled code, under the digest of the text: another text is another file. Where nothing is kept
 * (`NODE_COMPILE_CACHE` is not set) or it cannot be read or written, the text is read anew.
 */
export function readYamlOnce(text: string): unknown {
  const directory = getCompileCacheDir();
  const file = directory === undefined ? undefined : join(directory, `yaml-${sha256Hex(text)}.json`);
  const kept = file === undefined ? undefined : tryTo(() => JSON.parse(readFileSync(file, 'utf8')) as unknown);
  if (kept !== undefined) return kept;
  const document: unknown = parse(text, { maxAliasCount: 0 });
  if (file !== undefined) tryTo(() => keep(file, directory!, JSON.stringify(document)));
  return document;
}

/** By renaming, so that a process that starts meanwhile never reads half a file. */
function keep(file: string, directory: string, json: string): void {
  mkdirSync(directory, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, json);
  renameSync(fresh, file);
}

function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
