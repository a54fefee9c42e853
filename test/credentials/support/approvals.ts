import { type ApprovalRecord, createApprovals } from '#credentials';
import { ACTOR, TENANT, type World } from './world.ts';

export const MAKER = { tenant: TENANT, actor: 'key:maker', person: 's-1' };
export const CHECKER = { tenant: TENANT, actor: 'key:checker', person: 's-2' };

export const twoPersons = (world: World) =>
  world.institutions.setApproval({ tenant: TENANT, approval: 'two-person', actor: ACTOR });

export const onePerson = (world: World) =>
  world.institutions.setApproval({ tenant: TENANT, approval: 'one-person', actor: ACTOR });

export const approvalsOf = ({ reader, transactor, issuer, deps, clock }: World) =>
  createApprovals({ reader, transactor, issuer, clock, random: deps.random, publicUrl: deps.publicUrl });

/** What was submitted waits. @throws Error when it was issued */
export function waiting(done: object): ApprovalRecord {
  if (!('approval' in done)) throw new Error('it was issued');
  return done.approval as ApprovalRecord;
}
