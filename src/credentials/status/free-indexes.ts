import { joining, LIMITS, pairOf, type Random } from '#kernel';
import type { CredentialReader, OpenStatusList } from '../ports.ts';
import { drawIndexes } from './allocate.ts';

/** Lists of which something is at hand, with at most a few hundred numbers each. */
const LISTS = 256;
const FIRST = 8;
/** Drawn ahead of those who issue one at a time; a part of a class list asks for more by itself. */
const AHEAD = LIMITS.statusIndexesAtOnce / 2;

type List = Pick<OpenStatusList, 'listId' | 'length'>;

interface AtHand {
  /** Free when they were asked about; each is given out once. */
  indexes: number[];
  /** How many are drawn the next time. */
  next: number;
}

/**
 * Draws indexes of lists that nobody has. The store is asked about more of a list each time, and what is left over is for
 * those who come next: a question for each credential took a thirtieth of a request to issue one, and an institution that
 * issues once a day has no use for many.
 *
 * Free when the store was asked, which for what was left over is a while ago: another process may have taken one since, and
 * the unique constraint decides. Whoever lost by it asks anew.
 */
export function createFreeIndexes(deps: { reader: Pick<CredentialReader, 'takenStatusIndexes'>; random: Random }) {
  /** The least recently used first. */
  const lists = new Map<string, AtHand>();
  const drawing = joining<void>();

  function ofList(listId: string): AtHand {
    const kept = lists.get(listId) ?? { indexes: [], next: FIRST };
    lists.delete(listId);
    lists.set(listId, kept);
    if (lists.size > LISTS) lists.delete(lists.keys().next().value!);
    return kept;
  }

  /** @param atLeast free ones that somebody waits for */
  async function drawMore({ listId, length }: List, to: AtHand, atLeast: number): Promise<void> {
    const most = Math.min(LIMITS.statusIndexesAtOnce, length / 4);
    const drawn = drawIndexes(Math.min(Math.max(to.next, 2 * atLeast), most), length, deps.random);
    to.next = Math.min(2 * drawn.length, AHEAD, most);
    const taken = new Set(await deps.reader.takenStatusIndexes(listId, drawn));
    const pairs = new Set(to.indexes.map(pairOf));
    to.indexes.push(...drawn.filter((index) => !taken.has(index) && !pairs.has(pairOf(index))));
  }

  return async (list: List, count: number, anew = false): Promise<number[]> => {
    const atHand = ofList(list.listId);
    if (anew) atHand.indexes.length = 0;
    while (atHand.indexes.length < count) {
      await drawing(list.listId, () => drawMore(list, atHand, count - atHand.indexes.length));
    }
    return atHand.indexes.splice(0, count);
  };
}
