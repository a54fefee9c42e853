import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const TYPES: Record<string, string> = {
  'style.css': CSS,
  'pathway.css': CSS,
  'verify.css': CSS,
  'notice.css': CSS,
  'credential.css': CSS,
  'console.css': CSS,
  'console.js': SCRIPT,
  'my.css': CSS,
  'hosts.css': CSS,
  'mark.svg': 'image/svg+xml',
  'passkey.js': SCRIPT,
  'verify.js': SCRIPT,
  'jsqr.js': SCRIPT,
};

/** Not ours: served as their package has them. */
const PACKAGED: Record<string, () => string> = { 'jsqr.js': () => fileURLToPath(import.meta.resolve('jsqr')) };

const read = new Map<string, Buffer>();

/** Files the pages need, read once. @returns undefined for a name that is not in the table */
export function asset(name: string): { bytes: Buffer; contentType: string } | undefined {
  const contentType = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!contentType) return undefined;
  const bytes = read.get(name) ?? readFileSync(PACKAGED[name]?.() ?? join(import.meta.dirname, 'assets', name));
  read.set(name, bytes);
  return { bytes, contentType };
}
