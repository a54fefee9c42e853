import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCredential, releaseBatch } from '#credentials';
import { didOf } from '#institutions';
import type { Problem } from '#kernel';
import { approvalsOf, CHECKER, MAKER, onePerson, twoPersons, waiting } from './support/approvals.ts';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, definition, OTHER, openWorld, seed, TENANT, type World } from './support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let approvals: ReturnType<typeof approvalsOf>;
let achievementId: string;
const body = (name = 'Amihan') => ({ achievementId, recipients: [{ name, email: 'amihan@students.example' }] });
const submit = async (more: object = {}) =>
  waiting(await approvals.submit({ ...MAKER, body: body(), ...more } as Parameters<typeof approvals.submit>[0]));
const decide = (approvalId: string, more: object = {}) =>
  approvals.decide({ ...CHECKER, approvalId, decision: 'approve', ...more });
const credentials = async (tenant = TENANT) => (await world.reader.credentials({ tenant }, { limit: 200 })).items;

beforeEach(async () => {
  world = await openWorld();
  ({ achievementId } = await seed(world));
  approvals = approvalsOf(world);
  await twoPersons(world);
});
afterEach(() => world.close());

describe('preparing', () => {
  it('checks, pins and stores; reserves and signs nothing', async () => {
    const row = await submit();
    expect(row).toMatchObject({ state: 'pending', achievementVersion: 1, recipients: 1, preparedPerson: 's-1' });
    expect(await world.reader.approval(TENANT, row.approvalId)).toEqual(row);
    expect(row.body).toEqual({ ...body(), version: 1 });
    expect(await credentials()).toEqual([]);
    expect(await world.reader.openStatusList(TENANT, 'revocation')).toBeUndefined();
  });

  it('refuses what issuing would refuse, and leaves nothing behind', async () => {
    const bad = [
      { achievementId, recipients: [] },
      { achievementId, recipients: [{ name: 'A', include: ['hashedEmail'] }] },
      { achievementId: '0'.repeat(26), recipients: [{ name: 'A' }] },
    ];
    for (const one of bad) expect((await problem(submit({ body: one }))).kind).toBe('invalid-request');
    await world.institutions.setApproval({ tenant: OTHER, approval: 'two-person', actor: ACTOR });
    expect((await problem(submit({ tenant: OTHER }))).kind).toBe('not-entitled');
    expect((await world.reader.approvals({ tenant: TENANT }, { limit: 9 })).items).toEqual([]);
  });

  it('needs a person behind the key', async () => {
    expect((await problem(submit({ person: undefined }))).kind).toBe('person-required');
  });

  it('gives one approval for 100 parallel retries, and 422 for another body (ID-1, ID-2)', async () => {
    const call = { idempotencyKey: 'k' };
    const all = await Promise.all(Array.from({ length: 100 }, () => submit(call)));
    expect(new Set(all.map((row) => row.approvalId)).size).toBe(1);
    expect((await world.reader.approvals({ tenant: TENANT }, { limit: 9 })).items).toHaveLength(1);
    expect((await problem(submit({ ...call, body: body('B') }))).kind).toBe('idempotency-mismatch');
    // Also when one person would do by now, and after it was decided.
    await onePerson(world);
    expect((await submit(call)).approvalId).toBe(all[0]!.approvalId);
    await decide(all[0]!.approvalId);
    expect(await submit(call)).toMatchObject({ approvalId: all[0]!.approvalId, state: 'issued' });
    expect(await credentials()).toHaveLength(1);
  });

  it('refuses keys of its own kind, so that nobody stands where an approval will', async () => {
    const { approvalId } = await submit();
    for (const policy of [twoPersons, onePerson]) {
      await policy(world);
      const found = await problem(submit({ idempotencyKey: `approval:${approvalId}` }));
      expect([found.kind, found.errors[0]!.pointer]).toEqual(['invalid-request', '/headers/idempotency-key']);
    }
  });

  it('answers a retry of what was issued before the policy with those credentials', async () => {
    await onePerson(world);
    const call = { ...MAKER, body: body(), idempotencyKey: 'early' };
    const first = await approvals.submit(call);
    await twoPersons(world);
    expect(await approvals.submit(call)).toEqual(first);
    expect((await problem(approvals.submit({ ...call, body: body('B') }))).kind).toBe('idempotency-mismatch');
  });
});

describe('deciding', () => {
  it('issues what was prepared, with the same answer again', async () => {
    const { approvalId } = await submit();
    const done = await decide(approvalId);
    expect(done.approval).toMatchObject({ state: 'issued', decidedPerson: 's-2', decidedBy: 'key:checker' });
    expect(done.approval.credentialIds).toEqual(done.issued!.map((one) => one.credentialId));
    expect(await decide(approvalId, { actor: 'key:third', person: 's-3' })).toEqual(done);
    expect(await credentials()).toHaveLength(1);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it.each([
    ['the same key', { actor: MAKER.actor, person: 's-1' }, 'same-person'],
    ['another key of the same person', { actor: 'key:other', person: 's-1' }, 'same-person'],
    ['the same person in other letters', { actor: 'key:other', person: 'S-1' }, 'same-person'],
    ['the same person with spaces', { actor: 'key:other', person: ' s-1 ' }, 'same-person'],
    ['nobody', { person: undefined }, 'person-required'],
    ['another institution', { tenant: OTHER }, 'not-found'],
  ])('is not for %s', async (_, by, kind) => {
    const { approvalId } = await submit();
    for (const decision of [{ decision: 'approve' }, { decision: 'reject', reason: 'because' }]) {
      expect((await problem(decide(approvalId, { ...by, ...decision }))).kind).toBe(kind);
    }
    expect((await world.reader.approval(TENANT, approvalId))!.state).toBe('pending');
    expect(await credentials()).toEqual([]);
  });

  it('is not for the person who prepared it after somebody else decided either', async () => {
    const { approvalId } = await submit();
    await decide(approvalId);
    expect((await problem(decide(approvalId, { person: 'S-1' }))).kind).toBe('same-person');
  });

  it('rejects with a reason, for good', async () => {
    const { approvalId } = await submit();
    for (const reason of [undefined, 'no', '  x  ', 'a\u202eb c', 'x'.repeat(501)]) {
      const found = await problem(decide(approvalId, { decision: 'reject', reason }));
      expect([found.kind, found.errors[0]!.pointer]).toEqual(['invalid-request', '/reason']);
    }
    const rejected = await decide(approvalId, { decision: 'reject', reason: 'Did not sit the examination' });
    expect(rejected).toEqual({ approval: expect.objectContaining({ state: 'rejected' }) });
    expect(await decide(approvalId, { decision: 'reject', reason: 'again' })).toEqual(rejected);
    expect((await problem(decide(approvalId))).kind).toBe('conflict');
    expect(await credentials()).toEqual([]);
  });

  it('is won by one of many at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const { approvalId } = await submit();
      const answers = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          decide(approvalId, {
            actor: `key:${at}`,
            person: `p-${at}`,
            ...(at % 2 === round % 2 ? { decision: 'reject', reason: 'because' } : {}),
          }),
        ),
      );
      const { state } = (await world.reader.approval(TENANT, approvalId))!;
      expect(['issued', 'rejected']).toContain(state);
      const losers = answers.filter((one) => one.status === 'rejected').map((one) => (one.reason as Problem).kind);
      expect(losers).toEqual(Array(10).fill('conflict'));
      const entries = (await auditOf(world)).filter((entry) => entry.object === approvalId);
      expect(entries.map((entry) => entry.operation)).toEqual([
        'approval.prepare',
        state === 'issued' ? 'approval.approve' : 'approval.reject',
      ]);
    }
    const issued = (await world.reader.approvals({ tenant: TENANT, state: 'issued' }, { limit: 9 })).items;
    expect(await credentials()).toHaveLength(issued.length);
  });

  it('signs the version that was prepared, whatever was edited since (IS-4)', async () => {
    const { approvalId } = await submit();
    const next = definition({}, 2, achievementId);
    await world.transactor.commit([{ op: 'achievement.insertVersion', row: next }]);
    const { issued } = await decide(approvalId);
    const [one] = await credentials();
    expect(one).toMatchObject({ achievementVersion: 1 });
    expect(readCredential(JSON.parse(issued![0]!.text))!.achievement.name).toContain('edition 1');
    expect((await submit()).achievementVersion).toBe(2);
  });

  it('still needs its decision when one person would do by now', async () => {
    const { approvalId } = await submit();
    await onePerson(world);
    expect((await problem(decide(approvalId, { person: 's-1' }))).kind).toBe('same-person');
    expect((await decide(approvalId)).approval.state).toBe('issued');
  });

  it('fails for good when issuing is refused by now, and says so again', async () => {
    const permitted = definition({ permittedIssuers: [didOf('badges.example', OTHER)] });
    await world.transactor.commit([{ op: 'achievement.insertVersion', row: permitted }]);
    await world.institutions.setApproval({ tenant: OTHER, approval: 'two-person', actor: ACTOR });
    const request = { achievementId: permitted.achievementId, recipients: [{ name: 'Amihan' }] };
    const { approvalId } = await submit({ tenant: OTHER, body: request });
    // The definition names another issuer from now on: the same version is read as a changed register would have it.
    const { achievement } = world.reader;
    world.reader.achievement = async (...args) => {
      const found = await achievement(...args);
      return found && { ...found, permittedIssuers: [] };
    };
    for (let time = 0; time < 2; time++) {
      const found = await problem(decide(approvalId, { tenant: OTHER }));
      expect([found.kind, found.errors[0]!.pointer]).toEqual(['not-entitled', '/achievementId']);
    }
    const row = await world.reader.approval(OTHER, approvalId);
    expect(row).toMatchObject({ state: 'failed', problem: { kind: 'not-entitled' } });
    const entries = (await auditOf(world)).filter((entry) => entry.object === approvalId);
    expect(entries.at(-1)).toMatchObject({ operation: 'approval.fail', detail: { problem: 'not-entitled' } });
    expect(await credentials(OTHER)).toEqual([]);
  });
});

describe('the log', () => {
  it('names keys and digests, never a person, a recipient or a reason', async () => {
    const one = await submit();
    await decide(one.approvalId);
    const two = await submit();
    await decide(two.approvalId, { decision: 'reject', reason: 'Did not sit it' });
    const entries = await auditOf(world);
    const mine = entries.filter((entry) => entry.operation.startsWith('approval.'));
    expect(mine.map(({ operation, actor }) => [operation, actor])).toEqual([
      ['approval.prepare', 'key:maker'],
      ['approval.approve', 'key:checker'],
      ['approval.prepare', 'key:maker'],
      ['approval.reject', 'key:checker'],
    ]);
    expect(new Set(mine.map((entry) => entry.objectSha256)).size).toBe(1);
    expect(mine[0]!.objectSha256).toMatch(/^[0-9a-f]{64}$/);
    const text = JSON.stringify(entries);
    for (const secret of ['s-1', 's-2', 'Amihan', 'students.example', 'Did not']) expect(text).not.toContain(secret);
  });
});

describe('the rule itself', () => {
  const call = () => ({ tenant: TENANT, actor: 'key:maker', body: body() });

  it('stands in the issuer: no release, no credential', async () => {
    expect((await problem(world.issuer.issue(call()))).kind).toBe('approval-required');
    expect((await problem(world.issuer.issue({ ...call(), idempotencyKey: 'k' }))).kind).toBe('approval-required');
    const batch = { batchId: 'b', rows: [1] };
    expect((await problem(world.issuer.issue({ ...call(), batch }))).kind).toBe('approval-required');
    expect(await credentials()).toEqual([]);
    // Another institution has its own policy.
    await onePerson(world);
    expect(await world.issuer.issue(call())).toHaveLength(1);
  });

  it('takes a release for exactly that, once', async () => {
    const persons = { prepared: 's-1', approved: 's-2' };
    const batch = { batchId: 'b', rows: [1] };
    const release = releaseBatch(TENANT, 'b', persons);
    expect(await world.issuer.issue({ ...call(), batch, release })).toHaveLength(1);
    const wrong: [object, string][] = [
      [{ batch: { batchId: 'b', rows: [2] }, release }, 'has been used'],
      [{ batch, release: releaseBatch(OTHER, 'b', persons) }, 'is for another tenant'],
      [{ batch, release: releaseBatch(TENANT, 'c', persons) }, 'is for another request'],
      [{ release: releaseBatch(TENANT, 'b', persons) }, 'is for another request'],
      [{ release: {} }, 'is not a release'],
      [{ release: null }, 'is not a release'],
    ];
    for (const [more, why] of wrong) await expect(world.issuer.issue({ ...call(), ...more })).rejects.toThrow(why);
    expect(await credentials()).toHaveLength(1);
  });

  it('makes no release for one person', () => {
    const kindOf = (prepared: string | undefined, approved: string | undefined) => {
      try {
        releaseBatch(TENANT, 'b', { prepared, approved });
        return undefined;
      } catch (error) {
        return (error as Problem).kind;
      }
    };
    expect(kindOf('s-1', 's-2')).toBeUndefined();
    for (const same of ['s-1', 'S-1', ' s-1 ']) expect(kindOf('s-1', same)).toBe('same-person');
    for (const nobody of [undefined, '']) {
      expect([kindOf(nobody, 's-2'), kindOf('s-1', nobody)]).toEqual(['person-required', 'person-required']);
    }
  });

  it('is passed in two files only: deciding a request, running an approved batch', () => {
    const src = join(import.meta.dirname, '..', '..', 'src');
    const users = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) => file.endsWith('.ts') && /\brelease(Request|Batch)\(/.test(readFileSync(join(src, file), 'utf8')),
      )
      .map((file) => file.replaceAll('\\', '/'))
      .sort();
    expect(users).toEqual(['credentials/approval/release.ts', 'credentials/approval/settle.ts', 'jobs/chunk.ts']);
  });

  it('leaves one person alone where nobody asked for two', async () => {
    await onePerson(world);
    const done = await approvals.submit({ tenant: TENANT, actor: 'key:nobody', body: body() });
    expect('issued' in done && done.issued).toHaveLength(1);
    expect((await world.reader.approvals({ tenant: TENANT }, { limit: 9 })).items).toEqual([]);
  });
});
