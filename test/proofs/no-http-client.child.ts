/** Reads a badge with and without the HTTP client of the JSON-LD library, and tells what was loaded for it. */
import { createRequire } from 'node:module';
import { canonicalize, createContextLoader, hardenPrototypes, withoutHttpClient } from '#proofs';
import { goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

const require = createRequire(import.meta.url);
hardenPrototypes();
if (process.argv[2] === 'without') withoutHttpClient();
const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const nquads = await canonicalize(loader, goldenBadge());
const { default: jsonld } = await import('jsonld');

interface Caused extends Error {
  details?: { cause?: Caused };
}

const whys = (error: Caused | undefined): string => (error ? `${error.message}; ${whys(error.details?.cause)}` : '');
const fetching = jsonld.expand({ '@context': 'http://127.0.0.1:1/' }, {}).then(() => 'fetched', whys);
const client = Object.keys(require.cache).filter((path) => path.includes('/undici/')).length;
process.stdout.write(JSON.stringify({ nquads, client, fetching: await fetching }));
