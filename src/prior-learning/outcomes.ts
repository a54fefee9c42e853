import { isObject, type Json, type JsonObject } from '#kernel';

/** One thing a candidate has to show, as the pinned definition states it. */
export interface Outcome {
  /** JSON Pointer into the definition, whose version never changes: `/learningOutcome/0`, `/unitOfCompetency/2`, `/criteria`. */
  outcome: string;
  /** The code where there is one, and the words. */
  label: string;
  /** Without it the case is not recognised. */
  mandatory: boolean;
}

const LABEL_CHARS = 300;

/**
 * What is judged one by one: every learning outcome and unit of competency; of a definition that has none the
 * competencies it is aligned to; of one that has none either what it says of how it is earned. Never empty.
 */
export function outcomesOf(definition: JsonObject): Outcome[] {
  const stated = [...listed(definition, 'learningOutcome'), ...listed(definition, 'unitOfCompetency')];
  if (stated.length > 0) return stated;
  const aligned = listed(definition, 'alignment', ({ targetType }) => COMPETENCIES.has(targetType as string));
  if (aligned.length > 0) return aligned;
  const criteria = isObject(definition.criteria) ? definition.criteria : {};
  return [{ outcome: '/criteria', label: labelOf(criteria, ['narrative', 'id']), mandatory: true }];
}

/** Alignments that name what somebody can do; the others name levels, frameworks and credentials. */
const COMPETENCIES = new Set(['ceasn:Competency', 'ext:TesdaUnitOfCompetency', 'ext:PSFSkill']);

function listed(definition: JsonObject, member: string, only: (one: JsonObject) => boolean = () => true): Outcome[] {
  const items: Json[] = [definition[member] ?? []].flat();
  return items.flatMap((one, index) =>
    isObject(one) && only(one)
      ? [
          {
            outcome: `/${member}/${index}`,
            label: labelOf(one, ['code', 'targetCode', 'title', 'text', 'targetName']),
            // An elective unit is one among others: whoever packages them says how many.
            mandatory: one.category !== 'Elective',
          },
        ]
      : [],
  );
}

function labelOf(one: JsonObject, members: readonly string[]): string {
  const texts = members.map((member) => one[member]).filter((text) => typeof text === 'string');
  const label = texts.join(' ').trim();
  return label.length <= LABEL_CHARS ? label : `${[...label].slice(0, LABEL_CHARS).join('')}…`;
}
