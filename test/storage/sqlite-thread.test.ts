import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, startThread, UniqueViolation } from '#kernel';
import { openSqlite, type Storage } from '#storage';
import { createRelievedTransactor } from '../../src/storage/engines/sqlite/relief.ts';
import { startWriterThread, type WriterThread } from '../../src/storage/engines/sqlite/thread.ts';
import { audit, credential, institution, seed } from './support/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-thread-'));
const path = join(folder, 'store.sqlite');
let storage: Storage;
let thread: WriterThread;

beforeAll(async () => {
  storage = await openSqlite({ path });
  await seed(storage, 'uno');
  thread = await startWriterThread(path);
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const prepare = (id: string, index: number) => [
  { op: 'credential.prepare' as const, row: credential('uno', id, index) },
  audit('uno', 'credential.prepare', id),
];

describe('the thread that writes (FT-1)', () => {
  it('shares a commit: a call that fails takes back its own writes only, the error arrives as what it was', async () => {
    const calls = [
      ...Array.from({ length: 20 }, (_, n) => thread.commit(prepare(`good-${n}`, n * 8))),
      // The pair is taken by the first call of the same commit.
      thread.commit(prepare('taken', 7)),
      thread.commit([audit('uno', 'x', 'x'), { op: 'institution.insert', row: institution('uno') }]),
      thread.commit([{ op: 'institution.updateProfile', tenant: 'nobody', profile: { name: 'x' } }]),
      thread.commit([{ op: 'no.such' } as never]),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.slice(0, 20).every(({ status }) => status === 'fulfilled')).toBe(true);
    const [taken, twice, nobody, unknown] = outcomes.slice(20).map((one) => (one as PromiseRejectedResult).reason);
    expect(taken).toBeInstanceOf(UniqueViolation);
    expect(taken.table).toBe('status_entries');
    expect(twice).toMatchObject({ name: 'UniqueViolation', table: 'institutions' });
    expect(nobody).toBeInstanceOf(Problem);
    expect(nobody.kind).toBe('not-found');
    expect(unknown.message).toContain('no write is called');
    const entries = (await storage.reader.auditEntries('uno', { limit: 200 })).items;
    expect(entries.filter(({ operation }) => operation === 'credential.prepare')).toHaveLength(20);
    expect(entries.filter(({ operation }) => operation === 'x')).toEqual([]);
    expect(await storage.reader.credential('taken')).toBeUndefined();
    expect(await storage.integrity()).toEqual([]);
  });

  it('answers those of one transaction before it begins the next', async () => {
    const body = new URL('../../src/storage/engines/sqlite/writer-thread.ts', import.meta.url);
    const calls = await startThread<unknown, object>(body, { path }, () => new Error('ended'));
    const hundred = Array.from({ length: 100 }, () => audit('uno', 'many', 'x'));
    // A thousand share one.
    const left = await Promise.all(Array.from({ length: 25 }, () => calls.ask(hundred).then(() => calls.waiting)));
    expect(left).toEqual([...Array(10).fill(15), ...Array(10).fill(5), ...Array(5).fill(0)]);
    calls.say('close');
    await calls.exited;
  });

  it('finishes what it was given before it ends, and takes no more', async () => {
    const last = thread.commit(prepare('last', 800));
    const closed = thread.close();
    await last;
    await closed;
    expect(thread.alive).toBe(false);
    expect(await storage.reader.credential('last')).toMatchObject({ phase: 'prepared' });
  });
});

describe('writing by a thread', () => {
  it('begins with the first call that has many rows, also where they come in one write', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ row, credentialId: `c${row}` }));
    const marks = (count: number) => [
      { op: 'batchRows.issued' as const, tenant: 'uno', batchId: 'b', rows: rows(count) },
    ];
    const audits = (count: number) => Array.from({ length: count }, () => audit('uno', 'x', 'x'));
    for (const [few, many] of [
      [audits(99), audits(100)],
      [marks(99), marks(100)],
    ]) {
      const done: string[] = [];
      const by = (name: string) => async () => void done.push(name);
      const started = { commit: by('thread'), alive: true, close: async () => undefined };
      const here = { commit: by('here'), waiting: 0, idle: async () => undefined };
      const relieved = createRelievedTransactor(
        here,
        async () => started,
        (error) => error,
      );
      await relieved.commit(few!);
      await relieved.commit(few!);
      await relieved.commit(many!);
      await relieved.commit(few!);
      expect(done).toEqual(['here', 'here', 'here', 'thread']);
      await relieved.close();
    }
  });
});
