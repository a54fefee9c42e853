import type { Conferring } from './confer.ts';
import { type ConferDeps, confer } from './confer.ts';
import { type LearnerRecordDeps, learnerRecord } from './learner-record.ts';
import type { ConferralRecord } from './ports.ts';
import type { ConferralInput } from './request.ts';
import { type ReviewDeps, type ReviewInput, review } from './review.ts';
import { type WatchDeps, watchOnce } from './watch.ts';

export { createEvaluations, type Evaluations, evaluationUrl, type Replay } from './evaluations.ts';
export * from './ports.ts';

export interface Conferrals {
  /** As `confer`. */
  confer(input: ConferralInput, who: Conferring): Promise<ConferralRecord>;
  /** As `review`. */
  review(input: ReviewInput, who: { tenant: string; conferralId: string; actor: string }): Promise<ConferralRecord>;
  /** As `learnerRecord`. */
  learnerRecord(row: ConferralRecord): Promise<string>;
  /** As `watchOnce`; for a loop. */
  watchOnce(): Promise<boolean>;
}

/** Awards by stacking: conferred by a registrar, watched afterwards, reviewed by a registrar. */
export function createConferrals(deps: ConferDeps & WatchDeps & ReviewDeps & LearnerRecordDeps): Conferrals {
  return {
    confer: (input, who) => confer(deps, input, who),
    review: (input, who) => review(deps, input, who),
    learnerRecord: (row) => learnerRecord(deps, row),
    watchOnce: () => watchOnce(deps),
  };
}
