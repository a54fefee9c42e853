import { isSameJson, type JsonObject } from '#kernel';
import type { PlanInUse } from './plans.ts';

/** A form that a plan gave, and what it gave it of. */
export interface MadeForm {
  inUse: PlanInUse;
  nquads: string;
}

export interface MadeForms {
  get(document: JsonObject): MadeForm | undefined;
  keep(document: JsonObject, form: MadeForm): void;
}

interface Kept {
  document: JsonObject;
  form: MadeForm;
}

const KEPT = 128;

/** The last forms by the whole of what they are of. Whoever signs many in one second signs with one configuration. */
export function createMadeForms(): MadeForms {
  const kept = new Map<string, Kept>();
  /** The one that was kept or found last: to compare a document with it takes a tenth of writing its text. */
  let latest: Kept | undefined;
  return {
    get(document) {
      if (latest && isSameJson(document, latest.document)) return latest.form;
      const found = kept.get(wholeText(document) ?? '');
      if (found) latest = found;
      return found?.form;
    },
    keep(document, form) {
      const text = wholeText(document);
      if (text === undefined) return;
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
      // A copy: what it was made of is its maker's.
      latest = { document: JSON.parse(text) as JsonObject, form };
      kept.set(text, latest);
    },
  };
}

const CHARS = 2_048;

/**
 * The text of a document that holds nothing but texts and lists of texts, so that two equal ones have one and two different
 * ones have two; undefined for any other, and for a long one.
 */
function wholeText(document: JsonObject): string | undefined {
  for (const name of Object.keys(document)) {
    const value = document[name]!;
    const isPlain =
      typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
    if (!isPlain) return undefined;
  }
  const text = JSON.stringify(document);
  return text.length > CHARS ? undefined : text;
}
