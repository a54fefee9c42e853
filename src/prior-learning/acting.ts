import { canonicalPerson } from '#auth';
import { Problem } from '#kernel';
import { type CaseFile, isAppealed } from './file.ts';
import type { CaseState } from './ports.ts';

/** Who does something in a case. */
export interface Acting {
  /** Tenant of the principal. */
  tenant: string;
  /** `key:ID`. */
  actor: string;
  /** Who holds that key. */
  person?: string;
}

/** In which states each act is possible. */
const FROM = {
  evidence: ['open', 'not_recognised'],
  assess: ['open', 'not_recognised'],
  appeal: ['not_recognised'],
  award: ['recognised', 'awarding', 'awarded'],
  withdraw: ['open', 'recognised', 'not_recognised'],
} as const satisfies Record<string, readonly CaseState[]>;

/** @throws Problem `conflict` when the case has come too far, or not far enough */
export function assertState(state: CaseState, act: keyof typeof FROM): void {
  const states: readonly CaseState[] = FROM[act];
  if (!states.includes(state)) {
    throw new Problem('conflict', `this case is ${state}: that takes one which is ${states.join(' or ')}`);
  }
}

/** @throws Problem `person-required` when the key names nobody: who brought and who judged must be told apart */
export function personOf({ person }: Pick<Acting, 'person'>): string {
  if (!person) throw new Problem('person-required', 'a case takes keys that name their person');
  return canonicalPerson(person);
}

/**
 * Whoever opened the case or brought evidence does not judge it, and an appeal is not decided by whom it is against.
 * Persons, not keys: another key of the same person, or another spelling, is the same person.
 * @throws Problem `same-person`
 */
export function assertOtherPerson(assessor: string, file: CaseFile): void {
  const makers = [file.record.openedPerson, ...file.evidence.map(({ entry }) => entry.person)];
  if (makers.includes(assessor)) {
    throw new Problem('same-person', 'whoever opened this case or brought its evidence may not assess it');
  }
  if (isAppealed(file) && file.assessments.at(-1)!.entry.person === assessor) {
    throw new Problem('same-person', 'after an appeal somebody else assesses');
  }
}
