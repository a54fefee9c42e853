import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Conferral, type ConferralWorld, conferralWorld, node } from './world.ts';

let on: ConferralWorld;
beforeAll(async () => {
  on = await conferralWorld();
});
afterAll(() => on.close());

const three = (subject: string) => on.three(subject);
const until = (id: string, state: string) => on.until(id, state);

describe('after a crash between the intent and the signature', () => {
  it('the award is issued once, by the next round or by asking again', async () => {
    const subject = 'urn:uuid:00000000-0000-4000-8000-000000000011';
    const evaluation = await on.evaluate(await three(subject));
    const { reader, transactor } = on.service.app.storage;
    const tenant = 'specimen-university';
    const stored = (await reader.evaluation(tenant, evaluation.body.id))!;
    const conferralId = '0123456789abcdefghjkmnpqrs';
    const { achievementId, url: achievement } = on.qualification;
    await transactor.commit([
      {
        op: 'conferral.insert',
        row: {
          ...{ tenant, conferralId, evaluationId: stored.evaluationId, state: 'prepared', subjectId: subject },
          ...{ pathway: stored.pathway, pathwayVersion: '1', achievement, achievementId, achievementVersion: 1 },
          body: JSON.stringify({ achievementId, version: 1, recipients: [{ subjectId: subject }] }),
          ...{ preparedAt: stored.createdAt, preparedBy: stored.createdBy },
        },
        ...{ components: [], known: {} },
      },
    ]);
    const [asked] = await Promise.all([on.confer(evaluation.body.id), until(conferralId, 'conferred')]);
    expect(asked.body.id).toBe(conferralId);
    const done = await on.read(conferralId);
    expect(asked.body.credentialId).toBe(done.credentialId);
    const issued = await reader.credentialsOfSubject(tenant, subject, 9);
    expect(issued.filter((one) => one.achievementId === achievementId)).toHaveLength(1);
  });
});

describe('single use across targets', () => {
  it('keeps a badge from a second award while the first one stands', async () => {
    const subject = 'urn:uuid:00000000-0000-4000-8000-000000000012';
    const badges = await three(subject);
    const made = await on.service.call<{ url: string }>('POST', '/v1/pathways', {
      key: on.university.issuer,
      body: {
        name: 'SPECIMEN Another award',
        achievement: on.qualification.url,
        stackingRule: {
          ...node('root', 'allOf'),
          children: [
            { ...node('part', 'requireAll'), items: [{ achievement: on.parts[0]!.url }] },
            { ...node('once', 'singleUse'), across: [on.pathway] },
          ],
        },
      },
    });
    expect(made.status).toBe(201);
    const other = { pathway: made.body.url };
    expect((await on.evaluate(badges.slice(0, 1), other)).body.outcome).toBe('met');
    const first = await on.confer((await on.evaluate(badges)).body.id);
    expect(first.body).toMatchObject({ state: 'conferred' });
    const used = await on.evaluate(badges.slice(0, 1), other);
    expect(used.body.outcome).toBe('unmet');
    expect(JSON.stringify(used.body.report.evaluation)).toContain('"code":"usedElsewhere"');
    await on.service.call('POST', `/v1/conferrals/${first.body.id}/review`, {
      key: on.university.issuer,
      body: { decision: 'withdraw', reason: 'For tests' },
    });
    expect((await on.evaluate(badges.slice(0, 1), other)).body.outcome).toBe('met');
  });
});

describe('where an institution wants two persons', () => {
  it('a conferral waits for the second one, and follows what is decided', async () => {
    const { service, qualification } = on;
    const subjects = [13, 14].map((n) => `urn:uuid:00000000-0000-4000-8000-0000000000${n}`);
    const badges = await Promise.all(subjects.map(three));
    await service.call('PUT', '/v1/institutions/specimen-university/issuing-policy', {
      key: service.operatorKey,
      body: { approval: 'two-person' },
    });
    const maker = await service.key('specimen-university', 'issuer', 'staff-1');
    const approver = await service.key('specimen-university', 'approver', 'staff-2');
    const confer = async (credentials: string[]) => {
      const evaluation = await on.evaluate(credentials);
      return on.confer(evaluation.body.id, { achievementId: qualification.achievementId }, maker);
    };
    const decide = (approvalId: string, body: object) =>
      service.call('POST', `/v1/approvals/${approvalId}/decision`, { key: approver, body });
    const waiting = await confer(badges[0]!);
    expect([waiting.status, waiting.body.state]).toEqual([202, 'awaiting_approval']);
    expect((await decide(waiting.body.approvalId!, { decision: 'approve' })).status).toBe(201);
    expect((await until(waiting.body.id, 'conferred')).credential.evidence).toHaveLength(5);

    const refused = await confer(badges[1]!);
    await decide(refused.body.approvalId!, { decision: 'reject', reason: 'Not at this time' });
    const failed = (await until(refused.body.id, 'failed')) as Conferral & { problem: { detail: string } };
    expect(failed.problem.detail).toBe('Not at this time');
  });
});
