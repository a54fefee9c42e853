import type { Text } from '#kernel';
import type { AssessmentRecord } from './model.ts';
import type { Outcome } from './outcomes.ts';

/** What the candidate is told of an assessment. */
export interface Feedback {
  summary: Text;
  missing: { outcome: string; text: Text }[];
}

/** In words a learner can act on: what is recognised, what is still to be shown, and what can be done about it. */
export function feedbackOf(record: AssessmentRecord, outcomes: readonly Outcome[]): Feedback {
  const labels = new Map(outcomes.map(({ outcome, label }) => [outcome, label]));
  const missing = record.missing.map((outcome) => {
    const label = labels.get(outcome) ?? outcome;
    return { outcome, text: { en: `Still to be shown: ${label}`, fil: `Kailangan pang ipakita: ${label}` } };
  });
  return { summary: record.decision === 'recognised' ? RECOGNISED : notYet(missing.length), missing };
}

const RECOGNISED: Text = {
  en: 'What you learned is recognised: every required outcome has been shown.',
  fil: 'Kinikilala ang iyong natutuhan: naipakita ang lahat ng kailangang kinalabasan.',
};

const notYet = (left: number): Text => ({
  en: `Not recognised yet: ${left === 0 ? 'no outcome has been shown' : `${left} required outcome${left === 1 ? ' is' : 's are'} still to be shown`}. You may bring more evidence and be assessed again, or appeal.`,
  fil: `Hindi pa kinikilala: ${left === 0 ? 'wala pang naipakitang kinalabasan' : `${left} kailangang kinalabasan ang hindi pa naipakikita`}. Maaari kang magdala ng dagdag na katibayan at muling magpatasa, o umapela.`,
});
