import type { JsonObject } from '#kernel';
import type { PlanInUse } from './plans.ts';

/** A form that a plan gave, and what it gave it of. */
export interface MadeForm {
  inUse: PlanInUse;
  nquads: string;
}

export interface MadeForms {
  get(text: string): MadeForm | undefined;
  keep(text: string, form: MadeForm): void;
}

const KEPT = 128;

/** The last forms by the whole text of what they are of. Whoever signs many in one second signs with one configuration. */
export function createMadeForms(): MadeForms {
  const kept = new Map<string, MadeForm>();
  return {
    get: (text) => kept.get(text),
    keep(text, form) {
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
      kept.set(text, form);
    },
  };
}

const CHARS = 2_048;

/**
 * The text of a document that holds nothing but texts and lists of texts, so that two equal ones have one and two different
 * ones have two; undefined for any other, and for a long one.
 */
export function wholeText(document: JsonObject): string | undefined {
  for (const name of Object.keys(document)) {
    const value = document[name]!;
    const isPlain =
      typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
    if (!isPlain) return undefined;
  }
  const text = JSON.stringify(document);
  return text.length > CHARS ? undefined : text;
}
