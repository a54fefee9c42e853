import { isObject, type Json, type JsonObject, pointerToken } from '#kernel';

/** One edited copy of a signed document. */
export interface Mutation {
  label: string;
  /** Where the edit is, in the edited document. */
  pointer: string;
  document: JsonObject;
}

type Edit = (parent: JsonObject | Json[], key: string) => void;

/** A member name that no pinned context defines. */
export const UNDEFINED_TERM = 'notATermOfAnyContext';

/**
 * Every edit that must not survive verification: each leaf changed, each member and item deleted, an undefined and a
 * defined member added to each object, items added to each array, ordered arrays turned round, objects moved.
 * @param ordered names of members whose arrays are lists (`@container: @list`)
 */
export function* mutationsOf(signed: JsonObject, ordered: readonly string[] = ['allowedValue']): Generator<Mutation> {
  for (const { pointer, value, key } of places(signed)) {
    const edit = (label: string, change: Edit): Mutation => ({
      label,
      pointer,
      document: edited(signed, pointer, change),
    });
    if (pointer !== '') {
      yield edit('delete', remove);
      if (!isObject(value) && !Array.isArray(value)) {
        for (const [index, other] of changesOf(value).entries()) {
          yield edit(`change ${index}`, (parent, name) => put(parent, name, other));
        }
      }
    }
    if (isObject(value)) {
      yield add(signed, pointer, UNDEFINED_TERM, 'x');
      yield add(signed, pointer, UNDEFINED_TERM, { id: 'urn:x' });
      if (!('description' in value) && key !== 'proof') yield add(signed, pointer, 'description', 'Added afterwards');
    }
    if (Array.isArray(value)) {
      yield add(
        signed,
        pointer,
        String(value.length),
        typeof value[0] === 'string'
          ? 'https://added.example/'
          : {
              type: ['Alignment'],
              targetName: 'added',
            },
      );
      if (ordered.includes(key) && value.length > 1) {
        yield edit('reverse a list', (parent, name) => put(parent, name, [...value].reverse()));
      }
    }
  }
}

/** The same for unsigned documents: an undefined member at every object. */
export function* undefinedTerms(document: JsonObject): Generator<Mutation> {
  for (const { pointer, value } of places(document)) {
    if (isObject(value)) yield add(document, pointer, UNDEFINED_TERM, 'x');
  }
}

/**
 * Edits after which the canonical form is the same, so that the signature stays valid. They are why a verifier checks
 * the schema after the proof, and never treats JSON text as signed.
 * @param lists names of members whose arrays are lists, where order and repetition count
 */
export function* neutralEdits(
  signed: JsonObject,
  options: { lists?: readonly string[]; sets?: readonly string[] } = {},
): Generator<Mutation> {
  const { lists = ['allowedValue'], sets = ['type', 'tag', 'alignment', 'evidence', 'result', 'resultDescription'] } =
    options;
  for (const { pointer, value, key } of places(signed)) {
    if (pointer.startsWith('/@context') || pointer.startsWith('/proof')) continue;
    const edit = (label: string, change: Edit): Mutation => ({
      label,
      pointer,
      document: edited(signed, pointer, change),
    });
    if (isObject(value)) {
      if (!('description' in value) && 'name' in value) {
        yield add(signed, pointer, 'description', null);
        yield add(signed, pointer, 'description', []);
        yield add(signed, pointer, 'description', [null]);
      }
      const back = Object.fromEntries(Object.entries(value).reverse());
      if (pointer === '') yield { label: 'members reversed', pointer, document: structuredClone(back) };
      else yield edit('members reversed', (parent, name) => put(parent, name, back));
    } else if (Array.isArray(value)) {
      if (sets.includes(key) && value.length > 1) {
        yield edit('set reordered', (parent, name) => put(parent, name, [...value].reverse()));
      }
      const scalars = value.every((item) => typeof item === 'string');
      if (scalars && !lists.includes(key)) {
        yield edit('set member repeated', (parent, name) => put(parent, name, [...value, value[0]!]));
      }
      if (value.length === 1) yield edit('array unwrapped', (parent, name) => put(parent, name, value[0]!));
    } else if (typeof value === 'string' && key !== 'id' && !/^\d+$/.test(key)) {
      yield edit('scalar wrapped', (parent, name) => put(parent, name, [value]));
    } else if (typeof value === 'number' && !Number.isInteger(value)) {
      yield edit('17th digit of a double', (parent, name) => put(parent, name, value * (1 + Number.EPSILON)));
      const text = value.toExponential(15).replace(/(\d)0*e\+?/, '$1E');
      yield edit('number as its text', (parent, name) => put(parent, name, text));
    }
  }
}

interface Place {
  pointer: string;
  key: string;
  value: Json;
}

/** Every value of the document, the root included, in document order. */
export function* places(value: Json, pointer = '', key = ''): Generator<Place> {
  yield { pointer, key, value };
  const items = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [name, item] of items) yield* places(item, `${pointer}/${pointerToken(name)}`, String(name));
}

function changesOf(value: Json): Json[] {
  if (typeof value === 'string') return [`${value}x`, value.length > 1 ? value.slice(0, -1) : 'z', ''];
  if (typeof value === 'number') return [value + 1, -value, 0];
  if (typeof value === 'boolean') return [!value];
  return ['x'];
}

function add(document: JsonObject, pointer: string, name: string, value: Json): Mutation {
  const at = `${pointer}/${name}`;
  return {
    label: `add ${JSON.stringify(value)}`,
    pointer: at,
    document: edited(document, at, (parent, key) => put(parent, key, value)),
  };
}

/** A copy with one place put to another value. */
export const replaced = (document: JsonObject, pointer: string, value: Json): JsonObject =>
  edited(document, pointer, (parent, key) => put(parent, key, value));

function edited(document: JsonObject, pointer: string, change: Edit): JsonObject {
  const copy = structuredClone(document);
  const path = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  let parent: JsonObject | Json[] = copy;
  for (const token of path.slice(0, -1)) parent = (parent as JsonObject)[token] as JsonObject | Json[];
  change(parent, path.at(-1)!);
  return copy;
}

function put(parent: JsonObject | Json[], key: string, value: Json): void {
  (parent as JsonObject)[key] = structuredClone(value);
}

function remove(parent: JsonObject | Json[], key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}
