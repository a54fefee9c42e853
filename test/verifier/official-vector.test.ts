import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { type JsonObject, systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import { contextRules, createContextLoader, createProofChecker } from '#proofs';
import { createVerifier } from '#verifier';
import { onlyFetching } from './world.ts';

const vector = new URL('../../../shared/standards/vectors/ob-v3p0/obv3p0/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, vector), 'utf8')) as JsonObject;
const phContext = readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8');
const loader = createContextLoader({ phContext, phContextUrl: 'http://localhost/contexts/ph/v1-draft' });
const proofs = createProofChecker({ loader });
afterAll(() => proofs.close());

it('the published Open Badges 3.0 proof vector verifies through the whole verifier', async () => {
  if (!existsSync(vector)) {
    console.log('the published vectors are not beside this checkout: this test was not run');
    return;
  }
  const key = read('key.json') as { id: string; controller: string; publicKeyMultibase: string };
  // The issuer lives at an example address: a document with its published key stands in for the network.
  const controller = { id: key.controller, verificationMethod: [key], assertionMethod: [key.id] };
  const fetch: GuardedFetch = async (url) => {
    const bytes = Buffer.from(JSON.stringify(controller));
    const status = url === key.controller ? 200 : 404;
    return { url, status, contentType: 'application/json', bytes, fetchedAt: '2026-11-24T00:00:00Z' };
  };
  const verifier = createVerifier({
    proofs,
    identifiers: createIdentifiers({ fetch, clock: systemClock }),
    fetch,
    clock: systemClock,
    accreditation: onlyFetching([]),
    ...contextRules(loader),
    phErrors: () => [],
  });
  const signed = read('signed.json');
  const report = await verifier.verify({ document: signed });
  const result = Object.fromEntries(report.checks.map(({ check, result }) => [check, result]));
  expect(result).toMatchObject({ document: 'pass', proof: 'pass', validity: 'pass' });
  expect(report).toMatchObject({ verdict: 'valid', recognition: 'not_shown' });

  const changed = { ...signed, name: 'Another name' };
  expect((await verifier.verify({ document: changed })).verdict).toBe('invalid');
});
