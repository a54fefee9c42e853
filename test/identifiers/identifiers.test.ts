import { Point } from '@noble/ed25519';
import { encode } from 'base58-universal';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIdentifiers, didWebUrl } from '#identifiers';
import { Problem } from '#kernel';

const DID = 'did:web:localhost%3A8483:institutions:specimen';
const KEY = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
let served: Record<string, { status?: number; body: unknown } | Error>;
let fetched: string[];
let now: number;

const identifiers = () =>
  createIdentifiers({
    clock: { now: () => new Date(now) },
    fetch: async (url) => {
      fetched.push(url);
      const answer = served[url] ?? { status: 404, body: {} };
      if (answer instanceof Error) throw answer;
      const bytes = Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
      return { url, status: answer.status ?? 200, contentType: 'text/plain', bytes, fetchedAt: '2026-11-24T00:00:00Z' };
    },
  });
const URL_OF = 'https://localhost:8483/institutions/specimen/did.json';
const method = (more: object = {}) => ({
  id: `${DID}#key-1`,
  type: 'Multikey',
  controller: DID,
  publicKeyMultibase: KEY,
  ...more,
});
const document = (more: object = {}) => ({
  id: DID,
  verificationMethod: [method()],
  assertionMethod: [`${DID}#key-1`],
  ...more,
});

beforeEach(() => {
  served = { [URL_OF]: { body: document() } };
  fetched = [];
  now = 0;
});

describe('did:web addresses', () => {
  it.each([
    ['did:web:example.org', 'https://example.org/.well-known/did.json'],
    ['did:web:example.org:a:b', 'https://example.org/a/b/did.json'],
    ['did:web:localhost%3A8483:institutions:x', 'https://localhost:8483/institutions/x/did.json'],
    ['did:web:127.0.0.1', undefined],
    ['did:web:127.1', undefined],
    ['did:web:2130706433', undefined],
    ['did:web:example.org:..:x', undefined],
    ['did:web:example.org:a%2Fb', undefined],
    ['did:web:exa%2Fmple.org', undefined],
    ['did:web:example.org%2F', undefined],
    ['did:web:example.org.', undefined],
    ['did:web:', undefined],
    ['did:web:user@example.org', undefined],
  ])('%s', (did, url) => expect(didWebUrl(did)).toBe(url));
});

describe('documents', () => {
  it('is fetched once within the cache time', async () => {
    const ids = identifiers();
    await ids.resolve(DID);
    await ids.resolve(DID);
    now = 61_000;
    expect(await ids.resolve(DID)).toMatchObject({ outcome: 'ok', fetchedAt: '2026-11-24T00:00:00Z' });
    expect(fetched).toEqual([URL_OF, URL_OF]);
  });

  it.each([
    [{ status: 404, body: {} }, 'unknown', 'did_unreachable'],
    [new Problem('fetch-failed', 'x', { extensions: { code: 'timeout' } }), 'unknown', 'did_unreachable'],
    [new Problem('fetch-failed', 'x', { extensions: { code: 'budget' } }), 'unknown', 'budget'],
    [{ body: '<html>' }, 'unknown', 'did_document_malformed'],
    [{ body: '{"id":1,"id":2}' }, 'unknown', 'did_document_malformed'],
    [{ body: document({ id: 'did:web:other.example' }) }, 'refused', 'did_document_mismatch'],
  ])('case %#', async (answer, outcome, code) => {
    served[URL_OF] = answer;
    expect(await identifiers().resolve(DID)).toMatchObject({ outcome, code });
  });

  it('does not know a method that is not in the table, and refuses what is no identifier', async () => {
    expect(await identifiers().resolve('did:example:1')).toMatchObject({
      outcome: 'unknown',
      code: 'unsupported_did_method',
    });
    for (const bad of ['', 'x', 'did:', 'did:web', 'http://example.org', 'did:web:a b', 'DID:web:a']) {
      expect(await identifiers().resolve(bad)).toMatchObject({ outcome: 'refused' });
    }
  });
});

describe('a document that is known', () => {
  const known = { outcome: 'ok', document: document() } as const;

  it('is not asked for again, unless the key is missing in it: that may just have been published', async () => {
    const ids = identifiers();
    const find = (id: string) => ids.resolveMethod(id, 'assertionMethod', undefined, known);
    expect(await find(`${DID}#key-1`)).toMatchObject({ outcome: 'ok', method: { publicKeyMultibase: KEY } });
    expect(fetched).toEqual([]);
    served[URL_OF] = {
      body: document({ verificationMethod: [method({ id: `${DID}#key-2` })], assertionMethod: [`${DID}#key-2`] }),
    };
    expect(await find(`${DID}#key-2`)).toMatchObject({ outcome: 'ok', method: { id: `${DID}#key-2` } });
    expect(fetched).toEqual([URL_OF]);
    expect(await find(`${DID}#key-3`)).toMatchObject({ outcome: 'refused', code: 'method_not_listed' });
  });

  it('has no key of another identifier', async () => {
    const other = `${DID}-2#key-1`;
    const document = { id: DID, verificationMethod: [method({ id: other })], assertionMethod: [other] };
    const answer = await identifiers().resolveMethod(other, 'assertionMethod', undefined, { outcome: 'ok', document });
    expect(answer).toMatchObject({ outcome: 'refused', code: 'did_document_mismatch' });
  });
});

describe('verification methods (KP-5)', () => {
  const find = (id = `${DID}#key-1`, use: 'assertionMethod' | 'authentication' = 'assertionMethod') =>
    identifiers().resolveMethod(id, use);

  it('passes every check', async () => {
    expect(await find()).toMatchObject({
      outcome: 'ok',
      method: { id: `${DID}#key-1`, controller: DID, publicKeyMultibase: KEY },
    });
  });

  it.each([
    ['not listed for the purpose', document(), 'authentication', 'method_not_listed'],
    ['listed, not there', document({ verificationMethod: [] }), 'assertionMethod', 'method_not_found'],
    [
      'other controller',
      document({ verificationMethod: [method({ controller: 'did:web:evil.example' })] }),
      'assertionMethod',
      'method_controller',
    ],
    [
      'two forms',
      document({ verificationMethod: [method({ publicKeyJwk: {} })] }),
      'assertionMethod',
      'method_malformed',
    ],
    [
      'bad date',
      document({ verificationMethod: [method({ revoked: 'yesterday' })] }),
      'assertionMethod',
      'method_malformed',
    ],
    [
      'private',
      document({ verificationMethod: [method({ publicKeyMultibase: undefined, publicKeyJwk: { d: 'x' } })] }),
      'assertionMethod',
      'private_key',
    ],
  ] as const)('%s', async (_, body, use, code) => {
    served[URL_OF] = { body };
    expect(await find(`${DID}#key-1`, use)).toMatchObject({ outcome: 'refused', code });
  });

  it.each([`${DID}`, `${DID}#`, `${DID}#a#key-1`, '#key-1'])('refuses the method id %s', async (id) => {
    expect((await find(id)).outcome).toBe('refused');
  });

  it('refuses keys of small order and encodings that are not canonical (KP-2)', async () => {
    const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', true);
    const weak = new Set<string>([
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      `01${'00'.repeat(30)}80`,
      `${'ee'.padEnd(62, 'f')}ff`,
    ]);
    let point = torsion;
    for (let i = 0; i < 8; i++, point = point.add(torsion)) weak.add(point.toHex());
    expect(weak.size).toBeGreaterThanOrEqual(10);
    for (const hex of weak) {
      const multibase = `z${encode(Buffer.concat([Buffer.from([0xed, 1]), Buffer.from(hex, 'hex')]))}`;
      served[URL_OF] = { body: document({ verificationMethod: [method({ publicKeyMultibase: multibase })] }) };
      expect(await find()).toMatchObject({ outcome: 'refused', code: 'weak_key' });
    }
  });
});

describe('self-contained identifiers', () => {
  it('did:key and did:jwk hold their own key', async () => {
    const did = `did:key:${KEY}`;
    expect(await identifiers().resolveMethod(`${did}#${KEY}`, 'authentication')).toMatchObject({ outcome: 'ok' });
    expect(await identifiers().resolveMethod(`${did}#other`, 'authentication')).toMatchObject({
      code: 'method_not_listed',
    });
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const jwk = (more: object) =>
      `did:jwk:${Buffer.from(JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x, ...more })).toString('base64url')}`;
    expect(await identifiers().resolveMethod(`${jwk({})}#0`, 'assertionMethod')).toMatchObject({
      outcome: 'ok',
      method: { publicKeyMultibase: expect.stringMatching(/^z6Mk/) },
    });
    expect(await identifiers().resolveMethod(`${jwk({ d: 'secret' })}#0`, 'assertionMethod')).toMatchObject({
      code: 'private_key',
    });
    expect(await identifiers().resolveMethod(`${jwk({ use: 'enc' })}#0`, 'assertionMethod')).toMatchObject({
      outcome: 'refused',
    });
    expect(fetched).toEqual([]);
  });
});
