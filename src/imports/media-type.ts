import type { ImportFormat } from './ports.ts';

/** What a badge may be called. Anything else says nothing, and the bytes do. */
const KNOWN = new Set([
  ...['application/vc+ld+json', 'application/vc', 'application/ld+json', 'application/json', 'text/plain'],
  ...[
    'application/vc+jwt',
    'application/vc+sd-jwt',
    'application/jwt',
    'image/png',
    'image/svg+xml',
    'application/pdf',
  ],
]);

/** Of what carried the badge, as the reader of files calls it. */
const CARRIERS: Readonly<Record<string, string>> = {
  ...{ png: 'image/png', svg: 'image/svg+xml', pdf: 'application/pdf', 'data-url': 'text/plain' },
};

/**
 * The media type to keep: the one that was said where it can be that of a badge, parameters and all; else by content.
 * @param carrier the outermost thing that carried the badge
 */
export function mediaTypeOf(said: string | undefined, carrier: string | undefined, format: ImportFormat, text: string) {
  const name = (said ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (said !== undefined && KNOWN.has(name) && said.length <= 100) return said.trim();
  const carried = carrier === undefined ? undefined : CARRIERS[carrier];
  if (carried !== undefined) return carried;
  if (format === 'ob3-jwt') return 'application/vc+jwt';
  return text.trimStart().startsWith('{') ? 'application/json' : 'text/plain';
}
