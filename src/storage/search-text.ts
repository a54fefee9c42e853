import type { AccreditationScope } from '#accreditation';

/** How names are compared when somebody looks for one: without accents and capitals. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A pattern that finds the text anywhere, for `like ... escape '!'`: what somebody types has no wildcards. */
export function anywhere(text: string): string {
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}

/** Stands for every kind: one of the alternatives does not limit it. */
const EVERY = '*';

/** The kinds of award that a grant covers, as one text: ` A B `, or ` * `. */
export function awardTypesColumn(scope: readonly AccreditationScope[]): string {
  const kinds = new Set(scope.flatMap(({ awardType }) => awardType ?? [EVERY]));
  return ` ${(kinds.has(EVERY) ? [EVERY] : [...kinds]).join(' ')} `;
}

/** Patterns of that column which cover one kind. */
export function coversAwardType(awardType: string): readonly string[] {
  return [anywhere(` ${awardType} `), anywhere(` ${EVERY} `)];
}
