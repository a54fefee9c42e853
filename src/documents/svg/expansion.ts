import { refuseImage } from '../refusal.ts';

const MAX_DRAWN = 200_000;
const MAX_CHAIN = 16;

/**
 * What drawing costs: `use`, patterns, masks and markers draw what they refer to again each time, so ten levels of ten
 * references are ten thousand million shapes from one kilobyte.
 */
export interface ExpansionGraph {
  open(id: string | undefined): void;
  close(): void;
  refer(id: string): void;
  /** @throws Problem `invalid-image` for a circle, a long chain or too many drawn elements */
  check(): void;
}

interface Part {
  elements: number;
  refers: Map<string, number>;
}

interface Cost {
  drawn: number;
  chain: number;
}

export function createExpansionGraph(): ExpansionGraph {
  const whole: Part = { elements: 0, refers: new Map() };
  const parts = new Map<string, Part>();
  const open: (Part | undefined)[] = [];

  /** Every enclosing element with an id contains what is inside it. */
  const enclosing = function* (): Iterable<Part> {
    yield whole;
    for (const part of open) if (part) yield part;
  };

  /** Drawn elements, and the length of the longest chain from here, whichever way the parts were reached first. */
  function costOf(part: Part, known: Map<Part, Cost | 'open'>, depth: number): Cost {
    const before = known.get(part);
    if (before === 'open') throw refuseImage('svg_circle', 'elements refer to each other in a circle');
    if (before !== undefined) return before;
    known.set(part, 'open');
    const cost: Cost = { drawn: part.elements, chain: 0 };
    for (const [id, times] of part.refers) {
      const target = parts.get(id);
      if (!target) continue;
      const inner = depth < MAX_CHAIN ? costOf(target, known, depth + 1) : undefined;
      cost.drawn += times * (inner?.drawn ?? 0);
      cost.chain = Math.max(cost.chain, 1 + (inner?.chain ?? MAX_CHAIN));
      if (cost.chain > MAX_CHAIN) throw refuseImage('svg_expansion', `references are chained over ${MAX_CHAIN} deep`);
      if (cost.drawn > MAX_DRAWN) throw refuseImage('svg_expansion', `more than ${MAX_DRAWN} elements are drawn`);
    }
    known.set(part, cost);
    return cost;
  }

  return {
    open(id) {
      if (id !== undefined && parts.has(id)) throw refuseImage('svg_id', `the id ${id} occurs twice`);
      const part = id === undefined ? undefined : { elements: 0, refers: new Map<string, number>() };
      if (id !== undefined && part) parts.set(id, part);
      open.push(part);
      for (const each of enclosing()) each.elements++;
    },
    close() {
      open.pop();
    },
    refer(id) {
      for (const part of enclosing()) part.refers.set(id, (part.refers.get(id) ?? 0) + 1);
    },
    check() {
      costOf(whole, new Map(), 0);
    },
  };
}
