import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { type FieldError, Problem, pointerToken } from '#kernel';

const MAX_ERRORS = 20;

/**
 * Refuses, never repairs: no coercion, no default, no silently removed member. (The framework's own settings drop
 * unknown members and turn 5 into "5": for a signer that is signing what the caller did not send.)
 */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    // A `required` inside `anyOf` names members that are declared one level up.
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
    allowUnionTypes: true,
    ownProperties: true,
  });
  formats.default(ajv, { mode: 'full', keywords: false });
  return ajv;
}

export function registerValidation(app: FastifyInstance): void {
  const ajv = createAjv();
  app.setValidatorCompiler(({ schema }) => whenFirstAsked(ajv, schema as object));
  // Answers are complete when they reach this point: a filtering serializer would drop what its schema forgot.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setSchemaErrorFormatter((errors, where) => validationProblem(errors as ErrorObject[], where));
}

/** A hundred schemas compiled at start are a second of waiting; most processes ask a few of them. */
function whenFirstAsked(ajv: Ajv2020, schema: object) {
  let compiled: ValidateFunction | undefined;
  const validate = (data: unknown): boolean => {
    compiled ??= ajv.compile(schema);
    const valid = compiled(data);
    validate.errors = compiled.errors;
    return valid;
  };
  validate.errors = undefined as ValidateFunction['errors'];
  return validate;
}

/** `where`: body, params, querystring or headers. A path that cannot name anything names nothing: 404. */
export function validationProblem(errors: readonly ErrorObject[], where: string): Problem {
  if (where === 'params') return new Problem('not-found', 'there is nothing at this address');
  const seen = new Set<string>();
  const fields: FieldError[] = [];
  for (const error of errors) {
    const field = fieldError(error, where);
    const key = `${field.pointer}\0${field.detail}`;
    if (seen.has(key) || fields.length >= MAX_ERRORS) continue;
    seen.add(key);
    fields.push(field);
  }
  const prefix = where === 'body' ? '' : `${where === 'querystring' ? 'query' : where}: `;
  return new Problem('invalid-request', `${prefix}${fields[0]?.detail ?? 'does not satisfy the schema'}`, {
    errors: fields,
  });
}

function fieldError(error: ErrorObject, where: string): FieldError {
  // RFC 6901 points into the body; elsewhere the place is named before it.
  const base = (where === 'body' ? '' : `/${where === 'querystring' ? 'query' : where}`) + error.instancePath;
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return at(`${base}/${pointerToken(String(params.missingProperty))}`, 'is required', error);
    case 'additionalProperties':
      return at(`${base}/${pointerToken(String(params.additionalProperty))}`, 'is not known here', error);
    case 'unevaluatedProperties':
      return at(`${base}/${pointerToken(String(params.unevaluatedProperty))}`, 'is not known here', error);
    case 'enum':
      return at(base, `must be one of ${(params.allowedValues as unknown[]).join(', ')}`, error);
    default:
      return at(base, error.message ?? 'is not acceptable', error);
  }
}

function at(pointer: string, detail: string, error: ErrorObject): FieldError {
  return { pointer, detail, code: error.keyword };
}
