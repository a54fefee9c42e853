import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

let service: TestService;
const call = (method: 'GET' | 'POST', url: string, key?: string, body?: object) =>
  service.call<Said>(method, url, { ...(key === undefined ? {} : { key }), ...(body === undefined ? {} : { body }) });
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const NAMES = [
  'id',
  'credentialId',
  'credentialUrl',
  'awardId',
  'confirmation',
  'state',
  'createdAt',
  'expiresAt',
  'wrongCodes',
];

describe('/v1/offers', () => {
  it('makes links once, and a code for what licenses somebody', async () => {
    const { issuer: issuerKey } = await service.institution('specimen-college');
    const decision = { reason: 'For a test of offers', validUntil: '2027-01-01' };
    await call('POST', '/v1/institutions/specimen-college/issuing-decisions', service.operatorKey, decision);
    const awarded = async (achievementType: string) => {
      const achievement = await call('POST', '/v1/achievements', issuerKey, {
        name: 'SPECIMEN Course',
        description: 'D',
        achievementType,
        criteria: { narrative: 'N' },
        extension: false,
      });
      const body = { achievementId: achievement.body.id, recipients: [{ name: 'Maria Specimen' }] };
      const { body: done } = await call('POST', '/v1/credentials', issuerKey, body);
      return done.credentials[0].id as string;
    };
    const credentialId = await awarded('Course');
    const { status, body } = await call('POST', '/v1/offers', issuerKey, { credentialId });
    expect(status).toBe(201);
    const links = ['claimUrl', 'credentialOfferUri', 'credentialOfferLink', 'interactionUrl'];
    expect(Object.keys(body).sort()).toEqual([...NAMES, ...links].sort());
    const secret = body.claimUrl.split('/').at(-1);
    expect(body.claimUrl).toBe(`${service.publicUrl}/claim/${secret}`);
    expect(body.credentialOfferUri).toBe(`${service.publicUrl}/institutions/specimen-college/oid4vci/offers/${secret}`);
    expect(new URL(body.credentialOfferLink).searchParams.get('credential_offer_uri')).toBe(body.credentialOfferUri);
    expect((await call('GET', new URL(body.credentialOfferUri).pathname)).status).toBe(200);
    const read = await call('GET', `/v1/offers/${body.id}`, issuerKey);
    expect(Object.keys(read.body).sort()).toEqual([...NAMES].sort());
    expect((await call('GET', '/v1/offers?state=open', issuerKey)).body.items).toEqual([read.body]);

    const licence = await awarded('License');
    const asked = await call('POST', '/v1/offers', issuerKey, { credentialId: licence });
    expect(asked.body).toMatchObject({ confirmation: 'txCode', txCode: expect.stringMatching(/^\d{6}$/) });
    const none = await call('POST', '/v1/offers', issuerKey, { credentialId: licence, confirmation: 'none' });
    expect([none.status, none.body.pointer]).toEqual([400, '/confirmation']);

    const { issuer: stranger } = await service.institution('other-college');
    for (const [method, path] of [
      ['GET', `/v1/offers/${body.id}`],
      ['POST', `/v1/offers/${body.id}/withdraw`],
    ] as const) {
      expect((await call(method, path, stranger)).status).toBe(404);
    }
    expect((await call('POST', '/v1/offers', stranger, { credentialId })).status).toBe(404);
    const withdrawn = await call('POST', `/v1/offers/${body.id}/withdraw`, issuerKey);
    expect(withdrawn.body).toMatchObject({ id: body.id, state: 'withdrawn' });
    expect((await call('GET', new URL(body.credentialOfferUri).pathname)).status).toBe(404);
  });

  it('counts what was refused, for operators', async () => {
    const { text: body } = await call('GET', '/metrics', service.operatorKey);
    expect(body).toMatch(/^# HELP tatak_offer_refusals_total /m);
    expect(body).toMatch(/^tatak_wallet_requests_total\{endpoint="offer",outcome="ok"\} 1$/m);
    expect((await call('GET', '/metrics')).status).toBe(401);
  });
});
