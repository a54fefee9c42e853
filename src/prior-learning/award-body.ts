import { digestMultibase, type FieldError, type JsonObject } from '#kernel';
import type { AssessmentRecord, AwardTerms, Disclosure, WorkplaceEvidence } from './model.ts';
import type { Outcome } from './outcomes.ts';
import type { CaseRecord } from './ports.ts';

/** What an award of a case is made of. */
export interface AwardParts {
  record: Pick<CaseRecord, 'achievementId' | 'achievementVersion' | 'route' | 'candidate' | 'trainingProvider'>;
  outcomes: readonly Outcome[];
  evidence: readonly WorkplaceEvidence[];
  assessment: AssessmentRecord;
  /** Hex, of the record of the assessment as it is kept. */
  sha256: string;
  terms: AwardTerms;
}

const LABEL_CHARS = 80;

/**
 * The request to issue, for the one way to a credential there is. Signed of the basis: the evidence that the judgements rest on, each
 * with its kind, and the record of the assessment by its digest. Names of employers and candidates, roles and periods only
 * where the terms include them; judgements' notes never.
 */
export function awardBody({ record, outcomes, evidence, assessment, sha256, terms }: AwardParts): JsonObject {
  const { achievementId, achievementVersion: version, route, candidate, trainingProvider } = record;
  const { include = [], ...dates } = terms;
  const identity = include.filter((one) => one === 'name' || one === 'hashedEmail');
  const { assessor, source, result } = assessment;
  return {
    achievementId,
    version,
    ...(identity.length > 0 ? { include: identity } : {}),
    recipients: [
      {
        ...candidate,
        ...dates,
        learningRoute: route,
        assessor,
        ...(source ? { source } : {}),
        ...(trainingProvider ? { trainingProvider } : {}),
        ...(result ? { result: [result] } : {}),
        evidence: [
          ...citedIn(assessment).map((number) => signedEvidence(evidence[number]!, include)),
          {
            name: 'Assessment record',
            genre: 'Assessment record',
            narrative: summaryOf(assessment, outcomes),
            digestMultibase: digestMultibase(sha256),
          },
        ],
      },
    ],
  };
}

/** Numbers of the evidence on which the candidate was judged competent, ascending. */
export function citedIn({ judgements }: Pick<AssessmentRecord, 'judgements'>): number[] {
  const numbers = judgements.filter(({ judged }) => judged === 'Competent').flatMap(({ evidence = [] }) => evidence);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function signedEvidence(one: WorkplaceEvidence, include: readonly Disclosure[]): JsonObject {
  const { name, evidenceType, description, url, digestMultibase: digest, from, to, hours, employer, attestedBy } = one;
  const told: Partial<Record<Disclosure, string | false | undefined>> = {
    period: `From ${from} to ${to}${hours === undefined ? '' : `, ${hours} hours`}.`,
    employer: employer && `At ${employer.name}${employer.id === undefined ? '' : ` (${employer.id})`}.`,
    attestedBy: attestedBy !== undefined && `Attested by: ${attestedBy}.`,
  };
  const narrative = include.flatMap((what) => told[what] || []).join(' ');
  return {
    ...(url === undefined ? {} : { id: url }),
    evidenceType,
    name,
    description,
    ...(narrative === '' ? {} : { narrative }),
    ...(digest === undefined ? {} : { digestMultibase: digest }),
  };
}

function summaryOf({ judgements, assessedOn }: AssessmentRecord, outcomes: readonly Outcome[]): string {
  const labels = new Map(outcomes.map(({ outcome, label }) => [outcome, shorten(label)]));
  const judgedAs = (judged: string) =>
    judgements.filter((one) => one.judged === judged).map(({ outcome }) => `\n- ${labels.get(outcome) ?? outcome}`);
  const methods = [...new Set(judgements.flatMap(({ method }) => method))].sort().join(', ');
  const [competent, others] = [judgedAs('Competent'), judgedAs('NotYetCompetent')];
  const head = `${competent.length} of ${judgements.length} outcomes judged competent on ${assessedOn} (${methods}):`;
  return `${head}${competent.join('')}${others.length > 0 ? `\nNot required, not yet competent:${others.join('')}` : ''}`;
}

const shorten = (label: string): string =>
  label.length <= LABEL_CHARS ? label : `${[...label].slice(0, LABEL_CHARS).join('')}…`;

/** Where a member of the request to issue comes from in a request about a case. */
const PLACES: [RegExp, string][] = [
  [/^\/recipients\/0\/(subjectId|name|email|studentNumber)\b/, '/candidate/$1'],
  [/^\/recipients\/0\/learningRoute\b/, '/route'],
  [/^\/recipients\/0\/result\/0\b/, '/result'],
  [/^\/recipients\/0\/evidence\b/, '/workplaceEvidence'],
  [/^\/recipients\/0(?=\/|$)/, ''],
];

/** @param cited which number each piece of evidence in the request to issue has in the request about the case */
export function toCasePointer({ pointer, code, ...error }: FieldError, cited: readonly number[]): FieldError {
  // What is to be signed and is not there was chosen in the terms.
  if (code === 'required' && /^\/recipients\/0\/(name|email)$/.test(pointer))
    return { ...error, code, pointer: '/include' };
  const place = PLACES.find(([from]) => from.test(pointer));
  const at = place ? pointer.replace(place[0], place[1]) : pointer;
  const numbered = at.replace(
    /^\/workplaceEvidence\/(\d+)/,
    (_, index) => `/workplaceEvidence/${cited[Number(index)] ?? index}`,
  );
  return { ...error, ...(code === undefined ? {} : { code }), pointer: numbered };
}
