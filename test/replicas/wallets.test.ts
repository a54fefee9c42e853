import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createHolder } from '../api/vc-api/holder.ts';
import { browser } from '../holders/support/client.ts';
import { newBrowser } from '../oauth/support/browser.ts';
import { authorization, authorizeUrl, pkce, register, tokenByCode } from '../oauth/support/wallet.ts';
import { form, PRE_AUTHORIZED, redeem, SLUG } from '../oauth/support/world.ts';
import { createWallet, dataIntegrityKeys } from '../presentation-requests/support/wallet.ts';
import { mailTo, outbox } from '../support/outbox.ts';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';
import type { TestService } from '../support/service.ts';
import { walletKey } from '../wallets/support/keys.ts';

// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

const server = usePostgres();
let replicas: Replicas;
let a: TestService;
let b: TestService;
let issuerKey: string;
let achievementId: string;

beforeAll(async () => {
  const rateLimits = { address: 1e9, key: 1e9, expensive: 1e9, guesses: 1e9 };
  replicas = await openReplicas({ databaseUrl: await server().database(), overrides: { rateLimits } });
  [a, b] = replicas.all as [TestService, TestService];
  ({ issuer: issuerKey } = await a.institution(SLUG));
  const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
  achievementId = (await must(a, '/v1/achievements', { achievement })).achievementId;
}, 60_000);
afterAll(async () => {
  expect(await a.app.storage.integrity()).toEqual([]);
  await replicas.close();
});

async function must(on: TestService, url: string, body: object): Promise<Said> {
  const made = await on.call<Said>('POST', url, { key: issuerKey, body });
  if (made.status > 299) throw new Error(`${url}: ${made.status} ${made.text}`);
  return made.body;
}

let learners = 0;
interface Offered {
  credentialId: string;
  offerId: string;
  secret: string;
  email: string;
}
/** A new award, and an offer of it that is made on the other replica. */
async function offered(confirmation: 'none' | 'email' = 'none'): Promise<Offered> {
  const email = `learner-${++learners}@students.example`;
  const issued = await must(a, '/v1/credentials', { achievementId, recipients: [{ name: 'Maria Specimen', email }] });
  const credentialId = issued.credentials[0].id as string;
  const { id: offerId, claimUrl } = await must(b, '/v1/offers', { credentialId, confirmation });
  return { credentialId, offerId, email, secret: claimUrl.split('/').at(-1) };
}

const post = (on: TestService, url: string, body: object, token?: string) =>
  on.call<Said>('POST', url, { body, ...(token === undefined ? {} : { key: token }) });
const wallets = `/institutions/${SLUG}/oid4vci`;
const codeOf = async (on: TestService, { secret }: Offered): Promise<string> =>
  (await on.call<Said>('GET', `${wallets}/offers/${secret}`)).body.grants[PRE_AUTHORIZED]['pre-authorized_code'];
const nonceOf = async (on: TestService): Promise<string> =>
  (await on.call<Said>('POST', `${wallets}/nonce`)).body.c_nonce;
const requestOf = async (nonce: string, key = walletKey()) => ({
  credential_configuration_id: 'badge.ldp_vc',
  proofs: { jwt: [await key.proof({ aud: `${replicas.publicUrl}/institutions/${SLUG}`, nonce })] },
});
/** Ten at once on each. */
const onBoth = <T>(work: (on: TestService, nth: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, nth) => work(nth % 2 ? a : b, nth)));
const formsOf = ({ credentialId }: Offered) => b.app.storage.reader.formsOf(SLUG, credentialId);

describe('OpenID4VCI on two replicas', () => {
  it('pre-authorized: offer on one, token on the other, and so on to the notification', async () => {
    const offer = await offered();
    const code = await codeOf(a, offer);
    const token = (await redeem(b, code)).body.access_token;
    const body = await requestOf(await nonceOf(a));
    const given = await post(b, `${wallets}/credential`, body, token);
    expect(given.status, given.text).toBe(200);
    const [form] = await formsOf(offer);
    expect(given.text).toContain(form!.signed!);
    const { notification_id } = given.body;
    const told = await post(a, `${wallets}/notification`, { notification_id, event: 'credential_accepted' }, token);
    expect(told.status, told.text).toBe(204);
    const { body: read } = await b.call<Said>('GET', `/v1/offers/${offer.offerId}`, { key: issuerKey });
    expect(read).toMatchObject({ state: 'taken', takenBy: 'oid4vci', acceptedAt: expect.any(String) });
  });

  it('gives one token for a code that both are shown at once', async () => {
    const code = await codeOf(a, await offered());
    const answers = await onBoth((on) => redeem(on, code));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19);
  });

  it('takes a nonce once, of requests that are good but for that', async () => {
    const offer = await offered();
    const token = (await redeem(a, await codeOf(b, offer))).body.access_token;
    const nonce = await nonceOf(b);
    const key = walletKey();
    const bodies = await Promise.all(Array.from({ length: 20 }, () => requestOf(nonce, key)));
    const answers = await onBoth((on, nth) => post(on, `${wallets}/credential`, bodies[nth]!, token));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_nonce')).toHaveLength(19);
    expect(await formsOf(offer)).toHaveLength(1);
  });

  it('gives an offer to one of the wallets that ask for it at once', async () => {
    const offer = await offered();
    const keys = Array.from({ length: 20 }, () => walletKey());
    const ready = await onBoth(async (on, nth) => ({
      token: (await redeem(on, await codeOf(on, offer))).body.access_token as string,
      body: await requestOf(await nonceOf(on), keys[nth]),
    }));
    const answers = await onBoth((on, nth) => post(on, `${wallets}/credential`, ready[nth]!.body, ready[nth]!.token));
    const won = answers.flatMap(({ status }, nth) => (status === 200 ? [keys[nth]!.did.key] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'credential_request_denied')).toHaveLength(19);
    expect((await formsOf(offer)).map(({ recipient }) => recipient.subjectId)).toEqual(won);
  });

  it('authorization code: pushed on one, agreed on both, token on the other', async () => {
    const offer = await offered('email');
    const { body: client } = await register(a);
    const { verifier, challenge } = pkce();
    const pushed = await form(a, '/oauth/par', authorization(client.client_id, offer.secret, challenge));
    expect(pushed.status, JSON.stringify(pushed.body)).toBe(201);
    // One browser: its requests go to one replica or the other.
    const [onA, onB] = [newBrowser(a), newBrowser(b)];
    const same = <T extends { cookies: object[] }>(browser: T, other: T): T => {
      browser.cookies.splice(0, browser.cookies.length, ...other.cookies);
      return browser;
    };
    const url = authorizeUrl({ client_id: client.client_id, request_uri: pushed.body.request_uri });
    const begun = await onB.get(url);
    const page = await same(onA, onB).get(begun.location!);
    const before = (await mails(offer.email)).length;
    const sent = await onA.submit(page, 'send');
    const code = /\b\d{6}\b/.exec(await newMail(offer.email, before))![0];
    const confirmed = await same(onB, onA).submit(sent, 'confirm', { code });
    const agreeing = await same(onA, onB).get(confirmed.location!);
    const decided = await onA.submit(agreeing, 'allow');
    const back = new URL((await same(onB, onA).get(decided.location!)).location!);
    const fields = { client_id: client.client_id, code: back.searchParams.get('code')!, code_verifier: verifier };
    const answers = await onBoth((on) => tokenByCode(on, fields));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(19);
    // Used twice: whoever holds the token may be a thief (RFC 6749, 4.1.2).
    const { access_token } = answers.find(({ status }) => status === 200)!.body;
    await tokenByCode(a, fields);
    const refused = await post(b, `${wallets}/credential`, await requestOf(await nonceOf(a)), access_token);
    expect(refused.status).toBe(401);
    expect(await formsOf(offer)).toEqual([]);
  });

  it('authorization code: a token of one is good on the other', async () => {
    const offer = await offered('email');
    const { body: client } = await register(b);
    const { verifier, challenge } = pkce();
    const who = newBrowser(a);
    const begun = await who.get(authorizeUrl(authorization(client.client_id, offer.secret, challenge)));
    const before = (await mails(offer.email)).length;
    const sent = await who.submit(await who.get(begun.location!), 'send');
    const code = /\b\d{6}\b/.exec(await newMail(offer.email, before))![0];
    const page = await who.get((await who.submit(sent, 'confirm', { code })).location!);
    const back = new URL((await who.get((await who.submit(page, 'allow')).location!)).location!);
    const fields = { client_id: client.client_id, code: back.searchParams.get('code')!, code_verifier: verifier };
    const { body } = await tokenByCode(b, fields);
    const asked = { ...(await requestOf(await nonceOf(b))) };
    const given = await post(a, `${wallets}/credential`, asked, body.access_token);
    expect(given.status, given.text).toBe(200);
    expect(await formsOf(offer)).toHaveLength(1);
  });
});

/** Either replica may have sent it. */
async function mails(email: string) {
  return (await Promise.all([a, b].map((on) => outbox(on, email)))).flat();
}
async function newMail(email: string, before: number): Promise<string> {
  const known = await Promise.all([a, b].map(async (on) => (await outbox(on, email)).length));
  if (known[0]! + known[1]! > before) return (await mails(email)).at(-1)!.text!;
  return (await Promise.any([mailTo(a, email, known[0]), mailTo(b, email, known[1])])).text!;
}

describe('an exchange of the VC API on two replicas', () => {
  const V2 = 'https://www.w3.org/ns/credentials/v2';
  const at = ({ secret }: Offered) => `/vc-api/workflows/claim/exchanges/${secret}`;
  const answerBy = (holder: ReturnType<typeof createHolder>, asked: Said): Promise<JsonObject> =>
    holder.present({ '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did }, asked);

  it('asks on one and is answered on the other', async () => {
    const offer = await offered();
    const asked = (await post(a, at(offer), {})).body.verifiablePresentationRequest;
    const holder = createHolder();
    const given = await post(b, at(offer), { verifiablePresentation: await answerBy(holder, asked) });
    expect(given.status, given.text).toBe(200);
    const [form] = await formsOf(offer);
    expect([form!.recipient.subjectId, given.text.includes(form!.signed!)]).toEqual([holder.did, true]);
    expect(await post(a, at(offer), {})).toMatchObject({ status: 200, body: {} });
  });

  it('has one winner among answers to both at once', async () => {
    const offer = await offered();
    const asked = (await post(a, at(offer), {})).body.verifiablePresentationRequest;
    const holders = Array.from({ length: 20 }, () => createHolder());
    const answers = await Promise.all(holders.map((holder) => answerBy(holder, asked)));
    const said = await onBoth((on, nth) => post(on, at(offer), { verifiablePresentation: answers[nth]! }));
    const won = said.flatMap(({ status }, nth) => (status === 200 ? [holders[nth]!.did] : []));
    expect(won).toHaveLength(1);
    for (const { status } of said) expect([200, 400, 409, 410]).toContain(status);
    expect((await formsOf(offer)).map(({ recipient }) => recipient.subjectId)).toEqual(won);
  });

  it('is taken by one of two doors', async () => {
    const offer = await offered();
    const asked = (await post(b, at(offer), {})).body.verifiablePresentationRequest;
    const verifiablePresentation = await answerBy(createHolder(), asked);
    const token = (await redeem(b, await codeOf(b, offer))).body.access_token;
    const body = await requestOf(await nonceOf(b));
    const answers = await Promise.all([
      post(a, at(offer), { verifiablePresentation }),
      post(b, `${wallets}/credential`, body, token),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await formsOf(offer)).toHaveLength(1);
  });
});

describe('a learner on two replicas', () => {
  it('confirms on one the code that was asked for on the other, once', async () => {
    const email = `learner-${++learners}@students.example`;
    const first = browser(a);
    const asked = await first.call('POST', '/holder/codes', { email });
    expect(asked.status, asked.text).toBe(202);
    const code = /\b\d{6}\b/.exec(await newMail(email, 0))![0];
    const tries = await onBoth(async (on) => {
      const same = browser(on);
      same.cookie = first.cookie;
      return same.call('POST', '/holder/codes/confirmations', { email, code });
    });
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('OpenID4VP on two replicas', () => {
  it('is asked on one, answered on the other, and read on the first; one answer of many at once', async () => {
    const keys = dataIntegrityKeys(replicas.publicUrl);
    const body = { achievementId, recipients: [{ subjectId: keys.did }] };
    const [{ credential }] = (await must(b, '/v1/credentials', body)).credentials;
    const asking = { badges: [{ achievement: `${replicas.publicUrl}/achievements/${achievementId}` }] };
    const request = (await a.call<Said>('POST', '/v1/presentation-requests', { body: asking })).body;
    const wallet = createWallet(b.server);
    const asked = await wallet.resolve(request.links.other);
    const vp_token = await wallet.vpToken(asked, [credential], keys);
    const payload = new URLSearchParams({ vp_token: JSON.stringify(vp_token), state: asked.payload.state }).toString();
    const url = new URL(asked.payload.response_uri).pathname;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = await onBoth((on) => on.server.inject({ method: 'POST', url, headers, payload }));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const read = await a.call<Said>('GET', `/v1/presentation-requests/${request.requestId}`, {
      headers: { transaction: request.transaction },
    });
    expect(read.body).toMatchObject({
      stage: 'answered',
      badges: [{ holder: keys.did, report: { verdict: 'valid' } }],
    });
  });
});
