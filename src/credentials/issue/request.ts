import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { DIGEST_MULTIBASE, type FieldError, type Json, type JsonObject, LIMITS, Problem, pointerToken } from '#kernel';
import { EVIDENCE_TYPES } from '../lints/evidence-terms.ts';

/** One award asked for. Dates are a day (counted in the institution's zone) or a dateTimeStamp in whole seconds. */
export interface RecipientRequest {
  /** The holder's own DID or a `urn:uuid:`; minted when absent. */
  subjectId?: string;
  name?: string;
  email?: string;
  studentNumber?: string;
  /** Of whoever acts for a learner that is under age, and the day (`YYYY-MM-DD`) from which the learner acts alone. */
  guardianEmail?: string;
  guardianUntil?: string;
  awardedDate?: string;
  validFrom?: string;
  /** Inclusive; a day means its last second. */
  validUntil?: string;
  /** Open Badges `Evidence`; with `evidenceType` (only with the extension) also the class that has it. */
  evidence?: JsonObject[];
  result?: JsonObject[];
  /** Who assessed, when it was not the issuer; `psgcCode` is where (only with the extension). */
  source?: { id: string; name: string; psgcCode?: string };
  certificateNumber?: string;
  trainingProvider?: string;
  assessor?: string;
  learningRoute?: string;
  include?: Include[];
}

/** What of the stored recipient is signed as well. */
export type Include = 'name' | 'hashedEmail';

export interface IssueRequest {
  achievementId: string;
  /** The latest when absent. */
  version?: number;
  include?: Include[];
  recipients: RecipientRequest[];
}

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const texts = (members: Record<string, number>) =>
  Object.fromEntries(Object.entries(members).map(([name, max]) => [name, text(max)]));
const object = (properties: Record<string, unknown>, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const include = { type: 'array', uniqueItems: true, items: { enum: ['name', 'hashedEmail'] } } as const;
const { nameChars, descriptionChars, narrativeChars } = LIMITS;
const IRI = 2_048;
// One @, no white space or control: enough to refuse a name in the wrong column and a header injection.
const email = {
  type: 'string',
  maxLength: 254,
  pattern: '^[^\\s@<>"\\u0000-\\u001f]+@[^\\s@<>"\\u0000-\\u001f]+$',
} as const;
const list = (items: unknown) => ({ type: 'array', minItems: 1, maxItems: LIMITS.evidence, items });

/** Closed on purpose: what is not understood is refused, never dropped. */
const recipient = object({
  ...texts({ subjectId: IRI, name: nameChars, studentNumber: 100, trainingProvider: IRI, certificateNumber: 100 }),
  ...texts({ assessor: nameChars, awardedDate: 35, validFrom: 35, validUntil: 35 }),
  ...{ email, guardianEmail: email, guardianUntil: text(35) },
  learningRoute: { enum: ['Formal', 'NonFormal', 'Informal', 'RPL', 'ETEEAP', 'EBET'] },
  evidence: list({
    ...object({
      ...texts({ id: IRI, name: nameChars, narrative: narrativeChars, description: descriptionChars }),
      ...texts({ genre: nameChars, audience: nameChars }),
      evidenceType: { enum: EVIDENCE_TYPES },
      digestMultibase: { type: 'string', pattern: DIGEST_MULTIBASE.source },
    }),
    minProperties: 1,
  }),
  result: list({
    ...object(texts({ resultDescription: IRI, value: nameChars, status: 20, achievedLevel: IRI })),
    minProperties: 1,
  }),
  source: object({ ...texts({ id: IRI, name: nameChars }), psgcCode: { type: 'string', pattern: '^[0-9]{9,10}$' } }, [
    'id',
    'name',
  ]),
  include,
});

const schema = object(
  {
    achievementId: text(64),
    version: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    include,
    recipients: { type: 'array', minItems: 1, maxItems: LIMITS.issueList, items: recipient },
  },
  ['achievementId', 'recipients'],
);

/** Refuses, never repairs: no coercion, no defaults, nothing removed. Compiled at its first use, not at start. */
let compiled: ValidateFunction<IssueRequest> | undefined;

function compile(): ValidateFunction<IssueRequest> {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
  });
  return ajv.compile<IssueRequest>(schema);
}

/**
 * The shape of a request. What fields mean together is looked at later.
 * @throws Problem `invalid-request` with one pointer for each bad field, at most 100
 */
export function readRequest(body: Json): IssueRequest {
  compiled ??= compile();
  const validate = compiled;
  if (validate(body)) return body;
  const errors = (validate.errors ?? []).slice(0, 100).map(fieldError);
  throw new Problem('invalid-request', 'the request does not satisfy its schema', { errors });
}

function fieldError(error: ErrorObject): FieldError {
  const params = error.params as { missingProperty?: string; additionalProperty?: string; allowedValues?: unknown[] };
  const member = params.missingProperty ?? params.additionalProperty;
  const pointer = member === undefined ? error.instancePath : `${error.instancePath}/${pointerToken(member)}`;
  if (params.missingProperty) return { pointer, detail: 'is required', code: 'required' };
  if (params.additionalProperty) return { pointer, detail: 'is not a known member', code: 'unknown_member' };
  if (params.allowedValues)
    return { pointer, detail: `must be one of ${params.allowedValues.join(', ')}`, code: 'enum' };
  return { pointer, detail: error.message ?? 'is not acceptable', code: error.keyword };
}
