import { describe, expect, it } from 'vitest';
import { BLOCK, CompactRange, entryLeaf, hexOf } from '#observability';
import type { AnyWrite, Storage } from '#storage';
import { logKey, signCheckpoint } from '../../support/log-key.ts';
import { at, audit } from '../support/records.ts';
import { type Open, opened } from './open.ts';

async function checkpointOf({ reader }: Storage, size: number): Promise<AnyWrite & { op: 'log.checkpoint' }> {
  const tree = new CompactRange();
  for (const hash of await reader.auditHashes(0, size)) tree.append(entryLeaf(hash));
  const note = await signCheckpoint(size, tree.root());
  return { op: 'log.checkpoint', row: { size, root: hexOf(tree.root()), note, keyId: 'log-1', signedAt: at(size) } };
}

export function logContract(open: Open): void {
  describe('log', () => {
    const store = opened(open, 'uno');

    it('keeps its one key', async () => {
      const { reader, transactor } = store();
      expect(await reader.logKey()).toBeUndefined();
      await transactor.commit([{ op: 'log.key', row: logKey('log-1') }]);
      expect(await reader.logKey()).toEqual(logKey('log-1'));
      await expect(transactor.commit([{ op: 'log.key', row: logKey('log-1') }])).rejects.toMatchObject({
        name: 'UniqueViolation',
        table: 'log_keys',
      });
    });

    it('reads entries by number and by what they tell of', async () => {
      const { reader, transactor } = store();
      const writes = Array.from({ length: BLOCK + 10 }, (_, n) => audit('uno', n % 2 ? 'a' : 'b', `x${n % 8}`));
      await transactor.commit(writes);
      const entries = (await reader.auditEntries(undefined, { limit: 500 })).items;
      expect(await reader.auditHashes(3, 6)).toEqual(entries.slice(3, 6).map(({ hash }) => hash));
      expect(await reader.auditAfter(3, 4)).toEqual(entries.slice(3, 7));
      expect(await reader.auditAfter(BLOCK + 10, 4)).toEqual([]);
      expect(await reader.auditOf('a', 'x3')).toEqual(entries[3]);
      expect(await reader.auditOf('b', 'x3')).toBeUndefined();
    });

    it('takes checkpoints in rising order only, one for one size', async () => {
      const { reader, transactor } = store();
      expect(await reader.latestCheckpoint()).toBeUndefined();
      const [small, large] = [await checkpointOf(store(), 5), await checkpointOf(store(), BLOCK + 2)];
      const block = { block: 0, root: hexOf(await blockRoot(store())) };
      await transactor.commit([{ op: 'log.blocks', rows: [block] }, small]);
      await transactor.commit([large]);
      for (const late of [small, large, { ...large, row: { ...large.row, size: 100 } }]) {
        await expect(transactor.commit([late])).rejects.toMatchObject({
          name: 'UniqueViolation',
          table: 'checkpoints',
        });
      }
      await expect(transactor.commit([{ op: 'log.blocks', rows: [block] }])).rejects.toMatchObject({
        name: 'UniqueViolation',
        table: 'log_subtrees',
      });
      expect(await reader.latestCheckpoint()).toEqual(large.row);
      expect(await reader.checkpoints(0, 9)).toEqual([small.row, large.row]);
      expect(await reader.checkpoints(5, 9)).toEqual([large.row]);
      expect(await reader.logBlocks(0, 9)).toEqual([block]);
      expect(await reader.logBlocks(1, 9)).toEqual([]);
      expect(await store().integrity()).toEqual([]);
    });

    it('keeps nothing of a checkpoint whose commit fails', async () => {
      const { reader, transactor } = store();
      const before = await reader.latestCheckpoint();
      const next = await checkpointOf(store(), BLOCK + 3);
      const rows = [{ block: 7, root: 'ab' }];
      await expect(
        transactor.commit([{ op: 'log.blocks', rows }, next, { op: 'log.key', row: logKey('log-1') }]),
      ).rejects.toThrow();
      expect([await reader.latestCheckpoint(), await reader.logBlocks(7, 8)]).toEqual([before, []]);
    });

    it('is found out when a checkpoint or a block says something else than the entries', async () => {
      const { transactor } = store();
      const good = await checkpointOf(store(), BLOCK + 4);
      const other = await checkpointOf(store(), BLOCK + 3);
      await transactor.commit([{ ...good, row: { ...good.row, note: other.row.note } }]);
      await transactor.commit([{ ...good, row: { ...good.row, size: BLOCK + 5 } }]);
      await transactor.commit([{ ...good, row: { ...good.row, size: 10_000 } }]);
      expect(await store().integrity()).toEqual([
        `the note of the checkpoint of ${BLOCK + 4} does not say what was stored, or is not signed`,
        `the checkpoint of ${BLOCK + 5} has another root than its entries`,
        'the checkpoint of 10000 covers entries that are missing',
      ]);
    });
  });
}

async function blockRoot({ reader }: Storage): Promise<Uint8Array> {
  const tree = new CompactRange();
  for (const hash of await reader.auditHashes(0, BLOCK)) tree.append(entryLeaf(hash));
  return tree.root();
}
