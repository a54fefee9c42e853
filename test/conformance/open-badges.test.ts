import { existsSync, readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { openVcApi, type VcApi } from '../api/vc-api/world.ts';
import { CASES } from './open-badges-cases.ts';
import { foreignBadge, foreignMaker } from './support.ts';

/** Every demand of Open Badges 3.0 on the shape of a badge, at the endpoint: badges of somebody else, all with good proofs. */
let api: VcApi;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false });
});
afterAll(() => api.close());

const issuer = throwawaySigner();
const SCHEMA = new URL(
  '../../../shared/standards/ob-v3p0/schema-published/ob_v3p0_achievementcredential_schema.json',
  import.meta.url,
);

/** What the published schema says of a document; undefined where it is not beside this checkout. */
const official = existsSync(SCHEMA) ? published() : undefined;
if (!official) console.log('not run: the comparison with the published schema, which is not beside this checkout');

function published(): (document: JsonObject) => boolean {
  const ajv = new Ajv2019({ strict: false });
  (addFormats as unknown as (to: Ajv2019) => void)(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  return (document) => validate(document) === true;
}

type Change = (badge: JsonObject) => unknown;
const AT = '2026-06-15T02:00:00Z';
let covered = 0;
afterAll(() => console.log(`${covered} badges that do not conform were refused although their proof is good`));

/** Signed as it is where any library signs that; otherwise the change is made to a signed badge, whose proof it breaks. */
async function verified(change: Change) {
  const document = foreignBadge(issuer.did);
  change(document);
  let signed = await foreignMaker.sign(document, issuer.signer, AT).catch(() => undefined);
  const good = signed !== undefined;
  if (!signed) {
    signed = await foreignMaker.sign(foreignBadge(issuer.did), issuer.signer, AT);
    change(signed);
  }
  return { good, text: JSON.stringify(signed), signed, answer: await api.verify(signed, { returnResults: true }) };
}

describe.each(Object.entries(CASES))('%s', (_, { pass, fail, stricter = [] }) => {
  it('conforms', async () => {
    for (const change of pass) {
      const { good, signed, text, answer } = await verified(change);
      expect([good, answer.status, answer.text]).toEqual([true, 200, answer.text]);
      expect(answer.body).toMatchObject({ verified: true, results: { profile: 'openbadge', verdict: 'valid' } });
      if (official) expect([official(signed), text]).toEqual([true, text]);
    }
  });

  it('does not conform, whoever signed it', async () => {
    const all = [...fail.map((change) => [change, false] as const), ...stricter.map((one) => [one, true] as const)];
    for (const [change, schemaTakesIt] of all) {
      const { good, signed, text, answer } = await verified(change);
      expect([answer.status, answer.body.verified, text]).toEqual([400, false, text]);
      if (official) expect([official(signed), text]).toEqual([schemaTakesIt, text]);
      if (!good) continue;
      covered++;
      const first = answer.body.errors[0] as { check: string; type: string };
      expect(first).toMatchObject({ check: 'document', type: expect.stringMatching(/vc-data-model#/) });
    }
  });
});

it('there is a case for each demand on the shape of a badge', () => {
  const ids = Object.keys(CASES).map((title) => title.split(' ')[0]!);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(20);
  // Otherwise the broken proof alone would have refused them.
  expect(covered).toBeGreaterThan(70);
});
