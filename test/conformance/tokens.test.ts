import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { openVcApi, V2, type VcApi } from '../api/vc-api/world.ts';

/** Securing Verifiable Credentials using JOSE and COSE, at the endpoint: tokens of somebody else in envelopes. */
let api: VcApi;
beforeAll(async () => {
  api = await openVcApi();
});
afterAll(() => api.close());

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const { jwk } = publicKeyOf(publicKey);
const did = `did:jwk:${part(jwk)}`;
const credential = (more: JsonObject = {}): JsonObject => ({
  '@context': [V2],
  id: 'urn:uuid:3f0b7a2e-5e1c-4b7d-9f63-000000000001',
  type: ['VerifiableCredential'],
  issuer: did,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:subject', name: 'Maria Specimen' },
  ...more,
});
const token = (payload: JsonObject = credential(), header: JsonObject = {}, key = privateKey): string => {
  const head = JSON.parse(JSON.stringify({ alg: 'ES256', typ: 'vc+jwt', kid: `${did}#0`, ...header })) as JsonObject;
  const input = `${part(head)}.${part(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};
const verify = (text: string, media = 'application/vc+jwt') =>
  api.verify(
    { '@context': V2, type: 'EnvelopedVerifiableCredential', id: `data:${media},${text}` },
    { returnResults: true },
  );
const [head, payload, signature] = token().split('.') as [string, string, string];

async function refused(rows: Record<string, string>, media?: string) {
  for (const [what, text] of Object.entries(rows)) {
    const answer = await verify(text, media);
    expect([what, answer.status, answer.text]).toEqual([what, 400, answer.text]);
    expect(answer.body.verified ?? false).toBe(false);
  }
}

describe('vc+jwt', () => {
  it('is verified', async () => {
    const answer = await verify(token());
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, errors: [], results: { verdict: 'valid', profile: 'vc' } });
  });

  it('JO-1 a claim vc or vp is refused, verifying and issuing', async () => {
    const inside = credential();
    await refused({
      'vc beside the credential': token({ ...inside, vc: inside }),
      'vc null': token({ ...inside, vc: null }),
      'vp beside the credential': token({ ...inside, vp: {} }),
      'the credential in vc': token({ iss: did, vc: inside }),
      'a credential of 1.1 in vc': token({ iss: did, vc: { ...inside, '@context': [V1] } }, { typ: 'JWT' }),
    });
    for (const claim of ['vc', 'vp']) {
      const { '@context': _, ...rest } = api.credential({ credentialSubject: { id: 'did:example:s', name: 'N' } });
      const answer = await api.issue({ credential: { '@context': [V2], ...rest, [claim]: {} } }, 'vc-jwt');
      expect([claim, answer.status]).toEqual([claim, 400]);
    }
  });

  it('JO-2 what is not signed, signed otherwise, or of another media type is refused', async () => {
    await refused({
      'alg none': `${part({ alg: 'none', typ: 'vc+jwt' })}.${payload}.`,
      'alg none, with a signature': `${part({ alg: 'none', typ: 'vc+jwt', kid: `${did}#0` })}.${payload}.${signature}`,
      'no signature': `${head}.${payload}.`,
      'the signature of other claims': `${head}.${part(credential({ name: 'Other' }))}.${signature}`,
      'a changed signature': `${head}.${payload}.${signature.slice(0, -8)}AAAAAAAA`,
      'the key of somebody else': token(credential(), {}, other.privateKey),
      'two parts': `${head}.${payload}`,
      'typ of a presentation': token(credential(), { typ: 'vp+jwt' }),
    });
    await refused({ 'a token of vc+jwt': token() }, 'application/vc+sd-jwt');
    await refused({ 'a token of vc+jwt': token() }, 'text/html');
    await refused({ 'a token of vc+jwt': token() }, 'application/vp+jwt');
  });

  it('JO-3 kid names the key of a DID issuer', async () => {
    await refused({
      'another fragment': token(credential(), { kid: `${did}#1` }),
      'another DID': token(credential(), { kid: 'did:example:x#0' }),
      'the DID alone': token(credential(), { kid: did }),
      'no kid and no key': token(credential(), { kid: undefined as never }),
      'kid no text': token(credential(), { kid: 5 }),
    });
  });

  it('JO-4 the algorithm is that of the key', async () => {
    await refused(
      Object.fromEntries(
        ['ES384', 'EdDSA', 'RS256', 'PS256', 'HS256', 'ES256K', 'es256', ''].map((alg) => [
          alg,
          token(credential(), { alg }),
        ]),
      ),
    );
  });

  it('JO-5 members that no context defines are refused, verifying and issuing', async () => {
    await refused({
      'at the root': token(credential({ favourite: 'blue' })),
      'in the subject': token(credential({ credentialSubject: { id: 'did:example:s', favourite: 'blue' } })),
      'a type': token(credential({ type: ['VerifiableCredential', 'Knighthood'] })),
      'a critical header': token(credential(), { crit: ['x'], x: 1 }),
    });
    const unknown: JsonObject[] = [{ favourite: 'blue' }, { type: ['VerifiableCredential', 'Knighthood'] }];
    for (const more of unknown) {
      const { '@context': _, ...rest } = api.credential({ credentialSubject: { id: 'did:example:s' }, ...more });
      expect((await api.issue({ credential: { '@context': [V2], ...rest } }, 'vc-jwt')).status).toBe(400);
    }
  });
});

it('VC-21 a presentation as a token is opened, and verified by nonce and key', async () => {
  const presentation = { '@context': [V2], type: ['VerifiablePresentation'], holder: did, iss: did, nonce: 'n-1' };
  const signed = token(presentation, { typ: 'vp+jwt' });
  const rows: [string, JsonObject, boolean][] = [
    [signed, { challenge: 'n-1' }, true],
    [signed, {}, true],
    [signed, { challenge: 'n-2' }, false],
    [signed, { challenge: 'n-1', domain: 'https://school.example' }, false],
    [token(presentation, { typ: 'vp+jwt' }, other.privateKey), { challenge: 'n-1' }, false],
  ];
  for (const [text, options, verified] of rows) {
    const id = `data:application/vp+jwt,${text}`;
    const envelope = { '@context': V2, type: 'EnvelopedVerifiablePresentation', id };
    const answer = await api.verifyPresentation({ verifiablePresentation: envelope, options });
    expect([answer.body.verified ?? false, answer.text]).toEqual([verified, answer.text]);
  }
});

const V1 = 'https://www.w3.org/2018/credentials/v1';

describe('vc+sd-jwt', () => {
  const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
  const name = part(['salt-of-the-name', 'name', 'Maria Specimen']);
  const description = part(['salt-of-another', 'description', 'A learner']);
  const sd = (digests: string[], more: JsonObject = {}) =>
    token(credential({ credentialSubject: { id: 'did:example:s', _sd: digests }, _sd_alg: 'sha-256', ...more }), {
      typ: 'vc+sd-jwt',
    });
  const both = sd([digest(name), digest(description)]);
  const media = 'application/vc+sd-jwt';

  it('JO-6 what is disclosed fits its digest, and may be all, some or nothing', async () => {
    for (const text of [`${both}~`, `${both}~${name}~`, `${both}~${description}~${name}~`]) {
      const answer = await verify(text, media);
      expect([answer.status, answer.text]).toEqual([200, answer.text]);
      expect(answer.body).toMatchObject({ verified: true, errors: [] });
    }
  });

  it('JO-6 what fits no digest, stands twice, or nobody defines is refused', async () => {
    const stranger = part(['salt', 'name', 'Somebody']);
    const undefinedName = part(['salt', 'favourite', 'blue']);
    const changed = part(['salt-of-the-name', 'name', 'Another']);
    await refused(
      {
        'of no digest': `${both}~${stranger}~`,
        changed: `${both}~${changed}~`,
        'given twice': `${both}~${name}~${name}~`,
        'one digest twice': `${sd([digest(name), digest(name)])}~${name}~`,
        'nobody defines it': `${sd([digest(undefinedName)])}~${undefinedName}~`,
        'another algorithm': `${sd([digest(name)], { _sd_alg: 'md5' })}~${name}~`,
        'no tilde at the end': `${both}~${name}`,
        'a digest of a member that is there': `${token(
          credential({ credentialSubject: { id: 'did:example:s', name: 'Ana', _sd: [digest(name)] } }),
          { typ: 'vc+sd-jwt' },
        )}~${name}~`,
      },
      media,
    );
  });
});
