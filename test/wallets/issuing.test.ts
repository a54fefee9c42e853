import { decodeProtectedHeader, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { readPublicKey } from '#keystore';
import { configurationId, DESCRIBED } from '../../src/wallets/configurations.ts';
import { presentationProof, type WalletKey, walletKey } from './support/keys.ts';
import {
  http,
  openWorld,
  type PlainWallet,
  PRE_AUTHORIZED,
  plainWallet,
  postJson,
  SLUG,
  type WalletWorld,
} from './support/world.ts';

let world: WalletWorld;
let wallet: PlainWallet;
/** How far the clock of the service is behind. */
let behind = 0;
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => new Date(Date.now() - behind) } });
  wallet = plainWallet(world);
});
afterAll(() => world.close());

const at = (slug = SLUG) => `${world.publicUrl}/institutions/${slug}/oid4vci`;
/** Forms that were signed for holders, which the web copies are not. */
const subjectsOf = (reply: { body: JsonObject }) =>
  ((reply.body.credentials ?? []) as { credential: JsonObject }[]).map(
    ({ credential }) => (credential.credentialSubject as JsonObject).id,
  );
const proof = async (key: WalletKey, more: object = {}) =>
  key.proof({ aud: world.issuer, nonce: await wallet.nonce(), ...more });

describe('metadata', () => {
  it('is at both addresses, for the exact issuer, and says what can be asked for', async () => {
    const path = `/institutions/${SLUG}`;
    const inserted = await http(`${world.publicUrl}/.well-known/openid-credential-issuer${path}`);
    const below = await http(`${world.publicUrl}${path}/.well-known/openid-credential-issuer`);
    expect(below.text).toBe(inserted.text);
    expect(inserted.headers.get('content-type')).toBe('application/json');
    expect(inserted.headers.get('access-control-allow-origin')).toBe('*');
    const metadata = inserted.body;
    expect(metadata.credential_issuer).toBe(world.issuer);
    expect(metadata.authorization_servers).toEqual([world.publicUrl]);
    const configurations = Object.entries(metadata.credential_configurations_supported as Record<string, JsonObject>);
    expect(configurations.map(([id]) => id)).toEqual([
      'badge.ldp_vc',
      'badge.jwt_vc_json',
      configurationId(world.achievementId, 'ldp_vc'),
      configurationId(world.achievementId, 'jwt_vc_json'),
    ]);
    for (const [, one] of configurations) {
      expect(one.credential_metadata).toBeDefined();
      expect(one.cryptographic_binding_methods_supported).toEqual(['did:key', 'did:jwk', 'jwk']);
      expect(Object.keys(one.proof_types_supported as object)).toEqual(['jwt', 'di_vp']);
      expect(JSON.stringify(one)).not.toContain('Ed25519Signature2018');
    }
    const server = await http(`${world.publicUrl}/.well-known/oauth-authorization-server`);
    expect([server.body.issuer, server.body.token_endpoint]).toEqual([world.publicUrl, metadata.token_endpoint]);
    expect((await http(`${world.publicUrl}/.well-known/openid-credential-issuer/institutions/nobody`)).status).toBe(
      404,
    );
  });

  it('is signed for whoever wants that, by a key of the DID', async () => {
    const headers = { accept: 'application/jwt' };
    const signed = await http(`${world.publicUrl}/.well-known/openid-credential-issuer/institutions/${SLUG}`, {
      headers,
    });
    expect(signed.headers.get('content-type')).toBe('application/jwt');
    const { kid, typ } = decodeProtectedHeader(signed.text);
    expect(typ).toBe('openidvci-issuer-metadata+jwt');
    const { body: did } = await world.call<{ verificationMethod: { id: string; publicKeyMultibase: string }[] }>(
      'GET',
      `/institutions/${SLUG}/did.json`,
    );
    const { publicKeyMultibase } = did.verificationMethod.find(({ id }) => id === kid)!;
    const key = await importJWK(readPublicKey(publicKeyMultibase).jwk as never, 'EdDSA');
    const { payload } = await jwtVerify<JWTPayload & JsonObject>(signed.text, key);
    expect([payload.sub, payload.credential_issuer]).toEqual([world.issuer, world.issuer]);
    expect(payload.iat).toBeGreaterThan(0);
    expect(payload.credential_configurations_supported).toBeDefined();
  });

  it('stays small for an institution with many achievements, and all can be claimed', async () => {
    const { issuer: key } = await world.institution('specimen-large');
    let last = '';
    for (let n = 0; n <= DESCRIBED; n++) last = await world.achievement(key, `SPECIMEN Course ${n}`);
    const found = await http(`${world.publicUrl}/.well-known/openid-credential-issuer/institutions/specimen-large`);
    const ids = Object.keys(found.body.credential_configurations_supported as object);
    expect(ids).toHaveLength(2 + 2 * DESCRIBED);
    expect(found.text.length).toBeLessThan(150_000);
    // Whether an achievement is described is a matter of its id; its badge can be claimed either way.
    const offer = await world.offer({ key, achievementId: last });
    const { credential_configuration_ids: offered } = (await wallet.readOffer(offer, 'specimen-large')) as {
      credential_configuration_ids: string[];
    };
    expect(offered.every((id) => ids.includes(id))).toBe(true);
  });
});

describe('an offer', () => {
  it('has a code of its own each time, is kept by nobody and is not known by another name', async () => {
    const offer = await world.offer();
    const url = `${at()}/offers/${offer.secret}`;
    const [one, two] = [await http(url), await http(url)];
    expect(one.headers.get('cache-control')).toBe('no-store');
    const codeIn = ({ body }: { body: JsonObject }) =>
      (body.grants as Record<string, JsonObject>)[PRE_AUTHORIZED]!['pre-authorized_code'];
    expect(codeIn(one)).not.toBe(codeIn(two));
    await world.institution('specimen-second');
    expect((await http(`${at('specimen-second')}/offers/${offer.secret}`)).status).toBe(404);
    expect((await http(`${at()}/offers/${'0'.repeat(32)}`)).status).toBe(404);
    const picture = await http(`${url}/qr.svg`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(picture.text).toMatch(/^<svg /);
  });

  it('PR-5: that mail confirms gives no code to whoever has the link', async () => {
    const offer = await world.offer({ confirmation: 'email' });
    const { grants } = (await wallet.readOffer(offer)) as { grants: JsonObject };
    expect(Object.keys(grants)).toEqual(['authorization_code']);
    const coded = await world.offer({ confirmation: 'txCode' });
    const asked = (await wallet.readOffer(coded)) as { grants: Record<string, JsonObject> };
    expect(asked.grants[PRE_AUTHORIZED]!.tx_code).toMatchObject({
      input_mode: 'numeric',
      length: coded.txCode!.length,
    });
    expect(JSON.stringify(asked)).not.toContain(coded.txCode);
  });

  it('is not found once it was withdrawn or taken', async () => {
    const offer = await world.offer();
    const { token, body } = await wallet.ready(offer, walletKey());
    expect((await wallet.credential(token, body)).status).toBe(200);
    expect((await http(`${at()}/offers/${offer.secret}`)).status).toBe(404);
  });
});

describe('a badge', () => {
  it('is given byte for byte as it is stored, and to the same keys again', async () => {
    const key = walletKey();
    const offer = await world.offer();
    const { token, body } = await wallet.ready(offer, key);
    const first = await wallet.credential(token, body);
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const [form] = (first.body.credentials as { credential: JsonObject }[]).map(({ credential }) => credential);
    const published = await http(String(form!.id), { headers: { accept: 'application/vc' } });
    expect(first.text).toContain(`{"credential":${published.text}}`);
    const again = { ...body, proofs: { jwt: [await proof(key)] } };
    const second = await wallet.credential(token, again);
    expect(second.text).toBe(first.text);
    const named = { ...again, credential_configuration_id: configurationId(offer.achievementId, 'jwt_vc_json') };
    const asToken = await wallet.credential(token, { ...named, proofs: { jwt: [await proof(key)] } });
    expect(asToken.status).toBe(200);
    const other = await wallet.credential(token, { ...body, proofs: { jwt: [await proof(walletKey())] } });
    expect([other.status, other.body.error]).toEqual([400, 'credential_request_denied']);
  });

  it('is given for presentations as proofs', async () => {
    const keys = [walletKey(), walletKey('P-256')];
    const token = await wallet.token(await world.offer());
    const asked = { challenge: await wallet.nonce(), domain: world.issuer };
    const proofs = { di_vp: [await presentationProof(keys[0]!, asked), await presentationProof(keys[1]!, asked)] };
    const reply = await wallet.credential(token, { credential_configuration_id: 'badge.ldp_vc', proofs });
    expect(reply.status, reply.text).toBe(200);
    expect(subjectsOf(reply)).toEqual(keys.map(({ did }) => did.key));
  });

  it('is one for each key, however many proofs show it, and in whichever order', async () => {
    const [one, two] = [walletKey(), walletKey()] as const;
    const token = await wallet.token(await world.offer());
    const nonce = await wallet.nonce();
    const id = { credential_configuration_id: 'badge.ldp_vc' };
    const jwt = [one, two, one].map((key) => key.proof({ aud: world.issuer, nonce }));
    const reply = await wallet.credential(token, { ...id, proofs: { jwt: await Promise.all(jwt) } });
    expect(subjectsOf(reply)).toEqual([one.did.key, two.did.key]);
    const turned = await wallet.credential(token, { ...id, proofs: { jwt: [await proof(two), await proof(one)] } });
    expect(subjectsOf(turned)).toEqual([two.did.key, one.did.key]);
    const fewer = await wallet.credential(token, { ...id, proofs: { jwt: [await proof(one)] } });
    expect(fewer.body.error).toBe('credential_request_denied');
  });
});

describe('a badge that cannot be signed now', () => {
  it('is promised, and given later to the keys that were proven', async () => {
    const key = walletKey();
    const offer = await world.offer();
    const { token, body } = await wallet.ready(offer, key);
    behind = 150_000;
    const now = Math.floor(Date.now() / 1_000) - 150;
    const early = await key.proof({ aud: world.issuer, nonce: await wallet.nonce(), now });
    const promised = await wallet.credential(token, { ...body, proofs: { jwt: [early] } });
    expect(promised.status, promised.text).toBe(202);
    const { transaction_id, interval } = promised.body;
    expect([typeof transaction_id, typeof interval]).toEqual(['string', 'number']);
    const ask = (id: unknown, by = token) => postJson(`${at()}/deferred`, { transaction_id: id }, by);
    const waiting = await ask(transaction_id);
    expect([waiting.status, waiting.body]).toEqual([202, promised.body]);
    // Not an answer yet, so there is nothing to notify of.
    const early2 = { notification_id: transaction_id, event: 'credential_accepted' };
    expect((await postJson(`${at()}/notification`, early2, token)).body.error).toBe('invalid_notification_id');
    behind = 0;
    const other = await wallet.credential(token, { ...body, proofs: { jwt: [await proof(walletKey())] } });
    expect(other.body.error).toBe('credential_request_denied');
    const stranger = await wallet.token(await world.offer());
    expect((await ask(transaction_id, stranger)).body.error).toBe('invalid_transaction_id');
    expect((await ask('nothing')).body.error).toBe('invalid_transaction_id');
    expect((await ask(5)).body.error).toBe('invalid_credential_request');
    const given = await ask(transaction_id);
    expect(given.status, given.text).toBe(200);
    expect(subjectsOf(given)).toEqual([key.did.key]);
    // An answer may be lost: until the wallet says that it has it.
    expect((await ask(transaction_id)).text).toBe(given.text);
    const kept = { notification_id: given.body.notification_id, event: 'credential_accepted' };
    for (let n = 0; n < 2; n++) expect((await postJson(`${at()}/notification`, kept, token)).status).toBe(204);
    expect((await ask(transaction_id)).body.error).toBe('invalid_transaction_id');
    const seen = await world.call<{ state: string; acceptedAt?: string }>('GET', `/v1/offers/${offer.offerId}`, {
      key: world.issuerKey,
    });
    expect(seen.body).toMatchObject({ state: 'taken', acceptedAt: expect.any(String) });
  });
});

describe('a notification', () => {
  it('is refused for what was not issued, for other tokens and for other events', async () => {
    const { token, body } = await wallet.ready(await world.offer(), walletKey());
    const issued = await wallet.credential(token, body);
    const say = (message: unknown, by: string | undefined = token) => postJson(`${at()}/notification`, message, by);
    const good = { notification_id: issued.body.notification_id, event: 'credential_failure', event_description: 'x' };
    for (const [message, error] of [
      [{ ...good, notification_id: 'nothing' }, 'invalid_notification_id'],
      [{ ...good, notification_id: 5 }, 'invalid_notification_request'],
      [{ ...good, event: 'toString' }, 'invalid_notification_request'],
      [{ ...good, event: undefined }, 'invalid_notification_request'],
      [[], 'invalid_notification_request'],
    ] as const) {
      const reply = await say(message);
      expect([reply.status, reply.body.error]).toEqual([400, error]);
    }
    const stranger = await wallet.token(await world.offer());
    expect((await say(good, stranger)).body.error).toBe('invalid_notification_id');
    expect((await postJson(`${at()}/notification`, good)).status).toBe(401);
    expect((await say(good)).status).toBe(204);
  });
});

describe('a promise', () => {
  /** An offer whose badge was promised to somebody, and what that wallet asks again with. */
  async function promised() {
    const offer = await world.offer();
    const { token, body } = await wallet.ready(offer, walletKey());
    behind = 150_000;
    const now = Math.floor(Date.now() / 1_000) - 150;
    const early = await walletKey().proof({ aud: world.issuer, nonce: await wallet.nonce(), now });
    const found = await wallet.credential(token, { ...body, proofs: { jwt: [early] } });
    expect(found.status).toBe(202);
    behind = 0;
    return { offer, token, body, transaction: { transaction_id: found.body.transaction_id } };
  }
  const issuancesOf = ({ offerId }: { offerId: string }) => world.app.storage.reader.walletIssuancesOf(offerId);

  it('is no longer promised once another door has given it away', async () => {
    const { offer, token, body, transaction } = await promised();
    const key = walletKey();
    await world.app.offers.take({ offerId: offer.offerId, holders: [key.did.key], door: 'vc-api' });
    const given = await wallet.credential(token, { ...body, proofs: { jwt: [await proof(key)] } });
    expect(given.status, given.text).toBe(200);
    expect((await postJson(`${at()}/deferred`, transaction, token)).body.error).toBe('invalid_transaction_id');
    expect(await issuancesOf(offer)).toMatchObject([{ state: 'issued', holders: [key.did.key] }]);
  });

  // The last of all: the clock of the service does not go back.
  it('leaves the offer as it was when nobody comes back', async () => {
    const { offer, token, body, transaction } = await promised();
    const seen = await world.call<{ state: string }>('GET', `/v1/offers/${offer.offerId}`, { key: world.issuerKey });
    expect(seen.body.state).toBe('open');
    // For as long as the token of the first: then another key may have it, of the same wallet or of another.
    const key = walletKey();
    const again = { ...body, proofs: { jwt: [await proof(key)] } };
    expect((await wallet.credential(token, again)).body.error).toBe('credential_request_denied');
    behind = -700_000;
    const now = Math.floor(Date.now() / 1_000) + 700;
    const late = await wallet.ready(offer, key);
    const jwt = [await proof(key, { now })];
    const given = await wallet.credential(late.token, { ...body, proofs: { jwt } });
    expect(given.status, given.text).toBe(200);
    expect(subjectsOf(given)).toEqual([key.did.key]);
    expect((await postJson(`${at()}/deferred`, transaction, late.token)).body.error).toBe('invalid_transaction_id');
    expect(await issuancesOf(offer)).toMatchObject([{ state: 'issued', holders: [key.did.key] }]);
  });
});
