import {
  isDay,
  isObject,
  type Json,
  type JsonObject,
  LIMITS,
  Problem,
  type ProblemKind,
  parseStrictJson,
} from '#kernel';
import type { FormProblem, StackForm } from '#pages';

/** Of one request, as for the operation that takes the same as JSON. */
const MOST = 100;
const SHOWN = 60;

/** One badge of a form, and where it was written. */
interface Given {
  field: 'credential' | 'text';
  /** Within its field, from 1. */
  n: number;
  /** How an address begins; of what was pasted nothing is known yet. */
  what: string;
  value: string | JsonObject;
}

export interface StackQuestion {
  given: readonly Given[];
  date?: string;
}

/** A mistake in one field of the form, thrown while it is read. */
export class FormError extends Problem {
  readonly problem: FormProblem;
  constructor(field: FormProblem['field'], code: string, detail: string, kind: ProblemKind = 'invalid-request') {
    super(kind, detail);
    this.problem = { field, kind, code, detail };
  }
}

/**
 * What a form asks. Addresses stand one a line; pasted badges as one JSON object after another, or in lists.
 * @throws FormError at the field
 */
export function readStackForm({ credential = '', text = '', date = '' }: StackForm): StackQuestion {
  // A longer field arrives cut off: half a list of badges must not be answered as if it were the whole.
  if (Buffer.byteLength(text) >= LIMITS.jsonBytes) {
    throw new FormError('text', 'large', `more than ${LIMITS.jsonBytes} bytes`, 'payload-too-large');
  }
  const lines = credential.split(/\s+/).filter(Boolean);
  const given = [
    ...lines.map((value, at): Given => ({ field: 'credential', n: at + 1, what: value.slice(0, SHOWN), value })),
    ...pasted(text).map((value, at): Given => ({ field: 'text', n: at + 1, what: 'JSON', value })),
  ];
  if (given.length === 0) throw new FormError('credential', 'none', 'no badge was given');
  if (given.length > MOST)
    throw new FormError(lines.length > MOST ? 'credential' : 'text', 'many', `more than ${MOST}`);
  if (date.trim() === '') return { given };
  if (!isDay(date.trim())) throw new FormError('date', 'day', 'must be a day');
  return { given, date: date.trim() };
}

/** At which field a problem of the evaluation belongs; undefined when it is about none of them. */
export function problemAtField(problem: Problem, { given }: StackQuestion): FormProblem | undefined {
  const pointer = problem.errors[0]?.pointer ?? '';
  const { kind, message: detail } = problem;
  if (pointer === '/date') return { field: 'date', kind, code: 'day', detail };
  const index = /^\/credentials(?:\/(\d+))?/.exec(pointer);
  if (!index) return undefined;
  const one = given[Number(index[1] ?? 0)];
  const own = problem.extensions.code;
  // A badge that was read and does not belong here is about whose it is; everything else has a kind of its own.
  const code = kind === 'invalid-request' && index[1] !== undefined && /subject/.test(detail) ? 'subject' : own;
  return {
    ...{ field: one?.field ?? 'credential', kind, detail },
    ...(typeof code === 'string' ? { code } : {}),
    ...(one && index[1] !== undefined ? { badge: { n: one.n, what: one.what } } : {}),
  };
}

/** @throws FormError for what cannot be read as JSON, or is no object */
function pasted(text: string): JsonObject[] {
  return documentsIn(text).flatMap((one) => {
    let value: Json;
    try {
      value = parseStrictJson(one);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new FormError('text', 'json', error.message);
    }
    const objects = [value].flat().filter(isObject);
    if (objects.length === 0) throw new FormError('text', 'json', 'a badge must be a JSON object');
    return objects;
  });
}

/** Splits texts that stand one after another where a bracket at the outermost level closes; strings are left alone. */
function documentsIn(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: found, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (found === '{' || found === '[') depth++;
    else if (found === '}' || found === ']') depth--;
    if (depth === 0 && !found.startsWith('"')) {
      out.push(text.slice(from, index + 1));
      from = index + 1;
    }
  }
  return [...out, text.slice(from)].map((one) => one.replace(/^[\s,]+|\s+$/g, '')).filter(Boolean);
}
