import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityHash, readCredential } from '#credentials';
import { digestMultibase, type JsonObject, type ProblemKind, sha256Hex } from '#kernel';
import { problem } from './support/problem.ts';
import {
  ACTOR,
  auditOf,
  DID,
  definition,
  OTHER,
  openWorld,
  PUBLIC,
  seed,
  setClock,
  TENANT,
  type World,
} from './support/world.ts';

/** Of the text `x`, as VC Data Model 2.0 wants it. */
const DIGEST = digestMultibase(sha256Hex('x'));

const GUARDED = { guardianEmail: 'parent@x.example', guardianUntil: '2027-01-01' };

describe('issuing', () => {
  let world: World;
  let achievementId: string;
  const call = (recipients: JsonObject[], more: JsonObject = {}) => ({
    tenant: TENANT,
    actor: ACTOR,
    body: { achievementId, recipients, ...more },
  });
  const refused = async (recipients: JsonObject[], kind: ProblemKind, more: JsonObject = {}) => {
    const before = (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items.length;
    const found = await problem(world.issuer.issue(call(recipients, more)));
    expect(found.kind).toBe(kind);
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items.length).toBe(before);
    return found.errors.map((error) => error.pointer);
  };

  beforeAll(async () => {
    world = await openWorld();
    ({ achievementId } = await seed(world));
  });
  afterAll(() => world.close());

  it('gives a list its credentials, in order, stored as released', async () => {
    const names = ['Niña Peñaflor', 'Juan dela Cruz', 'Ñ'];
    const salts = new Set<unknown>();
    const issued = await world.issuer.issue(
      call(
        names.map((name, at) => ({ name, email: `learner${at}@students.example`, studentNumber: `2026-0000${at}` })),
        { include: ['name', 'hashedEmail'] },
      ),
    );
    expect(issued).toHaveLength(3);
    for (const [at, one] of issued.entries()) {
      const record = (await world.reader.credential(one.credentialId))!;
      expect(record.signed).toBe(one.text);
      expect(record.sha256).toBe(sha256Hex(one.text));
      expect(record.recipient.name).toBe(names[at]);
      expect(await world.checkReleased(one.text)).toMatchObject({ outcome: 'pass' });
      const document = JSON.parse(one.text);
      expect(document.id).toBe(`${PUBLIC}/credentials/${one.credentialId}`);
      const badge = readCredential(document)!;
      expect(badge.issuer.id).toBe(DID);
      expect(badge.validFrom).toBe('2026-06-01T08:00:00Z');
      expect(badge.awardedDate).toBe(badge.validFrom);
      expect(badge.ph).toMatchObject({ awardId: one.awardId, realism: 'Illustrative' });
      expect(badge.subject.id).toBe(one.subjectId);
      const [plain, hashed] = badge.subject.identifiers;
      expect(plain).toEqual({ identityHash: names[at], identityType: 'name', hashed: false });
      expect(hashed!.identityHash).toBe(identityHash(`learner${at}@students.example`, hashed!.salt));
      expect(hashed).toMatchObject({ identityHash: expect.stringMatching(/^sha256\$[0-9a-f]{64}$/), hashed: true });
      expect(hashed!.salt).toMatch(/^[0-9a-f]{32,}$/);
      salts.add(hashed!.salt);
    }
    expect(salts.size).toBe(3);
    expect(new Set(issued.map((one) => one.awardId)).size).toBe(3);
  });

  it('keeps name and e-mail in the store unless asked to sign them', async () => {
    const [one] = await world.issuer.issue(call([{ name: 'Maria Clara', email: 'maria@students.example' }]));
    expect(one!.text).not.toMatch(/Maria|maria/);
    expect((await world.reader.credential(one!.credentialId))!.recipient.email).toBe('maria@students.example');
    const log = JSON.stringify(await auditOf(world));
    expect(log).not.toMatch(/Maria|maria@/);
  });

  it('says everything it is asked to say', async () => {
    const resultDescription = 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d';
    const [one] = await world.issuer.issue(
      call([
        {
          subjectId: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
          awardedDate: '2026-05-30',
          validFrom: '2026-06-01T00:00:00+08:00',
          validUntil: '2028-02-29',
          evidence: [
            { name: 'Portfolio', narrative: 'Twelve repairs.' },
            { id: 'https://evidence.example/1', evidenceType: 'Log', digestMultibase: DIGEST },
          ],
          result: [{ resultDescription, value: 'A' }],
          source: { id: 'https://assessment.example/centre', name: 'Specimen Assessment Centre' },
          certificateNumber: '26-0001',
          trainingProvider: 'https://training.example/provider',
          assessor: 'A-0042',
          learningRoute: 'RPL',
        },
      ]),
    );
    expect(await world.checkReleased(one!.text)).toMatchObject({ outcome: 'pass' });
    expect(readCredential(JSON.parse(one!.text))).toMatchObject({
      awardedDate: '2026-05-29T16:00:00Z',
      validFrom: '2026-05-31T16:00:00Z',
      validUntil: '2028-02-29T15:59:59Z',
      results: [{ resultDescription, value: 'A' }],
      evidence: [
        { name: 'Portfolio' },
        { id: 'https://evidence.example/1', evidenceType: 'Log', digestMultibase: DIGEST },
      ],
      source: { name: 'Specimen Assessment Centre' },
      ph: { certificateNumber: '26-0001', assessor: 'A-0042', learningRoute: 'RPL' },
    });
  });

  it('keeps who acts for a learner under age, and signs nothing of it', async () => {
    const guarded = { email: 'ana@x.example', guardianEmail: 'parent@x.example', guardianUntil: '2044-06-01' };
    const [one] = await world.issuer.issue(call([guarded], { include: ['hashedEmail'] }));
    expect((await world.reader.credential(one!.credentialId))!.recipient).toMatchObject(guarded);
    expect(one!.text).not.toMatch(/guardian|parent@/i);
    const { salt, identityHash: hash } = JSON.parse(one!.text).credentialSubject.identifier[0];
    expect(hash).toBe(identityHash('ana@x.example', salt));
    await refused(
      [{ guardianEmail: 'parent@x.example', guardianUntil: '2044-06-01', include: ['hashedEmail'] }],
      'invalid-request',
    );
  });

  it('issues without the extension', async () => {
    const plain = await seed(world, { extension: false });
    const [one] = await world.issuer.issue({
      ...call([{}]),
      body: { achievementId: plain.achievementId, recipients: [{}] },
    });
    const document = JSON.parse(one!.text);
    expect(document['@context']).toHaveLength(2);
    expect(document.awardId).toBeUndefined();
    expect(await world.checkReleased(one!.text)).toMatchObject({ outcome: 'pass' });
    const body = { achievementId: plain.achievementId, recipients: [{ assessor: 'x' }] };
    expect((await problem(world.issuer.issue({ tenant: TENANT, actor: ACTOR, body }))).errors[0]!.pointer).toBe(
      '/recipients/0/assessor',
    );
    const evidence: JsonObject[] = [{ name: 'Natural' }, { evidenceType: 'Log' }];
    const other = { achievementId: plain.achievementId, recipients: [{ evidence }] };
    expect((await problem(world.issuer.check({ tenant: TENANT, body: other }))).errors[0]!.pointer).toBe(
      '/recipients/0/evidence/1/evidenceType',
    );
  });

  it.each([
    [[{ validFrom: '2026-02-30' }], 'invalid-request', '/recipients/0/validFrom'],
    [[{ validUntil: '9999-12-31' }], 'invalid-request', '/recipients/0/validUntil'],
    [[{}, { validUntil: '2026-05-01' }], 'lint-failed', '/recipients/1/validUntil'],
    [[{ validFrom: '2027-06-03' }], 'lint-failed', '/recipients/0/validFrom'],
    [[{ name: 'Jose\u0301' }], 'invalid-request', '/recipients/0/name'],
    [[{ name: 'Ana\u202e' }], 'invalid-request', '/recipients/0/name'],
    [[{ email: 'Ana' }], 'invalid-request', '/recipients/0/email'],
    [[{ email: 'a@b\r\nBcc: x@y' }], 'invalid-request', '/recipients/0/email'],
    [[{ studentNumber: '1234-5678-9012' }], 'invalid-request', '/recipients/0/studentNumber'],
    [[{ guardianEmail: 'p@x.example' }], 'invalid-request', '/recipients/0/guardianUntil'],
    [[{ guardianUntil: '2027-01-01' }], 'invalid-request', '/recipients/0/guardianEmail'],
    [[{ guardianEmail: 'Parent', guardianUntil: '2027-01-01' }], 'invalid-request', '/recipients/0/guardianEmail'],
    [[{ ...GUARDED, email: 'Parent@X.example ' }], 'invalid-request', '/recipients/0/email'],
    [[{ ...GUARDED, email: 'Parent@X.Example' }], 'invalid-request', '/recipients/0/guardianEmail'],
    // Nobody could sign in by these, and the learner would wait for years.
    [[{ ...GUARDED, guardianEmail: 'ñino@x.example' }], 'invalid-request', '/recipients/0/guardianEmail'],
    [[{ ...GUARDED, guardianEmail: 'parent@x.example.' }], 'invalid-request', '/recipients/0/guardianEmail'],
    [[{ ...GUARDED, guardianEmail: 'parent@home' }], 'invalid-request', '/recipients/0/guardianEmail'],
    // 08:00 UTC on 1 June is that day in Manila too: from it the learner acts alone.
    [[{}, { ...GUARDED, guardianUntil: '2026-06-01' }], 'invalid-request', '/recipients/1/guardianUntil'],
    [[{ ...GUARDED, guardianUntil: '2027-02-30' }], 'invalid-request', '/recipients/0/guardianUntil'],
    [[{ ...GUARDED, guardianUntil: '2044-06-02' }], 'invalid-request', '/recipients/0/guardianUntil'],
    [[{ subjectId: 'urn:psn:123456789012' }], 'invalid-request', '/recipients/0/subjectId'],
    [[{ subjectId: '_:b0' }], 'invalid-request', '/recipients/0/subjectId'],
    [[{ tenantId: 'x' }], 'invalid-request', '/recipients/0/tenantId'],
    [[{ name: 5 }], 'invalid-request', '/recipients/0/name'],
    [
      [{ result: [{ value: 'Z', resultDescription: 'urn:x:y' }] }],
      'lint-failed',
      '/recipients/0/result/0/resultDescription',
    ],
    [[{ evidence: [{ id: 'relative' }] }], 'lint-failed', '/recipients/0/evidence/0/id'],
    [[{ evidence: [{ evidenceType: 'Photo' }] }], 'invalid-request', '/recipients/0/evidence/0/evidenceType'],
    [[{ evidence: [{ digestMultibase: 'ab' }] }], 'invalid-request', '/recipients/0/evidence/0/digestMultibase'],
    [[{}, { learningRoute: 'RPL' }], 'lint-failed', '/recipients/1/assessor'],
    [[{ learningRoute: 'ETEEAP', assessor: 'A-1' }], 'lint-failed', '/recipients/0/evidence'],
    [[{ learningRoute: 'EBET', assessor: 'A-1', evidence: [{ name: 'x' }] }], 'lint-failed', '/recipients/0/evidence'],
    [[{ include: ['name'] }], 'invalid-request', '/recipients/0/name'],
    [[], 'invalid-request', '/recipients'],
  ] as [JsonObject[], ProblemKind, string][])(
    'refuses %j with %s at %s, and stores nothing',
    async (recipients, kind, pointer) => {
      expect(await refused(recipients, kind)).toContain(pointer);
    },
  );

  it('refuses 101 recipients, unknown members and unknown achievements', async () => {
    expect(
      await refused(
        Array.from({ length: 101 }, () => ({})),
        'invalid-request',
      ),
    ).toEqual(['/recipients']);
    expect(await refused([{}], 'invalid-request', { status: 'active' })).toEqual(['/status']);
    expect(await refused([{}], 'invalid-request', { version: 7 })).toEqual(['/version']);
    expect(await refused([{}], 'invalid-request', { achievementId: 'nothing' })).toEqual(['/achievementId']);
  });

  it('lets only the owner and named issuers award', async () => {
    const body = { achievementId, recipients: [{}] };
    expect((await problem(world.issuer.issue({ tenant: OTHER, actor: ACTOR, body }))).kind).toBe('not-entitled');
    const shared = await seed(world, { permittedIssuers: [`did:web:badges.example:institutions:${OTHER}`] });
    const [one] = await world.issuer.issue({
      tenant: OTHER,
      actor: ACTOR,
      body: { achievementId: shared.achievementId, recipients: [{}] },
    });
    expect(readCredential(JSON.parse(one!.text))!.issuer.id).toContain(OTHER);
  });

  it('refuses the one bad member at every position of a list (IS-5)', async () => {
    const count = 50;
    for (let bad = 0; bad < count; bad++) {
      const recipients = Array.from({ length: count }, (_, at) =>
        at === bad ? { validUntil: '2020-01-01' } : {},
      ) as JsonObject[];
      expect(await refused(recipients, 'lint-failed')).toEqual([`/recipients/${bad}/validUntil`]);
    }
  });

  it('signs the version that was looked up, whatever is added meanwhile (IS-4)', async () => {
    let edited = false;
    const other = await openWorld({
      change: (deps) => ({
        onStep: async (step) => {
          if (step !== 6 || edited) return;
          edited = true;
          const next = definition({}, 2, seeded.achievementId);
          await (deps.transactor as World['transactor']).commit([{ op: 'achievement.insertVersion', row: next }]);
        },
      }),
    });
    const seeded = await seed(other);
    const body = { achievementId: seeded.achievementId, recipients: [{}] };
    const [first] = await other.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    const [second] = await other.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    expect(readCredential(JSON.parse(first!.text))!.achievement.version).toBe('1');
    expect(readCredential(JSON.parse(second!.text))!.achievement.version).toBe('2');
    await other.close();
  });

  it('audits the intent and the signature of each', async () => {
    const [one] = await world.issuer.issue(call([{}]));
    const entries = (await auditOf(world)).filter((entry) => entry.object === one!.credentialId);
    expect(entries.map((entry) => entry.operation)).toEqual(['credential.prepare', 'credential.issue']);
    expect(entries[1]!.objectSha256).toBe(sha256Hex(one!.text));
    expect(await world.storage.integrity()).toEqual([]);
  });
});

describe('clock (TM)', () => {
  it('stops when it is behind the audit log by more than a minute (TM-3)', async () => {
    const clock = setClock();
    const world = await openWorld({ clock });
    const { achievementId } = await seed(world);
    const call = { tenant: TENANT, actor: ACTOR, body: { achievementId, recipients: [{}] } };
    await world.issuer.issue(call);
    clock.advance(-60_000);
    await world.issuer.issue(call);
    clock.advance(-1_000);
    expect((await problem(world.issuer.issue(call))).kind).toBe('clock-unsafe');
    clock.advance(-7_200_000);
    expect((await problem(world.issuer.issue(call))).kind).toBe('clock-unsafe');
    clock.set('2026-06-01T09:00:00Z');
    await world.issuer.issue(call);
    await world.close();
  });

  it.each([
    ['2028-02-29T12:00:00Z', '2028-02-29', '2028-02-28T16:00:00Z', '2028-02-29T15:59:59Z'],
    ['2026-12-31T15:59:59Z', '2026-12-31', '2026-12-30T16:00:00Z', '2026-12-31T15:59:59Z'],
  ])('counts days in Manila at %s (TM-1)', async (now, day, from, until) => {
    const world = await openWorld({ clock: setClock(now) });
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: [{ validFrom: day, validUntil: day }] };
    const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    expect(readCredential(JSON.parse(one!.text))).toMatchObject({ validFrom: from, validUntil: until });
    await world.close();
  });
});
