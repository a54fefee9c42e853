import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAsync } from '@noble/ed25519';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInstitutions, createSigningAuthority, didOf, type InstitutionProfile, tenantOfDid } from '#institutions';
import { Problem, sha256Hex, systemRandom } from '#kernel';
import { algorithmOf, createKeystore, decodeMultikey, type Keystore, readPublicKey, verifySignature } from '#keystore';
import { openSqlite, type Storage } from '#storage';

const AUTHORITY = 'localhost%3A8483';
const ORIGIN = 'https://localhost:8483';
const SLUG = 'specimen-university';
const DID = `did:web:${AUTHORITY}:institutions:${SLUG}`;
const profile: InstitutionProfile = {
  name: 'Specimen Open University (modelled on a real one)',
  url: 'https://university.example/',
  email: 'registrar@university.example',
  institutionType: 'SUC',
  authorityBasis: 'Charter',
  timeZone: 'Asia/Manila',
  otherIdentifier: [{ identifier: '12345', identifierType: 'ext:CHEDInstitutionCode' }],
  address: { addressCountry: 'Philippines', addressCountryCode: 'PH', psgcCode: '0403411000' },
};

let keystore: Keystore;
let directory: string;
let storage: Storage;
let now: Date;

beforeAll(async () => {
  keystore = await createKeystore({
    passphrase: 'a passphrase of the test',
    salt: new Uint8Array(16),
    random: systemRandom,
    cost: 10,
  });
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-institutions-'));
  storage = await openSqlite({ path: join(directory, 'store.sqlite') });
  now = new Date('2026-06-01T00:00:00.750Z');
});
afterEach(async () => {
  await storage.close();
  rmSync(directory, { recursive: true });
});

const clock = { now: () => now };
const make = () =>
  createInstitutions({
    reader: storage.reader,
    transactor: storage.transactor,
    keystore,
    clock,
    didAuthority: AUTHORITY,
    didOrigin: ORIGIN,
  });
const makeAuthority = (store: Keystore = keystore) =>
  createSigningAuthority({ reader: storage.reader, keystore: store, clock, didAuthority: AUTHORITY });
const actor = 'key:operator';
const problemOf = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('no problem'),
    (error) => (error instanceof Problem ? error : Promise.reject(error)),
  );

describe('institutions', () => {
  it('are made with a key for each purpose and with their audit lines, in one commit', async () => {
    const institutions = make();
    const made = await institutions.create({ slug: SLUG, profile, actor });
    expect(made).toEqual({ tenant: SLUG, profile, createdAt: '2026-06-01T00:00:00Z' });
    expect(await institutions.get(SLUG)).toEqual(made);
    const keys = await institutions.keys(SLUG);
    expect(keys.map(({ keyId, purpose }) => [keyId, purpose]).sort()).toEqual([
      ['key-1-assertion', 'assertion'],
      ['key-1-status', 'status'],
    ]);
    expect(JSON.stringify(keys)).not.toContain('wrapped');
    const audit = await storage.reader.auditEntries(SLUG, { limit: 10 });
    expect(audit.items.map(({ operation, object }) => [operation, object])).toEqual([
      ['institution.create', SLUG],
      ['signingKey.create', 'key-1-assertion'],
      ['signingKey.create', 'key-1-status'],
      ['institution.didDocument', `${SLUG}.1`],
    ]);
    const again = await problemOf(institutions.create({ slug: SLUG, profile, actor }));
    expect([again.kind, again.errors[0]?.pointer]).toEqual(['conflict', '/slug']);
    expect((await storage.reader.signingKeys(SLUG)).length).toBe(2);
  });

  it('say how many persons an award takes, in the log and not in the public profile', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const changed = await institutions.setApproval({ tenant: SLUG, approval: 'two-person', actor });
    expect(changed.approval).toBe('two-person');
    expect(await institutions.get(SLUG)).toEqual(changed);
    await institutions.updateProfile({ tenant: SLUG, profile, actor });
    expect((await institutions.get(SLUG))!.approval).toBe('two-person');
    expect(JSON.stringify(institutions.profileDocument(changed, { extension: true }))).not.toContain('two-person');
    const { items } = await storage.reader.auditEntries(SLUG, { limit: 10 });
    expect(items.find((entry) => entry.operation === 'institution.setApproval')).toMatchObject({
      actor,
      object: SLUG,
      detail: { approval: 'two-person' },
    });
    const bad = await problemOf(institutions.setApproval({ tenant: SLUG, approval: 'none' as never, actor }));
    expect([bad.kind, bad.errors[0]?.pointer]).toEqual(['invalid-request', '/approval']);
    const nobody = institutions.setApproval({ tenant: 'nowhere', approval: 'two-person', actor });
    expect((await problemOf(nobody)).kind).toBe('not-found');
  });

  it.each([
    ['system', '/slug'],
    ['www', '/slug'],
    ['api', '/slug'],
    ['admin', '/slug'],
    ['ab', '/slug'],
    ['Upper', '/slug'],
    ['-a-b', '/slug'],
    ['a_b_c', '/slug'],
    ['a/b/c', '/slug'],
    ['x'.repeat(64), '/slug'],
    ['abc\n', '/slug'],
  ])('refuse the slug %j', async (slug, pointer) => {
    const problem = await problemOf(make().create({ slug, profile, actor }));
    expect([problem.kind, problem.errors.map((error) => error.pointer)]).toEqual(['invalid-request', [pointer]]);
  });

  it.each<[object, string]>([
    [{ name: undefined }, '/profile/name'],
    [{ name: '' }, '/profile/name'],
    [{ name: 'José'.normalize('NFD') }, '/profile/name'],
    [{ name: 'x'.repeat(201) }, '/profile/name'],
    [{ name: 'a\u202Eb' }, '/profile/name'],
    [{ tenant: 'other' }, '/profile/tenant'],
    [{ id: 'did:web:evil.example' }, '/profile/id'],
    [{ description: null }, '/profile/description'],
    [{ url: 'javascript:alert(1)' }, '/profile/url'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, '/profile/email'],
    [{ institutionType: 'University' }, '/profile/institutionType'],
    [{ authorityBasis: 'charter' }, '/profile/authorityBasis'],
    [{ timeZone: 'Mars/Olympus' }, '/profile/timeZone'],
    [{ timeZone: '+08:00' }, '/profile/timeZone'],
    [{ otherIdentifier: [] }, '/profile/otherIdentifier'],
    [{ address: {} }, '/profile/address'],
    [{ address: { addressCountryCode: 'ph' } }, '/profile/address/addressCountryCode'],
    [{ address: { psgcCode: '12' } }, '/profile/address/psgcCode'],
    [{ address: { street: 'x' } }, '/profile/address/street'],
  ])('refuse the profile change %j', async (change, pointer) => {
    const bad = JSON.parse(JSON.stringify({ ...profile, ...change })) as InstitutionProfile;
    const problem = await problemOf(make().create({ slug: SLUG, profile: bad, actor }));
    expect([problem.kind, [...new Set(problem.errors.map((error) => error.pointer))]]).toEqual([
      'invalid-request',
      [pointer],
    ]);
    expect(await storage.reader.institution(SLUG)).toBeUndefined();
  });

  it('refuse an identifier type that only contains ext:', async () => {
    const bad = { ...profile, otherIdentifier: [{ identifier: '1', identifierType: 'xxext:Foo' }] };
    const problem = await problemOf(make().create({ slug: SLUG, profile: bad, actor }));
    expect(problem.errors[0]?.pointer).toBe('/profile/otherIdentifier/0/identifierType');
  });

  it('replace their profile, audited', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    await institutions.updateProfile({ tenant: SLUG, profile: { name: 'Specimen University' }, actor });
    expect((await institutions.get(SLUG))?.profile).toEqual({ name: 'Specimen University' });
    expect((await storage.reader.lastAudit())?.operation).toBe('institution.updateProfile');
    expect((await problemOf(institutions.updateProfile({ tenant: 'nobody', profile, actor }))).kind).toBe('not-found');
  });

  it('speak as an Open Badges Profile, with ph terms only where their types are', async () => {
    const institutions = make();
    const institution = await institutions.create({ slug: SLUG, profile, actor });
    const identifier = { type: 'IdentifierEntry', identifier: '12345', identifierType: 'ext:CHEDInstitutionCode' };
    const common = {
      id: DID,
      name: profile.name,
      url: 'https://university.example/',
      email: 'registrar@university.example',
      otherIdentifier: [identifier],
    };
    expect(institutions.profileDocument(institution, { extension: true })).toEqual({
      ...common,
      type: ['Profile', 'PhProfile'],
      address: { ...profile.address, type: ['Address', 'PhAddress'] },
      institutionType: 'SUC',
      authorityBasis: 'Charter',
    });
    expect(institutions.profileDocument(institution, { extension: false })).toEqual({
      ...common,
      type: ['Profile'],
      address: { type: ['Address'], addressCountry: 'Philippines', addressCountryCode: 'PH' },
    });
    const bare = { ...institution, profile: { name: 'x', address: { psgcCode: '0403411000' } } };
    expect(institutions.profileDocument(bare, { extension: false })).toEqual({ id: DID, type: ['Profile'], name: 'x' });
  });
});

describe('DIDs', () => {
  it('carry the slug and are read back only when they are ours', () => {
    expect(didOf(AUTHORITY, SLUG)).toBe(DID);
    expect(tenantOfDid(AUTHORITY, DID)).toBe(SLUG);
    for (const did of [`${DID}#key`, `${DID}:more`, `did:web:other:institutions:${SLUG}`, `${DID.slice(0, -1)}/`, '']) {
      expect(tenantOfDid(AUTHORITY, did)).toBeUndefined();
    }
  });

  it('keep every key ever used, with the instant from which it no longer counts', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    now = new Date('2026-07-01T00:00:00Z');
    await institutions.rotateKey({ tenant: SLUG, purpose: 'assertion', actor });
    now = new Date('2026-08-01T00:00:00Z');
    await institutions.revokeKey({
      tenant: SLUG,
      keyId: 'key-1-status',
      actor,
      revokedAt: '2026-07-15T08:00:00+08:00',
    });
    const document = await institutions.didDocument(SLUG);
    const keys = new Map((await institutions.keys(SLUG)).map((key) => [key.keyId, key.publicKeyMultibase]));
    const method = (keyId: string, more: object = {}) => ({
      id: `${DID}#${keyId}`,
      type: 'Multikey',
      controller: DID,
      publicKeyMultibase: keys.get(keyId),
      ...more,
    });
    expect(document).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: DID,
      verificationMethod: [
        method('key-1-assertion', { expires: '2026-07-01T00:04:00Z' }),
        method('key-1-status', { revoked: '2026-07-15T00:00:00Z' }),
        method('key-2-assertion'),
        method('key-2-status'),
      ],
      assertionMethod: ['key-1-assertion', 'key-1-status', 'key-2-assertion', 'key-2-status'].map(
        (keyId) => `${DID}#${keyId}`,
      ),
      service: [
        { id: `${DID}#register`, type: 'AccreditationRegister', serviceEndpoint: `${ORIGIN}/registry/${SLUG}` },
      ],
    });
    expect(JSON.stringify(document)).not.toMatch(/wrapped|private/i);
    expect((await problemOf(institutions.didDocument('nobody'))).kind).toBe('not-found');
  });

  it('keep the exact bytes of every document, with its digest in the log', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const served = [JSON.stringify(await institutions.didDocument(SLUG))];
    const step = async (work: () => Promise<unknown>) => {
      now = new Date(now.getTime() + 1_000);
      await work();
      served.push(JSON.stringify(await institutions.didDocument(SLUG)));
    };
    await step(() => institutions.rotateKey({ tenant: SLUG, purpose: 'assertion', actor }));
    await step(() => institutions.createKey({ tenant: SLUG, purpose: 'assertion', algorithm: 'P-256', actor }));
    await step(() => institutions.revokeKey({ tenant: SLUG, keyId: 'key-1-assertion', actor }));
    await step(() => institutions.retireKey({ tenant: SLUG, keyId: 'key-3-assertion', actor }));
    const history = await institutions.didHistory(SLUG);
    expect(history.map(({ number, text }) => [number, text])).toEqual(served.map((text, at) => [at + 1, text]));
    const { items } = await storage.reader.auditEntries(SLUG, { limit: 50 });
    const logged = items.filter((entry) => entry.operation === 'institution.didDocument');
    expect(logged.map(({ object, objectSha256 }) => [object, objectSha256])).toEqual(
      served.map((text, at) => [`${SLUG}.${at + 1}`, sha256Hex(text)]),
    );
    expect(await institutions.recordDidDocuments()).toBe(0);
    // Another address makes another document, recorded at the next start.
    const moved = createInstitutions({
      ...{ reader: storage.reader, transactor: storage.transactor, keystore, clock },
      ...{ didAuthority: AUTHORITY, didOrigin: 'https://badges.example' },
    });
    expect(await moved.recordDidDocuments()).toBe(1);
    expect((await moved.didHistory(SLUG)).at(-1)?.text).toContain('https://badges.example/registry');
    expect((await problemOf(moved.didHistory('nobody'))).kind).toBe('not-found');
  });

  it('are also a JWK set: whose, which algorithm, when it ended, nothing private', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    await institutions.createKey({ tenant: SLUG, purpose: 'assertion', algorithm: 'RSA', actor });
    await institutions.createKey({ tenant: SLUG, purpose: 'assertion', algorithm: 'P-384', actor });
    await institutions.revokeKey({ tenant: SLUG, keyId: 'key-1-status', actor });
    await institutions.retireKey({ tenant: SLUG, keyId: 'key-3-assertion', actor });
    const { keys } = await institutions.keySet(SLUG);
    expect(keys.map(({ kid, kty, alg, use, iss }) => [String(kid).split('#')[1], kty, alg, use, iss]).sort()).toEqual([
      ['key-1-assertion', 'OKP', 'EdDSA', 'sig', DID],
      ['key-1-status', 'OKP', 'EdDSA', 'sig', DID],
      ['key-2-assertion', 'RSA', 'RS256', 'sig', DID],
      ['key-2-status', 'OKP', 'EdDSA', 'sig', DID],
      ['key-3-assertion', 'EC', 'ES384', 'sig', DID],
    ]);
    const of = (keyId: string) => keys.find((key) => key.kid === `${DID}#${keyId}`)!;
    expect(of('key-1-status').revoked).toEqual({ revoked_at: Math.floor(now.getTime() / 1_000) });
    expect(of('key-3-assertion').exp).toBe(Math.floor(now.getTime() / 1_000) + 60);
    for (const key of keys)
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(name);
    await institutions.create({ slug: 'other-school', profile, actor });
    expect((await institutions.keySets()).keys).toHaveLength(keys.length + 2);
  });

  it('refuse a rotation or revocation that makes no sense', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const rotate = (purpose: 'status') => institutions.rotateKey({ tenant: SLUG, purpose, actor });
    expect((await problemOf(rotate('authentication' as 'status'))).kind).toBe('invalid-request');
    const revoke = (keyId: string, revokedAt?: string) =>
      institutions.revokeKey({ tenant: SLUG, keyId, actor, ...(revokedAt ? { revokedAt } : {}) });
    expect((await problemOf(revoke('key-9-status'))).kind).toBe('not-found');
    expect((await problemOf(revoke('key-1-status', '2027-01-01T00:00:00Z'))).kind).toBe('invalid-request');
    expect((await revoke('key-1-status'))?.keyId).toBe('key-2-status');
    expect(await revoke('key-1-status')).toBeUndefined();
  });

  it('let one of several simultaneous rotations win', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => institutions.rotateKey({ tenant: SLUG, purpose: 'status', actor })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    for (const { reason } of lost) expect((reason as Problem).kind).toBe('conflict');
    const keys = await storage.reader.signingKeys(SLUG);
    const active = keys.filter((key) => key.purpose === 'status' && !key.retiredAt);
    expect(active).toHaveLength(1);
    expect(keys.filter((key) => key.purpose === 'status')).toHaveLength(1 + results.length - lost.length);
  });
});

describe('the signing authority', () => {
  const data = Buffer.from('to be signed');

  it('signs with the active key of the purpose', async () => {
    await make().create({ slug: SLUG, profile, actor });
    const authority = makeAuthority();
    for (const purpose of ['assertion', 'status'] as const) {
      const party = await authority.forTenant(SLUG, purpose);
      expect([party.did, party.keyId, party.institution.tenant]).toEqual([DID, `key-1-${purpose}`, SLUG]);
      expect(party.signer.verificationMethod).toBe(`${DID}#key-1-${purpose}`);
      const signature = await party.signer.sign(data);
      expect(await verifyAsync(signature, data, decodeMultikey(party.signer.publicKeyMultibase)!)).toBe(true);
    }
    expect((await problemOf(authority.forTenant('nobody', 'status'))).kind).toBe('not-found');
  });

  it('lists a new key three minutes before it signs, and the old one ends a minute after that', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const authority = makeAuthority();
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-1-assertion');
    const began = now.getTime();
    const next = await institutions.rotateKey({ tenant: SLUG, purpose: 'assertion', actor });
    const activeFrom = Date.parse(next.activeFrom!);
    expect(activeFrom - began).toBeGreaterThan(178_000);
    expect(JSON.stringify(await institutions.didDocument(SLUG))).toContain(next.publicKeyMultibase);
    now = new Date(activeFrom - 1);
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-1-assertion');
    const retiredAt = (await institutions.keys(SLUG)).find((key) => key.keyId === 'key-1-assertion')?.retiredAt;
    expect(Date.parse(retiredAt!)).toBe(activeFrom + 60_000);
    now = new Date(activeFrom);
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-2-assertion');
    // What was prepared before is finished with the key that was written down with it.
    expect((await authority.forKey(SLUG, 'key-1-assertion')).keyId).toBe('key-1-assertion');
  });

  it('signs with a key of each kind that was made, and says how to make one that was not', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const authority = makeAuthority();
    const kinds = [
      ['P-256', 'key-2-assertion'],
      ['P-384', 'key-3-assertion'],
      ['RSA', 'key-4-assertion'],
    ] as const;
    for (const [algorithm, keyId] of kinds) {
      const none = await problemOf(authority.forTenant(SLUG, 'assertion', algorithm));
      expect([none.kind, none.extensions.code]).toEqual(['conflict', 'no_signing_key']);
      expect(none.message).toContain(`POST /v1/institutions/${SLUG}/keys`);
      await institutions.createKey({ tenant: SLUG, purpose: 'assertion', algorithm, actor });
      now = new Date(now.getTime() + 6_000);
      const early = await problemOf(authority.forTenant(SLUG, 'assertion', algorithm));
      expect(early.kind).toBe('unavailable');
      expect(early.message).toContain(`${keyId} signs from`);
      now = new Date(now.getTime() + 175_000);
      const { signer } = await authority.forTenant(SLUG, 'assertion', algorithm);
      expect([algorithmOf(signer.publicKeyMultibase), signer.verificationMethod]).toEqual([
        algorithm,
        `${DID}#${keyId}`,
      ]);
      expect(verifySignature(readPublicKey(signer.publicKeyMultibase), data, await signer.sign(data))).toBe(true);
      const again = await problemOf(institutions.createKey({ tenant: SLUG, purpose: 'assertion', algorithm, actor }));
      expect(again.kind).toBe('conflict');
    }
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-1-assertion');
    const document = (await institutions.didDocument(SLUG)) as { '@context': string[]; verificationMethod: object[] };
    expect(document['@context']).toContain('https://w3id.org/security/jwk/v1');
    const rsa = document.verificationMethod.find((method) => 'publicKeyJwk' in method)!;
    expect(rsa).toEqual({
      id: `${DID}#key-4-assertion`,
      type: 'JsonWebKey',
      controller: DID,
      publicKeyJwk: { kty: 'RSA', alg: 'RS256', e: 'AQAB', n: expect.stringMatching(/^[\w-]{512}$/) },
    });
  });

  it('rotates each kind for itself, and ends a kind that is not needed any more', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const of = { tenant: SLUG, purpose: 'assertion', algorithm: 'P-256', actor } as const;
    expect((await problemOf(institutions.rotateKey(of))).kind).toBe('conflict');
    await institutions.createKey({ ...of, immediately: true });
    const authority = makeAuthority();
    expect((await authority.forTenant(SLUG, 'assertion', 'P-256')).keyId).toBe('key-2-assertion');
    expect((await institutions.rotateKey(of)).keyId).toBe('key-3-assertion');
    // Rotating again before the successor began: the first two end together.
    expect((await institutions.rotateKey(of)).keyId).toBe('key-4-assertion');
    now = new Date(now.getTime() + 240_000);
    const ended = (await institutions.keys(SLUG)).filter((key) => key.retiredAt !== undefined);
    expect(ended.map((key) => key.keyId).sort()).toEqual(['key-2-assertion', 'key-3-assertion']);
    expect((await authority.forTenant(SLUG, 'assertion', 'P-256')).keyId).toBe('key-4-assertion');
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-1-assertion');
    await institutions.retireKey({ tenant: SLUG, keyId: 'key-4-assertion', actor });
    now = new Date(now.getTime() + 61_000);
    expect((await problemOf(authority.forTenant(SLUG, 'assertion', 'P-256'))).kind).toBe('unavailable');
    const last = await problemOf(institutions.retireKey({ tenant: SLUG, keyId: 'key-1-assertion', actor }));
    expect(last.kind).toBe('conflict');
    expect((await problemOf(institutions.retireKey({ tenant: SLUG, keyId: 'key-9-status', actor }))).kind).toBe(
      'not-found',
    );
    const bad = await problemOf(institutions.createKey({ ...of, algorithm: 'secp256k1' as never }));
    expect(bad.errors[0]?.pointer).toBe('/algorithm');
  }, 30_000);

  it('stops a revoked key', async () => {
    const institutions = make();
    await institutions.create({ slug: SLUG, profile, actor });
    const authority = makeAuthority();
    await authority.forTenant(SLUG, 'assertion');
    await institutions.revokeKey({ tenant: SLUG, keyId: 'key-1-assertion', actor });
    now = new Date(now.getTime() + 5_000);
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-2-assertion');
    expect((await problemOf(authority.forKey(SLUG, 'key-1-assertion'))).kind).toBe('conflict');
    expect((await problemOf(authority.forKey(SLUG, 'key-7-assertion'))).kind).toBe('not-found');
  });

  it('opens each key once, and reads again when the clock was set back', async () => {
    await make().create({ slug: SLUG, profile, actor });
    let opened = 0;
    const counting: Keystore = {
      generate: keystore.generate,
      signer: (key, did) => {
        opened++;
        return keystore.signer(key, did);
      },
    };
    const authority = makeAuthority(counting);
    for (const step of [0, 1_000, 60_000, 3_600_000, -7_200_000]) {
      now = new Date(now.getTime() + step);
      await authority.forTenant(SLUG, 'assertion');
      await authority.forTenant(SLUG, 'status');
    }
    expect(opened).toBe(2);
    await make().revokeKey({ tenant: SLUG, keyId: 'key-1-assertion', actor });
    now = new Date(now.getTime() - 1_000);
    expect((await authority.forTenant(SLUG, 'assertion')).keyId).toBe('key-2-assertion');
  });
});
