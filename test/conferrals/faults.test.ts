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

describe('awards that cannot be looked at', () => {
  it('do not keep others from being flagged', async () => {
    const { reader, transactor } = on.service.app.storage;
    const [tenant, subject] = ['specimen-university', 'urn:uuid:00000000-0000-4000-8000-000000000021'];
    const spoiled = await on.issue(0, subject);
    const sample = (await reader.evaluation(tenant, (await on.evaluate([spoiled])).body.id))!;
    const { achievementId, url: achievement } = on.qualification;
    for (let n = 0; n < 12; n++) {
      const id = `0000000000000000000000poi${n.toString(36)}`;
      const pathway = `${on.pathway}${n}`;
      const row = {
        ...{ tenant, conferralId: id, evaluationId: id, state: 'prepared' as const, subjectId: subject, pathway },
        ...{ pathwayVersion: '1', achievement, achievementId, achievementVersion: 1, body: '{}' },
        ...{ preparedAt: sample.createdAt, preparedBy: sample.createdBy },
      };
      const component = {
        ...{ tenant, conferralId: id, ordinal: 0, credential: spoiled, componentAwardId: `urn:a:${n}`, sha256: 'a' },
        ...{ pathway, achievement, live: true, credentialId: spoiled.split('/').at(-1)!, stateSeen: 'active' },
      };
      await transactor.commit([
        { op: 'evaluation.insert', row: { ...sample, evaluationId: id, input: '{' } },
        { op: 'conferral.insert', row, components: [component], known: {} },
        {
          ...{ op: 'conferral.change', tenant, conferralId: id, from: ['prepared'] },
          set: { state: 'conferred', credentialId: 'none', checkedAt: '2026-01-01T00:00:00Z' },
        },
      ]);
    }
    await on.change(spoiled, 'revoke');
    const other = 'urn:uuid:00000000-0000-4000-8000-000000000022';
    const badges = await three(other);
    const { body } = await on.confer((await on.evaluate(badges)).body.id);
    expect(body.state).toBe('conferred');
    await on.change(badges[2]!, 'revoke');
    expect((await until(body.id, 'under_review')).findings).toMatchObject([{ code: 'revoked' }, { code: 'not_met' }]);
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
