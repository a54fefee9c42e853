import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { openService, type TestService } from '../support/service.ts';

interface Approval {
  id: string;
  state: string;
  version: number;
  preparedBy: { key: string; person: string };
}
interface Answer {
  type?: string;
  pointer?: string;
  detail?: string;
  state?: string;
  approval: Approval;
  credentials: { id: string; achievementVersion: number; credential: object }[];
  items: Approval[];
  next?: string;
  request: object;
}

let service: TestService;
let log: ResponseLog;
let achievementId: string;
const keys: Record<string, string> = {};
const COLLEGE = 'specimen-college';
const RIVAL = 'specimen-rival';
const achievement = { name: 'SPECIMEN Boat Handling', description: 'D', criteria: { narrative: 'N' } };

const call = (
  key: string | undefined,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
  headers: Record<string, string> = {},
) =>
  service.call<Answer>(method, url, {
    ...(key === undefined ? {} : { key: keys[key]! }),
    ...(body === undefined ? {} : { body }),
    headers,
  });
const recipients = [{ name: 'Canary Amihan', email: 'canary@students.example' }];
const issue = (key: string, more: object = {}, headers: Record<string, string> = {}) =>
  call(key, 'POST', '/v1/credentials', { achievementId, recipients, ...more }, headers);
const prepare = async () => (await issue('maker')).body.approval;
const decide = (key: string, id: string, body: object = { decision: 'approve' }) =>
  call(key, 'POST', `/v1/approvals/${id}/decision`, body);
const kindOf = ({ status, body }: { status: number; body: Answer }) => [
  status,
  body.type?.replace('urn:tatak:problem:', ''),
];
const policy = (approval: string, slug = COLLEGE) =>
  call('operator', 'PUT', `/v1/institutions/${slug}/issuing-policy`, { approval });

beforeAll(async () => {
  service = await openService({
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
  await make('checker', COLLEGE, 'approver', 'S-18');
  await make('auditor', COLLEGE, 'auditor');
  await make('authority', COLLEGE, 'authority', 'S-19');
  await make('rivalMaker', RIVAL, 'issuer', 'S-20');
  await make('rival', RIVAL, 'approver', 'S-18');
  await make('rivalAuditor', RIVAL, 'auditor');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: keys.maker!,
    body: { achievement },
  });
  ({ achievementId } = made.body);
  expect((await policy('two-person')).status).toBe(200);
}, 120_000);
afterAll(() => service?.close());

describe('the policy of an institution', () => {
  it('is seen by its own and the operator, and by nobody else', async () => {
    const read = async (key: string | undefined, url: string) => (await call(key, 'GET', url)).body;
    for (const key of ['operator', 'maker', 'checker', 'auditor']) {
      expect(await read(key, `/v1/institutions/${COLLEGE}`)).toMatchObject({ issuing: { approval: 'two-person' } });
    }
    const list = JSON.stringify(await read('operator', '/v1/institutions'));
    expect(list).toMatch(/two-person.*one-person/);
    const open = `${await read(undefined, `/institutions/${COLLEGE}.json`)}${JSON.stringify(
      await read(undefined, `/institutions/${COLLEGE}/did.json`),
    )}`;
    expect(open).not.toContain('person');
    expect(JSON.stringify(await read(undefined, `/institutions/${COLLEGE}.json`))).not.toContain('two-person');
  });

  it('is set by the operator only, and audited', async () => {
    for (const key of ['maker', 'checker', 'auditor', 'authority']) {
      const tried = await call(key, 'PUT', `/v1/institutions/${COLLEGE}/issuing-policy`, { approval: 'one-person' });
      expect(tried.status).toBe(403);
    }
    expect(kindOf(await policy('three-person'))).toEqual([400, 'invalid-request']);
    expect((await policy('two-person', 'specimen-nowhere')).status).toBe(404);
    const audit = (await call('auditor', 'GET', '/v1/audit')).text;
    expect(audit).toContain('"operation":"institution.setApproval"');
  });
});

describe('persons behind keys', () => {
  it('are shown in key listings, as they were given', async () => {
    const { text } = await call('auditor', 'GET', '/v1/api-keys');
    expect(text).toContain('"person":"S-17"');
    expect(text).not.toContain('S-20');
  });

  it('are demanded of an approver, and are identifiers', async () => {
    const make = (more: object) =>
      call('operator', 'POST', '/v1/api-keys', { institution: COLLEGE, role: 'approver', label: 'x', ...more });
    const none = await make({});
    expect([...kindOf(none), none.body.pointer]).toEqual([400, 'invalid-request', '/person']);
    for (const person of ['', ' s', 'Maria Clara', '-s', 's\u0000', 'ñ', 'x'.repeat(101), 17, null]) {
      const bad = await make({ person });
      expect([person, ...kindOf(bad), bad.body.pointer]).toEqual([person, 400, 'invalid-request', '/person']);
    }
    expect((await make({ person: 'x'.repeat(100) })).status).toBe(201);
    const system = await make({ institution: 'system', person: 's-1' });
    expect([...kindOf(system), system.body.pointer]).toEqual([400, 'invalid-request', '/institution']);
  });
});

describe('with two persons', () => {
  it('one prepares, the other reads and approves, and the credentials are the answer', async () => {
    const prepared = await issue('maker');
    expect(prepared.status).toBe(202);
    const { approval } = prepared.body;
    expect(approval).toMatchObject({ state: 'pending', version: 1, recipients: 1, preparedBy: { person: 's-17' } });
    expect(prepared.text).not.toContain('Canary');
    for (const key of ['maker', 'checker', 'auditor']) {
      const listed = await call(key, 'GET', '/v1/approvals?state=pending');
      expect(listed.body.items.map((one) => one.id)).toContain(approval.id);
      expect(listed.text).not.toContain('Canary');
      const read = await call(key, 'GET', `/v1/approvals/${approval.id}`);
      expect(read.body.request).toEqual({ achievementId, recipients, version: 1 });
    }
    const done = await decide('checker', approval.id);
    expect(done.status).toBe(201);
    expect(done.body.approval).toMatchObject({ state: 'issued', decidedBy: { person: 's-18' } });
    expect(done.body.credentials).toHaveLength(1);
    const again = await decide('checker', approval.id);
    expect(again.text).toBe(done.text);
    const { id } = done.body.credentials[0]!;
    const fetched = await call(undefined, 'GET', `/credentials/${id}.json`);
    expect(fetched.body).toEqual(done.body.credentials[0]!.credential);
    expect(kindOf(await decide('checker', approval.id, { decision: 'reject', reason: 'too late' }))).toEqual([
      409,
      'conflict',
    ]);
  });

  it('refuses the same person with another key, and everyone who is no approver', async () => {
    const { id } = await prepare();
    const same = await decide('makersOther', id);
    expect(kindOf(same)).toEqual([403, 'same-person']);
    for (const key of ['maker', 'nobody', 'auditor', 'authority', 'operator']) {
      expect([key, ...kindOf(await decide(key, id))]).toEqual([key, 403, 'forbidden']);
    }
    expect((await decide('nothing', id)).status).toBe(401);
    for (const key of ['checker', 'makersOther', 'auditor', 'operator', 'authority']) {
      expect([key, ...kindOf(await issue(key))]).toEqual([key, 403, 'forbidden']);
    }
    expect(kindOf(await issue('nobody'))).toEqual([403, 'person-required']);
    const rejected = await decide('checker', id, { decision: 'reject', reason: 'Did not sit the examination' });
    expect([rejected.status, rejected.body.approval.state]).toEqual([200, 'rejected']);
    expect(kindOf(await decide('checker', id))).toEqual([409, 'conflict']);
  });

  it('wants a reason to reject', async () => {
    const { id } = await prepare();
    for (const reason of [undefined, 'ab', '', 'x'.repeat(501)]) {
      const tried = await decide('checker', id, { decision: 'reject', ...(reason === undefined ? {} : { reason }) });
      expect([...kindOf(tried), tried.body.pointer]).toEqual([400, 'invalid-request', '/reason']);
    }
    expect(kindOf(await decide('checker', id, { decision: 'maybe' }))).toEqual([400, 'invalid-request']);
  });

  it('answers a retry with the same approval; no caller takes the key of one', async () => {
    const key = { 'idempotency-key': 'retry-1' };
    const all = await Promise.all(Array.from({ length: 100 }, () => issue('maker', {}, key)));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.approval.id}`)).size).toBe(1);
    const other = await issue('maker', { recipients: [{ name: 'B' }] }, key);
    expect(kindOf(other)).toEqual([422, 'idempotency-mismatch']);
    const taken = await issue('maker', {}, { 'idempotency-key': `approval:${all[0]!.body.approval.id}` });
    expect([...kindOf(taken), taken.body.pointer]).toEqual([400, 'invalid-request', '/headers/idempotency-key']);
  });

  it('signs the version that was prepared (IS-4)', async () => {
    const { id, version } = await prepare();
    const url = `/v1/achievements/${achievementId}/versions`;
    expect((await call('maker', 'POST', url, { achievement: { ...achievement, name: 'SPECIMEN Other' } })).status).toBe(
      201,
    );
    const { body } = await decide('checker', id);
    expect(body.credentials[0]!.achievementVersion).toBe(version);
    expect(JSON.stringify(body.credentials[0]!.credential)).not.toContain('SPECIMEN Other');
  });

  it('pages', async () => {
    const first = await call('checker', 'GET', '/v1/approvals?limit=1');
    const second = await call('checker', 'GET', `/v1/approvals?limit=1&cursor=${first.body.next}`);
    expect(second.body.items[0]!.id).not.toBe(first.body.items[0]!.id);
  });

  it('lets an approver start a batch, and nobody else', async () => {
    const made = await service.call<{ batchId: string }>('POST', '/v1/batches', {
      key: keys.maker!,
      body: { achievementId, rows: [{ name: 'Canary Bituin' }] },
    });
    const url = `/v1/batches/${made.body.batchId}/start`;
    expect(kindOf(await call('maker', 'POST', url))).toEqual([403, 'approval-required']);
    expect(kindOf(await call('makersOther', 'POST', url))).toEqual([403, 'same-person']);
    expect(kindOf(await call('auditor', 'POST', url))).toEqual([403, 'forbidden']);
    expect(kindOf(await call('rival', 'POST', url))).toEqual([404, 'not-found']);
    expect(await call('checker', 'POST', url)).toMatchObject({ status: 202, body: { state: 'queued' } });
    const state = async () => (await call('checker', 'GET', `/v1/batches/${made.body.batchId}`)).body.state;
    await expect.poll(state, { timeout: 60_000 }).toBe('done');
  });

  it('AU-2: another institution sees and decides nothing of it', async () => {
    const { id } = await prepare();
    for (const key of ['rival', 'rivalAuditor', 'rivalMaker']) {
      expect((await call(key, 'GET', `/v1/approvals/${id}`)).status).toBe(404);
      expect((await call(key, 'GET', '/v1/approvals')).body.items).toEqual([]);
    }
    for (const body of [{ decision: 'approve' }, { decision: 'reject', reason: 'Mischief' }]) {
      expect(kindOf(await decide('rival', id, body))).toEqual([404, 'not-found']);
    }
    expect((await call('checker', 'GET', `/v1/approvals/${id}`)).body).toMatchObject({ state: 'pending' });
  });
});

describe('with one person', () => {
  it('issues at once, whoever holds the key; an approver decides what still waits', async () => {
    const { id } = await prepare();
    await policy('one-person');
    const issued = await issue('nobody');
    expect([issued.status, Object.keys(issued.body)]).toEqual([201, ['credentials']]);
    expect(kindOf(await decide('makersOther', id))).toEqual([403, 'same-person']);
    expect((await decide('checker', id)).status).toBe(201);
    await policy('two-person');
  });
});

it('no person and no recipient is in the audit log, which names the keys', async () => {
  const { text } = await call('operator', 'GET', '/v1/audit?limit=200');
  expect(text).toMatch(/approval\.prepare.*approval\.approve.*approval\.reject/);
  expect(text).not.toMatch(/s-1[789]|S-1[789]|Canary|canary@|examination/);
});

it('SC-5: nothing answered otherwise than openapi.yaml says', () => {
  expect([...new Set(log.violations)]).toEqual([]);
  for (const seen of ['issueCredentials 202', 'decideApproval 200', 'decideApproval 201', 'setIssuingPolicy 200']) {
    expect(log.seen).toContain(seen);
  }
});
