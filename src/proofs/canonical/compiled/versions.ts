import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let read: { jsonld: string; canonize: string } | undefined;

/** Versions of the reference that plans are made by. */
export function versions(): { jsonld: string; canonize: string } {
  read ??= {
    jsonld: (require('jsonld/package.json') as { version: string }).version,
    canonize: (require('rdf-canonize/package.json') as { version: string }).version,
  };
  return read;
}
