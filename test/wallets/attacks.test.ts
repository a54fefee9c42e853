import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChallenges } from '#challenges';
import { systemClock, systemRandom } from '#kernel';
import { walletKey } from './support/keys.ts';
import {
  http,
  type MadeOffer,
  openWorld,
  type PlainWallet,
  PRE_AUTHORIZED,
  plainWallet,
  postForm,
  postJson,
  SLUG,
  type WalletWorld,
} from './support/world.ts';

const OTHER = 'specimen-other';

let world: WalletWorld;
let wallet: PlainWallet;
let otherKey: string;
beforeAll(async () => {
  world = await openWorld();
  wallet = plainWallet(world);
  otherKey = (await world.institution(OTHER)).issuer;
});
afterAll(() => world.close());

const at = (slug = SLUG) => `${world.publicUrl}/institutions/${slug}/oid4vci`;
/** Badges that were signed for anybody, forms of an award too: each is an entry of the log. */
async function signed(): Promise<number> {
  let [count, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    const found = await world.app.storage.reader.auditEntries(undefined, page);
    count += found.items.filter(({ operation }) => operation === 'credential.issue').length;
    cursor = found.next;
  } while (cursor !== undefined);
  return count;
}

describe('PR-3: a nonce', { timeout: 120_000 }, () => {
  it('is good for one of fifty requests at once, with one signature', async () => {
    const offers = await Promise.all(Array.from({ length: 5 }, () => world.offer()));
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, n) => wallet.token(offers[n % 5]!)));
    const before = await signed();
    const nonce = await wallet.nonce();
    const replies = await Promise.all(
      tokens.map(async (token) => {
        const proofs = { jwt: [await walletKey().proof({ aud: world.issuer, nonce })] };
        return wallet.credential(token, { credential_configuration_id: 'badge.ldp_vc', proofs });
      }),
    );
    const taken = replies.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    for (const { status, body } of replies.filter((one) => !taken.includes(one))) {
      expect([status, body.error, typeof body.c_nonce]).toEqual([400, 'invalid_nonce', 'string']);
    }
    expect(await signed()).toBe(before + 1);
  });

  it('is good for one of fifty copies of one request', async () => {
    const { token, body } = await wallet.ready(await world.offer(), walletKey());
    const replies = await Promise.all(Array.from({ length: 50 }, () => wallet.credential(token, body)));
    expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect((await wallet.credential(token, body)).body.error).toBe('invalid_nonce');
  });

  it('is not lost to a request that fails before it', async () => {
    const key = walletKey();
    const token = await wallet.token(await world.offer());
    const nonce = await wallet.nonce();
    const good = await key.proof({ aud: world.issuer, nonce });
    const bad = await key.proof({ aud: at(OTHER), nonce });
    const id = { credential_configuration_id: 'badge.ldp_vc' };
    expect((await wallet.credential(token, { ...id, proofs: { jwt: [good, bad] } })).body.error).toBe('invalid_proof');
    const unknown = await key.proof({ aud: world.issuer, nonce: `${nonce}x` });
    expect((await wallet.credential(token, { ...id, proofs: { jwt: [good, unknown] } })).body.error).toBe(
      'invalid_nonce',
    );
    expect((await wallet.credential(token, { ...id, proofs: { jwt: [good] } })).status).toBe(200);
  });

  it('is one of this issuer, made for this', async () => {
    const { reader, transactor } = world.app.storage;
    const challenges = createChallenges({ reader, transactor, clock: systemClock, random: systemRandom });
    const { challenge } = await challenges.create(SLUG);
    const token = await wallet.token(await world.offer());
    for (const nonce of [
      challenge,
      await wallet.nonce(OTHER),
      'tatak-nonce-0123456789abcdefghjkmnpqrs',
      'x'.repeat(500),
    ]) {
      const proofs = { jwt: [await walletKey().proof({ aud: world.issuer, nonce })] };
      const reply = await wallet.credential(token, { credential_configuration_id: 'badge.ldp_vc', proofs });
      expect([reply.status, reply.body.error]).toEqual([400, 'invalid_nonce']);
    }
    expect(await challenges.isOpen(challenge)).toBe(true);
  });
});

describe('PR-4: a token', { timeout: 60_000 }, () => {
  const post = async (path: string, body?: object) => {
    const { status, text } = await world.call('POST', path, { key: world.issuerKey, ...(body ? { body } : {}) });
    if (status > 299) throw new Error(text);
  };
  const fall = (credentialId: string) =>
    post(`/v1/credentials/${credentialId}/status`, { action: 'revoke', reason: 'For a test' });

  it.each<[string, (offer: MadeOffer) => Promise<unknown>]>([
    ['withdrawn', ({ offerId }) => post(`/v1/offers/${offerId}/withdraw`)],
    ['locked by wrong codes', ({ offerId }) => Promise.all(wrongCodes(offerId))],
    ['of an award that was revoked', ({ credentialId }) => fall(credentialId)],
  ])('is worth nothing once its offer is %s', async (what, end) => {
    const code = what.startsWith('locked');
    const offer = await world.offer(code ? { confirmation: 'txCode' } : {});
    const token = await wallet.token(offer, code ? { tx_code: offer.txCode! } : {});
    await end(offer);
    const before = await signed();
    const proofs = { jwt: [await walletKey().proof({ aud: world.issuer, nonce: await wallet.nonce() })] };
    const reply = await wallet.credential(token, { credential_configuration_id: 'badge.ldp_vc', proofs });
    expect([reply.status, reply.body.error]).toEqual([400, 'credential_request_denied']);
    expect(await signed()).toBe(before);
  });

  const wrongCodes = (offerId: string) => Array.from({ length: 5 }, () => world.app.offers.tryTxCode(offerId, 'wrong'));

  it('gives one badge to fifty keys at once, and the same again to none after it was revoked', async () => {
    const offer = await world.offer();
    const token = await wallet.token(offer);
    const ask = async () => {
      const proofs = { jwt: [await walletKey().proof({ aud: world.issuer, nonce: await wallet.nonce() })] };
      return { credential_configuration_id: 'badge.ldp_vc', proofs };
    };
    const bodies = await Promise.all(Array.from({ length: 50 }, ask));
    const replies = await Promise.all(bodies.map((body) => wallet.credential(token, body)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await world.app.storage.reader.formsOf(SLUG, offer.credentialId)).toHaveLength(1);
    await fall(offer.credentialId);
    expect((await wallet.credential(token, await ask())).body.error).toBe('credential_request_denied');
  });
});

describe('PR-7: two issuers', () => {
  it('refuse each other’s tokens, proofs, offers and configurations', async () => {
    const achievementId = await world.achievement(otherKey);
    const [here, there] = [await world.offer(), await world.offer({ key: otherKey, achievementId })];
    const before = await signed();
    // The offer of one below the address of the other.
    expect((await http(`${at(OTHER)}/offers/${here.secret}`)).status).toBe(404);
    const { token, body } = await wallet.ready(here, walletKey());
    const crossed = await wallet.credential(token, body, OTHER);
    expect([crossed.status, crossed.body.error]).toEqual([401, 'invalid_token']);
    expect(crossed.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    expect((await postJson(`${at(OTHER)}/deferred`, { transaction_id: 'x' }, token)).status).toBe(401);
    // A good proof for the other issuer.
    const proofs = {
      jwt: [await walletKey().proof({ aud: `${world.publicUrl}/institutions/${OTHER}`, nonce: await wallet.nonce() })],
    };
    expect((await wallet.credential(token, { ...body, proofs })).body.error).toBe('invalid_proof');
    // What only the other issues.
    const name = { credential_configuration_id: `${there.achievementId}.ldp_vc` };
    expect((await wallet.credential(token, { ...body, ...name })).body.error).toBe('unknown_credential_configuration');
    // A code for one, with the other as resource.
    const { grants } = (await wallet.readOffer(here)) as { grants: Record<string, Record<string, string>> };
    const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': grants[PRE_AUTHORIZED]!['pre-authorized_code']! };
    const target = await postForm(`${world.publicUrl}/oauth/token`, {
      ...form,
      resource: `${world.publicUrl}/institutions/${OTHER}`,
    });
    expect([target.status, target.body.error]).toEqual([400, 'invalid_target']);
    expect(await signed()).toBe(before);
  });

  it('take no key of the API, no token in another place and none that is made up', async () => {
    const { token, body } = await wallet.ready(await world.offer(), walletKey());
    const url = `${at()}/credential`;
    for (const authorization of [
      `Bearer ${world.issuerKey}`,
      `Bearer ${world.operatorKey}`,
      'Bearer ',
      `Basic ${token}`,
      `DPoP ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token} ${token}`,
    ]) {
      const reply = await postJson(url, body, undefined, { authorization });
      expect([authorization, reply.status, reply.body.error]).toEqual([authorization, 401, 'invalid_token']);
    }
    const none = await postJson(url, body);
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await postJson(`${url}?access_token=${token}`, body)).status).toBe(401);
    expect((await postJson(url, body, token)).status).toBe(200);
  });
});

describe('PR-8: a request', () => {
  const random = [
    '',
    'x',
    'toString',
    '__proto__',
    'vc+sd-jwt',
    'dc+sd-jwt',
    'mso_mdoc',
    'ldp_vc ',
    'LDP_VC',
    'a'.repeat(199),
  ];

  it('of an unknown format, name, type of proof or member costs no signature, and the offer stays', async () => {
    const key = walletKey();
    const offer = await world.offer();
    const token = await wallet.token(offer);
    const jwt = [await key.proof({ aud: world.issuer, nonce: await wallet.nonce() })];
    const id = { credential_configuration_id: 'badge.ldp_vc' };
    const before = await signed();
    const bodies: object[] = [
      ...random.map((format) => ({ format, proofs: { jwt } })),
      ...random.map((one) => ({ credential_configuration_id: `badge.${one}`, proofs: { jwt } })),
      ...random.map((one) => ({ credential_configuration_id: `${one}.ldp_vc`, proofs: { jwt } })),
      ...random.map((one) => ({ credential_identifier: one, proofs: { jwt } })),
      ...random.map((one) => ({ ...id, proofs: { [`${one}_`]: jwt } })),
      ...random.map((one) => ({ ...id, proof: { proof_type: one, jwt: jwt[0] } })),
      { ...id, proofs: { jwt }, credential_response_encryption: { jwk: {}, alg: 'ECDH-ES', enc: 'A256GCM' } },
      { ...id, proofs: { jwt: [{}] } },
      { ...id, proofs: { jwt: [null] } },
      { ...id, proofs: { di_vp: [null] } },
      { ...id, proofs: null },
    ];
    for (const body of bodies) {
      const reply = await wallet.credential(token, body);
      expect([JSON.stringify(body).slice(0, 80), reply.status]).toEqual([JSON.stringify(body).slice(0, 80), 400]);
      expect(reply.body.error).toMatch(
        /^(?:invalid_(?:credential_request|proof|encryption_parameters)|unknown_credential_)/,
      );
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.text).not.toContain('"credential":');
    }
    expect(await signed()).toBe(before);
    expect((await wallet.credential(token, { ...id, proofs: { jwt } })).status).toBe(200);
  });

  it('that is no JSON, too large or of another media type is refused in the shape of the standard', async () => {
    const token = await wallet.token(await world.offer());
    const url = `${at()}/credential`;
    for (const [text, status] of [
      ['{', 400],
      ['[]', 400],
      ['{"proofs":1,"proofs":2}', 400],
      [`{"a":"${'x'.repeat(300_000)}"}`, 413],
    ] as const) {
      const reply = await postJson(url, text, token);
      expect([reply.status, reply.body.error]).toEqual([status, 'invalid_credential_request']);
    }
    const form = await postForm(url, { a: 'b' });
    expect([form.status, form.body.error]).toEqual([415, 'invalid_credential_request']);
    const nobody = await postJson(`${at('specimen-nobody')}/credential`, {}, token);
    expect([nobody.status, nobody.body.error]).toEqual([401, 'invalid_token']);
    expect((await http(`${at('specimen-nobody')}/nonce`, { method: 'POST' })).status).toBe(404);
    expect((await http(url)).status).toBe(405);
  });

  it('of a wallet in a browser is let in, with its token', async () => {
    for (const endpoint of ['nonce', 'credential', 'deferred', 'notification']) {
      const preflight = await http(`${at()}/${endpoint}`, {
        method: 'OPTIONS',
        headers: { origin: 'https://wallet.example', 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
      expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    }
    const refused = await postJson(`${at()}/credential`, {}, undefined, { origin: 'https://wallet.example' });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });
});
