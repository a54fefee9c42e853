import type { ImportFormat } from './ports.ts';

/** What text may be called that is a badge. Anything else says nothing, and the bytes do. */
const TEXTS = new Set([
  ...['application/vc+ld+json', 'application/vc', 'application/ld+json', 'application/json', 'text/plain'],
  ...['application/vc+jwt', 'application/vc+sd-jwt', 'application/jwt'],
]);

/** What carried the badge, as the reader of files calls it. */
const FILES: Readonly<Record<string, string>> = { png: 'image/png', svg: 'image/svg+xml', pdf: 'application/pdf' };

/**
 * The media type to keep: the one that was said where it can be that of these bytes, parameters and all; else by content.
 * @param carrier the outermost thing that carried the badge
 */
export function mediaTypeOf(said: string | undefined, carrier: string | undefined, format: ImportFormat, text: string) {
  const file = carrier === undefined ? undefined : FILES[carrier];
  const name = (said ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const fits = file === undefined ? TEXTS.has(name) : name === file;
  if (said !== undefined && fits && /^[\x20-\x7e]{1,100}$/.test(said)) return said.trim();
  if (file !== undefined) return file;
  if (format === 'ob3-jwt' && carrier === undefined) return 'application/vc+jwt';
  return text.trimStart().startsWith('{') ? 'application/json' : 'text/plain';
}
