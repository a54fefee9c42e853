import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { canonize } from 'rdf-canonize';
import { describe, expect, it } from 'vitest';
import { countedDigests } from '../../src/proofs/canonical/digests.ts';

const suite = new URL('../../../shared/standards/vectors/rdf-canon/', import.meta.url);
const present = existsSync(new URL('manifest.jsonld', suite));

interface Entry {
  id: string;
  type: string;
  action: string;
  result?: string;
  hashAlgorithm?: string;
}

/** How many evaluation tests and refusals of the suite come out right at a work factor. */
async function measure(factor: number, ours = false): Promise<{ evaluated: number; refused: number; total: number }> {
  const { entries } = JSON.parse(readFileSync(new URL('manifest.jsonld', suite), 'utf8')) as { entries: Entry[] };
  const counts = { evaluated: 0, refused: 0, total: 0 };
  for (const { type, action, result, hashAlgorithm } of entries) {
    if (type === 'rdfc:RDFC10MapTest') continue;
    counts.total++;
    const form = await canonize(readFileSync(new URL(action, suite), 'utf8'), {
      algorithm: 'RDFC-1.0',
      inputFormat: 'application/n-quads',
      maxWorkFactor: factor,
      ...(ours
        ? { createMessageDigest: countedDigests(hashAlgorithm === 'SHA384' ? 'sha384' : 'sha256') }
        : { messageDigestAlgorithm: hashAlgorithm ?? 'sha256' }),
    }).catch(() => undefined);
    if (type === 'rdfc:RDFC10NegativeEvalTest') counts.refused += Number(form === undefined);
    else counts.evaluated += Number(form === readFileSync(new URL(result!, suite), 'utf8'));
  }
  return counts;
}

// The numbers are asserted, so that a change of the library is seen whichever way it goes.
if (!present) console.log('the rdf-canon suite is not beside this checkout: it was not run');

describe.runIf(present)('JL-13 W3C rdf-canon suite', () => {
  it.each([
    [1, 46],
    [2, 61],
    [3, 64],
  ])('work factor %i', async (factor, evaluated) => {
    const counts = await measure(factor);
    console.log(`JL-13 factor ${factor}: ${counts.evaluated} + ${counts.refused} of ${counts.total}`);
    expect(counts).toEqual({ evaluated, refused: 1, total: 65 });
  });

  it.each([
    [1, 46],
    [2, 61],
  ])('work factor %i, with digests that are counted: the same forms', async (factor, evaluated) => {
    expect(await measure(factor, true)).toEqual({ evaluated, refused: 1, total: 65 });
  });
});

describe('SC-3 the canonicaliser', () => {
  it('is the one with a work limit, for the JSON-LD library and for the suite', () => {
    const require = createRequire(import.meta.url);
    const version = (from: string): string => {
      const at = createRequire(require.resolve(from));
      return (JSON.parse(readFileSync(at.resolve('rdf-canonize/package.json'), 'utf8')) as { version: string }).version;
    };
    expect(Number.parseInt(version('jsonld'), 10)).toBeGreaterThanOrEqual(5);
    expect(Number.parseInt(version('@digitalbazaar/data-integrity'), 10)).toBeGreaterThanOrEqual(5);
  });
});

if (!present) console.log('the rdf-canon suite is not here: its tests did not run');
