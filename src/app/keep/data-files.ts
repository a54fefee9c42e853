import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../config-error.ts';

/** What an operator put into the data directory, or what opens the keys. All else there is made again, or secret. */
const KEPT = [/^keystore\.json$/, /^contexts\/[0-9a-f]{64}\.json$/, /^did-archive\/[0-9a-f]{64}\.json$/];

export interface DataFile {
  /** Path in the data directory, with `/`. */
  name: string;
  text: string;
}

export function readDataFiles(dataDirectory: string): DataFile[] {
  const found = ['.', 'contexts', 'did-archive'].flatMap((folder) => {
    const path = join(dataDirectory, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path).map((name) => (folder === '.' ? name : `${folder}/${name}`));
  });
  const names = found.filter(isKept).sort();
  return names.map((name) => ({ name, text: readFileSync(join(dataDirectory, name), 'utf8') }));
}

/** @throws ConfigError for a file of another name, or where another one has it: nothing is overwritten */
export function writeDataFiles(dataDirectory: string, files: readonly DataFile[]): void {
  for (const { name, text } of files) {
    if (!isKept(name) || typeof text !== 'string') throw new ConfigError([`${name}: not a file of a data directory`]);
    const path = join(dataDirectory, name);
    if (existsSync(path)) {
      if (readFileSync(path, 'utf8') !== text) throw new ConfigError([`${path}: there is another one already`]);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  }
}

const isKept = (name: string): boolean => KEPT.some((pattern) => pattern.test(name));
