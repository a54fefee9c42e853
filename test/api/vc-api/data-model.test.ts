import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createContextLoader, createProofMaker } from '#proofs';
import { throwawaySigner } from './throwaway.ts';
import { openVcApi, TERM, V2, type VcApi } from './world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false });
});
afterAll(() => api.close());

const loader = createContextLoader({ phContext: '{"@context":{}}', phContextUrl: 'http://localhost/contexts/ph/v1' });
const maker = createProofMaker({ loader });
const signer = throwawaySigner();

type Change = JsonObject;
const subject = (more: JsonObject = {}): JsonObject => ({ id: 'did:example:s', favouriteColour: 'blue', ...more });
const typed = (more: JsonObject = {}): JsonObject => ({
  id: 'https://specimen.example/1',
  type: 'JsonSchema',
  ...more,
});

const ENTRY: JsonObject = {
  ...{ type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7' },
  statusListCredential: 'https://specimen.example/lists/1',
};

/** Members laid over a conforming credential; `undefined` takes one away. */
const CLAUSES: Record<string, { pass?: Change[]; fail?: (Change | { [member: string]: Json | undefined })[] }> = {
  '4.3 @context: an ordered set whose first item is the base context, then URLs or objects': {
    pass: [{ '@context': [V2, TERM] }, { '@context': [V2, 'https://w3id.org/security/multikey/v1', TERM] }],
    fail: [
      ...[
        undefined,
        [],
        [TERM, V2],
        ['https://w3id.org/security/multikey/v1', V2, TERM],
        [V2, 4],
        [V2, null],
        'text',
        V2,
      ],
    ].map((context) => ({ '@context': context as Json })),
  },
  '4.4 id: if present a single URL': {
    pass: [{ id: 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-000000000001' }, { id: 'https://specimen.example/credentials/1' }],
    fail: [
      ...[null, 4, 'not a url', ['urn:x:1', 'urn:x:2'], {}].map((id) => ({ id: id as Json })),
      ...[null, 4, 'not a url', ['urn:x:1']].map((id) => ({ credentialSubject: subject({ id: id as Json }) })),
    ],
  },
  '4.5 type: present, VerifiableCredential among them, every one mapped': {
    pass: [
      {
        '@context': [V2, { ...TERM, MyCredential: 'https://specimen.example/terms#My' }],
        type: ['VerifiableCredential', 'MyCredential'],
      },
    ],
    fail: [undefined, [], ['MyCredential'], ['VerifiableCredential', 'UnmappedType'], 4, null].map((type) => ({
      type: type as Json,
    })),
  },
  '4.5 type: required on credentialStatus, termsOfUse, evidence, refreshService, credentialSchema': {
    fail: ['credentialStatus', 'termsOfUse', 'evidence', 'refreshService', 'credentialSchema'].map((member) => ({
      [member]: { id: 'https://specimen.example/1' },
    })),
  },
  '4.6 name and description: text, or objects with @value, @language and @direction only': {
    pass: [
      { name: 'Text', description: 'Text' },
      { name: { '@value': 'HTML at CSS', '@language': 'fil' } },
      {
        name: [
          { '@value': 'HTML', '@language': 'en' },
          { '@value': 'HTML na', '@language': 'fil', '@direction': 'ltr' },
        ],
      },
    ],
    fail: [
      { name: { '@value': 'x', '@language': 'en', url: 'https://specimen.example' } },
      { name: 4 },
      { description: { '@language': 'en' } },
      { description: null },
    ],
  },
  '4.7 issuer: a URL, or an object with one as its id': {
    pass: [],
    fail: [null, 4, 'not a url', ['did:example:a'], {}, { name: 'x' }, { id: 4 }, { id: 'not a url' }].map(
      (issuer) => ({
        issuer: issuer as Json,
      }),
    ),
  },
  '4.8 credentialSubject: at least one object that is not empty, several allowed': {
    pass: [{ credentialSubject: [subject(), subject({ id: 'did:example:t' })] }],
    fail: [undefined, {}, [], [{}], [subject(), {}], 'text', null].map((one) => ({ credentialSubject: one as Json })),
  },
  '4.9 validFrom and validUntil: dateTimeStamps, in order; the far future can be issued': {
    pass: [
      { validFrom: '2026-01-01T08:00:00+08:00', validUntil: '2027-01-01T00:00:00.123Z' },
      { validFrom: '2999-01-01T00:00:00Z' },
      { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
    ],
    fail: [
      ...['2026-01-01', '2026-01-01T00:00:00', 'yesterday', 4, '2026-13-01T00:00:00Z'].map((validFrom) => ({
        validFrom,
      })),
      { validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
    ],
  },
  '4.10 credentialStatus: one or several, each with a type, an id that is a URL where there is one': {
    fail: [
      ...[null, 4, 'text', {}, { id: 'https://specimen.example/1' }, [{}]],
      { ...ENTRY, id: 'not a url' },
      { ...ENTRY, id: ['https://specimen.example/1', 'https://specimen.example/2'] },
      [ENTRY, { ...ENTRY, type: undefined }],
    ].map((credentialStatus) => ({ credentialStatus: credentialStatus as Json })),
    pass: [{ credentialStatus: ENTRY }, { credentialStatus: [ENTRY, { ...ENTRY, statusListIndex: '8' }] }],
  },
  '4.11 credentialSchema: type and a URL as id, one or several, unknown types ignored': {
    pass: [{ credentialSchema: typed() }, { credentialSchema: [typed(), typed({ id: 'https://specimen.example/2' })] }],
    fail: [{ credentialSchema: { type: 'JsonSchema' } }, { credentialSchema: typed({ id: 'not a url' }) }],
  },
  '5.4 refreshService, 5.5 termsOfUse, 5.6 evidence: one or several, each with a type': {
    pass: ['termsOfUse', 'evidence'].map(
      (member): JsonObject => ({
        '@context': [V2, { ...TERM, Custom: 'https://specimen.example/terms#Custom' }],
        [member]: [{ type: 'Custom' }, { id: 'https://specimen.example/1', type: ['Custom'] }],
      }),
    ),
    fail: ['refreshService', 'termsOfUse', 'evidence'].flatMap((member) =>
      [null, 'text', {}, [{}], { type: 'Unmapped' }].map((value) => ({ [member]: value as Json })),
    ),
  },
  '5.3 relatedResource: unique ids, each with a digest': {
    fail: [
      { relatedResource: [{ id: 'https://specimen.example/1' }] },
      { relatedResource: [{ digestSRI: `sha256-${'A'.repeat(43)}=` }] },
      {
        relatedResource: [1, 2].map(() => ({
          ...{ id: 'https://specimen.example/1', digestSRI: `sha256-${'A'.repeat(43)}=` },
        })),
      },
    ],
  },
  '5.2 protected terms cannot be redefined': {
    fail: ['issuer', 'validFrom', 'credentialSubject', 'VerifiableCredential', 'id', 'type'].map((term) => ({
      '@context': [V2, { ...TERM, [term]: 'https://specimen.example/terms#other' }],
    })),
  },
  'JL-3: hostile inline contexts, at the root and inside': {
    fail: [
      ...['@vocab', '@base', '@import'].map((keyword) => ({ '@context': [V2, { [keyword]: 'https://x.example/' }] })),
      { '@context': [V2, 'https://elsewhere.example/context'] },
      { credentialSubject: subject({ '@context': { favouriteColour: 'https://x.example/#c' } }) },
    ],
  },
};

function laidOver(members: Record<string, Json | undefined>): JsonObject {
  const credential: Record<string, Json | undefined> = { ...api.credential(), ...members };
  return JSON.parse(JSON.stringify(credential)) as JsonObject;
}

describe.each(Object.entries(CLAUSES))('VCDM 2.0 %s', (_, { pass = [], fail = [] }) => {
  if (pass.length > 0) {
    it('issued, and verified', async () => {
      for (const members of pass) {
        const issued = await api.issue({ credential: laidOver(members) });
        expect([issued.status, issued.text]).toEqual([201, issued.text]);
        const verified = await api.verify(issued.body.verifiableCredential);
        expect([verified.status, verified.text]).toEqual([200, verified.text]);
        expect(verified.body).toMatchObject({ verified: true, errors: [] });
      }
    });
  }

  if (fail.length > 0) {
    it('4xx for an issuer, and for a verifier whoever signed it', async () => {
      for (const members of fail) {
        const credential = laidOver(members);
        const issued = await api.issue({ credential });
        expect([JSON.stringify(members), issued.status]).toEqual([JSON.stringify(members), 400]);
        // Somebody else's key signs it anyhow, where any library would; otherwise a proof of another one stands there.
        const created = '2026-11-01T00:00:00Z';
        const foreign = {
          ...credential,
          ...(credential.issuer && !('issuer' in members) ? { issuer: signer.did } : {}),
        };
        const proof = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod' };
        const signed = await maker
          .sign(foreign, signer.signer, created, { profile: 'vc' })
          .catch(() => ({ ...foreign, proof: { ...proof, verificationMethod: signer.signer.verificationMethod } }));
        const verified = await api.verify(signed);
        expect([JSON.stringify(members), verified.status]).toEqual([JSON.stringify(members), 400]);
        expect(verified.body.verified).toBe(false);
      }
    });
  }
});

describe('VCDM 2.0 7.1: the verification algorithm', () => {
  it('a proof that does not hold is CRYPTOGRAPHIC_SECURITY_ERROR or a proof error, a document that does not conform MALFORMED_VALUE_ERROR', async () => {
    const signed = await api.issued(api.credential());
    const other = await api.verify({ ...signed, validFrom: '2026-02-01T00:00:00Z' });
    expect(other.body.type).toMatch(/CRYPTOGRAPHIC_SECURITY_ERROR|PROOF_VERIFICATION_ERROR/);
    const foreign = { ...api.credential({ name: 4 }), issuer: signer.did };
    const malformed = await maker.sign(foreign, signer.signer, '2026-11-01T00:00:00Z', { profile: 'vc' });
    const answer = await api.verify(malformed);
    expect(answer.body.errors).toContainEqual(
      expect.objectContaining({ type: 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR' }),
    );
  });

  it('the answer tells the document, its form, whose key signed it, warnings and errors', async () => {
    const bare = { '@context': [V2], credentialSubject: { id: 'did:example:s', name: 'Maria Specimen' } };
    const signed = await api.issued(api.credential(bare));
    const { body } = await api.verify(signed, { returnResults: true, returnCredential: true });
    const of = (name: string) => body.results.checks.find((one: { check: string }) => one.check === name);
    expect(body).toMatchObject({ verified: true, credential: signed, errors: [], warnings: [] });
    const { verificationMethod } = signed.proof as JsonObject;
    expect(of('proof').evidence).toMatchObject({ verificationMethod, cryptosuite: 'eddsa-rdfc-2022' });
    expect(body.results.credential).toMatchObject({ issuerId: api.did });
    const token = await api.verify(await api.issued(api.credential(bare), 'vc-jwt'), { returnResults: true });
    expect(token.body.results.checks[0]).toMatchObject({ check: 'document', evidence: { form: 'jwt' } });
  });
});
