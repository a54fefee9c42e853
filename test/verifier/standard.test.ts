import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { actor, world } from './world.ts';

const VECTOR = new URL('../../../shared/standards/vectors/ob-v3p0/obv3p0/signed.json', import.meta.url);

describe('the signed example of Open Badges 3.0', () => {
  if (!existsSync(VECTOR)) console.log('not run: the vectors of the standard are not here');
  if (!existsSync(VECTOR)) console.log('the published vector is not beside this checkout: its test was not run');
  it.runIf(existsSync(VECTOR))('is a conforming document; without its issuer’s key nothing more is known', async () => {
    const document = JSON.parse(readFileSync(VECTOR, 'utf8')) as JsonObject;
    const report = await world([actor('anchor')]).verifier.verify({ document });
    const results = Object.fromEntries(report.checks.map((one) => [one.check, `${one.result} ${one.code}`]));
    expect(results).toMatchObject({ document: 'pass conforming', proof: 'unknown did_unreachable' });
    expect(report.verdict).toBe('undetermined');
    expect(JSON.stringify(report)).not.toContain(document.name);
  });
});
