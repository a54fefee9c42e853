/**
 * Best flow through a small network: augmenting along the path of greatest gain until none gains, which is optimal
 * (successive shortest paths; all capacities are whole numbers, so the flow is too). Gains are compared exactly.
 */
export interface Edge {
  from: number;
  to: number;
  capacity: number;
  gain: bigint;
}

/** Steps of work left. Counted, not timed: the answer must not depend on the machine. */
export interface Work {
  left: number;
}

/** The work allowed for one evaluation is used up. */
export class OutOfWork extends Error {}

/**
 * @param nodes number of vertices; 0 is the source, 1 the sink
 * @param edges no cycle may have a positive gain; the order of the list decides between equals
 * @returns the flow on each edge, in the order of `edges`
 * @throws OutOfWork
 */
export function bestFlow(nodes: number, edges: readonly Edge[], work: Work): number[] {
  // Residual arcs in pairs: 2i forward, 2i + 1 back.
  const to: number[] = [];
  const left: number[] = [];
  const gain: bigint[] = [];
  const out: number[][] = Array.from({ length: nodes }, () => []);
  for (const edge of edges) {
    out[edge.from]!.push(to.length);
    to.push(edge.to);
    left.push(edge.capacity);
    gain.push(edge.gain);
    out[edge.to]!.push(to.length);
    to.push(edge.from);
    left.push(0);
    gain.push(-edge.gain);
  }
  for (;;) {
    const via = bestPath(nodes, { to, left, gain, out }, work);
    if (!via) break;
    for (let at = 1; at !== 0; at = to[via[at]! ^ 1]!) {
      left[via[at]!]! -= 1;
      left[via[at]! ^ 1]! += 1;
    }
  }
  return edges.map((edge, index) => edge.capacity - left[2 * index]!);
}

interface Residual {
  to: number[];
  left: number[];
  gain: bigint[];
  out: number[][];
}

/** The arc by which the best path enters each vertex; undefined when no path to the sink gains anything. */
function bestPath(nodes: number, { to, left, gain, out }: Residual, work: Work): number[] | undefined {
  const best: (bigint | undefined)[] = new Array(nodes).fill(undefined);
  const via: number[] = new Array(nodes).fill(-1);
  const queued: boolean[] = new Array(nodes).fill(false);
  best[0] = 0n;
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    queued[at] = false;
    work.left -= out[at]!.length;
    if (work.left < 0) throw new OutOfWork();
    for (const arc of out[at]!) {
      if (left[arc] === 0) continue;
      const next = to[arc]!;
      const value = best[at]! + gain[arc]!;
      const known = best[next];
      if (known !== undefined && known >= value) continue;
      best[next] = value;
      via[next] = arc;
      if (!queued[next]) {
        queued[next] = true;
        queue.push(next);
      }
    }
  }
  const reached = best[1];
  return reached !== undefined && reached > 0n ? via : undefined;
}

const BASE = 1n << 64n;

/** One number from several, the first deciding, then the second ...: sums of these compare as the lists would. */
export function lexicographic(parts: readonly number[]): bigint {
  return parts.reduce((sum, part) => sum * BASE + BigInt(part), 0n);
}
