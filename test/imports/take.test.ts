import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Brought,
  belongsTo,
  createImports,
  credentialOf,
  IMPORTS_AN_HOUR,
  type ImportedCredential,
  type Imports,
  type Proven,
} from '#imports';
import { type JsonObject, LIMITS, Problem, systemRandom } from '#kernel';
import { openSqlite, type Storage } from '#storage';
import { chunk, itxt, picture, svg } from '../documents/samples.ts';
import { imported } from '../storage/support/records.ts';
import { actor, badge, LIST, statusEntry, statusList, type World, world } from '../verifier/world.ts';

const school = actor('school');
const MARIA = 'maria@students.example';
const maria: Proven = [{ kind: 'email', value: MARIA }];
const ALL = { limit: 100, offset: 0 };

let on: World;
let storage: Storage;
let imports: Imports;

beforeEach(async () => {
  on = world([school]);
  storage = await openSqlite({ path: ':memory:' });
  const clock = { now: () => new Date(on.now.at) };
  imports = createImports({ ...storage, verifier: on.verifier, clock, random: systemRandom });
});
afterEach(() => storage.close());

const hashOf = (email: string) => `sha256$${createHash('sha256').update(`${email}pepper`).digest('hex')}`;

/** A badge that names an address by its salted hash. */
async function signed(more: JsonObject = {}, email = MARIA): Promise<JsonObject> {
  const base = badge(school);
  const identifier = [
    {
      ...{ type: 'IdentityObject', hashed: true, salt: 'pepper', identityHash: hashOf(email) },
      identityType: 'emailAddress',
    },
  ];
  const credentialSubject = { ...(base.credentialSubject as JsonObject), identifier };
  return on.sign(school, { ...base, credentialSubject, ...more });
}

const take = (brought: Brought, holder = maria) =>
  imports.take({ holder, brought, source: 'upload', actor: 'holder:test' });

async function refused(brought: Brought, holder = maria): Promise<Problem> {
  const caught = await take(brought, holder).catch((error: unknown) => error);
  if (!(caught instanceof Problem)) throw new Error(`no problem: ${JSON.stringify(caught)}`);
  expect((await imports.list(maria, ALL)).total).toBe(0);
  return caught;
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('a badge of elsewhere', () => {
  it('is kept as it came, byte for byte, with what it was called', async () => {
    const text = `\ufeff\n ${JSON.stringify(await signed(), null, 3).replaceAll('\n', '\r\n')}\n\n`;
    const plain = JSON.stringify(await signed({ id: 'https://school.example/credentials/2' }));
    const forms: [Brought, Uint8Array, string][] = [
      [
        { bytes: bytes(text), mediaType: 'application/vc+ld+json; charset=utf-8' },
        bytes(text),
        'application/vc+ld+json; charset=utf-8',
      ],
      [
        { bytes: new Uint8Array(picture(itxt('openbadgecredential', plain))) },
        picture(itxt('openbadgecredential', plain)),
        'image/png',
      ],
    ];
    for (const [brought, came, type] of forms) {
      const { outcome, imported } = await take(brought);
      expect([outcome, imported.mediaType, imported.verdict]).toEqual(['created', type, 'valid']);
      const row = await imports.read(maria, imported.importId);
      expect(Buffer.from(row.received).equals(Buffer.from(came))).toBe(true);
      expect(row).toMatchObject({ name: 'Set-up computer networks', issuerName: 'Specimen Technical School' });
      expect(belongsTo(maria, row)).toEqual({ identifier: 0, by: 'identity' });
    }
  });

  it('is what an address answers, and says where that was', async () => {
    const text = JSON.stringify(await signed());
    const url = 'https://school.example/files/badge';
    on.pages.set(url, { contentType: 'text/html', body: svg(text) });
    const { imported } = await imports.take({ holder: maria, brought: { url }, source: 'url', actor: 'holder:test' });
    expect(imported).toMatchObject({ mediaType: 'image/svg+xml', address: url, source: 'url' });
    const row = await imports.read(maria, imported.importId);
    expect(Buffer.from(row.received).equals(svg(text))).toBe(true);
    expect([row.credential, credentialOf(row)]).toEqual([text, text]);
  });

  it('is one badge in all its editions: the later takes the place, the earlier changes nothing', async () => {
    const edition = async (validFrom: string, id = 'https://school.example/credentials/1') =>
      take({ text: JSON.stringify(await signed({ validFrom, id })) });
    const first = await edition('2026-06-15T01:00:00Z');
    const same = await edition('2026-06-15T01:00:00Z');
    const later = await edition('2026-06-15T02:00:00+00:00', 'https://school.example/credentials/%31');
    const earlier = await edition('2026-06-15T09:30:00+08:00');
    expect([first, same, later, earlier].map(({ outcome }) => outcome)).toEqual([
      ...['created', 'not_newer', 'replaced', 'not_newer'],
    ]);
    expect(new Set([first, same, later, earlier].map(({ imported }) => imported.importId)).size).toBe(1);
    const { items, total } = await imports.list(maria, ALL);
    expect([total, items[0]!.validFrom]).toEqual([1, '2026-06-15T02:00:00.000Z']);
  });

  it('is never what does not hold, what is no badge, or what is too large', async () => {
    const good = await signed();
    const text = JSON.stringify(good);
    const record = await on.sign(school, statusList(school, [], { id: 'https://school.example/status/2' }));
    const cases: [string, Brought, object][] = [
      [
        'tampered',
        { text: text.replace('small computer', 'large computer') },
        { kind: 'invalid-request', extensions: { code: 'not_kept', check: 'signature_invalid' } },
      ],
      [
        'expired',
        { text: JSON.stringify(await signed({ validUntil: '2026-07-01T00:00:00Z' })) },
        { kind: 'invalid-request', extensions: { check: 'expired' } },
      ],
      ['no badge', { text: JSON.stringify(record) }, { kind: 'invalid-request', extensions: { code: 'not_kept' } }],
      ['no JSON', { text: '{"a":' }, { kind: 'malformed-json' }],
      ['words', { text: 'I have a badge' }, { kind: 'malformed-json' }],
      [
        'a picture without one',
        { bytes: new Uint8Array(picture(chunk('tEXt', Buffer.from('a\0b')))) },
        { kind: 'invalid-image' },
      ],
      ['too large', { bytes: new Uint8Array(2 * 1024 * 1024 + 1) }, { kind: 'payload-too-large' }],
      ['nowhere', { url: 'https://nowhere.example/badge' }, { kind: 'fetch-failed' }],
    ];
    for (const [name, brought, problem] of cases) {
      const found = await refused(brought);
      expect({ name, kind: found.kind, extensions: found.extensions }, name).toMatchObject(problem);
    }
    expect(await refused({ text }, [])).toMatchObject({ kind: 'conflict' });
    expect(await refused({ text }, [{ kind: 'studentNumber', value: '7' }])).toMatchObject({ kind: 'conflict' });
  });

  it('is refused while its issuer cannot be asked: nothing of it would be known', async () => {
    const stranger = actor('stranger');
    const text = JSON.stringify(await on.sign(stranger, badge(stranger)));
    expect(await refused({ text })).toMatchObject({ kind: 'unavailable', extensions: { code: 'not_verified' } });
  });

  it('waits where only its status is not known, and is asked about again', async () => {
    const text = JSON.stringify(await signed(statusEntry(7)));
    const { imported } = await take({ text });
    expect(imported).toMatchObject({
      verdict: 'undetermined',
      sentence: { en: expect.stringMatching(/^Not verified yet/) },
    });
    const now = async () => (await imports.read(maria, imported.importId)).verdict;
    await imports.retryOnce();
    expect(on.asked.filter((url) => url === LIST)).toHaveLength(1);
    on.now.at = '2026-11-24T01:11:00Z';
    await imports.retryOnce();
    expect(await now()).toBe('undetermined');
    await on.sign(school, statusList(school));
    on.now.at = '2026-11-24T01:22:00Z';
    await imports.retryOnce();
    expect(await now()).toBe('valid');
    const asked = on.asked.length;
    await imports.retryOnce();
    expect(on.asked).toHaveLength(asked);
  });

  it('that waited is verified when it is brought again', async () => {
    const text = JSON.stringify(await signed(statusEntry(7)));
    expect((await take({ text })).imported.verdict).toBe('undetermined');
    await on.sign(school, statusList(school));
    const again = await take({ text });
    expect([again.outcome, again.imported.verdict]).toEqual(['not_newer', 'valid']);
    expect((await imports.list(maria, ALL)).items[0]!.verdict).toBe('valid');
  });

  it('of somebody else is kept and not shown to be theirs, until they prove the address', async () => {
    const { imported } = await take({ text: JSON.stringify(await signed({}, 'maria@work.example')) });
    expect(belongsTo(maria, imported)).toBeUndefined();
    const both: Proven = [...maria, { kind: 'email', value: 'maria@work.example' }];
    expect(belongsTo(both, imported)).toEqual({ identifier: 1, by: 'identity' });
  });

  it('is for whoever keeps it only', async () => {
    const { imported } = await take({ text: JSON.stringify(await signed()) });
    const pedro: Proven = [{ kind: 'email', value: 'pedro@students.example' }];
    await expect(imports.read(pedro, imported.importId)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(imports.remove(pedro, imported.importId, 'holder:x')).rejects.toMatchObject({ kind: 'not-found' });
    expect((await imports.list(pedro, ALL)).total).toBe(0);
    await imports.remove(maria, imported.importId, 'holder:x');
    await expect(imports.read(maria, imported.importId)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('what one holder may bring', () => {
  it('is a number of attempts in an hour, whether they hold or not', async () => {
    const attempt = () => take({ text: '{}' }).catch((error: unknown) => (error as Problem).kind);
    const kinds = new Set<unknown>();
    for (let n = 0; n < IMPORTS_AN_HOUR; n++) kinds.add(await attempt());
    expect([...kinds]).toEqual(['invalid-request']);
    expect(await attempt()).toBe('rate-limited');
    on.now.at = '2026-11-24T02:00:00Z';
    expect(await attempt()).toBe('invalid-request');
  });

  it('is a number of badges, of which a later edition is still taken', async () => {
    const row = (n: number): ImportedCredential => imported(`one-${n}`, { keeperValue: MARIA });
    const most = { count: 1_000, bytes: 1_000_000 };
    const rows = Array.from({ length: LIMITS.importsKept - 1 }, (_, n) => row(n));
    await storage.transactor.commit(rows.map((one) => ({ op: 'import.insert', row: one, most }) as const));
    await take({ text: JSON.stringify(await signed()) });
    const another = JSON.stringify(await signed({ id: 'https://school.example/credentials/2' }));
    await expect(take({ text: another })).rejects.toMatchObject({
      kind: 'conflict',
      extensions: { code: 'import_quota' },
    });
    const later = await take({ text: JSON.stringify(await signed({ validFrom: '2026-06-16T01:00:00Z' })) });
    expect(later.outcome).toBe('replaced');
    expect((await imports.list(maria, ALL)).total).toBe(LIMITS.importsKept);
  });

  it('is little by a key alone, and counted together for all keys', async () => {
    const key = (n: number): Proven => [{ kind: 'did', value: `did:key:z${n}` }];
    const badgeOf = (id: number) => signed({ id: `https://school.example/credentials/${id}` });
    const texts = await Promise.all(Array.from({ length: 21 }, async (_, n) => JSON.stringify(await badgeOf(n))));
    for (const text of texts.slice(0, 20)) expect((await take({ text }, key(1))).outcome).toBe('created');
    await expect(take({ text: texts[20]! }, key(1))).rejects.toMatchObject({ extensions: { code: 'import_quota' } });
    const rest = async () => {
      for (let n = 2; n < 12; n++) for (const text of texts.slice(0, 20)) await take({ text }, key(n));
    };
    await expect(rest()).rejects.toMatchObject({ kind: 'rate-limited' });
    expect((await take({ text: texts[20]! }, [...key(1), ...maria])).imported.keeperKind).toBe('email');
  }, 30_000);

  it('of one badge at the same time is kept once', async () => {
    const texts = await Promise.all(
      ['2026-06-15T01:00:00Z', '2026-06-16T01:00:00Z', '2026-06-17T01:00:00Z'].map(async (validFrom) =>
        JSON.stringify(await signed({ validFrom })),
      ),
    );
    await Promise.all([...texts, ...texts].map((text) => take({ text })));
    const { items, total } = await imports.list(maria, ALL);
    expect([total, items[0]!.validFrom]).toEqual([1, '2026-06-17T01:00:00.000Z']);
  });
});

describe('an older badge', () => {
  const ASSERTION = {
    ...{ '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id: 'https://old.example/assertions/1' },
    recipient: { type: 'email', hashed: false, identity: MARIA },
    ...{ badge: 'https://old.example/classes/1', verification: { type: 'hosted' }, issuedOn: '2019-06-15T01:00:00Z' },
  };
  const jws = (payload: object) =>
    [{ alg: 'RS256' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

  beforeEach(() => {
    on.publish('https://old.example/classes/1', { name: 'SPECIMEN Old badge', issuer: 'https://old.example/issuer' });
    on.publish('https://old.example/issuer', { name: 'Specimen Old School' });
    on.publish(ASSERTION.id, ASSERTION as never);
  });

  it.each<[string, () => Brought]>([
    ['hosted', () => ({ url: ASSERTION.id })],
    ['as a file', () => ({ bytes: bytes(JSON.stringify(ASSERTION)) })],
    ['signed', () => ({ text: `${jws({ ...ASSERTION, verification: { type: 'signed' } })}.c2ln` })],
    [
      'baked with its assertion',
      () => ({ bytes: new Uint8Array(picture(itxt('openbadges', JSON.stringify(ASSERTION)))) }),
    ],
    ['baked with its address', () => ({ bytes: new Uint8Array(picture(itxt('openbadges', ASSERTION.id))) })],
    ['baked with its token', () => ({ bytes: new Uint8Array(picture(itxt('openbadges', `${jws(ASSERTION)}.c2ln`))) })],
  ])('%s is shown by name and issuer, said to be what it is, and never counted', async (_, brought) => {
    const { imported } = await take(brought());
    expect(imported).toMatchObject({
      ...{ format: 'ob2', name: 'SPECIMEN Old badge', issuerName: 'Specimen Old School', verdict: 'undetermined' },
      sentence: { en: expect.stringContaining('Open Badges 2.0: shown, never counted') },
    });
    expect(await imports.countable(maria)).toEqual([]);
    on.now.at = '2026-11-24T05:00:00Z';
    expect(await imports.retryOnce()).toBe(false);
  });
});
