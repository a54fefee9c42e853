import type { Issuer } from '#credentials';
import { type FieldError, type JsonObject, LIMITS, Problem, type Text } from '#kernel';
import { type RowInput, toRecipient, toRowPointer } from './columns.ts';
import { checkConfirmation, type Offering, rowMailErrors, splitOptions } from './deliver.ts';
import type { BatchRowRecord } from './ports.ts';

/** Members every row of a batch may share. */
const OPTIONS = new Set([
  'awardedDate',
  'validFrom',
  'validUntil',
  'trainingProvider',
  'assessor',
  'learningRoute',
  'source',
  'include',
]);

export interface Plan {
  achievementId: string;
  version: number;
  options: JsonObject;
  /** What was issued is offered. */
  offering?: Offering;
  /** Id of the only result description of the achievement. */
  onlyResult: string | undefined;
}

/** What a person should know before starting. */
export interface Notice {
  code: 'hash_guessable' | 'name_signed' | 'repeated_recipient';
  message: Text;
}

/** The recipients of some rows, as the body of an issuing request. */
export function requestOf(plan: Plan, rows: readonly RowInput[]): JsonObject {
  const { achievementId, version, options, onlyResult } = plan;
  return { achievementId, version, recipients: rows.map((row) => toRecipient(row, options, onlyResult)) };
}

/**
 * Options that would spoil every row are told once, by themselves.
 * @throws Problem `invalid-request` with pointers such as `/options/validUntil`; `not-entitled`
 */
export async function resolvePlan(
  issuer: Pick<Issuer, 'check'>,
  tenant: string,
  input: { achievementId: string; version?: number; options: JsonObject },
): Promise<Plan> {
  const { achievementId } = input;
  const { shared: options, offering } = splitOptions(input.options);
  const unknown = Object.keys(options).filter((key) => !OPTIONS.has(key));
  if (unknown.length > 0) {
    const errors = unknown.map((key) => ({ pointer: `/options/${key}`, detail: 'is not an option of a batch' }));
    throw new Problem('invalid-request', 'unknown options', { errors });
  }
  const version: JsonObject = input.version === undefined ? {} : { version: input.version };
  // What a row may still bring is not missing yet.
  const basis: JsonObject =
    options.learningRoute === undefined ? {} : { assessor: 'A', evidence: [{ evidenceType: 'Log' }] };
  const stranger = { name: 'A', email: 'a@example.com', ...basis, ...options };
  try {
    const { achievement } = await issuer.check({ tenant, body: { achievementId, ...version, recipients: [stranger] } });
    const descriptions = achievement.document.resultDescription;
    const onlyResult = Array.isArray(descriptions) && descriptions.length === 1 ? descriptions[0].id : undefined;
    const plan = { achievementId, version: achievement.version, options, onlyResult };
    checkConfirmation(offering, achievement.document);
    return offering ? { ...plan, offering } : plan;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.errors
      .map((one) => ({ ...one, pointer: one.pointer.replace(/^\/recipients\/0/, '/options') }))
      .filter(
        ({ pointer }) => !pointer.startsWith('/options/') || Object.hasOwn(input.options, pointer.split('/')[2]!),
      );
    throw new Problem(error.kind, error.message, { errors, cause: error });
  }
}

/**
 * Holds every row against everything issuing would hold it against, without storing or signing.
 * Rows are numbered from 1; the answer has one record for each row, in order.
 * @param at `after` is the number of the row before the first
 */
export async function checkRows(
  issuer: Pick<Issuer, 'check'>,
  { after, ...at }: { tenant: string; batchId: string; after: number },
  plan: Plan,
  inputs: readonly RowInput[],
): Promise<BatchRowRecord[]> {
  const errors = new Map<number, FieldError[]>();
  for (const [index, input] of inputs.entries()) {
    const wrong = rowMailErrors(input, plan.offering);
    if (wrong.length > 0) errors.set(index, wrong);
  }
  for (let from = 0; from < inputs.length; from += LIMITS.issueList) {
    await checkChunk(issuer, at.tenant, plan, inputs, from, errors);
  }
  return inputs.map((input, index): BatchRowRecord => {
    const wrong = errors.get(index);
    const row = { ...at, row: after + index + 1, input: input as Record<string, string> };
    return wrong ? { ...row, state: 'invalid', errors: wrong } : { ...row, state: 'valid' };
  });
}

/** A list is refused as a whole, so the bad ones are taken out and the rest is tried again until nothing is refused. */
async function checkChunk(
  issuer: Pick<Issuer, 'check'>,
  tenant: string,
  plan: Plan,
  inputs: readonly RowInput[],
  from: number,
  errors: Map<number, FieldError[]>,
): Promise<void> {
  let indexes = inputs.slice(from, from + LIMITS.issueList).map((_, at) => from + at);
  while (indexes.length > 0) {
    const body = requestOf(
      plan,
      indexes.map((index) => inputs[index]!),
    );
    const problem = await issuer.check({ tenant, body }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem === undefined) return;
    const bad = rowErrors(problem);
    for (const [at, list] of bad) errors.set(indexes[at]!, [...list, ...(errors.get(indexes[at]!) ?? [])]);
    indexes = indexes.filter((_, at) => !bad.has(at));
  }
}

/**
 * Errors of a refused list by position of the recipient, pointers into the row.
 * @throws the problem itself when it is not about recipients
 */
export function rowErrors(problem: unknown): Map<number, FieldError[]> {
  const found = new Map<number, FieldError[]>();
  for (const error of problem instanceof Problem ? problem.errors : []) {
    const match = /^\/recipients\/(\d+)(.*)$/.exec(error.pointer);
    if (!match) throw problem;
    const at = Number(match[1]);
    found.set(at, [...(found.get(at) ?? []), { ...error, pointer: toRowPointer(match[2]!) }]);
  }
  if (found.size === 0) throw problem;
  return found;
}

/** @param repeated how many rows named somebody whom an earlier row had named */
export function noticesOf(options: JsonObject, repeated: number): Notice[] {
  const include = Array.isArray(options.include) ? options.include : [];
  const notices: Notice[] = [];
  if (include.includes('hashedEmail')) {
    notices.push({
      code: 'hash_guessable',
      message: {
        en: 'The hash of the e-mail address is signed with its salt: whoever guesses the address can confirm it.',
        fil: 'Nilalagdaan ang hash ng e-mail kasama ang salt nito: makukumpirma ito ng sinumang makahula sa address.',
      },
    });
  }
  if (include.includes('name')) {
    notices.push({
      code: 'name_signed',
      message: {
        en: 'The name is signed into the badge in plain text and cannot be taken back.',
        fil: 'Nakalagda sa badge ang pangalan nang hayagan at hindi na ito mababawi.',
      },
    });
  }
  if (repeated > 0) {
    notices.push({
      code: 'repeated_recipient',
      message: {
        en: `${repeated} rows have an e-mail address or student number that stands in an earlier row.`,
        fil: `May ${repeated} hanay na may e-mail o student number na nasa naunang hanay na.`,
      },
    });
  }
  return notices;
}
