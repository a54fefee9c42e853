import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CSS = 'text/css; charset=utf-8';
const TYPES: Record<string, string> = {
  'style.css': CSS,
  'pathway.css': CSS,
  'console.css': CSS,
  'console.js': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
  'passkey.js': 'text/javascript; charset=utf-8',
};

const read = new Map<string, Buffer>();

/** Files the pages need, read once. @returns undefined for a name that is not in the table */
export function asset(name: string): { bytes: Buffer; contentType: string } | undefined {
  const contentType = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!contentType) return undefined;
  const bytes = read.get(name) ?? readFileSync(join(import.meta.dirname, 'assets', name));
  read.set(name, bytes);
  return { bytes, contentType };
}
