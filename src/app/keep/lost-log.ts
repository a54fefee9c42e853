import { CompactRange, entryLeaf, hexOf, type LogReader, noteKeyOf, openCheckpoint } from '#observability';

const CHUNK = 2_048;

export class CheckpointFault extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'CheckpointFault';
  }
}

/**
 * Holds checkpoints that were kept elsewhere against the log of a backup: those of what it has must lie on it.
 * @returns the head of what was signed after the backup and is lost, if one is known. To everybody who kept it the log is a fork
 * from now on, which the entry of the restore says and nothing can change
 * @throws CheckpointFault for one of another log
 */
export async function lostHead(
  reader: Pick<LogReader, 'logKey' | 'auditAfter'>,
  size: number,
  notes: readonly string[],
): Promise<{ size: number; root: string } | undefined> {
  if (notes.length === 0) return undefined;
  const record = await reader.logKey();
  if (!record) throw new CheckpointFault('the backup is of a service that had no log yet');
  const key = noteKeyOf(record);
  const heads = notes.map((note) => {
    const head = openCheckpoint(note, key);
    if (!head) throw new CheckpointFault('a checkpoint is not signed with the key of this log');
    return { size: head.size, root: hexOf(head.root) };
  });
  const within = heads.filter((head) => head.size <= size).sort((a, b) => a.size - b.size);
  const tree = new CompactRange();
  for (let seq = 0; within.length > 0 && seq <= within.at(-1)!.size; ) {
    const entries = await reader.auditAfter(seq, CHUNK);
    if (entries.length === 0) break;
    for (const { hash } of entries) {
      tree.append(entryLeaf(hash));
      const other = within.find((head) => head.size === tree.size && head.root !== hexOf(tree.root()));
      if (other)
        throw new CheckpointFault(
          `the first ${other.size} entries are not those of a checkpoint: it is of another log`,
        );
    }
    seq = entries.at(-1)!.seq;
  }
  return heads.filter((head) => head.size > size).sort((a, b) => b.size - a.size)[0];
}
