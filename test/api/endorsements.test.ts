import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../support/service.ts';
import { referenceVerify } from './vc-api/reference.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Body = any;

const [SCHOOL, BOARD] = ['specimen-school', 'specimen-board'];
const SUITE = 'eddsa-rdfc-2022';
let service: TestService;
let school: { did: string; issuer: string };
let board: { did: string; issuer: string; authority: string };
let achievementUrl: string;
let badge: Body;

beforeAll(async () => {
  service = await openService();
  school = await service.institution(SCHOOL, 'Specimen School');
  board = await service.institution(BOARD, 'Specimen <b>Board</b>');
  const made = await post('/v1/achievements', school.issuer, { achievement: definition(), extension: false });
  achievementUrl = made.body.achievement.id;
  const body = { achievementId: made.body.achievementId, recipients: [{ name: 'Maria Specimen' }] };
  const issued = await post('/v1/credentials', school.issuer, body);
  badge = issued.body.credentials[0];
});
afterAll(() => service.close());

const definition = (more: object = {}) => ({
  ...{ name: 'SPECIMEN Data Literacy', description: 'Reads and questions data.' },
  ...{ criteria: { narrative: 'Passes the examination.' }, ...more },
});

const post = (url: string, key: string, body: object, headers = {}) =>
  service.call<Body>('POST', url, { key, body, headers });
const endorse = (more: JsonObject = {}, headers = {}, key = board.issuer) =>
  post('/v1/endorsements', key, { ...aboutTheCourse(), ...more }, headers);
const aboutTheCourse = (): JsonObject => ({
  endorses: { kind: 'achievement', id: achievementUrl },
  name: 'SPECIMEN Endorsement of a course',
  endorsementComment: 'Well **taught**.',
});
const endorsed = async (more: JsonObject = {}) => {
  const done = await endorse(more);
  expect([done.status, done.text]).toEqual([201, done.text]);
  return done.body;
};
const verify = async (body: object) => (await service.call<Body>('POST', '/v1/verifications', { body })).body;
const audited = async (tenant = BOARD) => (await service.app.storage.reader.auditEntries(tenant, { limit: 500 })).items;

describe('an endorsement that is issued', () => {
  it('is an EndorsementCredential with everything the standard asks of one', async () => {
    const made = await endorsed();
    const { credential } = made;
    expect(made).toMatchObject({
      state: 'active',
      revocable: true,
      endorses: { kind: 'achievement', id: achievementUrl },
    });
    expect(credential['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ]);
    expect(credential).toMatchObject({
      id: `${service.publicUrl}/endorsements/${made.id}`,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'SPECIMEN Endorsement of a course',
      issuer: { id: board.did, type: ['Profile'], name: 'Specimen <b>Board</b>' },
      validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      credentialSubject: {
        id: achievementUrl,
        type: ['EndorsementSubject'],
        endorsementComment: 'Well **taught**.',
      },
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      proof: { type: 'DataIntegrityProof', cryptosuite: SUITE, proofPurpose: 'assertionMethod' },
    });
  });

  it('is verified by the reference library and by our own verifier, as what it is', async () => {
    const { credential, url } = await endorsed();
    expect(await referenceVerify(service, credential, SUITE, BOARD)).toBe(true);
    const changed = structuredClone(credential);
    changed.credentialSubject.endorsementComment = 'Badly taught.';
    expect(await referenceVerify(service, changed, SUITE, BOARD)).toBe(false);
    for (const report of [await verify({ credential }), await verify({ url })]) {
      expect(report).toMatchObject({ verdict: 'valid', profile: 'openbadge' });
      expect(report.endorses).toEqual({ id: achievementUrl, comment: 'Well **taught**.' });
    }
    expect((await verify({ credential: changed })).verdict).not.toBe('valid');
  });

  it('speaks of a credential, an institution, and things of elsewhere', async () => {
    for (const endorses of [
      { kind: 'credential', id: badge.url },
      { kind: 'profile', id: school.did },
      { kind: 'profile', id: 'did:web:elsewhere.example' },
      { kind: 'credential', id: 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-1d2c3b4a5f60' },
    ]) {
      const { credential } = await endorsed({ endorses });
      expect(credential.credentialSubject.id).toBe(endorses.id);
    }
  });

  it('is served at its address: the signed bytes to programs, a page to people, open to any origin', async () => {
    const { credential, id } = await endorsed({
      endorsementComment: 'See <script>alert(1)</script> & [this](javascript:x)',
    });
    const get = (accept: string, url = `/endorsements/${id}`) =>
      service.server.inject({ method: 'GET', url, headers: { accept } });
    for (const accept of ['application/vc', 'application/ld+json', 'application/json']) {
      const answer = await get(accept);
      expect(answer.headers['content-type']).toContain(accept);
      expect(answer.body).toBe(JSON.stringify(credential));
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers.etag).toBeDefined();
    }
    expect((await get('application/json', `/endorsements/${id}.json`)).body).toBe(JSON.stringify(credential));
    for (const [lang, words] of [
      ['en', 'Check this endorsement'],
      ['fil', 'Suriin ang endosong ito'],
    ]) {
      const page = (await get('text/html', `/endorsements/${id}?lang=${lang}`)).body;
      expect(page).toContain(words);
      expect(page).toContain('Specimen &lt;b&gt;Board&lt;/b&gt;');
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page).not.toContain('<script');
      expect(page).not.toContain('href="javascript');
    }
    expect((await get('application/json', '/endorsements/zzzzzzzzzzzzzzzzzzzzzzzzzz')).statusCode).toBe(404);
  });

  it('is listed on the page of the credential it speaks of, without its words, while it holds', async () => {
    const body = { achievementId: badge.achievementId, recipients: [{ name: 'Jose Specimen' }] };
    const { url } = (await post('/v1/credentials', school.issuer, body)).body.credentials[0];
    const page = async () =>
      (await service.server.inject({ url: new URL(url).pathname, headers: { accept: 'text/html' } })).body;
    expect(await page()).not.toContain('Endorsements');
    const about = { endorses: { kind: 'credential', id: url }, endorsementComment: 'Only on its own page.' };
    const one = await endorsed({ ...about, name: 'SPECIMEN Praise' });
    await endorsed({ ...about, name: 'SPECIMEN Later', validFrom: '2027-06-01' });
    const shown = await page();
    expect(shown).toContain('SPECIMEN Praise');
    expect(shown).toContain(`/endorsements/${one.id}`);
    expect(shown).toContain('Specimen &lt;b&gt;Board&lt;/b&gt;');
    expect(shown).not.toMatch(/Only on its own page|SPECIMEN Later/);
    await post(`/v1/endorsements/${one.id}/status`, board.issuer, { action: 'revoke', reason: 'Said in error' });
    expect(await page()).not.toContain('SPECIMEN Praise');
  });

  it('leaves its intent, its signature and its digest in the audit log', async () => {
    const { id, sha256 } = await endorsed();
    const entries = (await audited()).filter(({ object }) => object === id);
    expect(entries.map(({ operation }) => operation)).toEqual(['plainCredential.prepare', 'plainCredential.issue']);
    expect(entries[1]?.objectSha256).toBe(sha256);
  });

  it('is read and listed by its institution alone', async () => {
    const { id } = await endorsed({ endorses: { kind: 'profile', id: 'did:web:listed.example' } });
    const get = (url: string, key: string) => service.call<Body>('GET', url, { key });
    expect((await get(`/v1/endorsements/${id}`, board.authority)).body.credential.id).toContain(id);
    expect((await get(`/v1/endorsements/${id}`, school.issuer)).status).toBe(404);
    const of = encodeURIComponent('did:web:listed.example');
    const ids = async (url: string, key: string) => (await get(url, key)).body.items.map((one: Body) => one.id);
    expect(await ids(`/v1/endorsements?endorses=${of}`, board.issuer)).toEqual([id]);
    expect(await ids(`/v1/endorsements?kind=credential&endorses=${of}`, board.issuer)).toEqual([]);
    expect(await ids('/v1/endorsements', school.issuer)).toEqual([]);
  });

  it('is one however often the request is repeated', async () => {
    const key = { 'idempotency-key': 'once' };
    const [one, two] = [await endorse({}, key), await endorse({}, key)];
    expect(two.text).toBe(one.text);
    const other = await endorse({ name: 'SPECIMEN Another' }, key);
    expect([other.status, other.body.type ?? '']).toEqual([422, expect.stringContaining('idempotency-mismatch')]);
  });
});

describe('an endorsement that is taken back', () => {
  it('is revoked for every verifier, alone and for good', async () => {
    const { id, credential } = await endorsed();
    expect((await verify({ credential })).verdict).toBe('valid');
    const revoke = (key = board.issuer) =>
      post(`/v1/endorsements/${id}/status`, key, { action: 'revoke', reason: 'The course was revised' });
    expect((await revoke(school.issuer)).status).toBe(404);
    expect((await revoke()).body).toMatchObject({ id, state: 'revoked', published: true });
    expect((await revoke()).status).toBe(409);
    const report = await verify({ credential });
    expect(report.verdict).not.toBe('valid');
    expect(JSON.stringify(report)).toContain('revoked');
    const html = await service.server.inject({ url: `/endorsements/${id}`, headers: { accept: 'text/html' } });
    expect(html.body).toContain('Revoked');
    expect((await audited()).findLast(({ operation }) => operation === 'endorsement.revoke')).toMatchObject({
      object: id,
      detail: { reason: 'The course was revised' },
    });
  });

  it('cannot be where it was issued without a status entry', async () => {
    const { id, credential } = await endorsed({ revocable: false });
    expect(credential.credentialStatus).toBeUndefined();
    const done = await post(`/v1/endorsements/${id}/status`, board.issuer, { action: 'revoke', reason: 'Error' });
    expect(done.status).toBe(409);
  });
});

describe('an endorsement that is interrupted', () => {
  it("is nobody's until it is whole: no address, no list, and its status bit is set", async () => {
    let broken = true;
    const other = await openService({
      onPlainStep: (step) => {
        if (broken && step === 'store') throw new Error('the process dies here');
      },
    });
    const { issuer } = await other.institution(BOARD);
    const ask = (headers = {}) =>
      other.call<Body>('POST', '/v1/endorsements', {
        ...{ key: issuer, headers },
        body: { ...aboutTheCourse(), endorses: { kind: 'profile', id: 'did:web:x.example' } },
      });
    expect((await ask()).status).toBe(500);
    const { reader } = other.app.storage;
    const entries = (await reader.auditEntries(BOARD, { limit: 500 })).items;
    const id = entries.find(({ operation }) => operation === 'plainCredential.prepare')!.object!;
    const row = await reader.plainCredential(BOARD, id);
    expect(row?.phase).toBe('abandoned');
    expect(await reader.setStatusIndexes(row!.statusListId!)).toContain(row!.statusListIndex);
    expect((await other.call('GET', `/endorsements/${id}`)).status).toBe(404);
    expect((await other.call<Body>('GET', '/v1/endorsements', { key: issuer })).body.items).toEqual([]);
    // Whoever can come back for it gets the one that was meant.
    const key = { 'idempotency-key': 'again' };
    expect((await ask(key)).status).toBe(500);
    broken = false;
    const done = await ask(key);
    expect([done.status, done.text]).toEqual([201, done.text]);
    expect((await other.call('GET', `/endorsements/${done.body.id}`)).status).toBe(200);
    expect(await other.app.storage.integrity()).toEqual([]);
    await other.close();
  });

  it('one person is enough, also where awards take two', async () => {
    const put = { key: service.operatorKey, body: { approval: 'two-person' } };
    const set = await service.call('PUT', `/v1/institutions/${BOARD}/issuing-policy`, put);
    expect([set.status, set.text]).toEqual([200, set.text]);
    expect((await endorse()).status).toBe(201);
  });
});

describe('what is refused, with nothing stored', () => {
  const of = (kind: string, id: string) => ({ endorses: { kind, id } });
  it.each<[string, () => JsonObject, string]>([
    ['a relative id', () => of('achievement', 'achievements/1'), '/endorses/id'],
    ['a script as id', () => of('profile', 'javascript:alert(1)'), '/endorses/id'],
    ['an id with markup', () => of('profile', 'https://x.example/<b>'), '/endorses/id'],
    ['an unknown kind', () => of('person', 'https://x.example/'), '/endorses/kind'],
    [
      'a credential of ours that is none',
      () => of('credential', `${service.publicUrl}/credentials/zz`),
      '/endorses/id',
    ],
    ['an achievement called a credential', () => of('credential', achievementUrl), '/endorses/id'],
    ['a page of ours', () => of('profile', `${service.publicUrl}/institutions/${SCHOOL}`), '/endorses/id'],
    ['an institution of ours that is none', () => of('profile', school.did.replace(SCHOOL, 'nobody')), '/endorses/id'],
    ['itself', () => of('profile', board.did), '/endorses/id'],
    ['bidi in the comment', () => ({ endorsementComment: 'good \u202etxet' }), '/endorsementComment'],
    ['invisible characters', () => ({ endorsementComment: 'go\u200bod' }), '/endorsementComment'],
    ['another normal form', () => ({ endorsementComment: 'Jose\u0301' }), '/endorsementComment'],
    ['a control character', () => ({ name: 'SPECIMEN \u0007' }), '/name'],
    ['a comment too long', () => ({ endorsementComment: 'a'.repeat(10_001) }), '/endorsementComment'],
    ['an empty comment', () => ({ endorsementComment: '' }), '/endorsementComment'],
    ['no mark of a specimen', () => ({ name: 'Endorsement' }), '/name'],
    ['an end before the beginning', () => ({ validFrom: '2026-06-02', validUntil: '2026-06-01' }), '/validUntil'],
    ['no such day', () => ({ validFrom: '2026-02-30' }), '/validFrom'],
    ['a national number', () => of('profile', 'urn:philsys:1234-5678-9012'), '/endorses/id'],
    ['an unknown member', () => ({ issuer: school.did }), '/issuer'],
  ])('%s', async (_, more, pointer) => {
    const before = (await audited()).length;
    const done = await endorse(more());
    expect(done.status).toBeGreaterThanOrEqual(400);
    expect(done.status).toBeLessThan(500);
    expect(done.body.errors.map((one: Body) => one.pointer)).toContain(pointer);
    expect(await audited()).toHaveLength(before);
    expect(await service.app.storage.reader.preparedPlainCredentials(9)).toEqual([]);
  });

  it('an own achievement and an own credential: nobody endorses itself', async () => {
    for (const endorses of [
      { kind: 'achievement', id: achievementUrl },
      { kind: 'credential', id: badge.url },
    ]) {
      const done = await endorse({ endorses }, {}, school.issuer);
      expect(done.body.errors).toMatchObject([{ pointer: '/endorses/id', code: 'self' }]);
    }
  });

  it('an endorsement by the door of the VC API', async () => {
    const { credential } = await endorsed();
    const { proof: _, ...unsigned } = credential;
    const done = await post('/vc-api/credentials/issue', board.issuer, { credential: unsigned });
    expect(done.status).toBe(403);
  });
});
