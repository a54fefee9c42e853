import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createHolder } from './holder.ts';
import { changed, openVcApi, V2, type VcApi } from './world.ts';

let api: VcApi;
let signed: JsonObject;
beforeAll(async () => {
  api = await openVcApi();
  signed = await api.issued(api.credential());
});
afterAll(() => api.close());

type Proof = Record<string, Json | undefined>;
const proofOf = (document: JsonObject) => document.proof as Proof;

/** 400, said as a problem that carries `verified: false`. */
async function refused(document: unknown, type?: RegExp, code?: string) {
  const answer = await api.verify(document);
  expect([answer.status, answer.text]).toEqual([400, answer.text]);
  expect(answer.body).toMatchObject({ type: expect.stringMatching(/^(?:https:|urn:)/), status: 400 });
  if (type || code) {
    expect(answer.body.verified).toBe(false);
    const found = answer.body.errors.map((one: { type: string; code: string }) => `${one.type} ${one.code}`).join('\n');
    if (type) expect(found).toMatch(type);
    if (code) expect(found).toContain(code);
  }
  return answer.body;
}

const without = (member: string) => changed(signed, (copy) => delete copy[member]);
const withMember = (member: string, value: Json) => ({ ...signed, [member]: value });

describe('vc-api-verifier', () => {
  it('MUST verify a valid VC.', async () => {
    const bare = { '@context': [V2], credentialSubject: { id: 'did:example:s', name: 'Maria Specimen' } };
    const answer = await api.verify(await api.issued(api.credential(bare)), { checks: ['proof'] });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toEqual({ verified: true, errors: [], warnings: [], problemDetails: [] });
  });

  it.each(['@context', 'type', 'issuer', 'credentialSubject', 'proof'])(
    'MUST not verify if "%s" property is missing.',
    async (member) => {
      await refused(without(member), /./);
    },
  );

  it.each(['type', 'created', 'verificationMethod', 'proofValue', 'proofPurpose'])(
    'MUST not verify if "proof.%s" property is missing.',
    async (member) => {
      await refused(
        changed(signed, (copy) => delete proofOf(copy)[member]),
        /./,
      );
    },
  );

  it.each([
    ['"@context" is not an array', '@context', ['string', {}, null, 10, true]],
    ['"@context" items are not strings', '@context', [[[]], [{}], [null], [10], [true], [V2, 10], [V2, null]]],
    ['"type" is not an array', 'type', ['string', {}, null, 10, true]],
    ['"type" items are not strings', 'type', [[[]], [{}], [null], [10], [true], ['VerifiableCredential', 10]]],
    ['"issuer" is not an object or a string', 'issuer', [[], null, 10, true]],
    ['"credentialSubject" is not an object', 'credentialSubject', ['string', null, 10, true, []]],
    ['"proof" is not an object', 'proof', ['string', null, 10, true, []]],
  ] as [string, string, Json[]][])('MUST not verify if %s.', async (_, member, values) => {
    for (const value of values) await refused(withMember(member, value), /./);
  });

  it('a request without a credential is none', async () => {
    for (const document of [null, 'text', 10, [], true]) await refused(document);
    expect((await api.call('POST', '/vc-api/credentials/verify', { body: {} })).status).toBe(400);
  });
});

describe('data integrity assertions: what a verifier refuses', () => {
  const error = /security#PROOF_VERIFICATION_ERROR|vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR/;

  it('If the "proof" field is missing or invalid, an error MUST be raised.', async () => {
    await refused(without('proof'), error);
    await refused(withMember('proof', null), error);
    await refused(withMember('proof', [null]), error);
  });

  it('If the "proof.type" field is missing or not the string "DataIntegrityProof", an error MUST be raised.', async () => {
    for (const type of [undefined, 'UnknownProofType', 10, ['DataIntegrityProof']]) {
      const body = await refused(changed(signed, (copy) => Object.assign(proofOf(copy), { type })));
      expect(body.verified).toBe(false);
    }
  });

  it('If the "proof.verificationMethod" field is missing or invalid, an error MUST be raised.', async () => {
    for (const verificationMethod of [undefined, 10, 'did:key:invalid', 'not a url', `${api.did}#key-9-assertion`]) {
      await refused(
        changed(signed, (copy) => Object.assign(proofOf(copy), { verificationMethod })),
        /./,
      );
    }
  });

  it('If the "proof.proofPurpose" field is missing, invalid or another than expected, an error MUST be raised.', async () => {
    for (const proofPurpose of [undefined, 10, 'invalidPurpose', 'authentication']) {
      await refused(
        changed(signed, (copy) => Object.assign(proofOf(copy), { proofPurpose })),
        error,
      );
    }
  });

  it('If the "proof.proofValue" field is missing, null, or not multibase-encoded, an error MUST be raised.', async () => {
    const value = String(proofOf(signed).proofValue);
    for (const proofValue of [undefined, null, '', 10, value.slice(1), `u${value.slice(1)}`, `${value}1`, 'z0OIl']) {
      await refused(
        changed(signed, (copy) => Object.assign(proofOf(copy), { proofValue })),
        error,
      );
    }
  });

  it('The value of the cryptosuite property MUST be a string that identifies the cryptographic suite.', async () => {
    for (const cryptosuite of [undefined, 10, 'invalid-suite', ['eddsa-rdfc-2022']]) {
      await refused(
        changed(signed, (copy) => Object.assign(proofOf(copy), { cryptosuite })),
        /./,
      );
    }
  });

  it('created and expires, if included, MUST be dateTimeStamps, and a proof past its expiry fails', async () => {
    for (const change of [{ created: 'invalid' }, { created: '2026-01-01' }, { expires: '2020-01-01T00:00:00Z' }]) {
      await refused(
        changed(signed, (copy) => Object.assign(proofOf(copy), change)),
        error,
      );
    }
  });

  it('dropped undefined terms are an error', async () => {
    const body = await refused(withMember('undefinedTerm', 'x'), /./);
    expect(body.errors[0].type).toMatch(/PROOF_TRANSFORMATION_ERROR|MALFORMED_VALUE_ERROR/);
  });

  it('any changed leaf is an error', async () => {
    await refused(withMember('validFrom', '2026-01-02T00:00:00Z'), error);
    await refused(withMember('credentialSubject', { id: 'did:example:subject', favouriteColour: 'red' }), error);
    await refused(withMember('issuer', 'did:example:other'), /./);
  });

  it('previousProof: a referenced proof that is missing, or fails, is an error', async () => {
    const first = await api.issued(api.credential(), 'eddsa-rdfc-2022+set');
    const chained = await api.issued(first, 'ecdsa-rdfc-2019+chain');
    expect((await api.verify(chained)).body.verified).toBe(true);
    const [one, two] = chained.proof as [Proof, Proof];
    await refused({ ...chained, proof: two as JsonObject }, error);
    const broken = { ...one, created: '2026-01-01T00:00:00Z' };
    await refused({ ...chained, proof: [broken, two] as JsonObject[] }, error);
  });
});

describe('VCALM: what an answer says', () => {
  it('MUST reject unknown options and unknown values, by name', async () => {
    const unknown: JsonObject[] = [
      { expectedProofPurpose: 'authentication' },
      { checks: ['everything'] },
      { domain: 'x' },
    ];
    for (const options of unknown) {
      const answer = await api.verify(signed, options);
      expect([answer.status, answer.body.type]).toEqual([400, 'https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED']);
    }
  });

  it('returnCredential, returnResults and returnProblemDetails', async () => {
    const all = await api.verify(signed, { returnCredential: true, returnResults: true, returnProblemDetails: false });
    expect(all.body.credential).toEqual(signed);
    expect(all.body.results).toMatchObject({ verdict: 'valid', recognition: 'not_shown', checks: expect.any(Array) });
    expect(all.body.problemDetails).toBeUndefined();
    const bad = await api.verify(withMember('validFrom', '2026-01-02T00:00:00Z'), { returnCredential: true });
    expect(bad.body.credential).toBeUndefined();
  });

  it('status and validity period are warnings; our own verdict is stricter and stands apart', async () => {
    const bare = { '@context': [V2], credentialSubject: { id: 'did:example:s', name: 'Maria Specimen' } };
    const expired = await api.issued(api.credential({ ...bare, validUntil: '2026-02-01T00:00:00Z' }));
    const answer = await api.verify(expired, { returnResults: true });
    expect(answer.body).toMatchObject({
      ...{ verified: true, errors: [], results: { verdict: 'invalid' } },
      warnings: [{ type: 'https://www.w3.org/TR/vc-data-model#RANGE_ERROR', check: 'validity', code: 'expired' }],
    });
    const future = await api.issued(api.credential({ ...bare, validFrom: '2999-01-01T00:00:00Z' }));
    const later = await api.verify(future, { returnResults: true });
    expect(later.body).toMatchObject({ verified: true, results: { verdict: 'invalid' } });
    expect(later.body.warnings[0].code).toBe('not_yet_valid');
  });

  it('unknown is never verified: a suite nobody knows here, a method nobody can reach', async () => {
    const suite = changed(signed, (copy) => Object.assign(proofOf(copy), { cryptosuite: 'bbs-2023' }));
    const answer = await api.verify(suite, { returnResults: true });
    expect(answer.body).toMatchObject({ verified: false, results: { verdict: 'undetermined' } });
    const holder = createHolder();
    const foreign = await holder.issue({ ...api.credential(), issuer: holder.did });
    expect((await api.verify(foreign)).body.verified).toBe(true);
    const unreachable = { ...foreign, issuer: 'did:web:nowhere.invalid' };
    expect((await api.verify(unreachable)).body.verified).toBe(false);
  });

  it('a badge of ours verifies here too, by the rules of Open Badges', async () => {
    const badge = await api.badge();
    const answer = await api.verify(badge, { returnResults: true });
    expect(answer.body).toMatchObject({ verified: true, results: { profile: 'openbadge', verdict: 'valid' } });
    const notOb = { ...badge, credentialSubject: { id: 'did:example:s' } };
    expect((await api.verify(notOb)).status).toBe(400);
  });

  it('JL-9: duplicate members, and bytes that are no JSON', async () => {
    for (const text of [
      '{"verifiableCredential":{},"verifiableCredential":{}}',
      '{"verifiableCredential":',
      '\u0000',
    ]) {
      const answer = await api.call<{ type: string }>('POST', '/vc-api/credentials/verify', {
        ...{ headers: { 'content-type': 'application/json' }, body: text },
      });
      expect([answer.status, answer.body.type]).toEqual([400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR']);
    }
  });
});

describe('VCDM 2.0 section 4.13.1: enveloped credentials', () => {
  it('the token inside is verified', async () => {
    const { '@context': _, ...rest } = api.credential({ credentialSubject: { id: 'did:example:s', name: 'N' } });
    const envelope = await api.issued({ '@context': [V2], ...rest }, 'vc-jwt');
    const answer = await api.verify(envelope, { returnResults: true });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, results: { verdict: 'valid' } });
    const id = String(envelope.id);
    const at = id.lastIndexOf('.') - 5;
    const other = id.slice(0, at) + (id[at] === 'A' ? 'B' : 'A') + id.slice(at + 1);
    expect((await api.verify({ ...envelope, id: other })).status).toBe(400);
  });

  it('context present, id a data: URL, exact type', async () => {
    const { '@context': _, ...rest } = api.credential({ credentialSubject: { id: 'did:example:s', name: 'N' } });
    const envelope = await api.issued({ '@context': [V2], ...rest }, 'vc-jwt');
    for (const change of [
      { '@context': [] },
      { '@context': 'https://www.w3.org/ns/credentials/examples/v2' },
      { id: String(envelope.id).split(',')[1]! },
      { type: 'VerifiableCredential' },
      { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] },
      { issuer: api.did },
    ]) {
      await refused({ ...envelope, ...change });
    }
    const { type: __, ...untyped } = envelope;
    await refused(untyped);
  });
});
