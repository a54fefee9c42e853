import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '#app';
import { openVcApi, SLUG, type VcApi } from './world.ts';

let closed: VcApi;
let open: VcApi;
beforeAll(async () => {
  closed = await openVcApi({}, { keys: false });
  open = await openVcApi({}, { keys: false, env: { TATAK_VC_API_OPEN: SLUG } });
});
afterAll(async () => {
  await closed.close();
  await open.close();
});

const secured = (api: VcApi) =>
  [
    ['POST', '/vc-api/credentials/issue', { credential: api.credential() }],
    ['POST', '/vc-api/instances/eddsa-rdfc-2022+revocation/credentials/issue', { credential: api.credential() }],
    ['GET', '/vc-api/credentials/urn:uuid:none', undefined],
    ['DELETE', '/vc-api/credentials/urn:uuid:none', undefined],
    [
      ...(['POST', '/vc-api/credentials/status'] as const),
      { credentialId: 'urn:x:1', credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' } },
    ],
    ['POST', '/vc-api/status-lists', { statusPurpose: 'revocation' }],
    ['POST', '/vc-api/challenges', undefined],
  ] as const;

describe('AU-1: the VC API without a key', () => {
  it('answers 401 to everything that signs or changes', async () => {
    for (const [method, url, body] of secured(closed)) {
      const answer = await closed.call(method, url, body === undefined ? {} : { body });
      expect([url, answer.status]).toEqual([url, 401]);
    }
  });

  it('verifying is public', async () => {
    const signed = await closed.issued(closed.credential());
    expect((await closed.verify(signed)).status).toBe(200);
  });

  it('in development, where the operator said so, acts for the institution that was named', async () => {
    for (const [method, url, body] of secured(open)) {
      const answer = await open.call(method, url, body === undefined ? {} : { body });
      expect([url, answer.status === 401, answer.status < 500]).toEqual([url, false, true]);
    }
    const answer = await open.call<{ verifiableCredential: { issuer: string } }>('POST', '/vc-api/credentials/issue', {
      body: { credential: open.credential() },
    });
    expect([answer.status, answer.body.verifiableCredential.issuer]).toEqual([201, open.did]);
    const log = (await open.app.storage.reader.auditEntries(SLUG, { limit: 99 })).items;
    expect(log.some(({ actor, operation }) => actor === 'key:vc-api-open' && /issue$/.test(operation))).toBe(true);
  });

  it('and nowhere else: not under /v1, not with a key that is wrong', async () => {
    expect((await open.call('GET', '/v1/credentials')).status).toBe(401);
    const body = { credential: open.credential() };
    expect((await open.call('POST', '/vc-api/credentials/issue', { key: 'nobody', body })).status).toBe(401);
  });
});

describe('TATAK_VC_API_OPEN', () => {
  const production = {
    ...{ TATAK_PUBLIC_URL: 'https://badges.example.edu', TATAK_PASSPHRASE: 'a passphrase of some length' },
    ...{ TATAK_TRUST_ANCHORS: 'did:web:council.example', TATAK_PRIVACY_CONTACT: 'privacy@example.edu' },
  };

  it('refuses to start where anybody else could reach it', () => {
    expect(readConfig({ TATAK_VC_API_OPEN: SLUG }).vcApiOpen).toBe(SLUG);
    expect(() => readConfig({ ...production, TATAK_VC_API_OPEN: SLUG })).toThrow(/TATAK_VC_API_OPEN/);
    for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
      expect(() => readConfig({ TATAK_HOST: host, TATAK_VC_API_OPEN: SLUG })).toThrow(ConfigError);
    }
    expect(() => readConfig({ TATAK_VC_API_OPEN: 'Not A Slug' })).toThrow(ConfigError);
  });
});
