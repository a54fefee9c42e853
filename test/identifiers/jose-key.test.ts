import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import type { PublicKey } from '#keystore';
import { documentOf, KINDS, multikey, publicKey, type Served, web } from './support/web.ts';

const SCHOOL = 'https://school.example/profile';
const SET = 'https://school.example/.well-known/jwks.json';
const DID = 'did:web:school.example';
const DID_URL = 'https://school.example/.well-known/did.json';
const keys: Record<string, PublicKey> = Object.fromEntries(KINDS.map((kind) => [kind, publicKey(kind)]));
const [mine, other] = [publicKey('RSA'), publicKey('RSA')];

let pages: Record<string, Served>;
let at: ReturnType<typeof web>;
beforeEach(() => {
  pages = {};
  at = web(pages);
});
const find = (key: { kid?: string; jwk?: JsonObject }, issuer = SCHOOL) =>
  at.identifiers.resolveJoseKey(key, issuer, 'assertionMethod');
const jwk = (key: PublicKey, more: JsonObject = {}) => ({ ...key.jwk, ...more }) as JsonObject;

describe('the key of a token by its name', () => {
  it.each(KINDS)('is a DID URL of the issuer, %s', async (kind) => {
    pages[DID_URL] = { body: documentOf(DID, { k: multikey(keys[kind]!) }) };
    for (const kid of [`${DID}#k`, '#k', 'k']) {
      expect(await find({ kid }, DID)).toMatchObject({
        outcome: 'ok',
        method: { id: `${DID}#k`, controller: DID, publicKeyMultibase: keys[kind]!.multibase },
        fetchedAt: '2026-11-24T00:00:00Z',
      });
    }
  });

  it('is never of another DID, and no other document is asked (KP-5)', async () => {
    for (const kid of ['did:web:evil.example#k', `${DID}:x#k`, `did:key:${keys.Ed25519!.multibase}#x`]) {
      expect(await find({ kid }, DID)).toMatchObject({ outcome: 'refused', code: 'method_not_issuer' });
    }
    expect(await find({ kid: 'did:web:evil.example#k' })).toMatchObject({ code: 'method_not_issuer' });
    expect(at.state.asked).toEqual([]);
  });

  it.each(KINDS)('is an address of one %s JWK at the authority of the issuer, and this is said', async (kind) => {
    const kid = 'https://school.example/keys/1';
    pages[kid] = { body: jwk(keys[kind]!, { iss: SCHOOL, kid, use: 'sig' }), contentType: 'application/jwk+json' };
    expect(await find({ kid })).toMatchObject({
      outcome: 'ok',
      method: { id: kid, controller: SCHOOL, publicKeyMultibase: keys[kind]!.multibase, provenance: 'address' },
    });
  });

  it.each<[string, Served, string, string]>([
    ['another issuer', { body: jwk(mine, { iss: `${SCHOOL}/2` }) }, 'refused', 'method_not_issuer'],
    ['another name', { body: jwk(mine, { kid: 'x' }) }, 'refused', 'method_malformed'],
    ['a private key', { body: jwk(mine, { d: 'x' }) }, 'refused', 'private_key'],
    ['for encryption', { body: jwk(mine, { use: 'enc' }) }, 'refused', 'method_malformed'],
    ['for other operations', { body: jwk(mine, { key_ops: ['encrypt'] }) }, 'refused', 'method_malformed'],
    ['another algorithm', { body: jwk(mine, { alg: 'PS512' }) }, 'unknown', 'unsupported_key'],
    ['a picture', { body: jwk(mine), contentType: 'image/png' }, 'unknown', 'key_malformed'],
    ['text', { body: jwk(mine), contentType: 'text/plain' }, 'unknown', 'key_malformed'],
    ['another host', { body: jwk(mine), url: 'https://evil.example/1' }, 'unknown', 'key_elsewhere'],
    ['gone', { body: '', status: 404 }, 'unknown', 'did_unreachable'],
    ['a page', { body: '<html>', contentType: 'text/html' }, 'unknown', 'did_document_malformed'],
    ['a weak key', { body: { kty: 'RSA', e: 'Aw', n: mine.jwk.n!.toString().slice(0, 172) } }, 'refused', 'weak_key'],
    ['a symmetric key', { body: { kty: 'oct', k: 'x' } }, 'refused', 'private_key'],
  ])('an address that serves %s is not taken', async (_, page, outcome, code) => {
    const kid = 'https://school.example/keys/1';
    pages[kid] = page;
    expect(await find({ kid })).toMatchObject({ outcome, code });
  });

  it('at another host nothing is fetched, and only the set of the issuer can vouch for it', async () => {
    const kid = 'https://keys.vendor.example/1';
    pages[kid] = { body: jwk(mine) };
    expect(await find({ kid })).toMatchObject({ outcome: 'unknown', code: 'key_not_listed' });
    expect(await find({ kid }, DID)).toMatchObject({ outcome: 'unknown', code: 'key_not_listed' });
    expect(at.state.asked).not.toContain(kid);
    pages[SET] = { body: { keys: [jwk(mine, { kid })] } };
    at.state.now += 10_000;
    expect(await find({ kid })).toMatchObject({ outcome: 'ok', method: { id: kid, provenance: 'jwks' } });
    expect(at.state.asked).not.toContain(kid);
  });

  it('in a set or a document of the issuer itself', async () => {
    pages[SET] = { body: { keys: [jwk(other, { kid: 'b' }), jwk(mine, { kid: 'a' })] } };
    for (const kid of ['a', `${SET}#a`]) {
      expect(await find({ kid })).toMatchObject({ outcome: 'ok', method: { publicKeyMultibase: mine.multibase } });
    }
    expect(await find({ kid: 'c' })).toMatchObject({ outcome: 'unknown', code: 'key_not_listed' });
    pages[SCHOOL] = { body: documentOf(SCHOOL, { k: { type: 'JsonWebKey', publicKeyJwk: jwk(mine) } }) };
    const found = await find({ kid: `${SCHOOL}#k` });
    expect(found).toMatchObject({ outcome: 'ok', method: { id: `${SCHOOL}#k`, controller: SCHOOL } });
    expect(found).not.toHaveProperty('method.provenance');
  });

  it('a document of another party at the same host is not the issuer (KP-5)', async () => {
    const neighbour = 'https://school.example/other-school';
    pages[neighbour] = { body: documentOf(neighbour, { k: multikey(mine) }), contentType: 'application/json' };
    expect(await find({ kid: `${neighbour}#k` })).toMatchObject({ outcome: 'refused', code: 'method_not_issuer' });
  });

  it('a DID is the only list of its keys, also when its host serves others', async () => {
    const kid = 'https://school.example/keys/1';
    pages[DID_URL] = { body: documentOf(DID, { k: multikey(mine) }) };
    pages[kid] = { body: jwk(mine, { iss: DID }) };
    expect(await find({ kid }, DID)).toMatchObject({ outcome: 'ok', method: { id: `${DID}#k` } });
    pages['https://school.example/keys/2'] = { body: jwk(other, { iss: DID }) };
    pages[SET] = { body: { keys: [jwk(other, { iss: DID })] } };
    expect(await find({ kid: 'https://school.example/keys/2' }, DID)).toMatchObject({ code: 'key_not_listed' });
  });

  it.each(['', 'https://', `${SCHOOL}#a#b`, 'x'.repeat(3_000)])('the name %# is malformed', async (kid) => {
    expect(await find({ kid })).toMatchObject({ outcome: 'refused', code: 'method_malformed' });
  });

  it('no name and no key is refused', async () => {
    expect(await find({})).toMatchObject({ outcome: 'refused', code: 'key_missing' });
  });
});

describe('a key inside a token', () => {
  it('counts only where the issuer lists the same key', async () => {
    expect(await find({ jwk: jwk(mine) })).toMatchObject({ outcome: 'unknown', code: 'key_not_listed' });
    at.state.now += 10_000;
    pages[SET] = { body: { keys: [jwk(other)] } };
    expect(await find({ jwk: jwk(mine) })).toMatchObject({ outcome: 'unknown', code: 'key_not_listed' });
    at.state.now += 10_000;
    pages[SET] = { body: { keys: [jwk(other), jwk(mine, { use: 'sig', kid: 'a' })] } };
    expect(await find({ jwk: jwk(mine) })).toMatchObject({ outcome: 'ok', method: { provenance: 'jwks' } });
  });

  it.each(KINDS)('%s is found in the DID document, listed for the use only', async (kind) => {
    const key = keys[kind]!;
    pages[DID_URL] = { body: documentOf(DID, { a: multikey(other), k: multikey(key) }) };
    expect(await find({ jwk: jwk(key) }, DID)).toMatchObject({ outcome: 'ok', method: { id: `${DID}#k` } });
    expect(await at.identifiers.resolveJoseKey({ jwk: jwk(key) }, DID, 'authentication')).toMatchObject({
      outcome: 'unknown',
      code: 'key_not_listed',
    });
    const self = `did:key:${key.multibase}`;
    expect(await find({ jwk: jwk(key) }, self)).toMatchObject({ outcome: 'ok', method: { controller: self } });
  });

  it('with a private member it is refused, and another spelling is no other key', async () => {
    pages[SET] = { body: { keys: [jwk(mine)] } };
    expect(await find({ jwk: jwk(mine, { d: 'x' }) })).toMatchObject({ outcome: 'refused', code: 'private_key' });
    expect(await find({ jwk: jwk(mine, { n: `${mine.jwk.n}=` }) })).toMatchObject({ outcome: 'refused' });
  });

  it('beside a name it must be the one that is found', async () => {
    pages[SET] = { body: { keys: [jwk(mine, { kid: 'a' })] } };
    expect(await find({ kid: 'a', jwk: jwk(mine) })).toMatchObject({ outcome: 'ok' });
    expect(await find({ kid: 'a', jwk: jwk(other) })).toMatchObject({ outcome: 'refused', code: 'key_mismatch' });
  });

  it('what could not be asked is unknown, not unlisted', async () => {
    expect(await find({ jwk: jwk(mine) }, DID)).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
    const empty = { take: () => false, remainingMs: () => 0 };
    const found = await at.identifiers.resolveJoseKey({ jwk: jwk(mine) }, SCHOOL, 'assertionMethod', empty);
    expect(found).toMatchObject({ outcome: 'unknown', code: 'budget' });
  });
});

describe('a key set', () => {
  it('of several issuers gives each only its own keys (KP-5)', async () => {
    const neighbour = 'https://school.example/other-school';
    pages[SET] = { body: { keys: [jwk(mine, { iss: neighbour, kid: 'a' }), jwk(other, { kid: 'b' })] } };
    expect(await find({ jwk: jwk(mine) })).toMatchObject({ code: 'key_not_listed' });
    expect(await find({ kid: 'a' })).toMatchObject({ code: 'key_not_listed' });
    // Beside keys that say whose they are, one that does not is nobody's.
    expect(await find({ jwk: jwk(other) })).toMatchObject({ code: 'key_not_listed' });
    expect(await find({ jwk: jwk(mine) }, neighbour)).toMatchObject({ outcome: 'ok' });
  });

  it('says when a key ended, as OpenID Federation does', async () => {
    pages[SET] = { body: { keys: [jwk(mine, { exp: 1_700_000_000, revoked: { revoked_at: 1_600_000_000 } })] } };
    expect(await find({ jwk: jwk(mine) })).toMatchObject({
      method: { expires: '2023-11-14T22:13:20Z', revoked: '2020-09-13T12:26:40Z' },
    });
    at.state.now += 61_000;
    for (const exp of ['2026', -1, 1.5, null]) {
      pages[SET] = { body: { keys: [jwk(mine, { exp })] } };
      at.state.now += 61_000;
      expect(await find({ jwk: jwk(mine) })).toMatchObject({ outcome: 'refused', code: 'method_malformed' });
    }
  });

  it.each<[string, unknown, string]>([
    ['two keys of one name', { keys: [jwk(mine, { kid: 'a' }), jwk(other, { kid: 'a' })] }, 'method_ambiguous'],
    ['a private key', { keys: [jwk(mine, { kid: 'a' }), jwk(other, { d: 'x' })] }, 'private_key'],
    ['no keys', { keys: 'a' }, 'key_not_listed'],
    ['too many', { keys: Array.from({ length: 101 }, () => jwk(mine)) }, 'work_limit'],
    [
      'a kind that is not read',
      { keys: [{ kty: 'EC', crv: 'secp256k1', x: 'x', y: 'y', kid: 'a' }] },
      'unsupported_key',
    ],
  ])('with %s', async (_, body, code) => {
    pages[SET] = { body };
    expect(await find({ kid: 'a' })).toMatchObject({ code });
  });
});

describe('a key that was published a moment ago (KP-10)', () => {
  it('is asked for again, in a document and in a set, at most every five seconds', async () => {
    pages[DID_URL] = { body: documentOf(DID, { a: multikey(mine) }) };
    pages[SET] = { body: { keys: [jwk(mine, { kid: 'a' })] } };
    expect(await find({ kid: 'a' }, DID)).toMatchObject({ outcome: 'ok' });
    expect(await find({ kid: 'a' })).toMatchObject({ outcome: 'ok' });
    pages[DID_URL] = { body: documentOf(DID, { a: multikey(mine), b: multikey(other) }) };
    pages[SET] = { body: { keys: [jwk(mine, { kid: 'a' }), jwk(other, { kid: 'b' })] } };
    at.state.now += 4_000;
    expect(await find({ kid: 'b' }, DID)).toMatchObject({ outcome: 'refused', code: 'method_not_listed' });
    at.state.now += 1_000;
    expect(await find({ kid: 'b' }, DID)).toMatchObject({ outcome: 'ok' });
    expect(await find({ kid: 'b' })).toMatchObject({ outcome: 'ok' });
    const asked = at.state.asked.length;
    for (let n = 0; n < 20; n++) await find({ kid: `made-up-${n}` }, DID);
    expect(at.state.asked.length).toBe(asked);
  });

  it('when nobody answers then, what is remembered stays good', async () => {
    pages[DID_URL] = { body: documentOf(DID, { a: multikey(mine) }) };
    await find({ kid: 'a' }, DID);
    delete pages[DID_URL];
    at.state.now += 10_000;
    expect(await find({ kid: 'b' }, DID)).toMatchObject({ outcome: 'refused', code: 'method_not_listed' });
    expect(await find({ kid: 'a' }, DID)).toMatchObject({ outcome: 'ok' });
  });
});
