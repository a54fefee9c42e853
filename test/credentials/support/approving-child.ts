import { writeSync } from 'node:fs';
import { systemClock } from '#kernel';
import { die } from '../../support/die.ts';
import { approvalsOf, CHECKER, MAKER } from './approvals.ts';
import { openWorld } from './world.ts';

/**
 * A process that dies. Arguments: path, then `prepare KEY BODY` (dies once the request is stored), or `approve ID PLACE`:
 * `decided` (before issuing begins), `settled` (before its answer), or the number of an issuing step.
 */
const [path, mode, name, more] = process.argv.slice(2) as [string, string, string, string];
const world = await openWorld({
  path,
  clock: systemClock,
  change: () => ({ onStep: (step) => (mode === 'approve' && step === Number(more) ? die() : undefined) }),
});
const { commit } = world.transactor;
world.transactor.commit = async (writes) => {
  await commit(writes);
  const last = mode === 'prepare' ? 'approval.insert' : more === 'decided' ? 'approval.decide' : 'approval.settle';
  if (writes.some(({ op }) => op === last)) await die();
};
const approvals = approvalsOf(world);
if (mode === 'prepare') {
  await approvals.submit({ ...MAKER, body: JSON.parse(more), idempotencyKey: name });
} else {
  await approvals.decide({ ...CHECKER, approvalId: name, decision: 'approve' });
}
writeSync(1, 'alive');
