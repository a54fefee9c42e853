import { encode } from 'base58-universal';
import { describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { documentOf, KINDS, multikey, publicKey, web } from './support/web.ts';

const KEY = publicKey('Ed25519');
const outcomeOf = (answer: { outcome: string; code?: string }) => `${answer.outcome} ${answer.code ?? ''}`.trim();

describe('did:web, row by row', () => {
  const at = (did: string, url: string, page: object = {}, id = did) => {
    const served = { body: documentOf(id, { k: multikey(KEY) }), ...page };
    return web({ [url]: served }).identifiers.resolveMethod(`${did}#k`, 'assertionMethod');
  };
  it.each([
    ['bare domain', 'did:web:school.example', 'https://school.example/.well-known/did.json'],
    ['path', 'did:web:school.example:a:b', 'https://school.example/a/b/did.json'],
    ['port', 'did:web:school.example%3A8443', 'https://school.example:8443/.well-known/did.json'],
    ['port and path', 'did:web:school.example%3A8443:a', 'https://school.example:8443/a/did.json'],
  ])('%s', async (_, did, url) => {
    expect(await at(did, url)).toMatchObject({ outcome: 'ok', method: { controller: did } });
    for (const contentType of ['', 'text/plain', 'text/html', 'application/octet-stream', 'application/did']) {
      expect(await at(did, url, { contentType })).toMatchObject({ outcome: 'ok' });
    }
    const context = documentOf(did, { k: multikey(KEY) }, { '@context': 'https://www.w3.org/ns/did/v1' });
    expect(await at(did, url, { body: context })).toMatchObject({ outcome: 'ok' });
    expect(outcomeOf(await at(did, url, {}, `${did}:x`))).toBe('refused did_document_mismatch');
    expect(outcomeOf(await at(did, url, { body: [] }))).toBe('refused did_document_malformed');
    for (const status of [204, 301, 302, 404, 410, 500, 503]) {
      expect(outcomeOf(await at(did, url, { status }))).toBe('unknown did_unreachable');
    }
  });

  it.each(['did:web:10.0.0.1', 'did:web:%5B%3A%3A1%5D', 'did:web:[::1]', 'did:web:0x7f000001', 'did:web:2130706433'])(
    'an address as host is refused without a fetch: %s',
    async (did) => {
      const { state, identifiers } = web();
      expect(outcomeOf(await identifiers.resolve(did))).toBe('refused did_malformed');
      expect(state.asked).toEqual([]);
    },
  );

  it.each(['tls', 'dns', 'timeout', 'redirect', 'too-large', 'connect'])(
    'a fetch that fails by %s is unknown',
    async (code) => {
      const page = new Problem('fetch-failed', code, { extensions: { code } });
      const { identifiers } = web({ 'https://school.example/.well-known/did.json': page });
      expect(outcomeOf(await identifiers.resolve('did:web:school.example'))).toBe('unknown did_unreachable');
      const refused = new Problem('fetch-refused', 'a private address');
      const inside = web({ 'https://school.example/.well-known/did.json': refused });
      expect(outcomeOf(await inside.identifiers.resolve('did:web:school.example'))).toBe('unknown did_unreachable');
    },
  );

  it.each(['#k', 'k', '?x#k', './did.json#k'])(
    'a relative DID URL inside the document is not allowed: %s',
    async (id) => {
      const did = 'did:web:school.example';
      const body = { id: did, verificationMethod: [{ id, controller: did, ...multikey(KEY) }], assertionMethod: [id] };
      const page = { 'https://school.example/.well-known/did.json': { body } };
      expect((await web(page).identifiers.resolveMethod(`${did}#k`, 'assertionMethod')).outcome).toBe('refused');
    },
  );
});

describe('an https issuer', () => {
  it('is not what another host says about it: an open redirect would lend the name of its own', async () => {
    const id = 'https://school.example/go?to=https://mallory.example/issuer';
    const body = documentOf(id, { k: multikey(KEY) });
    const resolve = async (url: string) => outcomeOf(await web({ [id]: { body, url } }).identifiers.resolve(id));
    expect(await resolve('https://mallory.example/issuer')).toBe('unknown did_document_elsewhere');
    expect(await resolve('https://school.example/issuers/1')).toBe('ok');
  });
});

describe('did:key: the length belongs to the kind of key', () => {
  const didOf = (header: number[], length: number, first = 2) => {
    const bytes = Uint8Array.of(...header, first, ...new Uint8Array(length - 1).fill(7));
    return `did:key:z${encode(bytes)}`;
  };
  const outcome = async (did: string) => outcomeOf(await web().identifiers.resolve(did));

  it.each(KINDS)('%s is read, its fragment is the value repeated and its controller the DID', async (kind) => {
    const { multibase } = publicKey(kind);
    const did = `did:key:${multibase}`;
    const { identifiers } = web();
    expect(await identifiers.resolveMethod(`${did}#${multibase}`, 'assertionMethod')).toMatchObject({
      outcome: 'ok',
      method: { controller: did, publicKeyMultibase: multibase },
    });
    for (const fragment of ['0', 'key-1', multibase.slice(1), `${multibase}1`]) {
      expect((await identifiers.resolveMethod(`${did}#${fragment}`, 'assertionMethod')).outcome).toBe('refused');
    }
  });

  it.each([
    ['Ed25519', [0xed, 0x01], [31, 33, 64]],
    ['P-256', [0x80, 0x24], [32, 34, 64, 65]],
    ['P-384', [0x81, 0x24], [48, 50, 96, 97]],
    ['RSA', [0x85, 0x24], [20, 256, 270]],
  ])('%s of another length is refused', async (_, header, lengths) => {
    for (const length of lengths) expect(await outcome(didOf(header, length))).toMatch(/^refused /);
  });

  it.each([
    ['secp256k1', [0xe7, 0x01], 33],
    ['X25519', [0xec, 0x01], 32],
    ['P-521', [0x82, 0x24], 67],
    ['BLS12-381 G2', [0xeb, 0x01], 96],
    ['Ed448', [0x83, 0x24], 57],
    ['Ed25519 private', [0x80, 0x26], 32],
  ])('%s is not read here', async (_, header, length) => {
    expect(await outcome(didOf(header as number[], length as number))).toBe('unknown unsupported_key');
  });
});

describe('did:jwk', () => {
  const didOf = (jwk: object) => `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;

  it.each(KINDS)('%s: the fragment is #0, whatever the kid', async (kind) => {
    const key = publicKey(kind);
    const did = didOf({ ...key.jwk, kid: 'mine' });
    const { identifiers } = web();
    expect(await identifiers.resolveMethod(`${did}#0`, 'authentication')).toMatchObject({
      outcome: 'ok',
      method: { id: `${did}#0`, publicKeyMultibase: key.multibase },
    });
    for (const fragment of ['1', 'mine', '00']) {
      expect((await identifiers.resolveMethod(`${did}#${fragment}`, 'authentication')).outcome).toBe('refused');
    }
    // Other members in front are another DID of the same key; the text is what names it.
    const again = didOf({ kid: 'mine', ...key.jwk });
    expect(again).not.toBe(did);
    expect((await identifiers.resolveMethod(`${again}#0`, 'assertionMethod')).outcome).toBe('ok');
  });

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('the private member %s is refused', async (member) => {
    const did = didOf({ ...KEY.jwk, [member]: 'x' });
    expect(outcomeOf(await web().identifiers.resolve(did))).toBe('refused private_key');
  });

  it('for encryption it signs nothing; a weak key is refused, an unread kind unknown', async () => {
    const { identifiers } = web();
    const enc = await identifiers.resolve(didOf({ ...KEY.jwk, use: 'enc' }));
    expect(enc).toMatchObject({ outcome: 'ok', document: { keyAgreement: [expect.stringMatching(/#0$/)] } });
    expect(enc).not.toHaveProperty('document.assertionMethod');
    const x = Buffer.from(`01${'00'.repeat(31)}`, 'hex').toString('base64url');
    expect(outcomeOf(await identifiers.resolve(didOf({ ...KEY.jwk, x })))).toBe('refused weak_key');
    const other = { kty: 'EC', crv: 'P-521', x: 'x', y: 'y' };
    expect(outcomeOf(await identifiers.resolve(didOf(other)))).toBe('unknown unsupported_key');
  });
});

describe('https issuers', () => {
  const ID = 'https://school.example/profile';
  const KEY_URL = 'https://school.example/keys/1';
  const page = (body: object) => ({ body });

  it('a profile may carry its keys', async () => {
    const profile = documentOf(ID, { k: multikey(KEY) }, { type: ['Profile'], name: 'Specimen School' });
    const { identifiers } = web({ [ID]: page(profile) });
    expect(await identifiers.resolveMethod(`${ID}#k`, 'assertionMethod')).toMatchObject({
      outcome: 'ok',
      method: { controller: ID },
    });
  });

  it('a key may have an address of its own, when the document of its controller lists it', async () => {
    const key = { id: KEY_URL, controller: ID, ...multikey(KEY) };
    const pages = { [KEY_URL]: page(key), [ID]: page({ id: ID, assertionMethod: [KEY_URL] }) };
    expect(await web(pages).identifiers.resolveMethod(KEY_URL, 'assertionMethod')).toMatchObject({
      outcome: 'ok',
      method: { id: KEY_URL, controller: ID, publicKeyMultibase: KEY.multibase },
    });
  });

  it.each<[string, object, object, string]>([
    ['it is listed nowhere', {}, { assertionMethod: [] }, 'method_not_listed'],
    ['it is listed for another use', {}, { assertionMethod: [], authentication: [KEY_URL] }, 'method_not_listed'],
    ['its id is another', { id: `${KEY_URL}0` }, {}, 'did_document_mismatch'],
    ['it names no controller', { controller: undefined }, {}, 'method_controller'],
    ['it controls itself', { controller: KEY_URL }, {}, 'method_controller'],
    ['the document is of another', {}, { id: `${ID}0` }, 'did_document_mismatch'],
    ['it shows its private half', { secretKeyMultibase: 'z1' }, {}, 'private_key'],
    ['its end is no time', { expires: 'soon' }, {}, 'method_malformed'],
  ])('and not when %s', async (_, change, document, code) => {
    const key = { id: KEY_URL, controller: ID, ...multikey(KEY), ...change };
    const pages = { [KEY_URL]: page(key), [ID]: page({ id: ID, assertionMethod: [KEY_URL], ...document }) };
    const found = await web(pages).identifiers.resolveMethod(KEY_URL, 'assertionMethod');
    expect(outcomeOf(found)).toBe(`refused ${code}`);
  });
});

describe('poison in the cache (Controlled Identifiers 1.0, 3.3)', () => {
  it('a document about another identifier is remembered for nobody', async () => {
    const [evil, good] = ['did:web:evil.example', 'did:web:school.example'];
    const forged = publicKey('Ed25519');
    const { identifiers } = web({
      'https://evil.example/.well-known/did.json': { body: documentOf(good, { k: multikey(forged) }) },
      'https://school.example/.well-known/did.json': { body: documentOf(good, { k: multikey(KEY) }) },
    });
    expect(outcomeOf(await identifiers.resolveMethod(`${evil}#k`, 'assertionMethod'))).toBe(
      'refused did_document_mismatch',
    );
    expect(await identifiers.resolveMethod(`${good}#k`, 'assertionMethod')).toMatchObject({
      method: { publicKeyMultibase: KEY.multibase },
    });
  });

  it.each(['%6b', 'K', 'k ', ' k', 'k/', 'k?', 'k#', 'k%00', 'ｋ'])(
    'a fragment that only looks alike is refused: %j (KP-5)',
    async (fragment) => {
      const did = 'did:web:school.example';
      const body = documentOf(did, { k: multikey(KEY) });
      const { identifiers } = web({ 'https://school.example/.well-known/did.json': { body } });
      expect((await identifiers.resolveMethod(`${did}#${fragment}`, 'assertionMethod')).outcome).toBe('refused');
    },
  );
});
