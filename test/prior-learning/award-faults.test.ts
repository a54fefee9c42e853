import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '#credentials';
import { Problem } from '#kernel';
import { approvalsOf, CHECKER, MAKER, twoPersons } from '../credentials/support/approvals.ts';
import { problem } from '../credentials/support/problem.ts';
import { auditOf, openWorld, seed, TENANT, type World } from '../credentials/support/world.ts';
import { priorLearningOf, recognisedCase } from './support/cases.ts';

let world: World;
let achievementId: string;
let caseId: string;
let failAt = Number.POSITIVE_INFINITY;
let seen = 0;
let broken: ((step: number) => void) | undefined;
let denied = false;

beforeEach(async () => {
  [failAt, broken, denied] = [Number.POSITIVE_INFINITY, undefined, false];
  world = await openWorld({
    intercept: () => {
      if (++seen === failAt) throw new Error('disk I/O error');
    },
    change: () => ({
      onStep: (step) => broken?.(step),
      entitled: async () =>
        denied
          ? { allowed: false, errors: [{ pointer: '/recipients/0', detail: 'not now', code: 'suspended' }] }
          : { allowed: true },
    }),
  });
  ({ achievementId } = await seed(world));
  caseId = await recognisedCase(world, achievementId);
});
afterEach(() => world.close());

const award = (id = caseId) => priorLearningOf(world).award({ ...MAKER, caseId: id, body: {} });
const stateOf = async (id = caseId) => (await priorLearningOf(world).get(TENANT, id)).record.state;
const credentials = async () => (await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items;

describe('an award', () => {
  it('FT-1: whatever statement fails, there is one credential in the end', async () => {
    seen = 0;
    await award();
    const statements = seen;
    expect(statements).toBeGreaterThan(20);
    for (let at = 1; at <= statements; at++) {
      const id = await recognisedCase(world, achievementId);
      const before = (await credentials()).length;
      [seen, failAt] = [0, at];
      const first = await award(id).catch((error: Error) => error);
      failAt = Number.POSITIVE_INFINITY;
      if (first instanceof Error) expect(first.message).toBe('disk I/O error');
      await reconcile(world.deps);
      await priorLearningOf(world).finishAwards();
      expect((await award(id)).record.state).toBe('awarded');
      expect((await credentials()).length).toBe(before + 1);
    }
    expect(await world.storage.integrity()).toEqual([]);
  }, 120_000);

  it('IS-10: of an institution that is not accredited is refused and told of in the log, then made when it is', async () => {
    denied = true;
    const refused = await problem(award());
    expect([refused.kind, refused.errors]).toEqual([
      'not-accredited',
      [{ pointer: '', detail: 'not now', code: 'suspended' }],
    ]);
    expect([await stateOf(), (await credentials()).length]).toEqual(['recognised', 0]);
    const log = (await auditOf(world)).filter((one) => one.object === caseId).at(-1)!;
    expect(log).toMatchObject({ operation: 'priorLearning.refuse', detail: { problem: 'not-accredited' } });
    denied = false;
    expect((await award()).record).toMatchObject({ state: 'awarded', attempt: 1 });
  });

  it('while the service cannot sign waits, and is made when it can', async () => {
    broken = () => {
      throw new Problem('signing-stopped', 'for now');
    };
    expect((await problem(award())).kind).toBe('signing-stopped');
    await priorLearningOf(world).finishAwards();
    expect(await stateOf()).toBe('awarding');
    const withdrawing = priorLearningOf(world).withdraw({ ...MAKER, caseId, body: { reason: 'too late' } });
    expect((await problem(withdrawing)).kind).toBe('conflict');
    broken = undefined;
    await priorLearningOf(world).finishAwards();
    expect([await stateOf(), (await credentials()).length]).toEqual(['awarded', 1]);
  });

  it('a fault of ours is told, and hides no other case', async () => {
    const other = await recognisedCase(world, achievementId);
    broken = () => {
      throw new Error('a bug');
    };
    for (const id of [caseId, other]) await expect(award(id)).rejects.toThrow('a bug');
    let times = 0;
    broken = () => {
      if (++times === 1) throw new Error('a bug');
    };
    await expect(priorLearningOf(world).finishAwards()).rejects.toThrow('a bug');
    expect([await stateOf(caseId), await stateOf(other)].sort()).toEqual(['awarded', 'awarding']);
  });

  it('that was given up after its intent has a next attempt, and only then', async () => {
    broken = (step) => {
      if (step === 6) throw new Error('a bug');
    };
    await expect(award()).rejects.toThrow('a bug');
    broken = undefined;
    const [prepared] = await credentials();
    const at = '2026-06-01T09:00:00Z';
    await world.transactor.commit([
      { op: 'credential.abandon', tenant: TENANT, credentialId: prepared!.credentialId, at },
    ]);
    expect((await problem(award())).kind).toBe('conflict');
    expect((await priorLearningOf(world).get(TENANT, caseId)).record).toMatchObject({
      state: 'recognised',
      attempt: 2,
    });
    expect((await award()).record).toMatchObject({ state: 'awarded', attempt: 2 });
    expect((await credentials()).map(({ phase }) => phase).sort()).toEqual(['abandoned', 'issued']);
  });

  it('asked for by many at once is one', async () => {
    const done = await Promise.all(Array.from({ length: 10 }, () => award()));
    expect(new Set(done.map(({ record }) => record.credentialId)).size).toBe(1);
    expect(await credentials()).toHaveLength(1);
  });

  it('that a second person rejected can be asked for again; what was approved is found by the loop', async () => {
    await twoPersons(world);
    const approvals = approvalsOf(world);
    const [first] = [(await award()).record.approvalId!];
    await approvals.decide({ ...CHECKER, approvalId: first, decision: 'reject', reason: 'Read it again' });
    await priorLearningOf(world).finishAwards();
    expect((await priorLearningOf(world).get(TENANT, caseId)).record).toMatchObject({
      state: 'recognised',
      attempt: 2,
    });
    const { approvalId } = (await award()).record;
    expect(approvalId).not.toBe(first);
    await priorLearningOf(world).finishAwards();
    expect(await stateOf()).toBe('awarding');
    const decided = await approvals.decide({ ...CHECKER, approvalId: approvalId!, decision: 'approve' });
    await priorLearningOf(world).finishAwards();
    const { record } = await priorLearningOf(world).get(TENANT, caseId);
    expect(record).toMatchObject({ state: 'awarded', credentialId: decided.issued![0]!.credentialId });
  });
});
