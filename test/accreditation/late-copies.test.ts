import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askIssuingLog } from '../../src/verifier/issuing-log.ts';
import { walletKey } from '../wallets/support/keys.ts';
import { PRE_AUTHORIZED } from '../wallets/support/world.ts';
import { type AccreditedService, openAccredited, type Party } from './support/accredited-service.ts';

let on: AccreditedService;
let school: Party;
beforeAll(async () => {
  on = await openAccredited({ at: '2026-01-10T03:00:00Z' });
  school = await on.party('specimen-college');
});
afterAll(() => on.service.close());

// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

/** Takes the offer as a wallet does. @returns the badge of the wallet */
async function taken(offer: Said): Promise<Said> {
  const { server, publicUrl } = on.service;
  const at = `/institutions/${school.slug}/oid4vci`;
  const { grants } = (await on.service.call<Said>('GET', new URL(offer.credentialOfferUri).pathname)).body;
  const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': grants[PRE_AUTHORIZED]['pre-authorized_code'] };
  const token = await server.inject({
    ...{ method: 'POST', url: '/oauth/token', payload: new URLSearchParams(form).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const { c_nonce: nonce } = (await on.service.call<Said>('POST', `${at}/nonce`)).body;
  const now = Date.parse(on.now.at) / 1_000;
  const jwt = [await walletKey().proof({ aud: `${publicUrl}/institutions/${school.slug}`, nonce, now })];
  const given = await on.service.call<Said>('POST', `${at}/credential`, {
    key: token.json().access_token,
    body: { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt } },
  });
  expect(given.status, given.text).toBe(200);
  return given.body.credentials[0].credential;
}

describe('a copy that a wallet takes long after the award, when the accreditation is over', () => {
  let web: Said;
  let copy: Said;
  beforeAll(async () => {
    const grant = await on.grant(on.council, school);
    const issued = await on.issue(school, await on.achievement(school));
    web = issued.body.credentials[0];
    const offer = await on.service.call<Said>('POST', '/v1/offers', {
      key: school.issuer,
      body: { credentialId: web.id, lifetimeDays: 365, confirmation: 'none' },
    });
    on.now.at = '2026-02-20T03:00:00Z';
    await on.event(on.council, grant, { type: 'withdrawn', effectiveAt: '2026-02-20', reason: 'for the test' });
    on.now.at = '2026-04-20T03:00:00Z';
    copy = await taken(offer.body);
  });

  it('is of an award that was recorded in time (IS-10)', async () => {
    for (const credential of [web.credential, copy]) {
      const { body } = await on.service.call<Said>('POST', '/v1/verifications', { body: { credential } });
      expect([body.verdict, body.recognition]).toEqual(['valid', 'recognised']);
      const found = body.checks.find(({ check }: Said) => check === 'accreditation');
      expect(found).toMatchObject({
        code: 'accredited_then_not_now',
        evidence: { recordedAt: '2026-01-10T03:00:00Z' },
      });
    }
  });

  it('shows that in the public log, to whoever verifies elsewhere', async () => {
    const get = async (url: string) => (await on.service.call<Said>('GET', new URL(url).pathname)).body;
    await get(`${on.service.publicUrl}/log/credentials/${copy.id.split('/').at(-1)}`);
    on.now.at = '2026-04-20T05:00:00Z';
    const document = await get(`${on.service.publicUrl}/institutions/${school.slug}/did.json`);
    const asked: string[] = [];
    const session = {
      now: new Date(on.now.at),
      resolve: async () => ({ outcome: 'ok', document }),
      budget: { slot: (work: () => unknown) => work() },
      deps: {
        fetch: async (url: string) => {
          asked.push(url);
          const { status, text } = await on.service.call('GET', new URL(url).pathname);
          return { status, bytes: Buffer.from(text) };
        },
      },
    };
    const badge = { awarded: new Date('2026-01-10T03:00:00Z'), model: { id: copy.id, issuer: { id: school.did } } };
    expect(await askIssuingLog(session as never, badge as never)).toEqual({
      ...{ outcome: 'recorded', recordedAt: '2026-01-10T03:00:00Z' },
    });
    const ids = [copy.id, web.id].map((id) => `/log/credentials/${id.split('/').at(-1)}`);
    expect(asked.map((url) => new URL(url).pathname)).toEqual(ids);
  });
});
