import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import type { JsonObject } from '#kernel';
import { type Leniency, readLeniencies, type WalletRefusal } from '#wallets';
import { PROOF_ALGORITHMS } from '../../src/wallets/algorithms.ts';
import { checkProofs } from '../../src/wallets/proofs/check.ts';
import type { ProofContext } from '../../src/wallets/proofs/model.ts';
import { readCredentialRequest } from '../../src/wallets/request.ts';
import { world } from '../verifier/world.ts';
import { type KeyForm, type ProofParts, presentationProof, type WalletKey, walletKey } from './support/keys.ts';

const ISSUER = 'https://badges.example/institutions/specimen-college';
const NONCE = 'tatak-nonce-0123456789abcdefghjkmnpqrs';
const NOW = new Date('2026-11-24T01:00:00Z');
const now = NOW.getTime() / 1_000;
const fetched: string[] = [];
const clock = { now: () => NOW };
const identifiers = createIdentifiers({
  clock,
  fetch: async (url) => {
    fetched.push(url);
    throw new Error('nothing is fetched for a key proof');
  },
});
const { verifier } = world([], { identifiers });

let ed: WalletKey;
let ec: WalletKey;
beforeAll(() => {
  ed = walletKey();
  ec = walletKey('P-256');
});

const context = (more: Partial<ProofContext> = {}): ProofContext => ({
  ...{ issuer: ISSUER, now: NOW, leniencies: readLeniencies('none'), identifiers },
  verifyPresentation: verifier.verifyPresentation,
  ...more,
});
const jwts = (...proofs: string[]) => ({ type: 'jwt' as const, proofs });
const proof = (key: WalletKey, more: Partial<ProofParts> = {}) =>
  key.proof({ aud: ISSUER, nonce: NONCE, now, ...more });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: WalletRefusal) => `${error.code}: ${error.message}`,
  );

describe('a key proof of type jwt', () => {
  it.each<['Ed25519' | 'P-256', KeyForm]>(
    (['Ed25519', 'P-256'] as const).flatMap((curve) =>
      (['did:key', 'did:jwk', 'jwk'] as const).map((form): ['Ed25519' | 'P-256', KeyForm] => [curve, form]),
    ),
  )('shows control of a key of %s as %s', async (curve, form) => {
    const key = curve === 'Ed25519' ? ed : ec;
    const found = await checkProofs(jwts(await proof(key, { form })), context());
    expect(found.nonces).toEqual([NONCE]);
    const [holder = ''] = found.holders;
    expect(holder.startsWith(form === 'did:key' ? 'did:key:z' : 'did:jwk:')).toBe(true);
    if (form === 'did:key') expect(holder).toBe(key.did.key);
    if (form === 'did:jwk') expect(holder).toBe(key.did.jwk);
    const named = form === 'jwk' ? JSON.parse(Buffer.from(holder.slice(8), 'base64url').toString()) : undefined;
    if (named) expect(named).toEqual(key.jwk);
  });

  it('of several keys shows each once, however it is spelled', async () => {
    const proofs = [
      await proof(ed),
      await proof(ec, { form: 'jwk' }),
      await proof(ed, { form: 'jwk' }),
      await proof(ec, { form: 'did:jwk' }),
    ];
    const found = await checkProofs(jwts(...proofs), context());
    expect(found.holders).toHaveLength(2);
    expect(found.holders[0]).toBe(ed.did.key);
  });

  it.each<[string, Partial<ProofParts>, RegExp]>([
    ['another audience', { claims: { aud: 'https://badges.example/institutions/other' } }, /aud must be/],
    ['the host alone as audience', { claims: { aud: 'https://badges.example' } }, /aud must be/],
    ['two audiences', { claims: { aud: [ISSUER, 'https://other.example'] } }, /aud must be/],
    ['no audience', { claims: { aud: undefined } }, /aud must be/],
    ['no nonce', { claims: { nonce: undefined } }, /no nonce/],
    ['a nonce that is a number', { claims: { nonce: 5 } }, /no nonce/],
    ['no iat', { claims: { iat: undefined } }, /no iat/],
    ['an iat of 1970', { claims: { iat: 0 } }, /not of now/],
    ['an iat of yesterday', { claims: { iat: now - 86_400 } }, /not of now/],
    ['an iat of tomorrow', { claims: { iat: now + 86_400 } }, /not of now/],
    ['an iat that is text', { claims: { iat: '2026' } }, /must be numbers/],
    ['an exp that is over', { claims: { exp: now - 120 } }, /exp/],
    ['an nbf to come', { claims: { nbf: now + 120 } }, /nbf/],
    ['no typ', { header: { typ: undefined } }, /typ must be/],
    ['the typ of another token', { header: { typ: 'JWT' } }, /typ must be/],
    ['an iss without a client', { claims: { iss: 'wallet' } }, /iss must be/],
    ['no key', { header: { kid: undefined } }, /exactly one of kid and jwk/],
    ['a certificate chain', { header: { x5c: ['MIIB'] } }, /x5c is not taken/],
    ['a key at an address', { header: { jku: 'https://evil.example/keys' } }, /jku is not taken/],
    ['a trust chain', { header: { trust_chain: [] } }, /trust_chain is not taken/],
    ['a name without a fragment', { header: { kid: 'did:key:z6Mk' } }, /kid must be the DID URL/],
    ['a name that is an address', { header: { kid: 'https://evil.example/#1' } }, /kid must be the DID URL/],
    ['a DID of the web', { header: { kid: 'did:web:evil.example#key-1' } }, /kid must be the DID URL/],
    ['a path as name', { header: { kid: '../../etc/passwd' } }, /kid must be the DID URL/],
    ['a name with a query', { header: { kid: "did:key:z6Mk'--#z6Mk" } }, /kid must be the DID URL/],
    ['a name that is no text', { header: { kid: 5 } }, /kid must be the DID URL/],
  ])('is refused with %s', async (_name, more, why) => {
    expect(await refusal(checkProofs(jwts(await proof(ed, more)), context()))).toMatch(why);
    expect(fetched).toEqual([]);
  });

  it('is refused when the key named is another', async () => {
    const other = walletKey();
    const named = await proof(ed, { header: { kid: other.kid.key } });
    expect(await refusal(checkProofs(jwts(named), context()))).toMatch(/^invalid_proof: the proof does not hold/);
    const fragment = await proof(ed, { header: { kid: `${ed.did.key}#${other.did.key.slice(8)}` } });
    expect(await refusal(checkProofs(jwts(fragment), context()))).toMatch(/^invalid_proof: kid/);
    const both = await proof(ed, { header: { jwk: ed.jwk } });
    expect(await refusal(checkProofs(jwts(both), context()))).toMatch(/exactly one of kid and jwk/);
  });

  it('is refused with the private half of the key in it', async () => {
    const jwk = ed.privateKey.export({ format: 'jwk' });
    const header = { kid: undefined, jwk };
    expect(await refusal(checkProofs(jwts(await proof(ed, { header })), context()))).toMatch(/private key/);
    const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
    const named = await proof(ed, { header: { kid: `${did}#0` } });
    expect(await refusal(checkProofs(jwts(named), context()))).toMatch(/private key/);
  });

  it('KP-1: is refused with every algorithm that is no public-key signature of the key', async () => {
    const input = (alg: unknown, header = {}) =>
      [
        { alg, typ: 'openid4vci-proof+jwt', kid: ed.kid.key, ...header },
        { aud: ISSUER, nonce: NONCE, iat: now },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
    const secret = Buffer.from(String(ed.jwk.x), 'base64url');
    for (const alg of [
      'none',
      'None',
      '',
      'HS256',
      'HS512',
      'RS256',
      'ES256K',
      'ES256',
      'ES384',
      'toString',
      null,
      5,
    ]) {
      const text = input(alg);
      const mac = createHmac('sha256', secret).update(text).digest('base64url');
      for (const signature of ['', mac]) {
        expect([alg, await refusal(checkProofs(jwts(`${text}.${signature}`), context()))]).toEqual([
          alg,
          expect.stringMatching(/^invalid_proof: (?:alg must be|the proof does not hold)/),
        ]);
      }
    }
    expect(PROOF_ALGORITHMS).not.toContain('none');
  });

  it('is refused when anything in it was changed, or it is no token', async () => {
    const good = await proof(ed);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JsonObject;
    const forged = Buffer.from(JSON.stringify({ ...changed, nonce: 'other' })).toString('base64url');
    for (const text of [
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${good}.`,
      `${good}=`,
      '',
      'a.b.c',
      '{}',
      '....',
    ]) {
      expect(await refusal(checkProofs(jwts(text), context()))).toMatch(/^invalid_proof/);
    }
  });

  it('may say who sends it, as the client of the token', async () => {
    const named = await proof(ed, { claims: { iss: 'wallet-1' } });
    expect(await refusal(checkProofs(jwts(named), context({ clientId: 'wallet-1' })))).toBe('accepted');
    expect(await refusal(checkProofs(jwts(named), context({ clientId: 'wallet-2' })))).toMatch(/iss must be/);
  });

  it('has leniencies that are switched one by one', async () => {
    const lenient = (...names: Leniency[]) => context({ leniencies: new Set(names) });
    const header = { typ: undefined };
    const dated = { iat: undefined, nbf: now - 5, exp: now + 300 };
    const bare = await proof(ed, { header, claims: dated });
    expect(await refusal(checkProofs(jwts(bare), lenient()))).toMatch(/typ must be/);
    expect(await refusal(checkProofs(jwts(bare), lenient('proof-without-type')))).toBe('accepted');
    // Without typ everything else must be right all the more.
    for (const [claims, why] of [
      [{ iat: undefined }, /no iat/],
      [{ ...dated, exp: now - 120 }, /exp/],
      [{ ...dated, nbf: now + 120 }, /nbf/],
      [{ ...dated, aud: 'https://other.example' }, /aud/],
      [{ ...dated, nonce: undefined }, /nonce/],
    ] as const) {
      const bad = await proof(ed, { header, claims });
      expect(await refusal(checkProofs(jwts(bad), lenient('proof-without-type')))).toMatch(why);
    }
    const typed = await proof(ed, { claims: dated });
    expect(await refusal(checkProofs(jwts(typed), lenient('proof-without-type')))).toMatch(/no iat/);

    const self = await proof(ed, { claims: { iss: ed.did.key } });
    expect(await refusal(checkProofs(jwts(self), lenient()))).toMatch(/iss must be/);
    expect(await refusal(checkProofs(jwts(self), lenient('proof-issuer-is-holder')))).toBe('accepted');
    const other = await proof(ed, { claims: { iss: ec.did.key } });
    expect(await refusal(checkProofs(jwts(other), lenient('proof-issuer-is-holder')))).toMatch(/iss must be/);
  });
});

describe('a key proof of type di_vp', () => {
  const vps = (...proofs: JsonObject[]) => ({ type: 'di_vp' as const, proofs });
  const asked = { challenge: NONCE, domain: ISSUER };

  it.each([['Ed25519'], ['P-256']] as const)('shows control of a key of %s', async (curve) => {
    const key = curve === 'Ed25519' ? ed : ec;
    const found = await checkProofs(vps(await presentationProof(key, asked)), context());
    expect(found).toEqual({ holders: [key.did.key], nonces: [NONCE] });
    expect(fetched).toEqual([]);
  });

  it('is refused for anything but this issuer, this key and this purpose', async () => {
    const good = await presentationProof(ed, asked);
    const own = good.proof as JsonObject;
    const cases: [JsonObject, RegExp][] = [
      [
        await presentationProof(ed, { ...asked, domain: 'https://badges.example/institutions/other' }),
        /domain must be/,
      ],
      [{ ...good, proof: { ...own, domain: ISSUER, challenge: 'other' } }, /does not hold/],
      [{ ...good, holder: ec.did.key }, /does not hold/],
      [{ ...good, holder: 'did:web:evil.example' }, /holder must be/],
      [{ ...good, holder: [] }, /holder must be/],
      [{ ...good, id: 'urn:uuid:changed' }, /does not hold/],
      [{ ...good, proof: { ...own, proofPurpose: 'assertionMethod' } }, /does not hold/],
      [{ ...good, proof: { ...own, cryptosuite: 'toString' } }, /cryptosuite must be/],
      [{ ...good, proof: { ...own, cryptosuite: 'ecdsa-sd-2023' } }, /cryptosuite must be/],
      [{ ...good, proof: { ...own, challenge: undefined as never } }, /no challenge/],
      [{ ...good, proof: { ...own, verificationMethod: ec.kid.key } }, /does not hold/],
      [{ ...good, proof: [own] }, /one proof/],
      [{ ...good, proof: 5 }, /one proof/],
      [{ ...good, '@context': ['https://evil.example/context'] }, /does not hold/],
      [{ ...good, type: ['VerifiableCredential'] }, /does not hold|cannot be read/],
      [{ holder: ed.did.key, proof: own }, /does not hold|cannot be read/],
    ];
    for (const [document, why] of cases) expect(await refusal(checkProofs(vps(document), context()))).toMatch(why);
    expect(fetched).toEqual([]);
  });
});

describe('PR-8: a credential request', () => {
  const lenient = readLeniencies('all');
  const strict = readLeniencies('none');
  const id = { credential_configuration_id: 'badge.ldp_vc' };
  const read = (body: unknown, leniencies = strict) => refusal((async () => readCredentialRequest(body, leniencies))());

  it('names one thing and has proofs of one type', () => {
    const body = { ...id, proofs: { jwt: ['a.b.c'] }, anything: 'else' };
    expect(readCredentialRequest(body, strict)).toEqual({
      ...{ name: 'badge.ldp_vc', byIdentifier: false },
      proofs: { type: 'jwt', proofs: ['a.b.c'] },
    });
    const drafts = { credential_identifier: 'x', proof: { proof_type: 'jwt', jwt: 'a.b.c' } };
    expect(readCredentialRequest(drafts, lenient)).toEqual({
      ...{ name: 'x', byIdentifier: true },
      proofs: { type: 'jwt', proofs: ['a.b.c'] },
    });
  });

  it.each<[string, unknown, string]>([
    ['a list', [], 'invalid_credential_request'],
    ['nothing', undefined, 'invalid_credential_request'],
    ['no name', { proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    ['a format in place of a name', { format: 'ldp_vc', proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    ['two names', { ...id, credential_identifier: 'x', proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    ['an empty name', { credential_identifier: '', proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    ['a name that is no text', { credential_identifier: {}, proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    ['a long name', { credential_identifier: 'x'.repeat(201), proofs: { jwt: ['a'] } }, 'invalid_credential_request'],
    [
      'encryption',
      { ...id, proofs: { jwt: ['a'] }, credential_response_encryption: {} },
      'invalid_encryption_parameters',
    ],
    ['no proofs', id, 'invalid_proof'],
    ['proofs that are no object', { ...id, proofs: ['a'] }, 'invalid_proof'],
    ['no type of proof', { ...id, proofs: {} }, 'invalid_proof'],
    ['two types of proof', { ...id, proofs: { jwt: ['a'], di_vp: [{}] } }, 'invalid_proof'],
    ['an attestation', { ...id, proofs: { attestation: ['a'] } }, 'invalid_proof'],
    ['a type nobody knows', { ...id, proofs: { toString: ['a'] } }, 'invalid_proof'],
    ['no proof', { ...id, proofs: { jwt: [] } }, 'invalid_proof'],
    ['a proof that is no list', { ...id, proofs: { jwt: 'a' } }, 'invalid_proof'],
    ['more proofs than a batch has', { ...id, proofs: { jwt: Array(11).fill('a') } }, 'invalid_proof'],
    ['a token that is no text', { ...id, proofs: { jwt: [{}] } }, 'invalid_proof'],
    ['a long token', { ...id, proofs: { jwt: ['a'.repeat(20_000)] } }, 'invalid_proof'],
    ['a presentation that is text', { ...id, proofs: { di_vp: ['a'] } }, 'invalid_proof'],
    ['a large presentation', { ...id, proofs: { di_vp: [{ a: 'a'.repeat(20_000) }] } }, 'invalid_proof'],
    ['both shapes', { ...id, proofs: { jwt: ['a'] }, proof: {} }, 'invalid_credential_request'],
  ])('is refused with %s', async (_name, body, code) => {
    for (const leniencies of [strict, lenient]) expect(await read(body, leniencies)).toMatch(new RegExp(`^${code}:`));
  });

  it('has the shape of drafts only where that is taken', async () => {
    const body = { ...id, proof: { proof_type: 'jwt', jwt: 'a.b.c' } };
    expect(await read(body)).toMatch(/^invalid_proof/);
    expect(await read(body, lenient)).toBe('accepted');
    for (const one of [{}, { proof_type: 'cwt', cwt: 'a' }, { proof_type: 'jwt' }, { proof_type: null }, 5, null]) {
      expect(await read({ ...id, proof: one }, lenient)).toMatch(/^invalid_proof/);
    }
  });
});
