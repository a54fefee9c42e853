import { nextTurn } from '#kernel';
import { AUDIT_GENESIS, type AuditPosition, verifyAuditChain } from '../hash.ts';
import { CompactRange } from './merkle.ts';
import type { CheckpointRecord, LogBlockRecord, LogReader } from './ports.ts';
import { BLOCK, BLOCK_LEVEL, entryLeaf, ForkError, hexOf } from './tree.ts';

const CHUNK = 1_000;

export interface Grown {
  size: number;
  root: Uint8Array;
  /** Full blocks that are not stored yet. */
  blocks: LogBlockRecord[];
}

/**
 * The tree of all entries, grown from the last checkpoint. What was signed is proven again on the way: the block of the last
 * signed entry is made anew from its entries (whoever rewrites an earlier one has to change that hash too), and the tree
 * must have the signed root at the signed size. New entries must continue the chain.
 * @throws ForkError when anything of that is not so
 */
export async function growTree(reader: LogReader, last: CheckpointRecord | undefined): Promise<Grown> {
  const kept = last ? Math.floor((last.size - 1) / BLOCK) : 0;
  const stored = last ? Math.floor(last.size / BLOCK) : 0;
  const tree = new CompactRange();
  for (const { root } of await reader.logBlocks(0, kept)) tree.append(Buffer.from(root, 'hex'), BLOCK_LEVEL);
  const before = kept === 0 ? AUDIT_GENESIS : (await reader.auditHashes(kept * BLOCK - 1, kept * BLOCK))[0];
  if (tree.size !== kept * BLOCK || before === undefined) throw new ForkError('a part of the log is missing');

  let position: AuditPosition = { seq: tree.size, hash: before };
  let block = new CompactRange();
  const blocks: LogBlockRecord[] = [];
  for (;;) {
    const entries = await reader.auditAfter(position.seq, CHUNK);
    const verdict = verifyAuditChain(entries, position);
    if (!verdict.ok) throw new ForkError(`the audit chain is broken at ${verdict.seq}: ${verdict.reason}`);
    for (const { seq, hash } of entries) {
      const leaf = entryLeaf(hash);
      tree.append(leaf);
      block.append(leaf);
      if (seq === last?.size && hexOf(tree.root()) !== last.root) {
        throw new ForkError(`the first ${seq} entries are not those that were signed`);
      }
      if (block.size < BLOCK) continue;
      if (seq / BLOCK > stored) blocks.push({ block: seq / BLOCK - 1, root: hexOf(block.root()) });
      block = new CompactRange();
    }
    position = verdict.last;
    if (entries.length < CHUNK) break;
    await nextTurn();
  }
  if (last && tree.size < last.size) throw new ForkError(`entries after ${tree.size} were signed and are missing`);
  return { size: tree.size, root: tree.root(), blocks };
}
