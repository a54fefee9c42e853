import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { startCheckpoints } from '#jobs';
import {
  auditHash,
  BLOCK,
  entryLeaf,
  hexOf,
  type LogWrite,
  openCheckpoint,
  parseVerifierKey,
  type Receipt,
  verifyConsistency,
  verifyInclusion,
} from '#observability';
import type { Storage } from '#storage';
import { clock, keystore, openLog } from './support/log.ts';
import { mth } from './support/merkle-reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.db`);
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const minute = 60_000;

/** What another process signed a little earlier. */
async function smallerThan({ reader }: Storage, size: number): Promise<LogWrite> {
  const root = hexOf(mth((await reader.auditHashes(0, size)).map(bytes)));
  return {
    op: 'log.checkpoint',
    row: { size, root, note: 'of another', keyId: 'log-1', signedAt: '2026-06-01T00:00:00Z' },
  };
}

describe('checkpoints', () => {
  it('sign the tree of all entries under a key of their own, and nothing twice', async () => {
    const { log, storage, append } = await openLog();
    await append(5);
    const vkey = await log.verifierKey();
    const first = await log.checkpoint();
    expect(first.size).toBe(6);
    expect(await log.checkpoint()).toEqual(first);
    const head = openCheckpoint(first.note, parseVerifierKey(vkey)!)!;
    const hashes = await storage.reader.auditHashes(0, 6);
    expect(head).toEqual({ origin: 'log.example/log', size: 6, root: mth(hashes.map(bytes)) });
    expect(await storage.reader.auditOf('log.create', 'log-1')).toMatchObject({
      tenant: 'system',
      detail: { key: vkey },
    });
    expect(await storage.integrity()).toEqual([]);
  });

  it('are the reference tree at every size around two blocks, and keep the roots of full blocks', async () => {
    const { log, storage, append } = await openLog();
    await log.verifierKey();
    for (const more of [BLOCK - 3, 1, 1, 1, 1, BLOCK - 2, 1, 1, 3]) {
      await append(more);
      const { size, root } = await log.checkpoint();
      const hashes = (await storage.reader.auditHashes(0, size)).map(bytes);
      expect([size, root]).toEqual([hashes.length, hexOf(mth(hashes))]);
      expect(await storage.reader.logBlocks(0, 9)).toHaveLength(Math.floor(size / BLOCK));
    }
    expect(await storage.integrity()).toEqual([]);
  });

  it('are not signed while the clock is behind the log', async () => {
    const { log, append } = await openLog();
    await append(2);
    clock.time -= 2 * minute;
    await expect(log.checkpoint()).rejects.toMatchObject({ kind: 'clock-unsafe' });
    clock.time += 2 * minute;
    expect(await log.checkpoint()).toMatchObject({ size: 3 });
    expect(log.ready()).toBe(true);
  });

  it('are signed by the key that the store keeps, after a restart and by whatever name', async () => {
    const path = newPath();
    const one = await openLog(path, 'old.example/log');
    const vkey = await one.log.verifierKey();
    await one.log.checkpoint();
    await one.storage.close();
    const two = await openLog(path, 'new.example/log');
    await two.append(3);
    expect(await two.log.verifierKey()).toBe(vkey);
    expect((await two.log.checkpoint()).note).toMatch(/^old\.example\/log\n4\n/);
    await two.storage.close();
  });
});

describe('a log that was tampered with in the store', () => {
  const damages: [name: string, sql: string, finding: RegExp][] = [
    ['an edited entry', "drop trigger audit_no_update; update audit set actor = 'x' where seq = 300", /broken at 300/],
    ['a deleted entry', 'drop trigger audit_no_delete; delete from audit where seq = 290', /broken at 290/],
    [
      'a cut end',
      'drop trigger audit_no_delete; delete from audit where seq > 295',
      /after 295 were signed and are missing/,
    ],
    ['a lost block', 'drop trigger log_subtrees_no_delete; delete from log_subtrees', /part of the log is missing/],
    [
      'another block',
      'drop trigger log_subtrees_no_update; update log_subtrees set root = hash from audit where seq = 1',
      /not those that were signed/,
    ],
  ];
  it.each(damages)('%s: nothing is signed on it, for good', async (_, sql, finding) => {
    const path = newPath();
    const { log, storage, append, forks } = await openLog(path);
    await append(299);
    await log.checkpoint();
    const raw = new Database(path);
    raw.exec(sql);
    await expect(log.checkpoint()).rejects.toMatchObject({ kind: 'signing-stopped' });
    expect(forks.join()).toMatch(finding);
    expect(log.ready()).toBe(false);
    await expect(log.checkpoint()).rejects.toMatchObject({ kind: 'signing-stopped' });
    expect(forks).toHaveLength(1);
    expect((await storage.reader.latestCheckpoint())?.size).toBe(300);
    raw.close();
    await storage.close();
  });

  it.each([1, 200, 256, 257, 300, 512])('entry %i rewritten, with every later hash made anew', async (seq) => {
    const path = newPath();
    const { log, storage, append, forks } = await openLog(path);
    await append(511);
    await log.checkpoint();
    const raw = new Database(path);
    raw.exec('drop trigger audit_no_update');
    let previousHash: string | undefined;
    for (const entry of await storage.reader.auditAfter(seq - 1, 1_000)) {
      const forged = { ...entry, ...(previousHash ? { previousHash } : { object: 'forged' }) };
      previousHash = auditHash(forged);
      raw
        .prepare('update audit set object = ?, previous_hash = ?, hash = ? where seq = ?')
        .run(forged.object, forged.previousHash, previousHash, entry.seq);
    }
    await append(3);
    await expect(log.checkpoint()).rejects.toMatchObject({ kind: 'signing-stopped' });
    expect(forks).toEqual(['the first 512 entries are not those that were signed']);
    raw.close();
    await storage.close();
  });
});

describe('proofs', () => {
  const check = (receipt: Receipt, vkey: string) => {
    const { entry, index, size, proof, checkpoint } = receipt;
    const head = openCheckpoint(checkpoint, parseVerifierKey(vkey)!)!;
    expect(head.size).toBe(size);
    expect(auditHash(entry)).toBe(entry.hash);
    return verifyInclusion({ index, size, leaf: entryLeaf(entry.hash), root: head.root }, proof.map(bytes));
  };

  it('of every entry of three blocks and a bit, and between any two sizes', async () => {
    const { log, storage, append } = await openLog();
    await append(3 * BLOCK + 19);
    const vkey = await log.verifierKey();
    const latest = await log.checkpoint();
    const entries = await storage.reader.auditAfter(0, 1_000);
    for (const { operation, object } of entries) expect(check(await log.receipt(operation, object), vkey)).toBe(true);
    const hashes = entries.map(({ hash }) => bytes(hash));
    for (const [from, to] of [
      [1, 2],
      [255, 256],
      [256, 257],
      [256, 512],
      [300, 700],
      [700, 788],
      [768, 788],
      [788, 788],
    ]) {
      const { proof } = await log.consistency(from!, to);
      const roots = { fromRoot: mth(hashes.slice(0, from)), toRoot: mth(hashes.slice(0, to)) };
      expect(verifyConsistency({ from: from!, to: to!, ...roots }, proof.map(bytes)), `${from} ${to}`).toBe(true);
    }
    expect(await log.consistency(9)).toMatchObject({ from: 9, to: latest.size });
  });

  it('bring the next checkpoint forward, at most once a minute', async () => {
    const { log, append } = await openLog();
    await append(4);
    const vkey = await log.verifierKey();
    const first = await log.receipt('credential.issue', 'c1');
    expect([check(first, vkey), first.size]).toEqual([true, 5]);
    await append(1);
    clock.time += 20_000;
    await expect(log.receipt('credential.issue', 'c5')).rejects.toMatchObject({
      kind: 'not-found',
      extensions: { retryAfter: 40 },
    });
    clock.time += 40_000;
    const second = await log.receipt('credential.issue', 'c5');
    expect([check(second, vkey), second.size]).toEqual([true, 6]);
    await expect(log.receipt('credential.issue', 'c6')).rejects.toMatchObject({ kind: 'not-found', extensions: {} });
  });

  it('go no further than what is signed', async () => {
    const { log, append } = await openLog();
    await expect(log.consistency(1)).rejects.toMatchObject({ kind: 'not-found' });
    await log.checkpoint();
    await append(3);
    await expect(log.consistency(1, 2)).rejects.toMatchObject({ kind: 'invalid-request' });
    await expect(log.consistency(2, 1)).rejects.toMatchObject({ kind: 'invalid-request' });
  });

  it('are not given when they would not verify', async () => {
    const path = newPath();
    const { log, storage, append, another } = await openLog(path);
    await append(299);
    await log.checkpoint();
    const raw = new Database(path);
    raw.exec("drop trigger audit_no_update; update audit set hash = 'ab' where seq = 7");
    raw.exec("drop trigger log_subtrees_no_update; update log_subtrees set root = 'ab'");
    await expect(log.receipt('credential.issue', 'c280')).rejects.toMatchObject({ kind: 'signing-stopped' });
    expect(log.ready()).toBe(false);
    const other = another();
    await expect(other.consistency(256)).rejects.toMatchObject({ kind: 'signing-stopped' });
    raw.exec('drop trigger log_subtrees_no_delete; delete from log_subtrees');
    await expect(another().consistency(256)).rejects.toMatchObject({ kind: 'signing-stopped' });
    raw.close();
    await storage.close();
  });
});

describe('the worker', () => {
  it('signs at once, tells of failures and can be stopped', async () => {
    const { log, append } = await openLog();
    await append(2);
    const errors: unknown[] = [];
    await startCheckpoints(log, (error) => errors.push(error)).stop();
    expect([(await log.latest())?.size, errors]).toEqual([3, []]);
    const failing = { checkpoint: () => Promise.reject(new Error('no')) };
    await startCheckpoints(failing, (error) => errors.push(error)).stop();
    expect(errors).toEqual([new Error('no')]);
  });
});

describe('several instances', () => {
  it('make one key and one root for one size, whoever is first', async () => {
    const path = newPath();
    const [a, b] = await Promise.all([openLog(path), openLog(path)]);
    const keys = await Promise.all([a.log, b.log, a.another(), b.another()].map((log) => log.verifierKey()));
    expect(new Set(keys).size).toBe(1);
    expect(await a.storage.reader.auditOf('log.create', 'log-1')).toBeDefined();
    for (let round = 0; round < 12; round++) {
      await Promise.all([
        a.append(round * 9),
        a.log.checkpoint(),
        b.log.checkpoint(),
        b.append(round * 7),
        a.another().checkpoint(),
        b.another().checkpoint(),
      ]);
    }
    const rows = await b.storage.reader.checkpoints(0, 1_000);
    const hashes = (await a.storage.reader.auditHashes(0, 10_000)).map(bytes);
    for (const { size, root } of rows) expect(root).toBe(hexOf(mth(hashes.slice(0, size))));
    expect(rows.length).toBeGreaterThan(5);
    expect(await a.storage.integrity()).toEqual([]);
    expect([...a.forks, ...b.forks]).toEqual([]);
    await Promise.all([a.storage.close(), b.storage.close()]);
  }, 60_000);

  it('that lose at the commit, or crash before it, leave a log that goes on', async () => {
    const { log, storage, append, another } = await openLog();
    await append(BLOCK + 9);
    await log.verifierKey();
    const crash = another({ transactor: { commit: () => Promise.reject(new Error('killed')) } });
    await expect(crash.checkpoint()).rejects.toThrow('killed');
    expect(await storage.reader.latestCheckpoint()).toBeUndefined();
    // Signed by one while another has signed the same.
    let first = true;
    const slow = another({
      transactor: {
        async commit(writes) {
          if (first) await log.checkpoint();
          first = false;
          await storage.transactor.commit(writes);
        },
      },
    });
    const latest = await slow.checkpoint();
    expect(latest).toEqual(await log.latest());
    expect(await storage.reader.checkpoints(0, 9)).toEqual([latest]);
    expect(await storage.integrity()).toEqual([]);
    expect(slow.ready() && log.ready()).toBe(true);
  });

  it('go on from a smaller checkpoint that came first with the same blocks', async () => {
    const { log, storage, append, another } = await openLog();
    await append(BLOCK + 1);
    let first = true;
    const slow = another({
      transactor: {
        async commit(writes) {
          const smaller = first && writes[0]?.op === 'log.blocks';
          first = first && !smaller;
          if (smaller) await storage.transactor.commit([...writes.slice(0, 1), await smallerThan(storage, BLOCK)]);
          await storage.transactor.commit(writes);
        },
      },
    });
    expect(await slow.checkpoint()).toMatchObject({ size: BLOCK + 2 });
    expect((await storage.reader.checkpoints(0, 9)).map(({ size }) => size)).toEqual([BLOCK, BLOCK + 2]);
    expect(await log.checkpoint()).toEqual(await slow.latest());
  });

  it('sign once for all who ask at once', async () => {
    const { log, storage, append } = await openLog();
    await append(9);
    const all = await Promise.all([1, 2, 3].map(() => log.checkpoint()));
    expect(new Set(all).size).toBe(1);
    expect(await storage.reader.checkpoints(0, 9)).toHaveLength(1);
  });

  it('whose signer signs something else release nothing', async () => {
    const { storage, another, forks } = await openLog();
    const log = another({
      keystore: {
        ...keystore,
        signer: (key, did) => ({ ...keystore.signer(key, did), sign: async () => new Uint8Array(64) }),
      },
    });
    await expect(log.checkpoint()).rejects.toMatchObject({ kind: 'signing-stopped' });
    expect(forks).toEqual(['a checkpoint did not pass its own check']);
    expect(await storage.reader.latestCheckpoint()).toBeUndefined();
  });
});
