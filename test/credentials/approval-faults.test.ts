import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { approvalsOf, CHECKER, MAKER, twoPersons, waiting } from './support/approvals.ts';
import { problem } from './support/problem.ts';
import { auditOf, openWorld, seed, setClock, TENANT, type World } from './support/world.ts';

let world: World;
let broken: (() => void) | undefined;
let body: object;
beforeEach(async () => {
  broken = undefined;
  world = await openWorld({
    clock: setClock(),
    change: () => ({ onStep: (step) => (step === 3 ? broken?.() : undefined) }),
  });
  const { achievementId } = await seed(world);
  body = { achievementId, recipients: [{ name: 'Amihan' }] };
  await twoPersons(world);
});
afterEach(() => world.close());

const prepared = async () => waiting(await approvalsOf(world).submit({ ...MAKER, body: body as never })).approvalId;
const approve = (approvalId: string) => approvalsOf(world).decide({ ...CHECKER, approvalId, decision: 'approve' });
const stateOf = async (approvalId: string) => (await world.reader.approval(TENANT, approvalId))!.state;

describe('what is approved while the service cannot sign', () => {
  it.each(['unavailable', 'clock-unsafe', 'signing-stopped', 'internal', 'rate-limited'] as const)(
    '%s: stays approved, and is issued when it can',
    async (kind) => {
      const approvalId = await prepared();
      broken = () => {
        throw new Problem(kind, 'for now');
      };
      expect((await problem(approve(approvalId))).kind).toBe(kind);
      await approvalsOf(world).finishApproved();
      expect(await stateOf(approvalId)).toBe('approved');
      const rejecting = approvalsOf(world).decide({ ...CHECKER, approvalId, decision: 'reject', reason: 'too late' });
      expect((await problem(rejecting)).kind).toBe('conflict');
      broken = undefined;
      await approvalsOf(world).finishApproved();
      expect(await stateOf(approvalId)).toBe('issued');
      expect((await approve(approvalId)).issued).toHaveLength(1);
      expect((await world.reader.credentials({ tenant: TENANT }, { limit: 9 })).items).toHaveLength(1);
    },
  );

  it('a fault of ours is told, stays approved, and hides no other request', async () => {
    const [one, two] = [await prepared(), await prepared()];
    broken = () => {
      throw new Error('a bug');
    };
    for (const id of [one, two]) await expect(approve(id)).rejects.toThrow('a bug');
    let times = 0;
    broken = () => {
      if (++times === 1) throw new Error('a bug');
    };
    await expect(approvalsOf(world).finishApproved()).rejects.toThrow('a bug');
    expect([await stateOf(one), await stateOf(two)].sort()).toEqual(['approved', 'issued']);
    broken = undefined;
    await approvalsOf(world).finishApproved();
    expect([await stateOf(one), await stateOf(two)]).toEqual(['issued', 'issued']);
  });

  it('is issued once by several that finish it at the same time', async () => {
    const approvalId = await prepared();
    broken = () => {
      throw new Problem('unavailable', 'for now');
    };
    await problem(approve(approvalId));
    broken = undefined;
    const all = [1, 2, 3].map(() => approvalsOf(world).finishApproved());
    await Promise.all([...all, approve(approvalId), approve(approvalId)]);
    expect(await stateOf(approvalId)).toBe('issued');
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 9 })).items).toHaveLength(1);
  });

  it('gives the same answer in two processes, when one takes over from the other that was only slow', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tatak-approval-'));
    const path = join(folder, 'store.sqlite');
    const gate = Promise.withResolvers<void>();
    const slow = await openWorld({
      path,
      change: () => ({ onStep: (step) => (step === 9 ? gate.promise : undefined) }),
    });
    const other = await openWorld({ path });
    const { achievementId } = await seed(slow);
    await twoPersons(slow);
    const request = { achievementId, recipients: [{ name: 'Amihan' }] };
    const { approvalId } = waiting(await approvalsOf(slow).submit({ ...MAKER, body: request }));
    const decision = { ...CHECKER, approvalId, decision: 'approve' } as const;
    const late = approvalsOf(slow).decide(decision);
    while ((await other.reader.preparedCredentials(1)).length === 0) await new Promise((next) => setTimeout(next, 5));
    const first = await approvalsOf(other).decide(decision);
    gate.resolve();
    expect(await late).toEqual(first);
    expect(first.approval.state).toBe('issued');
    expect((await auditOf(slow)).filter((entry) => entry.operation === 'credential.issue')).toHaveLength(1);
    await other.close();
    await slow.close();
    rmSync(folder, { recursive: true });
  });
});
