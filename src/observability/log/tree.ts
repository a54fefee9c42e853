import { CompactRange, leafHash, type Range } from './merkle.ts';
import type { LogReader } from './ports.ts';

/** Entries in a block whose root is kept; a power of two. */
export const BLOCK = 256;
export const BLOCK_LEVEL = Math.log2(BLOCK);

/** The log is not a continuation of what was signed: nothing may be signed on top of it. */
export class ForkError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'ForkError';
  }
}

/** The leaf hash of an entry: its data is the chain hash, which commits to every member and to all entries before. */
export function entryLeaf(chainHash: string): Uint8Array {
  return leafHash(Buffer.from(chainHash, 'hex'));
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Roots of ranges of a tree that is covered by a checkpoint: full blocks from their stored roots, the rest (fewer than two
 * blocks in all of a proof) from the entries. Of a log of n entries about n/256 rows are read.
 * @param size of the tree; every full block below it has been stored
 * @throws ForkError when something of it is missing
 */
export async function rootsOf(reader: LogReader, size: number, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const blocks = await reader.logBlocks(0, Math.floor(size / BLOCK));
  const roots: Uint8Array[] = [];
  for (const [start, end] of ranges) {
    const range = new CompactRange();
    let at = start;
    // RFC 9162 cuts at powers of two: a range of a block or more begins at the beginning of a block.
    for (; at % BLOCK === 0 && at + BLOCK <= end; at += BLOCK) {
      const found = blocks[at / BLOCK];
      if (found?.block !== at / BLOCK) throw new ForkError(`block ${at / BLOCK} of the log is missing`);
      range.append(Buffer.from(found.root, 'hex'), BLOCK_LEVEL);
    }
    const rest = at < end ? await reader.auditHashes(at, end) : [];
    for (const hash of rest) range.append(entryLeaf(hash));
    if (range.size !== end - start) throw new ForkError(`entries ${start + 1} to ${end} are not all there`);
    roots.push(range.root());
  }
  return roots;
}
