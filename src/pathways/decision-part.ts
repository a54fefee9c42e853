import { isObject, type Json } from '#kernel';
import type { Evaluation } from './model.ts';

/**
 * An evaluation without its words: what was decided, placed, counted and missing. A later release may say it better, and must
 * decide the same.
 */
export function decisionPart(evaluation: Evaluation): Json {
  return withoutWords(evaluation as unknown as Json);
}

function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (isWords(item) ? [] : [[key, withoutWords(item)]])),
  );
}

/** A `Text`. */
const isWords = (value: Json): boolean => isObject(value) && Object.keys(value).sort().join() === 'en,fil';
