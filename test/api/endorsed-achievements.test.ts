import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../support/service.ts';
import { referenceVerify } from './vc-api/reference.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Body = any;

const [SCHOOL, BOARD] = ['specimen-school', 'specimen-board'];
let service: TestService;
let school: { did: string; issuer: string };
let board: { did: string; issuer: string };

beforeAll(async () => {
  service = await openService();
  school = await service.institution(SCHOOL, 'Specimen School');
  board = await service.institution(BOARD, 'Specimen Board');
});
afterAll(() => service.close());

const definition = {
  ...{ name: 'SPECIMEN Data Literacy', description: 'Reads and questions data.' },
  criteria: { narrative: 'Passes the examination.' },
};
const post = (url: string, key: string, body: object) => service.call<Body>('POST', url, { key, body });

/** An achievement, and the way to its next version. */
async function achievement(extension = false) {
  const { body } = await post('/v1/achievements', school.issuer, { achievement: definition, extension });
  const id = body.achievementId as string;
  return {
    ...{ id, url: body.achievement.id as string },
    next: (endorsement: unknown) =>
      post(`/v1/achievements/${id}/versions`, school.issuer, { achievement: definition, extension, endorsement }),
    async badge(): Promise<Body> {
      const body = { achievementId: id, recipients: [{ name: 'Maria Specimen' }] };
      const done = await post('/v1/credentials', school.issuer, body);
      expect([done.status, done.text]).toEqual([201, done.text]);
      return done.body.credentials[0].credential;
    },
  };
}

async function endorsement(id: string, more: JsonObject = {}): Promise<Body> {
  const body = {
    endorses: { kind: 'achievement', id },
    name: 'SPECIMEN Endorsement',
    endorsementComment: 'Good.',
    ...more,
  };
  const done = await post('/v1/endorsements', board.issuer, body);
  expect([done.status, done.text]).toEqual([201, done.text]);
  return done.body;
}

const verify = async (credential: JsonObject) =>
  (await service.call<Body>('POST', '/v1/verifications', { body: { credential } })).body;
const findings = (report: Body) =>
  report.checks.find((one: Body) => one.check === 'endorsements' || one.name === 'endorsements');

describe('a version of an achievement that others endorse', () => {
  it.each([false, true])(
    'puts their documents into every badge, and both libraries verify it: extension %s',
    async (extension) => {
      const course = await achievement(extension);
      const { credential: one } = await endorsement(course.url);
      const made = await course.next([one]);
      expect([made.status, made.text]).toEqual([201, made.text]);
      expect(made.body.achievement.endorsement).toEqual([one]);
      const badge = await course.badge();
      expect(badge.credentialSubject.achievement.endorsement).toEqual([one]);
      const report = await verify(badge);
      expect([report.verdict, JSON.stringify(report.checks)]).toEqual(['valid', expect.anything()]);
      expect(findings(report)).toMatchObject({
        result: 'pass',
        evidence: { endorsements: [{ on: 'achievement', issuer: board.did, comment: 'Good.', outcome: 'pass' }] },
      });
      if (!extension) {
        expect(await referenceVerify(service, badge, 'eddsa-rdfc-2022', SCHOOL)).toBe(true);
        const changed = structuredClone(badge);
        changed.credentialSubject.achievement.endorsement[0].credentialSubject.endorsementComment = 'Bad.';
        expect(await referenceVerify(service, changed, 'eddsa-rdfc-2022', SCHOOL)).toBe(false);
        expect((await verify(changed)).verdict).toBe('invalid');
      }
      const lifted = badge.credentialSubject.achievement.endorsement[0];
      expect(await referenceVerify(service, lifted, 'eddsa-rdfc-2022', BOARD)).toBe(true);
    },
  );

  it('four of them are still verified, and a fifth is refused', async () => {
    const course = await achievement();
    const all: JsonObject[] = [];
    for (let n = 0; n < 5; n++) all.push((await endorsement(course.url, { name: `SPECIMEN ${n}` })).credential);
    expect((await course.next(all)).status).toBe(400);
    expect((await course.next(all.slice(0, 4))).status).toBe(201);
    const badge = await course.badge();
    expect(await referenceVerify(service, badge, 'eddsa-rdfc-2022', SCHOOL)).toBe(true);
    expect(findings(await verify(badge))).toMatchObject({ result: 'pass', evidence: { total: 4 } });
  });

  it('one that is taken back is said to be so inside the badge, which holds', async () => {
    const course = await achievement();
    const { credential, id } = await endorsement(course.url);
    await course.next([credential]);
    const badge = await course.badge();
    expect(findings(await verify(badge))).toMatchObject({ result: 'pass' });
    await post(`/v1/endorsements/${id}/status`, board.issuer, { action: 'revoke', reason: 'The course was revised' });
    const report = await verify(badge);
    expect(report.verdict).toBe('valid');
    expect(findings(report)).toMatchObject({
      ...{ result: 'warning', code: 'endorsement_invalid' },
      evidence: { endorsements: [{ outcome: 'fail', code: 'revoked' }] },
    });
    const again = await course.next([credential]);
    expect(again.body.errors).toMatchObject([{ pointer: '/endorsement/0', code: 'revoked' }]);
  });
});

describe('an endorsement that is not taken, and no version is stored', () => {
  it.each<[string, (good: Body) => unknown, string]>([
    ['of something else', (good) => [good.other], '/endorsement/0/credentialSubject/id'],
    [
      'changed after it was signed',
      ({ one }) => [{ ...one, credentialSubject: { ...one.credentialSubject, endorsementComment: 'Best of all.' } }],
      '/endorsement/0',
    ],
    ['the second one changed', ({ one }) => [one, { ...one, name: 'SPECIMEN More' }], '/endorsement/1'],
    [
      'its own, by another name',
      ({ one, did }) => [{ ...one, issuer: { ...one.issuer, id: did } }],
      '/endorsement/0/issuer',
    ],
    [
      'with another context',
      ({ one }) => [{ ...one, '@context': one['@context'].slice(0, 1) }],
      '/endorsement/0/@context',
    ],
    ['a badge', ({ one }) => [{ ...one, type: ['VerifiableCredential', 'OpenBadgeCredential'] }], '/endorsement/0'],
    ['that carries another', ({ one }) => [{ ...one, endorsement: [one] }], '/endorsement/0/endorsement'],
    ['with hidden text', ({ one }) => [{ ...one, name: 'SPECIMEN \u202e' }], '/endorsement/0/name'],
    ['twice', ({ one }) => [one, one], '/endorsement/1'],
    ['none', () => [], '/endorsement'],
    ['unsigned', ({ one: { proof: _, ...rest } }) => [rest], '/endorsement/0'],
  ])('%s', async (_, change, pointer) => {
    const course = await achievement();
    const one = (await endorsement(course.url)).credential;
    const other = (await endorsement('https://college.example/achievements/1')).credential;
    const done = await course.next(change({ one, other, did: school.did }));
    expect([done.status, done.text]).toEqual([400, done.text]);
    expect(done.body.errors.map((fault: Body) => fault.pointer).join(' ')).toContain(pointer);
    expect((await service.app.storage.reader.achievement(course.id))?.version).toBe(1);
  });

  it('one that is no longer valid, one that is not valid yet', async () => {
    const course = await achievement();
    const notNow: JsonObject[] = [{ validFrom: '2020-01-01', validUntil: '2021-01-01' }, { validFrom: '2027-03-01' }];
    for (const dates of notNow) {
      const done = await course.next([(await endorsement(course.url, dates)).credential]);
      expect(done.body.errors).toMatchObject([{ pointer: '/endorsement/0' }]);
    }
  });
});
