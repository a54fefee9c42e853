import type { Recipient } from '#credentials';
import { type FieldError, isObject, type JsonObject } from '#kernel';
import { givenAway } from './candidate.ts';
import type { AssessmentInput, Decision, Judgement, WorkplaceEvidence } from './model.ts';
import type { Outcome } from './outcomes.ts';

/** What a record is held against. */
export interface AssessmentSetting {
  definition: JsonObject;
  outcomes: readonly Outcome[];
  evidence: readonly WorkplaceEvidence[];
  candidate: Recipient;
  /** In the institution's zone. */
  today: string;
}

/**
 * What makes a record no basis for anything: an outcome left out, twice or unknown; competence that rests on nothing, or
 * on what is not there; a day that has not come. Called with a record whose shape is right.
 * @returns one fault for each bad member, pointers into the request
 */
export function assessmentFaults(record: AssessmentInput, setting: AssessmentSetting): FieldError[] {
  const { definition, outcomes, candidate, today } = setting;
  const faults: FieldError[] = [];
  if (record.assessedOn > today) faults.push({ pointer: '/assessedOn', detail: 'is in the future' });
  const what = givenAway(record.assessor, candidate);
  if (what) faults.push({ pointer: '/assessor', detail: `holds the candidate's ${what}, and would be signed` });
  const known = new Set(outcomes.map(({ outcome }) => outcome));
  const judged = new Set<string>();
  for (const [index, one] of record.judgements.entries()) {
    const fault = (member: string, detail: string) =>
      faults.push({ pointer: `/judgements/${index}/${member}`, detail });
    if (!known.has(one.outcome)) fault('outcome', `is not one of ${[...known].join(', ')}`);
    if (judged.has(one.outcome)) fault('outcome', 'is judged twice');
    judged.add(one.outcome);
    for (const [member, detail] of evidenceFaultsOf(one, record.assessedOn, setting)) fault(member, detail);
  }
  const left = outcomes.filter(({ outcome }) => !judged.has(outcome));
  if (left.length > 0) {
    faults.push({ pointer: '/judgements', detail: `leaves out ${left.map(({ outcome }) => outcome).join(', ')}` });
  }
  const described = [definition.resultDescription ?? []].flat().filter(isObject);
  const { result } = record;
  if (result && !described.some(({ id }) => id === result.resultDescription)) {
    faults.push({ pointer: '/result/resultDescription', detail: 'is not a result description of this achievement' });
  }
  return faults;
}

function* evidenceFaultsOf(
  { judged, evidence: cited = [] }: Judgement,
  assessedOn: string,
  { evidence }: AssessmentSetting,
): Generator<[member: string, detail: string]> {
  if (judged === 'Competent' && cited.length === 0) {
    yield ['evidence', 'is required: competence is judged on evidence'];
  }
  for (const [at, number] of cited.entries()) {
    const one = evidence[number];
    if (!one) yield [`evidence/${at}`, `there is no evidence ${number}`];
    else if (one.to > assessedOn) yield [`evidence/${at}`, 'ends after the day of the assessment'];
  }
}

/** Recognised when everything mandatory is shown, and something is. */
export function decide(
  judgements: readonly Judgement[],
  outcomes: readonly Outcome[],
): { decision: Decision; missing: string[] } {
  const shown = new Set(judgements.filter(({ judged }) => judged === 'Competent').map(({ outcome }) => outcome));
  const missing = outcomes.filter(({ outcome, mandatory }) => mandatory && !shown.has(outcome));
  const recognised = missing.length === 0 && shown.size > 0;
  return { decision: recognised ? 'recognised' : 'not_recognised', missing: missing.map(({ outcome }) => outcome) };
}
