import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchivedDocument, openArchive } from '#institutions';
import { sha256Hex } from '#kernel';
import { ConfigError } from './config-error.ts';

const folder = (dataDirectory: string) => join(dataDirectory, 'did-archive');

/** What is kept: the key of the log the operator trusts for this document, and the file as it came. */
interface Kept {
  log: string;
  file: string;
}

/**
 * DID documents the operator has added to this data directory, each proven again by the log it was added with. To add one is
 * the decision to use it when the issuer's address does not answer.
 * @throws ConfigError when a file was changed since
 */
export function readDidArchive(dataDirectory: string): ArchivedDocument[] {
  const directory = folder(dataDirectory);
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const path = join(directory, name);
    const opened = open(readFileSync(path, 'utf8'));
    if (typeof opened === 'string') throw new ConfigError([`${path}: ${opened}`]);
    return opened;
  });
}

/**
 * Keeps an archived DID document; a running service reads it at its next start.
 * @param log verifier key of the log that is trusted to say what was published
 * @returns the document, or why it is not taken
 */
export function addToDidArchive(dataDirectory: string, file: string, log: string): ArchivedDocument | string {
  const opened = openArchive(file, log);
  if (typeof opened === 'string') return opened;
  mkdirSync(folder(dataDirectory), { recursive: true, mode: 0o700 });
  const kept: Kept = { log, file };
  writeFileSync(join(folder(dataDirectory), `${sha256Hex(file)}.json`), JSON.stringify(kept), { mode: 0o600 });
  return opened;
}

function open(text: string): ArchivedDocument | string {
  try {
    const { log, file } = JSON.parse(text) as Kept;
    return openArchive(String(file), String(log));
  } catch {
    return 'not a kept DID document';
  }
}
