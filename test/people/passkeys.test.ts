import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbox } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';
import { Authenticator, type Flaws } from './support/authenticator.ts';
import { Browser, type Officer, officer, until } from './support/officer.ts';

let service: TestService;
let one: Officer;
let other: Officer;
beforeAll(async () => {
  service = await openService();
  await service.institution('specimen-college');
  const roles = [{ institution: 'specimen-college', role: 'issuer' as const }];
  one = await officer(service, { email: 'one@college.example', person: 's-1', roles });
  other = await officer(service, { email: 'two@college.example', person: 's-2', roles }, 'EdDSA');
});
afterAll(() => service.close());

const use = (browser: Browser, credential: object) => browser.send('POST', '/v1/session/passkey', { credential });

describe('an assertion', () => {
  it('signs in once: the same again, and the same in another browser, do not', async () => {
    const browser = new Browser(service);
    const credential = one.authenticator.get(await browser.options('use'));
    const stranger = new Browser(service);
    await stranger.options('use');
    expect((await use(stranger, credential)).status).toBe(401);
    expect((await use(browser, credential)).status).toBe(200);
    expect((await use(browser, credential)).status).toBe(401);
  });

  it('of two at once over one challenge signs in one', async () => {
    const browser = new Browser(service);
    const options = await browser.options('use');
    const [first, second] = [one.authenticator.get(options), one.authenticator.get(options)];
    const answers = await Promise.all([use(browser, first), use(browser, second), use(browser, second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  const FLAWS: [string, Flaws][] = [
    ['of a page of another origin', { origin: 'https://tatak.evil.example' }],
    ['of another port', { origin: 'http://localhost:1' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['of a registration', { type: 'webauthn.create' }],
    ['over a challenge that was never given', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['without user verification', { userVerified: false }],
    ['without presence', { userPresent: false }],
    ['from a frame of another page', { crossOrigin: true }],
    ['for another account', { userHandle: Buffer.from('0123456789abcdefghjkmnpqrs').toString('base64url') }],
    ['with a signature over other bytes', { forge: true }],
    ['whose counter went back', { counter: 1 }],
  ];
  it.each(FLAWS)('%s is refused', async (_, flaws) => {
    const browser = new Browser(service);
    // What the counter has to go back from.
    expect((await browser.usePasskey(one.authenticator)).status).toBe(200);
    const again = new Browser(service);
    const answer = await use(again, one.authenticator.get(await again.options('use'), flaws));
    expect([answer.status, answer.body.detail]).toEqual([401, 'this passkey does not sign in here']);
    expect((await again.session()).status).toBe(401);
  });

  it('that names the passkey of another account is refused, and so is one of a stranger', async () => {
    const browser = new Browser(service);
    const { id } = other.authenticator;
    expect((await use(browser, one.authenticator.get(await browser.options('use'), { id }))).status).toBe(401);
    const stranger = new Authenticator(service.publicUrl);
    expect((await use(browser, stranger.get(await browser.options('use')))).status).toBe(401);
    const noHandle = other.authenticator.get(await browser.options('use'));
    delete (noHandle.response as { userHandle?: string }).userHandle;
    // The handle may be missing; that is all that may.
    expect((await use(browser, noHandle)).status).toBe(200);
    expect((await browser.session()).body.account.email).toBe('two@college.example');
  });

  it('uses its challenge up even when it is refused', async () => {
    const browser = new Browser(service);
    const options = await browser.options('use');
    expect((await use(browser, one.authenticator.get(options, { forge: true }))).status).toBe(401);
    expect((await use(browser, one.authenticator.get(options))).status).toBe(401);
  });

  it('that is nonsense is a bad request or refused, never a fault', async () => {
    const browser = new Browser(service);
    const good = one.authenticator.get(await browser.options('use'));
    for (const change of [
      { clientDataJSON: 'AA' },
      { clientDataJSON: Buffer.from('{"challenge":7}').toString('base64url') },
      { authenticatorData: 'AA' },
      { signature: 'AA' },
    ]) {
      const answer = await use(browser, { ...good, response: { ...good.response, ...change } });
      expect([change, answer.status]).toEqual([change, 401]);
    }
    expect((await use(browser, { ...good, tenant: 'x' })).status).toBe(400);
  });
});

describe('a new passkey', () => {
  const fresh = () => new Authenticator(service.publicUrl);
  const add = (browser: Browser, credential: object, name = 'Key') =>
    browser.send('POST', '/v1/session/passkeys', { name, credential });

  it('is added by whoever used one, under a name, and can be removed again; the last one stays', async () => {
    const second = fresh();
    expect((await one.browser.addPasskey(second, 'Phone')).status).toBe(201);
    expect((await one.browser.send('GET', '/account')).text).toContain('Phone');
    const back = new Browser(service);
    expect((await back.usePasskey(second)).status).toBe(200);
    const remove = (id: string) => back.form('/account', { action: 'removePasskey', id });
    expect((await remove(other.authenticator.id)).status).toBe(404);
    expect((await remove(second.id)).status).toBe(303);
    expect((await remove(one.authenticator.id)).status).toBe(409);
    expect((await new Browser(service).usePasskey(second)).status).toBe(401);
    expect((await new Browser(service).usePasskey(one.authenticator)).status).toBe(200);
    // The device that is given up may have had a session of its own.
    expect([(await one.browser.session()).status, (await back.session()).status]).toEqual([401, 200]);
    expect((await one.browser.usePasskey(one.authenticator)).status).toBe(200);
    for (const said of ['was added to your account', 'was removed from your account']) {
      await until(said, async () =>
        (await outbox(service, 'one@college.example')).find(({ text = '' }) => text.includes(said)),
      );
    }
  });

  it('is not added by a link once there is one', async () => {
    const browser = new Browser(service);
    await browser.signInByLink('one@college.example');
    const asked = await browser.send('POST', '/v1/session/passkey-challenge', { purpose: 'add' });
    expect([asked.status, asked.body.type]).toEqual([403, 'urn:tatak:problem:forbidden']);
    expect((await browser.form('/account', { action: 'removePasskey', id: one.authenticator.id })).status).toBe(403);
    // With the passkey the same browser may.
    expect((await browser.usePasskey(one.authenticator)).status).toBe(200);
    expect((await browser.session()).body.assurance).toBe('passkey');
  });

  it('is added by a session only, with a challenge of that session', async () => {
    const nobody = new Browser(service);
    expect((await nobody.send('POST', '/v1/session/passkey-challenge', { purpose: 'add' })).status).toBe(401);
    const options = await one.browser.options('add');
    expect((await add(nobody, fresh().create(options))).status).toBe(401);
    expect((await add(other.browser, fresh().create(options))).status).toBe(400);
    const login = await one.browser.options('use');
    expect((await add(one.browser, fresh().create({ ...options, challenge: login.challenge }))).status).toBe(400);
  });

  const FLAWS: [string, Flaws][] = [
    ['another origin', { origin: 'https://tatak.evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['an assertion', { type: 'webauthn.get' }],
    ['no user verification', { userVerified: false }],
    ['a frame', { crossOrigin: true }],
  ];
  it.each(FLAWS)('of %s is refused', async (_, flaws) => {
    const answer = await add(one.browser, fresh().create(await one.browser.options('add'), flaws));
    expect([answer.status, answer.body.pointer]).toEqual([400, '/credential']);
  });

  it('with an attestation that names certificates is refused: nothing is fetched for it', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const x5c = publicKey.export({ format: 'der', type: 'spki' });
    for (const [fmt, attStmt] of [
      [
        'packed',
        new Map<string, unknown>([
          ['alg', -7],
          ['sig', Buffer.alloc(8)],
          ['x5c', x5c],
        ]),
      ],
      ['apple', new Map<string, unknown>([['x5c', x5c]])],
      ['fido-u2f', new Map<string, unknown>([['sig', Buffer.alloc(8)]])],
    ] as const) {
      const credential = fresh().create(await one.browser.options('add'), {}, { fmt, attStmt });
      expect([fmt, (await add(one.browser, credential)).status]).toEqual([fmt, 400]);
    }
  });

  it('belongs to one account', async () => {
    const credential = one.authenticator.create(await other.browser.options('add'));
    expect((await add(other.browser, credential)).status).toBe(409);
    expect((await add(one.browser, fresh().create(await one.browser.options('add')), ' ')).status).toBe(400);
  });
});
