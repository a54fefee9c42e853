import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConferralWorld, conferralWorld, node } from './world.ts';

let on: ConferralWorld;
beforeAll(async () => {
  on = await conferralWorld();
});
afterAll(() => on.close());

const three = (subject: string) => on.three(subject);
const problem = (answer: { status: number; body: { type?: string; pointer?: string; detail?: string } }) => [
  answer.status,
  answer.body.type?.replace('urn:tatak:problem:', ''),
  answer.body.pointer,
];
const until = (id: string, state: string) => on.until(id, state);

describe('conferring is refused', () => {
  it('to who is not the conferrer, and for what belongs to somebody else', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000001');
    const own = await on.evaluate(badges);
    expect(problem(await on.confer(own.body.id, {}, on.college.issuer))).toEqual([404, 'not-found', '/evaluationId']);
    const theirs = await on.evaluate(badges, {}, on.college.issuer);
    expect(problem(await on.confer(theirs.body.id, {}, on.college.issuer))).toEqual([403, 'not-entitled', undefined]);
    const read = await on.service.call('GET', `/v1/stored-evaluations/${own.body.id}`, { key: on.college.issuer });
    expect(read.status).toBe(404);
  });

  it('for what is not met, is for another day, or leads elsewhere', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000002');
    const unmet = await on.evaluate(badges.slice(1));
    expect(unmet.body.outcome).toBe('unmet');
    expect(problem(await on.confer(unmet.body.id))).toEqual([409, 'conflict', '/evaluationId']);
    const later = await on.evaluate(badges, { date: '2099-01-01' });
    expect(problem(await on.confer(later.body.id))).toEqual([409, 'conflict', '/evaluationId']);
    const met = await on.evaluate(badges);
    const { achievementId } = on.parts[0]!;
    expect(problem(await on.confer(met.body.id, { achievementId }))).toEqual([409, 'conflict', '/achievementId']);
    const none = '0'.repeat(26);
    expect(problem(await on.confer(met.body.id, { achievementId: none }))).toEqual([
      404,
      'not-found',
      '/achievementId',
    ]);
    expect(problem(await on.confer(none))).toEqual([404, 'not-found', '/evaluationId']);
  });

  it('by a version that is not due, unless the learner’s catalogue says so', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000009');
    const version = (from: string, until: string | undefined, items: string[]) => ({
      ...{ name: 'SPECIMEN Two curricula', achievement: on.qualification.url },
      effectivePeriod: { from, ...(until ? { until } : {}) },
      stackingRule: {
        ...node('root', 'allOf'),
        children: [{ ...node('parts', 'requireAll'), items: items.map((achievement) => ({ achievement })) }],
      },
    });
    const [one, two] = on.parts.map(({ url }) => url) as [string, string];
    const key = on.university.issuer;
    const { body: made } = await on.service.call<{ id: string; url: string }>('POST', '/v1/pathways', {
      ...{ key, body: version('2020-01-01', '2024-01-01', [one]) },
    });
    await on.service.call('POST', `/v1/pathways/${made.id}/versions`, {
      key,
      body: version('2024-01-01', undefined, [one, two]),
    });
    const old = await on.evaluate(badges.slice(0, 1), { pathway: `${made.url}?version=1` });
    expect(old.body.outcome).toBe('met');
    expect(problem(await on.confer(old.body.id))).toEqual([409, 'conflict', '/evaluationId']);
    expect(problem(await on.confer(old.body.id, { catalogueDate: '2025-01-01' }))[2]).toBe('/evaluationId');
    expect(problem(await on.confer(old.body.id, { catalogueDate: '2099-01-01' }))[2]).toBe('/catalogueDate');
    expect((await on.confer(old.body.id, { catalogueDate: '2023-06-01' })).body).toMatchObject({ state: 'conferred' });
  });

  it('by rules that somebody else signed, unless they are named', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000008');
    const { body: lax } = await on.service.call<{ url: string }>('POST', '/v1/pathways', {
      key: on.college.issuer,
      body: {
        ...{ name: 'SPECIMEN One is enough', achievement: on.qualification.url, conferrer: on.university.did },
        stackingRule: {
          ...node('root', 'allOf'),
          children: [{ ...node('one', 'requireAll'), items: [{ achievement: on.parts[0]!.url }] }],
        },
      },
    });
    const met = await on.evaluate(badges.slice(0, 1), { pathway: lax.url });
    expect(met.body.outcome).toBe('met');
    expect(problem(await on.confer(met.body.id))).toEqual([403, 'not-entitled', '/pathwayIssuer']);
    const named = await on.confer(met.body.id, { pathwayIssuer: on.college.did });
    expect(named.body).toMatchObject({ state: 'conferred' });
  });

  it('when a component was revoked between the evaluation and the conferring', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000003');
    const met = await on.evaluate(badges);
    await on.change(badges[2]!, 'revoke');
    const answer = await on.confer(met.body.id);
    expect(problem(answer)).toEqual([409, 'conflict', '/evaluationId']);
    expect(answer.body.detail).toContain('unmet');
  });

  it('when issuing refuses, and the components are free again', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000004');
    const met = await on.evaluate(badges);
    const bad = await on.confer(met.body.id, { recipient: { awardedDate: '2026-02-30' } });
    expect(problem(bad)[1]).toBe('invalid-request');
    const listed = await on.service.call<{ items: { state: string; problem: { type: string } }[] }>(
      'GET',
      '/v1/conferrals?state=failed',
      { key: on.university.issuer },
    );
    expect(listed.body.items[0]).toMatchObject({ problem: { type: 'urn:tatak:problem:invalid-request' } });
    expect((await on.confer(met.body.id)).body).toMatchObject({ state: 'conferred' });
  });

  it('to all but one, when two evaluations of the same badges are conferred at once', async () => {
    const badges = await three('urn:uuid:00000000-0000-4000-8000-000000000005');
    const [first, second] = [await on.evaluate(badges), await on.evaluate(badges)];
    const answers = await Promise.all([on.confer(first.body.id), on.confer(second.body.id), on.confer(first.body.id)]);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.credentialId));
    expect(ids.size).toBe(1);
    expect(answers.some(({ status }) => status === 409)).toBe(true);
  });

  it('with a body that is not understood', async () => {
    const post = (path: string, body: unknown) => on.service.call('POST', path, { key: on.university.issuer, body });
    for (const body of [{}, { evaluationId: 'x' }, { evaluationId: '0'.repeat(26), achievementId: 3 }, [], null, 'x']) {
      expect((await post('/v1/conferrals', body)).status).toBe(typeof body === 'string' ? 415 : 400);
    }
    const { pathway } = on;
    for (const body of [
      {},
      { pathway },
      { pathway, credentials: [] },
      { pathway, credentials: [1] },
      { pathway, learner: {} },
    ]) {
      expect((await post('/v1/stored-evaluations', body)).status, JSON.stringify(body)).toBe(400);
    }
    const nobody = await post('/v1/stored-evaluations', { pathway, learner: { subjectId: 'urn:nobody' } });
    expect(problem(nobody as Parameters<typeof problem>[0])).toEqual([400, 'invalid-request', '/learner/subjectId']);
  });
});

describe('a flag', () => {
  it('goes when a suspension is lifted, and stays away when it was accepted', async () => {
    const subject = 'urn:uuid:00000000-0000-4000-8000-000000000006';
    const { achievementId } = (
      await on.service.call<{ achievementId: string }>('POST', '/v1/achievements', {
        key: on.college.issuer,
        body: {
          achievement: { name: 'SPECIMEN Lab', description: 'For tests.', criteria: { narrative: 'Passed.' } },
          statusPurpose: 'suspension',
        },
      })
    ).body;
    const url = `${on.service.publicUrl}/achievements/${achievementId}`;
    const issued = await on.service.call<{ credentials: { id: string; url: string }[] }>('POST', '/v1/credentials', {
      key: on.college.issuer,
      body: { achievementId, recipients: [{ subjectId: subject }] },
    });
    const lab = issued.body.credentials[0]!;
    const { body: pathway } = await on.service.call<{ url: string }>('POST', '/v1/pathways', {
      key: on.university.issuer,
      body: {
        name: 'SPECIMEN Lab pathway',
        achievement: on.qualification.url,
        stackingRule: {
          ...node('root', 'allOf'),
          children: [{ ...node('lab', 'requireAll'), items: [{ achievement: url }] }],
        },
      },
    });
    const evaluation = await on.evaluate([lab.url], { pathway: pathway.url });
    const { body: conferral } = await on.confer(evaluation.body.id);
    const change = (action: string) =>
      on.service.call('POST', `/v1/credentials/${lab.id}/status`, {
        key: on.college.issuer,
        body: { action, reason: 'For tests' },
      });
    await change('suspend');
    expect((await until(conferral.id, 'under_review')).findings).toMatchObject([
      { credential: lab.url, code: 'suspended' },
      { code: 'not_met' },
    ]);
    await change('reinstate');
    expect((await until(conferral.id, 'conferred')).findings).toBeUndefined();
    await change('suspend');
    await until(conferral.id, 'under_review');
    const upheld = await on.service.call('POST', `/v1/conferrals/${conferral.id}/review`, {
      key: on.university.issuer,
      body: { decision: 'uphold', reason: 'The suspension is administrative' },
    });
    expect(upheld.body).toMatchObject({ state: 'conferred', review: 'uphold' });
    await new Promise((later) => setTimeout(later, 6_000));
    expect(await on.read(conferral.id)).toMatchObject({ state: 'conferred' });
  });
});

describe('a stored learner', () => {
  it('is evaluated by what this institution issued to the subject, and what is given beside it', async () => {
    const subject = 'urn:uuid:00000000-0000-4000-8000-000000000007';
    const badges = await three(subject);
    const alone = await on.evaluate([badges[1]], { learner: { subjectId: subject } });
    expect(alone.body).toMatchObject({ outcome: 'unmet', subjectId: subject });
    const whole = await on.evaluate(badges.slice(1), { learner: { subjectId: subject } });
    expect(whole.body.outcome).toBe('met');
    const listed = await on.service.call<{ items: unknown[] }>(
      'GET',
      `/v1/stored-evaluations?subjectId=${encodeURIComponent(subject)}`,
      { key: on.university.issuer },
    );
    expect(listed.body.items).toHaveLength(2);
  });
});
