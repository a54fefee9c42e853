import { LIMITS } from '#kernel';

type Schema = Record<string, unknown>;

/** One line of text that is fit to be signed. */
export const line = { type: 'string', maxLength: LIMITS.nameChars, format: 'line' } as const;

/** Text of several lines. @param max in characters */
export const text = (max: number) => ({ type: 'string', maxLength: max, format: 'text' }) as const;

/** An object without other members than these. */
export const closed = (properties: Record<string, Schema>, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** Never empty: Open Badges 3.0 wants empty arrays left out, and nothing is repaired here. */
export const list = (items: Schema, maxItems: number = LIMITS.alignments, unique = false) => ({
  type: 'array',
  minItems: 1,
  maxItems,
  uniqueItems: unique,
  items,
});

/** A fixed list or `ext:...`, anchored: the published pattern accepts it anywhere in the text. */
export const extensible = (values: readonly string[]) => ({
  anyOf: [{ enum: values }, { type: 'string', maxLength: 100, pattern: '^ext:[A-Za-z0-9._]+$' }],
});
