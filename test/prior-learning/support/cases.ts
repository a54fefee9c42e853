import type { Approvals } from '#credentials';
import { createPriorLearning } from '#prior-learning';
import { approvalsOf, CHECKER, MAKER } from '../../credentials/support/approvals.ts';
import type { World } from '../../credentials/support/world.ts';

/** The use case over a real store and issuer. */
export function priorLearningOf(
  world: World,
  approvals: Pick<Approvals, 'submit' | 'attemptState'> = approvalsOf(world),
) {
  const { reader, transactor, issuer, clock, deps } = world;
  return createPriorLearning({ reader, transactor, issuer, clock, approvals, random: deps.random });
}

/** A case of the achievement whose criteria were shown. @returns its id */
export async function recognisedCase(world: World, achievementId: string): Promise<string> {
  const cases = priorLearningOf(world);
  const day = '2026-05-04';
  const { record } = await cases.open({
    ...MAKER,
    body: {
      ...{ achievementId, route: 'RPL', candidate: { name: 'Amihan' } },
      workplaceEvidence: [{ name: 'Log', evidenceType: 'Log', description: 'Repairs', from: day, to: day }],
    },
  });
  const { caseId } = record;
  const judgements = [{ outcome: '/criteria', judged: 'Competent', evidence: [0], method: ['Interview'] }];
  await cases.assess({ ...CHECKER, caseId, body: { assessedOn: day, assessor: 'A-0042', judgements } });
  return caseId;
}
