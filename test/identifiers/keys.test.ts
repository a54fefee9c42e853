import { ECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { encode } from 'base58-universal';
import { describe, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { systemClock } from '#kernel';

const DID = 'did:web:badges.example.ph:institutions:malayang-kolehiyo';
const ID = `${DID}#key-1`;
const ED = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';

const multibase = (header: number[], bytes: Uint8Array) => `z${encode(Uint8Array.of(...header, ...bytes))}`;
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, string>;
const compressed = (jwk: Record<string, string>) => {
  const point = Buffer.concat([Buffer.of(4), Buffer.from(jwk.x!, 'base64url'), Buffer.from(jwk.y!, 'base64url')]);
  return ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'compressed') as Buffer;
};

/** One document with one method, as the store of the service would give it. */
const find = (method: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  createIdentifiers({
    clock: systemClock,
    fetch: async () => {
      throw new Error('nothing is fetched here');
    },
    local: async (did) =>
      did === DID
        ? {
            id: DID,
            verificationMethod: [{ id: ID, type: 'Multikey', controller: DID, ...method }],
            assertionMethod: [ID],
            ...more,
          }
        : undefined,
  }).resolveMethod(ID, 'assertionMethod');

const offline = createIdentifiers({
  clock: systemClock,
  fetch: async () => {
    throw new Error('nothing is fetched here');
  },
});

describe('forms of a key', () => {
  const ed = jwkOf(generateKeyPairSync('ed25519').publicKey);
  const p256 = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  const edMultibase = multibase([0xed, 1], Buffer.from(ed.x!, 'base64url'));
  const p256Multibase = multibase([0x80, 0x24], compressed(p256));

  it.each([
    ['Multikey', { publicKeyMultibase: ED }, ED],
    ['Ed25519VerificationKey2020', { publicKeyMultibase: ED }, ED],
    ['JsonWebKey', { publicKeyJwk: ed }, edMultibase],
    ['JsonWebKey2020', { publicKeyJwk: { ...ed, use: 'sig', kid: 'k' } }, edMultibase],
    ['Multikey', { publicKeyMultibase: p256Multibase }, p256Multibase],
    ['JsonWebKey2020', { publicKeyJwk: p256 }, p256Multibase],
  ])('%s is read as a Multikey', async (type, key, publicKeyMultibase) => {
    expect(await find({ type, ...key })).toMatchObject({ outcome: 'ok', method: { id: ID, publicKeyMultibase } });
  });

  it.each([
    ['type and form disagree', { publicKeyJwk: ed }, 'method_malformed'],
    ['type and form disagree', { type: 'JsonWebKey2020', publicKeyMultibase: ED }, 'method_malformed'],
    [
      'type and curve disagree',
      { type: 'Ed25519VerificationKey2020', publicKeyMultibase: p256Multibase },
      'method_malformed',
    ],
    ['two forms', { publicKeyMultibase: ED, publicKeyJwk: ed }, 'method_malformed'],
    ['two forms', { publicKeyMultibase: ED, publicKeyBase58: 'x' }, 'method_malformed'],
    ['for encryption', { type: 'JsonWebKey', publicKeyJwk: { ...ed, use: 'enc' } }, 'method_malformed'],
    ['no form', {}, 'method_malformed'],
    ['not text', { publicKeyMultibase: [ED] }, 'method_malformed'],
    ['another base', { publicKeyMultibase: `u${ED.slice(1)}` }, 'method_malformed'],
    ['leading zero', { publicKeyMultibase: `z1${ED.slice(1)}` }, 'unknown unsupported_key'],
    ['padding', { type: 'JsonWebKey', publicKeyJwk: { ...ed, x: `${ed.x}=` } }, 'method_malformed'],
    ['too short', { type: 'JsonWebKey', publicKeyJwk: { ...ed, x: ed.x!.slice(2) } }, 'method_malformed'],
    [
      'other spelling of the last bits',
      { type: 'JsonWebKey', publicKeyJwk: { ...ed, x: `${b64(new Uint8Array(32)).slice(0, -1)}B` } },
      'method_malformed',
    ],
    ['secret beside', { publicKeyMultibase: ED, secretKeyMultibase: 'z3u2' }, 'private_key'],
    ['private member', { type: 'JsonWebKey', publicKeyJwk: { ...ed, d: 'x' } }, 'private_key'],
    ['symmetric', { type: 'JsonWebKey', publicKeyJwk: { kty: 'oct', k: 'x' } }, 'private_key'],
    ['RSA', { type: 'JsonWebKey', publicKeyJwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }, 'method_malformed'],
    ['old type', { type: 'RsaVerificationKey2018', publicKeyPem: 'x' }, 'unknown unsupported_key'],
    ['type of the prototype', { type: 'constructor', publicKeyMultibase: ED }, 'unknown unsupported_key'],
    ['X25519', { publicKeyMultibase: multibase([0xec, 1], new Uint8Array(32).fill(9)) }, 'unknown unsupported_key'],
  ])('%s is not taken', async (_, method, expected) => {
    const [code, outcome = 'refused'] = expected.split(' ').reverse();
    expect(await find(method)).toMatchObject({ outcome, code });
  });

  it('refuses P-256 points that are not on the curve or not compressed (KP-2)', async () => {
    const { x, y } = p256;
    const off = Buffer.from(y!, 'base64url');
    off[31]! ^= 1;
    const uncompressed = Buffer.concat([Buffer.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
    const noPoint = Buffer.alloc(33);
    noPoint.set([2], 0);
    noPoint.set([7], 32);
    for (const key of [
      multibase([0x80, 0x24], uncompressed),
      multibase([0x80, 0x24], noPoint),
      multibase([0x80, 0x24], Buffer.concat([Buffer.of(2), Buffer.alloc(32, 255)])),
      multibase([0x80, 0x24], Buffer.concat([Buffer.of(5), Buffer.alloc(32, 1)])),
    ]) {
      expect(await find({ publicKeyMultibase: key })).toMatchObject({ outcome: 'refused', code: 'weak_key' });
    }
    const bent = { type: 'JsonWebKey', publicKeyJwk: { ...p256, y: b64(off) } };
    expect(await find(bent)).toMatchObject({ outcome: 'refused', code: 'weak_key' });
  });

  it('refuses two keys of one id, wherever the second one is (KP-5)', async () => {
    const mine = { id: ID, type: 'Multikey', controller: DID, publicKeyMultibase: ED };
    const twice = { verificationMethod: [mine, { ...mine, publicKeyMultibase: edMultibase }] };
    expect(await find({}, twice)).toMatchObject({ outcome: 'refused', code: 'method_ambiguous' });
    const embedded = { assertionMethod: [{ ...mine, publicKeyMultibase: edMultibase }] };
    expect(await find({ publicKeyMultibase: ED }, embedded)).toMatchObject({ code: 'method_ambiguous' });
    expect(await find({}, { verificationMethod: [], assertionMethod: [mine] })).toMatchObject({ outcome: 'ok' });
  });

  it('refuses relative ids and controllers, and keys that only look listed (KP-5)', async () => {
    const key = { publicKeyMultibase: ED };
    expect(await find(key, { assertionMethod: ['#key-1'] })).toMatchObject({ code: 'method_not_listed' });
    expect(await find(key, { assertionMethod: [`${DID}#KEY-1`] })).toMatchObject({ code: 'method_not_listed' });
    expect(await find(key, { assertionMethod: [{ id: ID }], verificationMethod: [] })).toMatchObject({
      outcome: 'refused',
      code: 'method_controller',
    });
    expect(await find({ ...key, id: '#key-1' })).toMatchObject({ code: 'method_not_found' });
    expect(await find({ ...key, controller: [DID] })).toMatchObject({ code: 'method_controller' });
    expect(await find({ ...key, controller: `${DID}:other` })).toMatchObject({ code: 'method_controller' });
    expect(await find(key, { id: `${DID}:other` })).toMatchObject({ code: 'did_document_mismatch' });
  });

  it('keeps the instants at which a key ended', async () => {
    const ended = { revoked: '2026-01-01T00:00:00Z', expires: '2026-02-01T00:00:00+08:00' };
    expect(await find({ publicKeyMultibase: ED, ...ended })).toMatchObject({ outcome: 'ok', method: ended });
    for (const bad of [null, 0, '2026-01-01', '2026-02-30T00:00:00Z', ['2026-01-01T00:00:00Z']]) {
      expect(await find({ publicKeyMultibase: ED, revoked: bad })).toMatchObject({ code: 'method_malformed' });
    }
  });

  it('did:key: Ed25519 and P-256, with or without a version, everything else unknown or refused', async () => {
    for (const key of [ED, p256Multibase]) {
      for (const did of [`did:key:${key}`, `did:key:1.1:${key}`]) {
        expect(await offline.resolveMethod(`${did}#${key}`, 'assertionMethod')).toMatchObject({
          outcome: 'ok',
          method: { controller: did, publicKeyMultibase: key },
        });
      }
    }
    const secp256k1 = multibase([0xe7, 1], Buffer.alloc(33, 2));
    expect(await offline.resolve(`did:key:${secp256k1}`)).toMatchObject({
      outcome: 'unknown',
      code: 'unsupported_key',
    });
    const identity = multibase([0xed, 1], Buffer.from(`01${'00'.repeat(31)}`, 'hex'));
    expect(await offline.resolve(`did:key:${identity}`)).toMatchObject({ outcome: 'refused', code: 'weak_key' });
    for (const bad of ['did:key:', 'did:key:z', `did:key:${ED}0`, `did:key:u${ED.slice(1)}`, `did:key:${ED}:${ED}`]) {
      expect(await offline.resolve(bad), bad).toMatchObject({ outcome: 'refused' });
    }
  });

  it('did:jwk: one spelling, no private member, the use decides what it is for', async () => {
    const did = (text: string | object) =>
      `did:jwk:${b64(Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)))}`;
    expect(await offline.resolveMethod(`${did({ ...p256, kid: 'x' })}#0`, 'authentication')).toMatchObject({
      outcome: 'ok',
      method: { publicKeyMultibase: p256Multibase },
    });
    expect(await offline.resolveMethod(`${did({ ...ed, kid: 'x' })}#x`, 'authentication')).toMatchObject({
      code: 'method_not_listed',
    });
    expect(await offline.resolve(did({ ...ed, use: 'enc' }))).toMatchObject({
      document: { keyAgreement: [expect.stringMatching(/#0$/)] },
    });
    for (const member of ['d', 'p', 'k']) {
      expect(await offline.resolve(did({ ...ed, [member]: 'x' }))).toMatchObject({ code: 'private_key' });
    }
    for (const bad of [`${did(ed)}=`, 'did:jwk:AB', did('[]'), did('{"kty":"OKP","kty":"EC"}'), did('x'), did('"x"')]) {
      expect(await offline.resolve(bad), bad).toMatchObject({ outcome: 'refused', code: 'did_malformed' });
    }
  });
});
