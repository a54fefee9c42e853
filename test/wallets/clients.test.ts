import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { LENIENCIES, LENIENCY_NAMES, type Leniency, readLeniencies } from '#wallets';
import { walletKey } from './support/keys.ts';
import {
  http,
  type MadeOffer,
  openWorld,
  PRE_AUTHORIZED,
  postForm,
  postJson,
  type WalletWorld,
} from './support/world.ts';

/**
 * Wallets in use, as they were measured: what each asks and sends, and in which order. None of them is known here; what they
 * need that the standard does not ask for is in the table of leniencies.
 */
let world: WalletWorld;
let strict: WalletWorld;
beforeAll(async () => {
  world = await openWorld();
  strict = await openWorld({}, { TATAK_WALLET_LENIENCIES: 'none' });
});
afterAll(async () => {
  await world.close();
  await strict.close();
});

async function json(url: string): Promise<JsonObject> {
  const found = await http(url);
  if (found.status !== 200) throw new Error(`${found.status} at ${url}`);
  return found.body;
}

const offered = async (offer: MadeOffer) =>
  json(new URLSearchParams(offer.link.split('?')[1]).get('credential_offer_uri')!);
const codeIn = ({ grants }: JsonObject) =>
  String((grants as Record<string, JsonObject>)[PRE_AUTHORIZED]!['pre-authorized_code']);

/** Reads everything from the issuer's metadata; no client id, no resource, no typ, no iat; a nonce first. */
async function clientA(offer: MadeOffer, form: 'key' | 'jwk') {
  const received = await offered(offer);
  const issuer = String(received.credential_issuer);
  const path = new URL(issuer).pathname;
  const metadata = await json(`${issuer}/.well-known/openid-credential-issuer`);
  await json(`${new URL(issuer).origin}/.well-known/oauth-authorization-server${path}`);
  if (metadata.issuer !== issuer) throw new Error('the issuer is not the credential issuer');
  const [id = ''] = received.credential_configuration_ids as string[];
  const types = metadata.authorization_details_types_supported as string[] | undefined;
  const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: id }]);
  const token = await postForm(String(metadata.token_endpoint), {
    ...{ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': codeIn(received) },
    ...(types?.includes('openid_credential') ? { authorization_details: details } : {}),
  });
  if (token.body.token_type !== 'bearer') throw new Error(`token_type ${token.text}`);
  const { c_nonce } = (await http(String(metadata.nonce_endpoint), { method: 'POST' })).body;
  const key = walletKey();
  const now = Math.floor(Date.now() / 1_000);
  const proof = await key.proof({
    ...{ aud: issuer, nonce: String(c_nonce), form: `did:${form}` as const, header: { typ: undefined } },
    claims: { iat: undefined, nbf: now, exp: now + 600, iss: key.did[form] },
  });
  const [granted] = (token.body.authorization_details ?? []) as { credential_identifiers: string[] }[];
  const named = granted
    ? { credential_identifier: granted.credential_identifiers[0] }
    : { credential_configuration_id: id };
  const reply = await postJson(
    String(metadata.credential_endpoint),
    { ...named, proofs: { jwt: [proof] } },
    undefined,
    {
      authorization: `bearer ${String(token.body.access_token)}`,
    },
  );
  return { key, reply };
}

/** By the book, with did:key and without a resource; the metadata where the standard has it. */
async function clientC(offer: MadeOffer, txCode?: string) {
  const received = await offered(offer);
  const { origin, pathname, href } = new URL(String(received.credential_issuer));
  const metadata = await json(`${origin}/.well-known/openid-credential-issuer${pathname}`);
  const [server = ''] = metadata.authorization_servers as string[];
  const { token_endpoint } = await json(`${server}/.well-known/oauth-authorization-server`);
  const token = await postForm(String(token_endpoint), {
    ...{ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': codeIn(received), client_id: 'wallet-c' },
    ...(txCode === undefined ? {} : { tx_code: txCode }),
  });
  const { c_nonce } = (await http(String(metadata.nonce_endpoint), { method: 'POST' })).body;
  const key = walletKey();
  const proof = await key.proof({ aud: href, nonce: String(c_nonce), claims: { iss: 'wallet-c' } });
  const [id] = received.credential_configuration_ids as string[];
  const body = { credential_configuration_id: id, proofs: { jwt: [proof] } };
  return { key, reply: await postJson(String(metadata.credential_endpoint), body, String(token.body.access_token)) };
}

/** Takes ldp_vc only where a suite stands among the algorithms of key proofs; the resource at the token endpoint; a DID. */
async function clientD(offer: MadeOffer) {
  const received = await offered(offer);
  const issuer = String(received.credential_issuer);
  const { origin, pathname } = new URL(issuer);
  const metadata = await json(`${origin}/.well-known/openid-credential-issuer${pathname}`);
  const known = metadata.credential_configurations_supported as Record<string, JsonObject>;
  const [id = ''] = received.credential_configuration_ids as string[];
  const algorithms = (
    known[id]!.proof_types_supported as unknown as { jwt: { proof_signing_alg_values_supported: string[] } }
  ).jwt;
  if (!algorithms.proof_signing_alg_values_supported.includes('Ed25519Signature2018')) return 'no suite it knows';
  const token = await postForm(
    String((await json(`${origin}/.well-known/oauth-authorization-server`)).token_endpoint),
    {
      ...{ grant_type: PRE_AUTHORIZED, 'pre-authorized_code': codeIn(received), resource: issuer },
    },
  );
  const { c_nonce } = (await http(String(metadata.nonce_endpoint), { method: 'POST' })).body;
  const proof = await walletKey().proof({ aud: issuer, nonce: String(c_nonce) });
  const body = { credential_configuration_id: id, proofs: { jwt: [proof] } };
  return postJson(String(metadata.credential_endpoint), body, String(token.body.access_token));
}

const subjectOf = ({ body }: { body: JsonObject }) =>
  (
    (body.credentials as { credential: { credentialSubject: JsonObject } }[])[0]!.credential
      .credentialSubject as JsonObject
  ).id;

describe('wallets in use', () => {
  it.each(['key', 'jwk'] as const)('client A claims with did:%s', async (form) => {
    const { key, reply } = await clientA(await world.offer(), form);
    expect(reply.status, reply.text).toBe(200);
    expect(subjectOf(reply)).toBe(key.did[form]);
  });

  it('client C claims, with and without a code', async () => {
    const plain = await clientC(await world.offer());
    expect(subjectOf(plain.reply)).toBe(plain.key.did.key);
    const offer = await world.offer({ confirmation: 'txCode' });
    const coded = await clientC(offer, offer.txCode);
    expect(subjectOf(coded.reply)).toBe(coded.key.did.key);
    // By the book means that no leniency is needed.
    expect((await clientC(await strict.offer())).reply.status).toBe(200);
  });

  it('client D says no before it takes what it cannot read', async () => {
    const offer = await world.offer();
    expect(await clientD(offer)).toBe('no suite it knows');
    const { body } = await world.call<{ state: string }>('GET', `/v1/offers/${offer.offerId}`, {
      key: world.issuerKey,
    });
    expect(body.state).toBe('open');
  });
});

describe('leniencies', () => {
  it('are what client A needs, and nothing else is answered without them', async () => {
    await expect(clientA(await strict.offer(), 'key')).rejects.toThrow(/404 at .*oauth-authorization-server/);
    const metadata = await json(`${strict.issuer}/.well-known/openid-credential-issuer`);
    for (const member of ['issuer', 'token_endpoint', 'authorization_details_types_supported']) {
      expect(Object.hasOwn(metadata, member)).toBe(false);
    }
    const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': codeIn(await offered(await strict.offer())) };
    const { access_token } = (await postForm(`${strict.publicUrl}/oauth/token`, form)).body;
    const body = { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt: ['a.b.c'] } };
    const refused = await postJson(`${strict.issuer}/oid4vci/credential`, body, String(access_token));
    expect([refused.body.error, refused.body.c_nonce]).toEqual(['invalid_proof', undefined]);
  });

  it('give a nonce with the error that is as good as any', async () => {
    const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': codeIn(await offered(await world.offer())) };
    const token = String((await postForm(`${world.publicUrl}/oauth/token`, form)).body.access_token);
    const url = `${world.issuer}/oid4vci/credential`;
    const id = { credential_configuration_id: 'badge.ldp_vc' };
    const refused = await postJson(url, { ...id, proofs: { jwt: ['a.b.c'] } }, token);
    const jwt = await walletKey().proof({ aud: world.issuer, nonce: String(refused.body.c_nonce) });
    const draft = await postJson(url, { ...id, proof: { proof_type: 'jwt', jwt } }, token);
    expect(draft.status, draft.text).toBe(200);
  });

  it('are named in one setting, each with its reason', () => {
    for (const { what, because } of Object.values(LENIENCIES))
      expect(Math.min(what.length, because.length)).toBeGreaterThan(20);
    expect([...readLeniencies('none')]).toEqual([]);
    expect([...readLeniencies('all')]).toEqual(LENIENCY_NAMES);
    expect(readLeniencies(undefined).has('suite-names-as-algorithms')).toBe(false);
    const two: Leniency[] = ['single-proof', 'nonce-in-errors'];
    expect([...readLeniencies(two.join(', '))]).toEqual(two);
    expect(() => readLeniencies('single-proof,toString')).toThrow(/toString/);
  });
});
