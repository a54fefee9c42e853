import {
  AUDIT_START,
  type AuditPosition,
  BLOCK,
  type CheckpointRecord,
  CompactRange,
  entryLeaf,
  hexOf,
  type LogKeyRecord,
  type LogReader,
  type NoteKey,
  noteKeyOf,
  openCheckpoint,
  verifyAuditChain,
} from '#observability';

const CHUNK = 2_048;

/** The audit chain, the stored roots of its blocks, and every checkpoint against the entries it covers. */
export async function logFindings(reader: Omit<LogReader, 'lastAuditAt'>, most: number): Promise<string[]> {
  const found: string[] = [];
  const record = await reader.logKey();
  const key = record && readable(record);
  const tree = new CompactRange();
  let block = new CompactRange();
  let position: AuditPosition = AUDIT_START;
  let signed = await reader.checkpoints(0, CHUNK);
  let blocks = 0;
  for (;;) {
    const entries = await reader.auditAfter(position.seq, CHUNK);
    const verdict = verifyAuditChain(entries, position);
    if (!verdict.ok) return [...found, `audit chain broken at ${verdict.seq}: ${verdict.reason}`];
    const stored = await reader.logBlocks(position.seq / BLOCK, (position.seq + CHUNK) / BLOCK);
    for (const { seq, hash } of entries) {
      tree.append(entryLeaf(hash));
      block.append(entryLeaf(hash));
      if (seq % BLOCK === 0) {
        const row = stored.find((one) => one.block === seq / BLOCK - 1);
        if (row) blocks++;
        if (row && row.root !== hexOf(block.root())) found.push(`block ${row.block} of the log has another root`);
        block = new CompactRange();
      }
      if (signed[0]?.size !== seq) continue;
      const fault = checkpointFault(signed.shift()!, hexOf(tree.root()), key);
      if (fault) found.push(fault);
      if (signed.length === 0) signed = await reader.checkpoints(seq, CHUNK);
      // A checkpoint needs the blocks below it to give proofs.
      if (blocks < Math.floor(seq / BLOCK)) found.push(`a block below the checkpoint of ${seq} is missing`);
    }
    if (found.length >= most) return found.slice(0, most);
    position = verdict.last;
    if (entries.length < CHUNK) break;
  }
  if (signed[0]) found.push(`the checkpoint of ${signed[0].size} covers entries that are missing`);
  return found;
}

function readable(record: LogKeyRecord): NoteKey | undefined {
  try {
    return noteKeyOf(record);
  } catch {
    return undefined;
  }
}

function checkpointFault(row: CheckpointRecord, root: string, key: NoteKey | undefined): string | undefined {
  if (row.root !== root) return `the checkpoint of ${row.size} has another root than its entries`;
  const head = key && openCheckpoint(row.note, key);
  if (head?.size === row.size && hexOf(head.root) === root) return undefined;
  return `the note of the checkpoint of ${row.size} does not say what was stored, or is not signed`;
}
