import { openOfPlacing, placeAll } from './credit-greedy.ts';
import { type CreditGroup, type Placing, shortOf } from './credit-group.ts';

/** Steps for each piece, and pieces looked at in all: the larger, the sooner it ends. */
const MOST_STEPS = 8;
const MOST_LOOKS = 320_000;
/** Exchanges that are tried at each link of a chain. */
const WIDTH = 6;

/** One piece to a slot, and one of its own back (or none): what it gains and what the other loses. */
interface Exchange {
  give: number;
  take: number | undefined;
  other: number;
  gain: number;
  loss: number;
}

/**
 * Another placing where the greedy one leaves too much open. Everything is placed; what slots have to spare is spread
 * among them by exchanges, as long as that makes the squares of it smaller; a slot that still lacks something takes it
 * from another, which takes it from a third, until one can spare it. Then what is not needed is taken out again. Only an
 * answer, no proof.
 * @returns what leaves no more than `bound` open, or undefined
 */
export function repaired(group: CreditGroup, start: Placing, bound: number): Placing | undefined {
  const { pieces } = group;
  const placing = placeAll(group, start);
  const short = shortOf(group, placing);
  let steps = Math.min(pieces.length * MOST_STEPS, Math.floor(MOST_LOOKS / pieces.length));
  const slotOf = (piece: number) => pieces[piece]!.slots[placing[piece]!]!;
  const valueIn = (piece: number, slot: number): number => {
    const at = pieces[piece]!.slots.indexOf(slot);
    return at < 0 ? 0 : pieces[piece]!.values[at]!;
  };
  const put = (piece: number, slot: number): void => {
    short[slotOf(piece)]! += valueIn(piece, slotOf(piece));
    placing[piece] = pieces[piece]!.slots.indexOf(slot);
    short[slot]! -= valueIn(piece, slot);
  };
  const make = ({ give, take, other }: Exchange, slot: number): void => {
    put(give, slot);
    if (take !== undefined) put(take, other);
  };
  const undo = ({ give, take, other }: Exchange, slot: number): void => {
    put(give, other);
    if (take !== undefined) put(take, slot);
  };

  /** Every exchange by which a slot gains. */
  const exchanges = (slot: number): Exchange[] => {
    const own = [...pieces.keys()].filter((piece) => slotOf(piece) === slot);
    return [...pieces.keys()].flatMap((give): Exchange[] => {
      const other = slotOf(give);
      const [in_, out] = [valueIn(give, slot), valueIn(give, other)];
      if (other === slot || in_ === 0) return [];
      const back = own.filter((take) => valueIn(take, other) > 0 && valueIn(take, slot) < in_);
      return [
        { give, take: undefined, other, gain: in_, loss: out },
        ...back.map((take) => ({
          give,
          take,
          other,
          gain: in_ - valueIn(take, slot),
          loss: out - valueIn(take, other),
        })),
      ];
    });
  };

  /** Spreads: the best exchange for a slot, if there is a good one. */
  const spread = (slot: number): boolean => {
    steps--;
    const change = ({ other, gain, loss }: Exchange): number =>
      (short[slot]! - gain) ** 2 - short[slot]! ** 2 + (short[other]! + loss) ** 2 - short[other]! ** 2;
    let best: Exchange | undefined;
    for (const one of exchanges(slot)) if (change(one) < (best ? change(best) : 0)) best = one;
    if (best) make(best, slot);
    return best !== undefined;
  };

  /** Fills a slot at the cost of others, which are filled in turn; changes nothing when that does not end well. */
  const chain = (slot: number, before: readonly number[]): boolean => {
    const enough = exchanges(slot).filter(({ gain, other }) => gain >= short[slot]! && !before.includes(other));
    enough.sort((a, b) => short[a.other]! + a.loss - short[b.other]! - b.loss);
    for (const one of enough.slice(0, WIDTH)) {
      if (steps-- <= 0) return false;
      make(one, slot);
      if (short[one.other]! <= 0 || chain(one.other, [...before, slot])) return true;
      undo(one, slot);
    }
    return false;
  };

  while (steps > 0 && openOfPlacing(group, placing) > bound) {
    const poorest = [...short.keys()].sort((a, b) => short[b]! - short[a]!);
    if (poorest.some(spread)) continue;
    if (!poorest.filter((slot) => short[slot]! > 0).some((slot) => chain(slot, []))) break;
  }
  return openOfPlacing(group, placing) <= bound ? trimmed(group, placing) : undefined;
}

/** Without what its slot does not need, small ones first. */
function trimmed(group: CreditGroup, placing: Placing): Placing {
  const short = shortOf(group, placing);
  const value = (piece: number) => group.pieces[piece]!.values[placing[piece]!]!;
  for (const piece of [...placing.keys()].sort((a, b) => value(a) - value(b))) {
    const slot = group.pieces[piece]!.slots[placing[piece]!]!;
    if (short[slot]! <= 0 && short[slot]! + value(piece) > 0) continue;
    short[slot]! += value(piece);
    placing[piece] = -1;
  }
  return placing;
}
