import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHolder, presentationOf } from '../api/vc-api/holder.ts';
import { mailTo } from '../support/outbox.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { browser, type HolderClient } from './support/client.ts';
import { type HolderWorld, holderWorld } from './support/institutions.ts';

const EMAIL = 'maria@students.example';
let on: HolderWorld;
let log: ResponseLog;
let maria: HolderClient;

beforeAll(async () => {
  on = await holderWorld({
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  const [university, college, centre] = on.institutions;
  await on.classList(university!, `name,email\nMaria Santos,${EMAIL}\n`);
  await on.classList(
    college!,
    `name,email,studentNumber\nMaria Santos,${EMAIL},2026-0042\nPedro,p@x.example,2026-0043\n`,
  );
  await on.classList(college!, 'name,studentNumber\nM. Santos,2026-0042\nPedro,2026-0043\n');
  await on.classList(centre!, 'name,studentNumber\nSomebody Else,2026-0042\n');
  maria = browser(on.service);
}, 120_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
});

const tokenOf = (text: string) => /name="form" value="([^"]*)"/.exec(text)![1]!;
const submit = async (fields: Record<string, string>, path = '/my') => {
  const form = tokenOf((await maria.page('/my')).text);
  return maria.form(path, { form, ...fields });
};

describe('the page of a learner', () => {
  it('begins with an address and a code', async () => {
    const first = await maria.page('/my');
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    expect(first.headers['set-cookie']).toBeUndefined();
    const sent = await maria.form('/my?lang=fil', { action: 'code', email: EMAIL });
    expect(sent.text).toContain('parating na ang code');
    expect(String(sent.headers['set-cookie'])).toMatch(
      /^tatak-holder=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const code = /\b\d{6}\b/.exec((await mailTo(on.service, EMAIL)).text!)![0];
    const before = maria.cookie;
    const wrong = await maria.form('/my', { action: 'confirm', email: EMAIL, code: '12', form: tokenOf(sent.text) });
    expect(wrong.status).toBe(400);
    const done = await maria.form('/my', { action: 'confirm', email: EMAIL, code, form: tokenOf(sent.text) });
    expect([done.status, done.headers.location]).toEqual([303, '/my']);
    // What was in the browser before the proof opens nothing.
    const thief = browser(on.service);
    thief.cookie = before;
    expect((await thief.page('/my')).text).not.toContain(EMAIL);
  });

  it("shows badges by address and by number, each verified, and nobody else's", async () => {
    const { text } = await maria.page('/my');
    expect(text.match(/name="action" value="offer"/g)).toHaveLength(3);
    expect(text).toContain('Student number at Specimen college');
    expect(text).not.toContain('2026-0043');
    expect(text).not.toMatch(/Specimen centre/);
    expect(text).toMatch(/tone-ok/);
  });

  it('evaluates a pathway with them', async () => {
    const { text, status } = await submit({ action: 'evaluate', pathway: on.pathway });
    expect(status).toBe(200);
    expect(text).toContain('Still missing');
    const refused = await submit({ action: 'evaluate', pathwayUrl: 'http://127.0.0.1:1/x' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.text).toContain('could not be evaluated');
    expect((await submit({ action: 'evaluate' })).status).toBe(400);
  });

  it('offers one of them again, and only of them', async () => {
    const { text } = await maria.page('/my');
    const badge = /name="badge" value="([^"]+)"/.exec(text)![1]!;
    const made = await submit({ action: 'offer', badge });
    expect([made.status, String(made.headers.location)]).toEqual([303, expect.stringMatching(/^\/claim\/[\w-]{20,}$/)]);
    expect((await maria.page(String(made.headers.location))).text).toContain('A badge is waiting');
    const [other] = await on.classList(on.institutions[0]!, 'name,email\nPedro,pedro@students.example\n');
    expect((await submit({ action: 'offer', badge: other! })).status).toBe(404);
  });

  it('takes a wallet key only by a presentation for this session, this service and this challenge', async () => {
    const asked = await submit({ action: 'challenge' });
    const [challenge] = /tatak-challenge-\w+/.exec(asked.text)!;
    const domain = on.service.publicUrl;
    const wallet = createHolder();
    const present = (bound: { challenge?: string; domain?: string }) =>
      wallet.present(presentationOf(wallet.did), bound).then((one) => JSON.stringify(one));
    const key = (presentation: string) => submit({ action: 'key', presentation });
    const bad = [
      await present({ challenge, domain: 'https://elsewhere.example' }),
      await present({ challenge: 'another challenge', domain }),
      await present({ challenge }),
      JSON.stringify(presentationOf(wallet.did)),
      JSON.stringify({ ...JSON.parse(await present({ challenge, domain })), holder: 'did:key:z6MkOther' }),
      ...['', '{', '[]', 'not JSON', `"${'x'.repeat(1_000)}"`],
    ];
    for (const one of bad) expect([one.slice(0, 30), (await key(one)).status]).toEqual([one.slice(0, 30), 400]);
    expect((await maria.page('/my')).text).not.toContain(wallet.did);

    // Of another session: the challenge there is another.
    const thief = browser(on.service);
    await thief.prove('thief@students.example');
    await thief.call('POST', '/holder/challenges');
    const good = await present({ challenge, domain });
    expect((await thief.call('POST', '/holder/keys', { presentation: JSON.parse(good) })).status).toBe(400);

    const both = await Promise.all(
      [1, 2, 3, 4].map(() => maria.call('POST', '/holder/keys', { presentation: JSON.parse(good) })),
    );
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    const { cookie } = both
      .map(({ headers }) => ({ cookie: /=([\w-]{43});/.exec(String(headers['set-cookie'] ?? ''))?.[1] }))
      .find(({ cookie }) => cookie)!;
    maria.cookie = cookie;
    expect((await maria.page('/my')).text).toContain(wallet.did);
    // PR-1: the same presentation again.
    expect((await key(good)).status).toBe(400);
  });

  it('answers nobody in the name of another page', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect((await maria.form('/my', { action: 'signOut' }, headers)).status).toBe(403);
    }
    expect((await maria.form('/my', { action: 'signOut', form: 'x' })).status).toBe(403);
    expect((await maria.call('DELETE', '/holder', undefined, { origin: 'https://elsewhere.example' })).status).toBe(
      403,
    );
    const stranger = { origin: 'https://elsewhere.example' };
    expect((await maria.call('POST', '/holder/codes', { email: EMAIL }, stranger)).status).toBe(403);
    expect((await maria.call('GET', '/holder')).status).toBe(200);
    const { headers } = await on.service.server
      .inject({ url: '/holder', headers: { origin: 'https://elsewhere.example' } })
      .then((answer) => ({ headers: answer.headers }));
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('says the same of an address that is known and of one that is not', async () => {
    const shape = async (email: string) => {
      const client = browser(on.service);
      const { status, text, headers } = await client.form('/my', { action: 'code', email });
      const volatile = ['x-request-id', 'date', 'set-cookie', 'content-length'];
      const kept = Object.entries(headers).filter(([name]) => !volatile.includes(name));
      return JSON.stringify([status, kept, text.replaceAll(email, 'E').replace(/name="form" value="[^"]*"/g, '')]);
    };
    expect(await shape('p@x.example')).toBe(await shape('q@x.example'));
    // Both get their mail, in whatever order.
    for (const email of ['p@x.example', 'q@x.example']) await mailTo(on.service, email);
  });

  it('is left with nothing behind', async () => {
    const { text } = await submit({ action: 'signOut' });
    expect(text).toContain('signed out');
    expect((await maria.page('/my')).text).not.toContain(EMAIL);
    expect((await maria.call('GET', '/holder')).status).toBe(401);
  });
});
