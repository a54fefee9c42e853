import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContext } from '#app';
import type { JsonObject } from '#kernel';
import { CLR_2_0_1, CREDENTIALS_V2, createContextLoader, createProofMaker, OPEN_BADGES_3_0_3 } from '#proofs';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { openVcApi, type VcApi } from '../api/vc-api/world.ts';
import { foreignBadge } from './support.ts';

const STANDARDS = new URL('../../../shared/standards/clr-v2p0/', import.meta.url);
const CONTEXT = new URL('contexts/context-2.0.1.json', STANDARDS);
const SCHEMA = new URL('schema-published/clr_v2p0_clrcredential_schema.json', STANDARDS);
const present = existsSync(CONTEXT) && existsSync(SCHEMA);
if (!present) console.log('not run: the context and schema of CLR 2.0 are not beside this checkout');

const AT = '2026-06-15T02:00:00Z';
const issuer = throwawaySigner();

/** Learner records of somebody else, at the endpoint of a service whose operator has added their context. */
describe.runIf(present)('Comprehensive Learner Record 2.0', () => {
  let api: VcApi;
  let member: JsonObject;
  const context = present ? readFileSync(CONTEXT, 'utf8') : '';
  const maker = createProofMaker({
    loader: createContextLoader({
      ...{
        added: present ? [context] : [],
        phContext: '{"@context":{}}',
        phContextUrl: 'http://localhost/contexts/ph/v1',
      },
    }),
  });
  const official = present ? published() : undefined;

  beforeAll(async () => {
    const data = mkdtempSync(join(tmpdir(), 'tatak-clr-'));
    expect(addContext(data, context)).toBe(CLR_2_0_1);
    api = await openVcApi({}, { keys: false, env: { TATAK_DATA: data } });
    member = await maker.sign(foreignBadge(issuer.did), issuer.signer, AT);
  });
  afterAll(() => api?.close());

  const record = (): Record<string, never> =>
    ({
      '@context': [CREDENTIALS_V2, CLR_2_0_1, OPEN_BADGES_3_0_3],
      id: 'urn:uuid:7c1e6f60-2d3b-4a55-9f1d-ffffffffffff',
      type: ['VerifiableCredential', 'ClrCredential'],
      name: 'Record of a learner',
      partial: true,
      issuer: { id: issuer.did, type: ['Profile'], name: 'Specimen Technical School' },
      validFrom: '2026-06-15T01:00:00Z',
      credentialSubject: { id: 'did:example:learner', type: ['ClrSubject'], verifiableCredential: [member] },
    }) as never;
  // biome-ignore lint/suspicious/noExplicitAny: a record whose members are replaced by anything
  type Change = (record: any) => unknown;
  const association = {
    ...{ type: 'Association', associationType: 'isPartOf' },
    sourceId: 'https://school.example/achievements/1',
    targetId: 'https://school.example/achievements/1',
  };
  const related =
    (more: JsonObject): Change =>
    (one) => {
      one.credentialSubject.association = [{ ...association, ...more }];
    };

  it.each<[string, Change]>([
    ['CLR-1 as it is', () => undefined],
    [
      'CLR-1 another context behind',
      (one) => one['@context'].push('https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'),
    ],
    ['CLR-2 not said to be partial', (one) => delete one.partial],
    ['CLR-2 said to be whole', (one) => Object.assign(one, { partial: false })],
    ['CLR-4 an association', related({})],
    ...['exactMatchOf', 'isChildOf', 'isParentOf', 'isPeerOf', 'isRelatedTo', 'precedes', 'replacedBy'].map(
      (associationType): [string, Change] => [`CLR-4 ${associationType}`, related({ associationType })],
    ),
  ])('%s: conforms', async (_, change) => {
    const document = record() as JsonObject;
    change(document);
    const signed = await maker.sign(document, issuer.signer, AT);
    const answer = await api.verify(signed, { returnResults: true });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({
      ...{ verified: true, errors: [] },
      results: { verdict: 'valid', memberCount: 1, members: [{ verdict: 'valid' }] },
    });
    expect(official!(signed)).toBe(true);
  });

  it.each<[string, Change, schemaTakesIt?: boolean]>([
    ['CLR-1 the contexts of badges first', (one) => one['@context'].splice(1, 2, OPEN_BADGES_3_0_3, CLR_2_0_1)],
    ['CLR-1 two contexts', (one) => one['@context'].splice(2, 1)],
    ['CLR-1 without its context', (one) => one['@context'].splice(1, 1)],
    ['CLR-1 another type', (one) => one.type.splice(1, 1)],
    ...['@context', 'type', 'id', 'name', 'issuer', 'validFrom', 'credentialSubject'].map((name): [string, Change] => [
      `CLR-1 no ${name}`,
      (one) => delete one[name],
    ]),
    ['CLR-1 a subject without type', (one) => delete one.credentialSubject.type],
    ['CLR-1 a subject nobody names', (one) => delete one.credentialSubject.id, true],
    ['CLR-2 partial in words', (one) => Object.assign(one, { partial: 'yes' })],
    ['CLR-3 no members', (one) => Object.assign(one.credentialSubject, { verifiableCredential: [] })],
    ['CLR-3 no list of members', (one) => delete one.credentialSubject.verifiableCredential],
    ['CLR-3 a member without a proof', (one) => delete one.credentialSubject.verifiableCredential[0].proof, true],
    [
      'CLR-3 an envelope as a member',
      (one) =>
        one.credentialSubject.verifiableCredential.push({
          ...{
            '@context': [CREDENTIALS_V2],
            type: ['EnvelopedVerifiableCredential'],
            id: 'data:application/vc+jwt,a.b.c',
          },
        }),
    ],
    ['CLR-4 a relation nobody defines', related({ associationType: 'contains' })],
    ['CLR-4 a relation with more in it', related({ name: 'x' })],
    ['CLR-4 a relation to nothing', related({ targetId: undefined as never })],
  ])('%s: does not conform', async (_, change, schemaTakesIt = false) => {
    const document = structuredClone(record()) as JsonObject;
    change(document);
    let signed = await maker.sign(document, issuer.signer, AT).catch(() => undefined);
    if (!signed) {
      signed = await maker.sign(record(), issuer.signer, AT);
      change(signed);
    }
    const answer = await api.verify(signed, { returnResults: true });
    expect([answer.status, answer.body.verified]).toEqual([400, false]);
    expect(official!(signed)).toBe(schemaTakesIt);
  });

  it('CLR-3 each member is judged by itself, and the record stands when one falls', async () => {
    const good = foreignBadge(issuer.did);
    const bad = { ...(await maker.sign(good, issuer.signer, AT)), name: 'Changed' };
    const document = record() as JsonObject;
    (document.credentialSubject as JsonObject).verifiableCredential = [member, bad];
    const answer = await api.verify(await maker.sign(document, issuer.signer, AT), { returnResults: true });
    expect(answer.body).toMatchObject({
      results: { verdict: 'valid', members: [{ verdict: 'valid' }, { verdict: 'invalid' }] },
    });
  });
});

function published(): (document: JsonObject) => boolean {
  const ajv = new Ajv2019({ strict: false });
  (addFormats as unknown as (to: Ajv2019) => void)(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  return (document) => validate(document) === true;
}
