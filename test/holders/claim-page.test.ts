import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateOffer } from '#offers';
import { mailTo, outbox } from '../support/outbox.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { browser, type HolderClient } from './support/client.ts';
import { type HolderInstitution, type HolderWorld, holderWorld } from './support/institutions.ts';

const EMAIL = 'maria@students.example';
const now = { at: '2026-11-24T03:00:00Z' };
let on: HolderWorld;
let log: ResponseLog;
let college: HolderInstitution;

beforeAll(async () => {
  on = await holderWorld({
    clock: { now: () => new Date(now.at) },
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  college = on.institutions[1]!;
}, 120_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
});

const issue = async () => (await on.classList(college, `name,email\nMaria Santos,${EMAIL}\n`))[0]!;

async function offered(more: Partial<CreateOffer> = {}) {
  const credentialId = await issue();
  const made = await on.service.app.offers.create({ tenant: college.slug, credentialId, actor: 'system', ...more });
  return { ...made, credentialId, path: `/claim/${made.secret}` };
}

/** The token of the forms of a page. */
const tokenOf = (text: string) => /name="form" value="([^"]*)"/.exec(text)![1]!;

async function confirm(client: HolderClient, path: string): Promise<void> {
  const before = (await outbox(on.service, EMAIL)).length;
  const sent = await client.form(path, { action: 'code' });
  expect([sent.status, sent.text.includes(EMAIL)]).toEqual([200, false]);
  const code = /\b\d{6}\b/.exec((await mailTo(on.service, EMAIL, before)).text!)![0];
  const proven = await client.form(path, { action: 'confirm', code, form: tokenOf(sent.text) });
  expect([proven.status, proven.headers.location]).toEqual([303, path]);
}

describe('the link of an offer', () => {
  it('shows what waits, and neither the address nor the name of its recipient', async () => {
    const { path } = await offered();
    const page = await browser(on.service).page(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('SPECIMEN Unit of the college');
    expect(page.text).toContain('openid-credential-offer://?credential_offer_uri=');
    expect(page.text).toContain('/qr.svg');
    expect(page.text).not.toMatch(/maria|santos/i);
    expect(page.headers).toMatchObject({
      ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' },
    });
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect((await browser(on.service).page(`${path}?lang=fil`)).text).toContain('May badge na naghihintay');
  });

  it('that opens nothing is not found, whatever its form', async () => {
    for (const secret of ['a'.repeat(43), 'x', '..%2f', 'a'.repeat(3_000)]) {
      expect([404, 400]).toContain((await browser(on.service).page(`/claim/${secret}`)).status);
    }
  });

  it('downloads the badge exactly as it is stored, which accepts the offer', async () => {
    const { path, offer, credentialId } = await offered();
    const file = await browser(on.service).form(path, { action: 'json' });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${credentialId}.json"`);
    expect(file.text).toBe((await on.service.app.storage.reader.credential(credentialId))!.signed);
    expect((await on.service.app.offers.byId(offer.offerId))!.acceptedAt).toBe(now.at);
    expect((await browser(on.service).form(path, { action: 'jwt' })).status).toBe(404);
  });

  it('asks for a code by mail first where the offer says so, and shows the name after it', async () => {
    const { path, credentialId } = await offered({ confirmation: 'email' });
    const maria = browser(on.service);
    const first = await maria.page(path);
    expect(first.text).not.toMatch(/openid-credential-offer|qr\.svg|maria|santos/i);
    expect(first.text).not.toContain(credentialId);
    for (const action of ['json', 'jwt']) {
      const refused = await maria.form(path, { action });
      expect([refused.status, refused.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
    await confirm(maria, path);
    const second = await maria.page(path);
    expect(second.text).toContain('Maria Santos');
    expect(second.text).toContain('openid-credential-offer://');
    // Nobody else has the session: the link alone shows what it showed before.
    expect((await browser(on.service).page(path)).text).not.toMatch(/openid-credential-offer|maria|santos/i);
    // Somebody with a session of their own neither.
    const pedro = browser(on.service);
    await pedro.prove('pedro@students.example');
    expect((await pedro.page(path)).text).not.toMatch(/openid-credential-offer|maria|santos/i);
  });

  it('tells nothing of a code of the institution, and downloads only with it', async () => {
    const { path, txCode } = await offered({ confirmation: 'txCode' });
    const page = await browser(on.service).page(path);
    expect(page.text).toContain('The institution tells you that code');
    expect(page.text).not.toContain(txCode!);
    expect(page.text).not.toContain('/credentials/');
    const wrong = await browser(on.service).form(path, { action: 'json', code: txCode === '000000' ? '1' : '000000' });
    expect(wrong.status).toBe(400);
    expect((await browser(on.service).form(path, { action: 'json', code: txCode! })).status).toBe(200);
  });

  it('"not mine" closes it, and the award stays', async () => {
    const { path, offer, credentialId } = await offered();
    const closed = await browser(on.service).form(path, { action: 'notMine' });
    expect(closed.text).toContain('It was closed here');
    expect((await on.service.app.offers.byId(offer.offerId))!.state).toBe('withdrawn');
    // The institution sees that it was not itself.
    const seen = await on.service.call('GET', `/v1/offers/${offer.offerId}`, { key: college.issuer });
    expect(seen.body).toMatchObject({ state: 'withdrawn', withdrawnBy: 'holder' });
    expect((await on.service.app.storage.reader.credential(credentialId))!.state).toBe('active');
    expect((await browser(on.service).page(path)).status).toBe(410);
    expect((await browser(on.service).form(path, { action: 'json' })).status).toBe(410);
  });

  it('says when it was taken, and is over when the award is revoked or the time has come', async () => {
    const taken = await offered();
    await on.service.app.offers.take({ offerId: taken.offer.offerId, holders: ['did:key:z6Mk'], door: 'oid4vci' });
    const page = await browser(on.service).page(taken.path);
    expect([page.status, page.text.includes('taken already'), page.text.includes('by a wallet')]).toEqual([
      200,
      true,
      true,
    ]);
    expect(page.text).not.toContain('openid-credential-offer');

    const revoked = await offered();
    await on.service.call('POST', `/v1/credentials/${revoked.credentialId}/status`, {
      ...{ key: college.issuer, body: { action: 'revoke', reason: 'Awarded in error' } },
    });
    const gone = await browser(on.service).page(revoked.path);
    expect([gone.status, gone.text.includes('not in force')]).toEqual([410, true]);

    const { path } = await offered({ lifetimeDays: 1 });
    now.at = '2026-11-25T03:00:00Z';
    const over = await browser(on.service).page(path);
    expect([over.status, over.text.includes('Its time ended')]).toEqual([410, true]);
    expect((await browser(on.service).form(path, { action: 'json' })).status).toBe(410);
    now.at = '2026-11-24T03:00:00Z';
  });

  it('takes no form from a page of somebody else, and none of another session', async () => {
    const { path, offer } = await offered();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await browser(on.service).form(path, { action: 'notMine' }, headers)).status).toBe(403);
    }
    const maria = browser(on.service);
    await maria.prove(EMAIL);
    expect((await maria.form(path, { action: 'notMine', form: 'x' })).status).toBe(403);
    expect((await maria.form(path, { action: 'notMine' })).status).toBe(403);
    expect((await on.service.app.offers.byId(offer.offerId))!.state).toBe('open');
    expect((await maria.form(path, { action: 'unknown' })).status).toBe(400);
  });
});
