import { readFileSync } from 'node:fs';
import type { Env } from './env.ts';

/**
 * Address of the PostgreSQL database, from the file or the setting. It holds a password: no problem repeats any of it.
 * @param problems gets what is wrong @returns undefined where none is set
 */
export function readDatabaseUrl(
  env: Pick<Env, 'TATAK_DATABASE_URL' | 'TATAK_DATABASE_URL_FILE'>,
  problems: string[],
): string | undefined {
  const { TATAK_DATABASE_URL: given, TATAK_DATABASE_URL_FILE: file } = env;
  if (!file) return given && checked(given, 'TATAK_DATABASE_URL', problems);
  if (given) problems.push('TATAK_DATABASE_URL: set it or the file, not both');
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    problems.push(`TATAK_DATABASE_URL_FILE: cannot be read (${(cause as NodeJS.ErrnoException).code})`);
    return undefined;
  }
  return checked(text, 'TATAK_DATABASE_URL_FILE', problems);
}

function checked(text: string, name: string, problems: string[]): string {
  const url = URL.parse(text);
  const scheme = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:';
  if (!url || !scheme || url.hostname === '' || url.pathname.length < 2) {
    problems.push(`${name}: not an address like postgres://user:password@host/database`);
  }
  return text;
}
