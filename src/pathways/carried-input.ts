import { type FieldError, type SchemaCheck, schemaCheck } from '#kernel';
import { AMOUNT, SYSTEM } from './rules/members.ts';

let check: SchemaCheck | undefined;

/** Everything wrong with carried credit: decimal text by a system that a rule can name (stacking A1). */
export function checkCarried(value: unknown, base = ''): FieldError[] {
  check ??= schemaCheck({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(SYSTEM.enum.map((system) => [system, AMOUNT])),
  });
  return check(value, base);
}
