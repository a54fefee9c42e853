import { addPeriod } from '#kernel';
import type { EquivalenceStanding } from './model.ts';
import type { EquivalenceEventRecord, EquivalenceRecord } from './ports.ts';

/** How a decision stands on a day in Asia/Manila. One that was ended for a later day is in force until then. */
export function standingOn({ state, validFrom, validUntil }: EquivalenceRecord, day: string): EquivalenceStanding {
  if (state === 'draft' || validFrom === undefined) return 'draft';
  const over = validUntil !== undefined && day > validUntil;
  if (over) return state === 'decided' ? 'expired' : state;
  return day < validFrom ? 'not_yet' : 'in_force';
}

/** Whether an appeal waits for its outcome. */
export const appealIsOpen = (events: readonly Pick<EquivalenceEventRecord, 'type'>[]): boolean =>
  events.findLast(({ type }) => type === 'appealed' || type === 'confirmed' || type === 'overturned')?.type ===
  'appealed';

export const dayBefore = (day: string): string => addPeriod(day, 'P1D', -1);
