import { EVIDENCE_TYPES, PRIOR_LEARNING_ROUTES } from '#credentials';
import { DIGEST_MULTIBASE, LIMITS, type SchemaCheck, schemaCheck } from '#kernel';
import { DISCLOSURES, METHODS } from './model.ts';

const closed = (properties: Record<string, object>, required: readonly string[], more: object = {}) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
  ...more,
});
const list = (items: object, maxItems: number, more: object = {}) => ({ type: 'array', maxItems, items, ...more });
const unique = { minItems: 1, uniqueItems: true };
const line = { type: 'string', maxLength: LIMITS.nameChars, format: 'line' } as const;
const long = { type: 'string', maxLength: LIMITS.descriptionChars, format: 'text' } as const;
const day = { type: 'string', format: 'day' } as const;
const identifier = { type: 'string', format: 'identifier' } as const;

/**
 * Of one case. Every verifier has to canonicalise what is signed of it within its budget, whatever the definition adds; a
 * longer portfolio is brought as one piece.
 */
export const MAX_EVIDENCE = 20;
/** Learning outcomes and units of competency of one definition, together. */
const MAX_OUTCOMES = 2 * LIMITS.alignments;

const evidence = closed(
  {
    name: line,
    evidenceType: { enum: EVIDENCE_TYPES },
    description: long,
    url: { type: 'string', format: 'web-address' },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    digestMultibase: { type: 'string', pattern: DIGEST_MULTIBASE.source },
    from: day,
    to: day,
    hours: { type: 'string', format: 'amount' },
    employer: closed({ name: line, id: identifier }, ['name']),
    attestedBy: line,
  },
  ['name', 'evidenceType', 'description', 'from', 'to'],
);

/** Shape of a request to open a case; what its members mean together is looked at later. */
export const openingCheck: SchemaCheck = schemaCheck(
  closed(
    {
      achievementId: { type: 'string', minLength: 1, maxLength: 64 },
      version: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      route: { enum: PRIOR_LEARNING_ROUTES },
      candidate: closed(
        { subjectId: identifier, name: line, email: { type: 'string', format: 'email' }, studentNumber: line },
        [],
        { minProperties: 1 },
      ),
      trainingProvider: identifier,
      workplaceEvidence: list(evidence, MAX_EVIDENCE, { minItems: 1 }),
    },
    ['achievementId', 'route', 'candidate'],
  ),
);

export const evidenceCheck: SchemaCheck = schemaCheck(
  closed({ workplaceEvidence: list(evidence, MAX_EVIDENCE, { minItems: 1 }) }, ['workplaceEvidence']),
);

export const assessmentCheck: SchemaCheck = schemaCheck(
  closed(
    {
      assessedOn: day,
      assessor: line,
      source: closed(
        { id: { type: 'string', format: 'did' }, name: line, psgcCode: { type: 'string', pattern: '^[0-9]{9,10}$' } },
        ['id', 'name'],
      ),
      judgements: list(
        closed(
          {
            outcome: { type: 'string', minLength: 1, maxLength: 100 },
            judged: { enum: ['Competent', 'NotYetCompetent'] },
            evidence: list({ type: 'integer', minimum: 0, maximum: MAX_EVIDENCE - 1 }, MAX_EVIDENCE, unique),
            method: list({ enum: METHODS }, METHODS.length, unique),
            note: long,
          },
          ['outcome', 'judged', 'method'],
        ),
        MAX_OUTCOMES,
        { minItems: 1 },
      ),
      result: closed(
        {
          resultDescription: identifier,
          value: line,
          status: { type: 'string', minLength: 1, maxLength: 20 },
          achievedLevel: identifier,
        },
        ['resultDescription'],
      ),
    },
    ['assessedOn', 'assessor', 'judgements'],
  ),
);

export const appealCheck: SchemaCheck = schemaCheck(closed({ on: day, grounds: long }, ['on', 'grounds']));

export const awardCheck: SchemaCheck = schemaCheck(
  closed(
    {
      awardedDate: day,
      validUntil: { type: 'string', minLength: 1, maxLength: 35 },
      certificateNumber: { ...line, maxLength: 100 },
      include: list({ enum: [...DISCLOSURES] }, DISCLOSURES.length, unique),
    },
    [],
  ),
);

export const withdrawalCheck: SchemaCheck = schemaCheck(
  closed({ reason: { type: 'string', minLength: 3, maxLength: 500, format: 'text' } }, ['reason']),
);
