import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, digestMultibase, type Json, type JsonObject } from '#kernel';
import { places, replaced } from '../support/mutations.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { openService, type TestService } from '../support/service.ts';

interface Problem {
  type?: string;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}
interface Case extends Problem {
  id: string;
  state: string;
  version: number;
  approvalId?: string;
  credentialId?: string;
  outcomes: { outcome: string; label: string; mandatory: boolean }[];
  workplaceEvidence: ({ number: number; digestMultibase?: string } & JsonObject)[];
  assessments: {
    number: number;
    record: JsonObject;
    sha256: string;
    feedback: { summary: { en: string; fil: string }; missing: { outcome: string; text: { en: string } }[] };
  }[];
  appeals: { number: number; against: number }[];
  items: Case[];
  next?: string;
  case: Case;
  approval: { id: string; state: string };
  credentials: { id: string; url: string; credential: Badge }[];
}
interface Badge {
  learningRoute: string;
  assessor: string;
  awardedDate: string;
  evidence: JsonObject[];
  credentialSubject: { id: string; source?: JsonObject; identifier?: JsonObject[] };
}

const NOW = '2026-11-24T03:00:00Z';
const COLLEGE = 'specimen-college';
const RIVAL = 'specimen-rival';
const SHA = 'ab'.repeat(32);
let service: TestService;
let log: ResponseLog;
let achievementId: string;
const keys: Record<string, string> = {};

const call = (key: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) =>
  service.call<Case>(method, url, { key: keys[key] ?? key, ...(body === undefined ? {} : { body }) });
const kindOf = ({ status, body }: { status: number; body: Problem }) => [
  status,
  body.type?.replace('urn:tatak:problem:', ''),
];
const refused = ({ status, body }: { status: number; body: Problem }) => [
  status,
  body.type?.replace('urn:tatak:problem:', ''),
  body.errors?.map(({ pointer }) => pointer),
];
const must = <T extends { status: number; text: string }>(answer: T): T => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
};

const work = (more: object = {}) => ({
  ...{ name: 'Log of the capstone', evidenceType: 'Log', description: 'Calls handled under supervision.' },
  ...{ from: '2026-10-05', to: '2026-10-16', ...more },
});
const attestation = {
  ...work({ name: 'Attestation', evidenceType: 'EmployerAttestation', hours: '40' }),
  ...{ employer: { name: 'Canary Contact Centre' }, attestedBy: 'Floor supervisor' },
  ...{ url: 'https://evidence.example/attestation.pdf', sha256: SHA },
};
const candidate = { name: 'Canary Amihan', email: 'canary@students.example' };
const opening = (more: object = {}) => ({ achievementId, route: 'RPL', candidate, ...more });
const open = async (more: object = { workplaceEvidence: [work(), attestation] }, key = 'maker') =>
  must(await call(key, 'POST', '/v1/prior-learning', opening(more))).body;

const OUTCOMES = ['/learningOutcome/0', '/unitOfCompetency/0', '/unitOfCompetency/1'];
const judged = (outcome: string, more: object = {}) => ({
  ...{ outcome, judged: 'Competent', evidence: [0], method: ['Interview', 'WorkplaceObservation'] },
  ...more,
});
const NOT_YET = { judged: 'NotYetCompetent', evidence: undefined };
const record = (more: object = {}) => ({
  ...{ assessedOn: '2026-11-20', assessor: 'Accredited assessor A-0042' },
  judgements: OUTCOMES.map((outcome) => judged(outcome)),
  ...more,
});
const assess = (id: string, body: object = record(), key = 'assessor') =>
  call(key, 'POST', `/v1/prior-learning/${id}/assessments`, body);
const award = (id: string, body: object = {}, key = 'maker') =>
  call(key, 'POST', `/v1/prior-learning/${id}/award`, body);
const read = async (id: string) => (await call('auditor', 'GET', `/v1/prior-learning/${id}`)).body;
const policy = (approval: string) =>
  call('operator', 'PUT', `/v1/institutions/${COLLEGE}/issuing-policy`, { approval });

beforeAll(async () => {
  service = await openService({
    clock: { now: () => new Date(NOW) },
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  keys.operator = service.operatorKey;
  for (const slug of [COLLEGE, RIVAL]) await service.institution(slug);
  const make = async (name: string, ...of: Parameters<TestService['key']>) => {
    keys[name] = await service.key(...of);
  };
  await make('nobody', COLLEGE, 'issuer');
  await make('maker', COLLEGE, 'issuer', 'S-17');
  await make('makersOther', COLLEGE, 'approver', 's-17');
  await make('helper', COLLEGE, 'issuer', 'S-21');
  await make('assessor', COLLEGE, 'approver', 'S-18');
  await make('other', COLLEGE, 'approver', 'S-19');
  await make('auditor', COLLEGE, 'auditor');
  await make('rival', RIVAL, 'issuer', 'S-18');
  await make('rivalAuditor', RIVAL, 'auditor');
  const achievement = {
    ...{ name: 'SPECIMEN Contact Centre Practice', description: 'D', criteria: { narrative: 'N' } },
    ...{ awardType: 'TvetMicroCredential', regime: 'TESDA', assessmentType: ['WorkplaceObservation', 'RPL'] },
    learningOutcome: [{ text: 'Resolves a complaint in one call' }],
    unitOfCompetency: [
      { code: 'ABC000001', title: 'Handle calls', category: 'Core' },
      { code: 'ABC000002', title: 'Coach a colleague', category: 'Elective' },
    ],
    resultDescription: [{ id: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d', name: 'Outcome', resultType: 'Status' }],
  };
  const define = async (body: object) =>
    must(await service.call<{ achievementId: string }>('POST', '/v1/achievements', { key: keys.maker!, body })).body
      .achievementId;
  achievementId = await define({ achievement });
  keys.plain = await define({
    achievement: { name: 'SPECIMEN Plain', description: 'D', criteria: { narrative: 'N' } },
    extension: false,
  });
}, 120_000);
afterAll(() => service?.close());

describe('a case', () => {
  it('goes from the job to a credential that says what it rests on', async () => {
    const opened = await call('maker', 'POST', '/v1/prior-learning', opening({ workplaceEvidence: [work()] }));
    expect(opened.status).toBe(201);
    const { id } = opened.body;
    expect(opened.body).toMatchObject({ state: 'open', version: 1, assessments: [], appeals: [] });
    expect(opened.body.outcomes).toEqual([
      { outcome: '/learningOutcome/0', label: 'Resolves a complaint in one call', mandatory: true },
      { outcome: '/unitOfCompetency/0', label: 'ABC000001 Handle calls', mandatory: true },
      { outcome: '/unitOfCompetency/1', label: 'ABC000002 Coach a colleague', mandatory: false },
    ]);
    const more = await call('helper', 'POST', `/v1/prior-learning/${id}/evidence`, {
      workplaceEvidence: [attestation, work({ name: 'Uncited' })],
    });
    expect(more.body.workplaceEvidence.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(more.body.workplaceEvidence[1]).toMatchObject({ digestMultibase: digestMultibase(SHA) });
    expect(more.body.workplaceEvidence[1]).not.toHaveProperty('sha256');

    const result = { resultDescription: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d', status: 'Completed' };
    const source = { id: 'did:web:centre.example', name: 'Specimen Assessment Centre' };
    const judgements = [
      judged(OUTCOMES[2]!, { ...NOT_YET, evidence: [2], note: 'Canary note' }),
      judged(OUTCOMES[0]!, { evidence: [1, 0] }),
      judged(OUTCOMES[1]!, { evidence: [1] }),
    ];
    const assessed = await assess(id, record({ judgements, result, source }));
    expect([assessed.status, assessed.body.state]).toEqual([201, 'recognised']);
    const [only] = assessed.body.assessments;
    expect(only).toMatchObject({ number: 0, record: { decision: 'recognised', missing: [], route: 'RPL' } });
    expect(only!.feedback.summary.fil).toContain('Kinikilala');
    expect(only!.sha256).toBe(createHash('sha256').update(canonicalJson(only!.record)).digest('hex'));

    const done = await award(id, { include: ['period'], certificateNumber: '26-0001' });
    expect([done.status, done.body.case.state]).toEqual([201, 'awarded']);
    const [credential] = done.body.credentials;
    const badge = credential!.credential;
    expect(badge).toMatchObject({
      ...{ learningRoute: 'RPL', assessor: 'Accredited assessor A-0042', certificateNumber: '26-0001' },
      awardedDate: '2026-11-23T16:00:00Z',
      credentialSubject: { source: { id: 'did:web:centre.example' }, result: [{ status: 'Completed' }] },
    });
    expect(badge.evidence).toEqual([
      {
        ...{ type: ['Evidence', 'PhEvidence'], evidenceType: 'Log', name: 'Log of the capstone' },
        ...{ description: 'Calls handled under supervision.', narrative: 'From 2026-10-05 to 2026-10-16.' },
      },
      {
        ...{ id: attestation.url, type: ['Evidence', 'PhEvidence'], evidenceType: 'EmployerAttestation' },
        ...{ name: 'Attestation', description: 'Calls handled under supervision.' },
        ...{ narrative: 'From 2026-10-05 to 2026-10-16, 40 hours.', digestMultibase: digestMultibase(SHA) },
      },
      {
        ...{ type: ['Evidence'], name: 'Assessment record', genre: 'Assessment record' },
        narrative: expect.stringMatching(/^2 of 3 outcomes judged competent on 2026-11-20 .*Handle calls.*Coach/s),
        digestMultibase: digestMultibase(only!.sha256),
      },
    ]);
    expect(JSON.stringify(badge)).not.toMatch(/[Cc]anary|supervisor\.|Floor|S-1[78]|s-1[78]|Uncited/);

    const report = await service.call<{ verdict: string; credential: JsonObject }>('POST', '/v1/verifications', {
      body: { url: credential!.url },
    });
    expect(report.body).toMatchObject({ verdict: 'valid', credential: { learningRoute: 'RPL' } });
    expect(report.body.credential.evidence).toHaveLength(3);
    const page = (lang: string) =>
      service.call('GET', `/credentials/${credential!.id}?lang=${lang}`, { headers: { accept: 'text/html' } });
    const words = ['Recognition of prior learning', 'Accredited assessor A-0042', 'Attestation of an employer'];
    for (const text of words) expect((await page('en')).text).toContain(text);
    for (const text of ['Pagkilala sa naunang pagkatuto', 'Tagatasa', 'Patotoo ng employer']) {
      expect((await page('fil')).text).toContain(text);
    }
    const verified = await service.call('GET', `/verify?url=${encodeURIComponent(credential!.url)}`, {
      headers: { accept: 'text/html' },
    });
    for (const text of words) expect(verified.text).toContain(text);
  });

  it('gives one credential, however often and with whatever terms it is asked for', async () => {
    const { id } = await open();
    must(await assess(id));
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => award(id, { certificateNumber: `N-${n}` })));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.credentials?.[0]?.id}`)).size).toBe(1);
    expect((await award(id, {}, 'helper')).body.credentials[0]!.id).toBe(all[0]!.body.credentials[0]!.id);
    const listed = await call('auditor', 'GET', '/v1/credentials?limit=200');
    const number = /N-\d+/.exec(JSON.stringify(all[0]!.body.credentials))![0];
    expect(listed.body.items.filter((one) => one.id === all[0]!.body.credentials[0]!.id)).toHaveLength(1);
    for (const { text } of all) expect(text).toContain(number);
  });

  it('signs names, roles and periods only where the terms say so', async () => {
    const { id } = await open();
    must(await assess(id, record({ judgements: OUTCOMES.map((outcome) => judged(outcome, { evidence: [1] })) })));
    const include = ['name', 'hashedEmail', 'employer', 'attestedBy', 'period'];
    const { body } = must(await award(id, { include, awardedDate: '2026-11-21' }));
    const { evidence, credentialSubject } = body.credentials[0]!.credential;
    expect(evidence[0]!.narrative).toBe(
      'At Canary Contact Centre. Attested by: Floor supervisor. From 2026-10-05 to 2026-10-16, 40 hours.',
    );
    expect(credentialSubject.identifier).toHaveLength(2);
  });

  it('with as much evidence as it may hold, for as many units as a qualification has, can be awarded', async () => {
    const long = (n: number) => `${n} ${'n'.repeat(1_990)}`;
    const outcome = (n: number) => ({ text: `${n} ${'Resolves '.repeat(100)}` });
    const unit = (n: number) => ({ code: `ABC${100_000 + n}`, title: 'T'.repeat(150), category: 'Core' });
    const upTo = (length: number) => Array.from({ length }, (_, n) => n);
    const achievement = {
      ...{ name: 'SPECIMEN Everything', description: 'D', criteria: { narrative: 'N' } },
      ...{ awardType: 'TvetMicroCredential', regime: 'TESDA' },
      ...{ learningOutcome: upTo(5).map(outcome), unitOfCompetency: upTo(15).map(unit) },
    };
    const defined = must(
      await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
        key: keys.maker!,
        body: { achievement },
      }),
    );
    const evidence = upTo(20).map((n) =>
      work({ description: long(n), url: `https://evidence.example/${n}`, sha256: SHA, attestedBy: 'R'.repeat(200) }),
    );
    const { achievementId: full } = defined.body;
    const { id, outcomes } = await open({ achievementId: full, workplaceEvidence: evidence });
    expect(outcomes).toHaveLength(20);
    const judgements = outcomes.map((one) => judged(one.outcome, { evidence: upTo(20) }));
    must(await assess(id, record({ judgements })));
    const { body } = must(await award(id, { include: ['attestedBy', 'period'] }));
    expect(body.credentials[0]!.credential.evidence).toHaveLength(21);
    const more = await call('maker', 'POST', `/v1/prior-learning/${id}/evidence`, { workplaceEvidence: [work()] });
    expect(kindOf(more)).toEqual([409, 'conflict']);
  });

  it('that is not recognised gives none, says what is missing, and is assessed again', async () => {
    const { id } = await open();
    const judgements = [judged(OUTCOMES[0]!), judged(OUTCOMES[1]!, NOT_YET), judged(OUTCOMES[2]!)];
    const first = must(await assess(id, record({ judgements }))).body;
    expect([first.state, first.assessments[0]!.record.missing]).toEqual(['not_recognised', [OUTCOMES[1]]]);
    const { summary, missing } = first.assessments[0]!.feedback;
    expect(summary.en).toContain('1 required outcome is still to be shown');
    expect(summary.fil).toContain('Hindi pa kinikilala');
    expect(missing[0]!.text.en).toBe('Still to be shown: ABC000001 Handle calls');
    expect(kindOf(await award(id))).toEqual([409, 'conflict']);
    expect((await read(id)).credentialId).toBeUndefined();

    must(await call('maker', 'POST', `/v1/prior-learning/${id}/evidence`, { workplaceEvidence: [work()] }));
    const second = must(
      await assess(id, record({ judgements: OUTCOMES.map((one) => judged(one, { evidence: [2] })) })),
    );
    expect(second.body.state).toBe('recognised');
    expect(second.body.assessments.map(({ record: one }) => one.decision)).toEqual(['not_recognised', 'recognised']);
    expect(second.body.assessments[0]).toEqual(first.assessments[0]);
    expect((await award(id)).status).toBe(201);
    expect(kindOf(await assess(id))).toEqual([409, 'conflict']);
  });

  it('with nothing shown is not recognised, as often as it is assessed', async () => {
    const { id } = await open();
    const none = must(await assess(id, record({ judgements: OUTCOMES.map((one) => judged(one, NOT_YET)) })));
    expect(none.body.assessments[0]!.feedback.missing).toHaveLength(2);
    const again = must(await assess(id, record({ judgements: OUTCOMES.map((one) => judged(one, NOT_YET)) })));
    expect(again.body.assessments).toHaveLength(2);
  });

  it('after an appeal is assessed by somebody else', async () => {
    const { id } = await open();
    const appeal = (key = 'maker', body: object = { on: '2026-11-21', grounds: 'The log was not read.' }) =>
      call(key, 'POST', `/v1/prior-learning/${id}/appeals`, body);
    expect(kindOf(await appeal())).toEqual([409, 'conflict']);
    must(await assess(id, record({ judgements: OUTCOMES.map((one) => judged(one, NOT_YET)) })));
    expect(refused(await appeal('maker', { on: '2026-11-25', grounds: 'x' }))).toEqual([
      400,
      'invalid-request',
      ['/on'],
    ]);
    expect(must(await appeal()).body.appeals).toMatchObject([{ number: 0, against: 0 }]);
    expect(kindOf(await assess(id))).toEqual([403, 'same-person']);
    expect(must(await assess(id, record(), 'other')).body.state).toBe('recognised');
  });

  it('can be withdrawn before it is awarded, and then is closed', async () => {
    const { id } = await open();
    const withdraw = (key = 'maker') =>
      call(key, 'POST', `/v1/prior-learning/${id}/withdrawal`, { reason: 'The candidate asked for it' });
    expect((await withdraw()).body).toMatchObject({ state: 'withdrawn', reason: 'The candidate asked for it' });
    for (const tried of [await withdraw(), await assess(id), await award(id)]) {
      expect(kindOf(tried)).toEqual([409, 'conflict']);
    }
  });

  it('is listed by what it is, page by page, without persons', async () => {
    const ids = async (query: string) =>
      (await call('other', 'GET', `/v1/prior-learning?${query}`)).body.items.map((one) => one.id);
    const { id } = await open({ route: 'EBET' });
    expect(await ids('route=EBET&limit=200')).toEqual([id]);
    expect(await ids('state=open&limit=200')).toContain(id);
    expect(await ids(`state=awarded&achievementId=${achievementId}&limit=200`)).not.toContain(id);
    const first = await call('auditor', 'GET', '/v1/prior-learning?limit=2');
    const second = await call('auditor', 'GET', `/v1/prior-learning?limit=2&cursor=${first.body.next}`);
    expect(new Set([...first.body.items, ...second.body.items].map((one) => one.id)).size).toBe(4);
    expect(first.text).not.toMatch(/Canary|canary/);
    expect((await call('auditor', 'GET', '/v1/prior-learning?state=assessed')).status).toBe(400);
  });
});

describe('who', () => {
  it('brought it does not judge it, with whatever key', async () => {
    const { id } = await open();
    must(await call('helper', 'POST', `/v1/prior-learning/${id}/evidence`, { workplaceEvidence: [work()] }));
    for (const key of ['maker', 'makersOther', 'helper']) {
      expect([key, ...kindOf(await assess(id, record(), key))]).toEqual([key, 403, 'same-person']);
    }
    expect(kindOf(await assess(id, record(), 'nobody'))).toEqual([403, 'person-required']);
    expect(kindOf(await call('nobody', 'POST', '/v1/prior-learning', opening()))).toEqual([403, 'person-required']);
    for (const key of ['auditor', 'operator']) {
      expect([key, ...kindOf(await assess(id, record(), key))]).toEqual([key, 403, 'forbidden']);
    }
    expect((await read(id)).assessments).toEqual([]);
  });

  it('AU-2: another institution sees and does nothing', async () => {
    const { id } = await open();
    const bodies: Record<string, object> = {
      evidence: { workplaceEvidence: [work()] },
      assessments: record(),
      appeals: { on: '2026-11-20', grounds: 'x' },
      award: {},
      withdrawal: { reason: 'Mischief' },
    };
    for (const [act, body] of Object.entries(bodies)) {
      const tried = await call('rival', 'POST', `/v1/prior-learning/${id}/${act}`, body);
      expect([act, ...kindOf(tried)]).toEqual([act, 404, 'not-found']);
    }
    expect((await call('rivalAuditor', 'GET', `/v1/prior-learning/${id}`)).status).toBe(404);
    expect((await call('rivalAuditor', 'GET', '/v1/prior-learning')).body.items).toEqual([]);
    expect(kindOf(await call('rival', 'POST', '/v1/prior-learning', opening()))).toEqual([403, 'not-entitled']);
    expect((await read(id)).state).toBe('open');
  });
});

describe('where two persons issue', () => {
  it('the award waits for the second one; rejected, it can be asked for again', async () => {
    await policy('two-person');
    const { id } = await open();
    must(await assess(id));
    const waiting = await award(id);
    expect([waiting.status, waiting.body.case.state, waiting.body.approval.state]).toEqual([
      202,
      'awarding',
      'pending',
    ]);
    expect((await award(id)).body.approval.id).toBe(waiting.body.approval.id);
    expect(kindOf(await call('maker', 'POST', `/v1/prior-learning/${id}/withdrawal`, { reason: 'Too late' }))).toEqual([
      409,
      'conflict',
    ]);
    const decide = (approvalId: string, body: object, key = 'assessor') =>
      call(key, 'POST', `/v1/approvals/${approvalId}/decision`, body);
    must(await decide(waiting.body.approval.id, { decision: 'reject', reason: 'Read the log again' }));
    expect(kindOf(await award(id))).toEqual([409, 'conflict']);
    expect((await read(id)).state).toBe('recognised');

    const again = must(await award(id)).body;
    expect(again.approval.id).not.toBe(waiting.body.approval.id);
    expect(kindOf(await decide(again.approval.id, { decision: 'approve' }, 'makersOther'))).toEqual([
      403,
      'same-person',
    ]);
    const approved = must(await decide(again.approval.id, { decision: 'approve' }));
    await expect.poll(async () => (await read(id)).state, { timeout: 30_000 }).toBe('awarded');
    expect((await read(id)).credentialId).toBe(approved.body.credentials[0]!.id);
    expect((await award(id)).body.credentials[0]!.id).toBe(approved.body.credentials[0]!.id);
    await policy('one-person');
  });

  it('a key without a person asks in vain, and the case stays recognised', async () => {
    const { id } = await open();
    must(await assess(id));
    await policy('two-person');
    expect(kindOf(await award(id, {}, 'nobody'))).toEqual([403, 'person-required']);
    expect((await read(id)).state).toBe('recognised');
    await policy('one-person');
    expect((await award(id, {}, 'nobody')).status).toBe(201);
  });
});

describe('bad input', () => {
  it.each<[object, string[]]>([
    [{ route: 'Formal' }, ['/route']],
    [{ candidate: {} }, ['/candidate']],
    [{ candidate: { email: 'Canary' } }, ['/candidate/email']],
    [{ candidate: { studentNumber: '1234-5678-9012' } }, ['/candidate/studentNumber']],
    [{ candidate: { name: 'Jose\u0301' } }, ['/candidate/name']],
    [{ candidate: { name: 'A', phone: '1' } }, ['/candidate/phone']],
    [{ version: 9 }, ['/version']],
    [{ achievementId: '0'.repeat(26) }, ['/achievementId']],
    [{ trainingProvider: 'the shop' }, ['/trainingProvider']],
    [{ workplaceEvidence: [] }, ['/workplaceEvidence']],
    [{ workplaceEvidence: Array.from({ length: 21 }, () => work()) }, ['/workplaceEvidence']],
    [{ workplaceEvidence: [work({ evidenceType: 'Photo' })] }, ['/workplaceEvidence/0/evidenceType']],
    [{ workplaceEvidence: [work(), work({ to: '2026-10-04' })] }, ['/workplaceEvidence/1/to']],
    [{ workplaceEvidence: [work({ to: '2026-11-25' })] }, ['/workplaceEvidence/0/to']],
    [{ workplaceEvidence: [work({ from: '2026-02-30' })] }, ['/workplaceEvidence/0/from']],
    [{ workplaceEvidence: [work({ hours: 40 })] }, ['/workplaceEvidence/0/hours']],
    [{ workplaceEvidence: [work({ hours: '4e1' })] }, ['/workplaceEvidence/0/hours']],
    [{ workplaceEvidence: [work({ url: 'https://evidence.example/1' })] }, ['/workplaceEvidence/0/sha256']],
    [{ workplaceEvidence: [work({ url: 'javascript:1', sha256: SHA })] }, ['/workplaceEvidence/0/url']],
    [{ workplaceEvidence: [work({ sha256: 'AB'.repeat(32) })] }, ['/workplaceEvidence/0/sha256']],
    [{ workplaceEvidence: [work({ digestMultibase: 'zQm' })] }, ['/workplaceEvidence/0/digestMultibase']],
    [
      { workplaceEvidence: [work({ sha256: SHA, digestMultibase: digestMultibase(SHA) })] },
      ['/workplaceEvidence/0/digestMultibase'],
    ],
    [
      { workplaceEvidence: [work({ evidenceType: 'EmployerAttestation' })] },
      ['/workplaceEvidence/0/employer', '/workplaceEvidence/0/attestedBy'],
    ],
    [{ workplaceEvidence: [attestation, attestation] }, ['/workplaceEvidence/1/url']],
    [{ workplaceEvidence: [work({ description: 'A\u202eb' })] }, ['/workplaceEvidence/0/description']],
    [{ workplaceEvidence: [work({ description: 'Calls of CANARY  amihan.' })] }, ['/workplaceEvidence/0/description']],
    [{ workplaceEvidence: [work({ attestedBy: 'canary@students.example' })] }, ['/workplaceEvidence/0/attestedBy']],
    [{ state: 'recognised' }, ['/state']],
  ])('no case is opened with %j', async (more, pointers) => {
    const before = (await call('auditor', 'GET', '/v1/prior-learning?limit=200')).body.items.length;
    expect(refused(await call('maker', 'POST', '/v1/prior-learning', opening(more)))).toEqual([
      400,
      'invalid-request',
      pointers,
    ]);
    expect((await call('auditor', 'GET', '/v1/prior-learning?limit=200')).body.items).toHaveLength(before);
  });

  it('no case is opened for a definition that cannot say the route', async () => {
    const tried = await call('maker', 'POST', '/v1/prior-learning', opening({ achievementId: keys.plain }));
    expect(refused(tried)).toEqual([400, 'invalid-request', ['/achievementId']]);
  });

  it.each<[object, string[]]>([
    [{ assessedOn: '2026-11-25' }, ['/assessedOn']],
    [{ assessor: '' }, ['/assessor']],
    [{ assessor: 'Canary Amihan' }, ['/assessor']],
    [{ source: { id: 'https://centre.example', name: 'Centre' } }, ['/source/id']],
    [{ judgements: OUTCOMES.slice(1).map((one) => judged(one)) }, ['/judgements']],
    [{ judgements: [...OUTCOMES, OUTCOMES[0]!].map((one) => judged(one)) }, ['/judgements/3/outcome']],
    [{ judgements: [...OUTCOMES, '/criteria'].map((one) => judged(one)) }, ['/judgements/3/outcome']],
    [
      { judgements: OUTCOMES.map((one) => judged(one, { evidence: undefined })) },
      OUTCOMES.map((_, n) => `/judgements/${n}/evidence`),
    ],
    [
      { judgements: [judged(OUTCOMES[0]!, { evidence: [0, 2] }), ...OUTCOMES.slice(1).map((one) => judged(one))] },
      ['/judgements/0/evidence/1'],
    ],
    [
      { judgements: [judged(OUTCOMES[0]!, { evidence: [0, 0] }), ...OUTCOMES.slice(1).map((one) => judged(one))] },
      ['/judgements/0/evidence'],
    ],
    [
      { judgements: [judged(OUTCOMES[0]!, { method: [] }), ...OUTCOMES.slice(1).map((one) => judged(one))] },
      ['/judgements/0/method'],
    ],
    [{ assessedOn: '2026-10-15' }, OUTCOMES.map((_, n) => `/judgements/${n}/evidence/0`)],
    [{ result: { resultDescription: 'urn:x:y', status: 'Completed' } }, ['/result/resultDescription']],
    [{ decision: 'recognised' }, ['/decision']],
  ])('no assessment is recorded with %j', async (more, pointers) => {
    const { id } = await open();
    expect(refused(await assess(id, record(more)))).toEqual([400, 'invalid-request', pointers]);
    expect(await read(id)).toMatchObject({ state: 'open', assessments: [] });
  });

  it('what issuing would refuse is refused with the record', async () => {
    const { id } = await open();
    const result = { resultDescription: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d', value: 'A' };
    expect(refused(await assess(id, record({ result })))).toEqual([400, 'lint-failed', ['/result/status']]);
    const assessor = '1234-5678-9012';
    expect(refused(await assess(id, record({ assessor })))).toEqual([400, 'invalid-request', ['/assessor']]);
  });

  it('no award is made on terms that do not hold', async () => {
    const { id } = await open({ candidate: { studentNumber: '1' }, workplaceEvidence: [work()] });
    must(await assess(id));
    for (const [terms, pointer] of [
      [{ awardedDate: '2026-11-19' }, '/awardedDate'],
      [{ awardedDate: '2026-11-25' }, '/awardedDate'],
      [{ validUntil: '2026-13-01' }, '/validUntil'],
      [{ validUntil: '2020-01-01' }, '/validUntil'],
      [{ include: ['name'] }, '/include'],
      [{ include: ['person'] }, '/include/0'],
      [{ assessor: 'x' }, '/assessor'],
    ] as const) {
      const tried = await award(id, terms);
      expect([terms, tried.status, tried.body.errors?.map((one) => one.pointer)]).toEqual([terms, 400, [pointer]]);
      expect((await read(id)).state).toBe('recognised');
    }
    expect((await award(id)).status).toBe(201);
  });

  it('no caller takes the key of a case', async () => {
    const { id } = await open();
    const tried = await service.call<Problem>('POST', '/v1/credentials', {
      key: keys.maker!,
      body: { achievementId, recipients: [{}] },
      headers: { 'idempotency-key': `prior-learning:${id}:1` },
    });
    expect(refused(tried)).toEqual([400, 'invalid-request', ['/headers/idempotency-key']]);
  });

  it('DS-7: whatever a member is replaced by, the answer is a problem with a pointer or a case', async () => {
    const { id } = await open();
    const strange: fc.Arbitrary<Json> = fc.oneof(
      fc.constantFrom(null, '', 0, -1, 1e21, [], {}, '__proto__', '\ud800', '2026-02-30', 'x'.repeat(3_000), [null]),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
    );
    const targets: [string, JsonObject][] = [
      ['/v1/prior-learning', opening({ workplaceEvidence: [attestation] }) as unknown as JsonObject],
      [`/v1/prior-learning/${id}/evidence`, { workplaceEvidence: [work() as unknown as Json] }],
      [
        `/v1/prior-learning/${id}/assessments`,
        record({ source: { id: 'did:web:a', name: 'A' } }) as unknown as JsonObject,
      ],
      [`/v1/prior-learning/${id}/award`, { awardedDate: '2026-11-21', include: ['name'] }],
    ];
    const spots = targets.flatMap(([url, body]) =>
      [...places(body)].slice(1).map(({ pointer }) => [url, body, pointer] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...spots), strange, async ([url, body, pointer], value) => {
        const key = url.endsWith('assessments') ? 'assessor' : 'maker';
        const { status, body: answer } = await call(key, 'POST', url, replaced(body, pointer, value));
        expect([201, 400, 409]).toContain(status);
        if (status === 400)
          expect(answer.type === 'urn:tatak:problem:malformed-json' || answer.errors?.length).toBeTruthy();
      }),
      { numRuns: 300 },
    );
    expect(['open', 'recognised', 'not_recognised']).toContain((await read(id)).state);
  }, 60_000);
});

it('every act is in the log, and no person', async () => {
  const entries: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await call('operator', 'GET', `/v1/audit?limit=200${cursor}`);
    entries.push(page.text);
    if (page.body.next === undefined) break;
    cursor = `&cursor=${page.body.next}`;
  }
  const text = entries.join('\n');
  for (const act of ['open', 'evidence', 'assess', 'appeal', 'award', 'awarded', 'wait', 'refuse', 'withdraw']) {
    expect(text).toContain(`"operation":"priorLearning.${act}"`);
  }
  expect(text).not.toMatch(/[Cc]anary|s-1[789]|S-1[789]|A-0042|supervisor|The log was not read/);
});

it('SC-5: nothing answered otherwise than openapi.yaml says', () => {
  expect([...new Set(log.violations)]).toEqual([]);
  for (const seen of ['openPriorLearning 201', 'awardPriorLearning 201', 'awardPriorLearning 202']) {
    expect(log.seen).toContain(seen);
  }
});
