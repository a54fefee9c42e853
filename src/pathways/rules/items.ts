import type { FieldError } from '#kernel';
import type { Item } from '../rule-model.ts';

/** What an item is called. */
export const itemTitle = (item: Item): string =>
  [item.code, item.title ?? (item.code ? undefined : item.achievement)].filter(Boolean).join(' ');

/** The same thing asked for twice in one node would ask for two credentials of it, which nobody can hold. */
export function itemFaults({ items = [] }: { items?: readonly Item[] }): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = JSON.stringify([item.achievement ?? null, item.code ?? null]);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ pointer: `/items/${index}`, detail: 'is asked for twice' }];
  });
}
