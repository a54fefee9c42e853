import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type FieldError, isDay, type Json, type JsonObject, parseDateTimeStamp } from '#kernel';
import { BADGES, badgeSchema } from './schemas/badge.ts';
import { clrSchema } from './schemas/clr.ts';
import { endorsementSchema } from './schemas/endorsement.ts';

/** The schema of each kind, by its type; a document of two kinds must satisfy both. */
const SCHEMAS: readonly (readonly [types: readonly string[], schema: object])[] = [
  [BADGES, badgeSchema],
  [['EndorsementCredential'], endorsementSchema],
  [['ClrCredential'], clrSchema],
];

/** Compiled when first asked, which keeps the start short, and once: a client makes a verifier for each badge. */
const compiled = new Map<object, ValidateFunction>();

/** @returns a function that names every member that is missing or has the wrong shape, without quoting its value */
export function createDocumentSchema(): (document: JsonObject) => FieldError[] {
  return (document) => {
    const types: Json[] = [document.type ?? []].flat();
    const of = SCHEMAS.filter(([names]) => names.some((name) => types.includes(name)));
    // What is of no kind is held against that of badges, which says that the type is missing.
    const schemas = of.length > 0 ? of.map(([, schema]) => schema) : [badgeSchema];
    return schemas.flatMap((schema) => {
      const validate = compiled.get(schema) ?? compile(schema);
      compiled.set(schema, validate);
      return validate(document) ? [] : errorsOf(validate);
    });
  };
}

function errorsOf({ errors }: ValidateFunction): FieldError[] {
  const all = errors ?? [];
  return all
    .filter(({ keyword }) => !GROUPS.has(keyword) || all.every((other) => GROUPS.has(other.keyword)))
    .slice(0, 20)
    .map((error) => ({ pointer: error.instancePath, detail: error.message ?? 'has the wrong shape' }));
}

/** Of these the parts say more than the whole. */
const GROUPS: ReadonlySet<string> = new Set(['anyOf', 'if']);

function compile(schema: object): ValidateFunction {
  // Some rules stand in `anyOf` beside their `type`; types are otherwise stated everywhere.
  const ajv = new Ajv2020({
    allErrors: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    strictTuples: false,
  });
  ajv.addFormat('absolute-iri', isAbsoluteIri);
  ajv.addFormat('date-time-stamp', (value: string) => parseDateTimeStamp(value) !== undefined);
  ajv.addFormat('day', (value: string) => isDay(value));
  return ajv.compile(schema);
}

export function isAbsoluteIri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(value);
}
