import { systemClock } from '#kernel';
import { approvalsOf, MAKER } from '../../credentials/support/approvals.ts';
import { openWorld } from '../../credentials/support/world.ts';
import { die } from '../../support/die.ts';
import { priorLearningOf } from './cases.ts';

/** Awards a case and dies. Arguments: path, case id, and where: `asked`, the number of an issuing step, or `issued`. */
const [path, caseId, where] = process.argv.slice(2) as [string, string, string];
const world = await openWorld({
  path,
  clock: systemClock,
  change: () => ({ onStep: (step) => (step === Number(where) ? die() : undefined) }),
});
const approvals = approvalsOf(world);
const cases = priorLearningOf(world, {
  ...approvals,
  async submit(call) {
    if (where === 'asked') return die();
    const done = await approvals.submit(call);
    return where === 'issued' ? die() : done;
  },
});
await cases.award({ ...MAKER, caseId, body: {} });
