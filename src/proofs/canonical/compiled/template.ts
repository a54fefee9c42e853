import { isObject, type Json, type JsonObject, pointerToken } from '#kernel';
import { isNotEligible, type NotEligible } from './eligible.ts';
import { ownNquads } from './own.ts';
import type { Plan } from './plan.ts';
import { type Leaf, type Place, shapeOf } from './shape.ts';
import type { PinnedTerms } from './terms.ts';
import { checkValues } from './values.ts';

/** One document with its leaves open. */
export interface Template {
  /** JSON Pointers of the leaves, in the order of `fill`. */
  slots: string[];
  /** What the document itself holds. */
  values: Leaf[];
  /** JSON text and canonical N-Quads of the document with these values; the rules are those of issuing. */
  fill(values: readonly Leaf[]): { text: string; nquads: string } | NotEligible;
}

/** @param plan of the shape of this document */
export function createTemplate(document: JsonObject, plan: Plan, terms: PinnedTerms): Template | NotEligible {
  const places: Place[] = [];
  const shape = shapeOf(document, terms, places);
  if (isNotEligible(shape)) return shape;
  if (shape.key !== plan.key) throw new RangeError('the plan is of another shape');
  const { pieces, slots } = cut(document, places);
  return {
    slots,
    values: shape.leaves,
    fill(values) {
      const checked = checkValues(plan, values, 'issue', terms);
      if (isNotEligible(checked)) return checked;
      const nquads = ownNquads(plan, checked);
      if (isNotEligible(nquads)) return nquads;
      let text = pieces[0]!;
      for (let index = 0; index < values.length; index++) text += JSON.stringify(values[index]) + pieces[index + 1]!;
      return { text, nquads };
    },
  };
}

/** The JSON text of a document, cut where its leaves stand. */
function cut(document: JsonObject, places: readonly Place[]): { pieces: string[]; slots: string[] } {
  const pieces = [''];
  const slots: string[] = [];
  const write = (text: string): void => {
    pieces[pieces.length - 1] += text;
  };
  const isNext = (holder: Place['holder'], name: string | number): boolean => {
    const place = places[slots.length];
    return place !== undefined && place.holder === holder && place.name === name;
  };
  const member = (holder: Place['holder'], name: string | number, item: Json, pointer: string): void => {
    if (isNext(holder, name)) {
      slots.push(pointer);
      pieces.push('');
    } else value(item, pointer);
  };
  const value = (item: Json, pointer: string): void => {
    if (Array.isArray(item)) {
      write('[');
      for (const [index, one] of item.entries()) {
        if (index > 0) write(',');
        member(item, index, one, `${pointer}/${index}`);
      }
      write(']');
    } else if (isObject(item)) {
      write('{');
      for (const [index, name] of Object.keys(item).entries()) {
        write(`${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
        member(item, name, item[name]!, `${pointer}/${pointerToken(name)}`);
      }
      write('}');
    } else write(JSON.stringify(item));
  };
  value(document, '');
  return { pieces, slots };
}
