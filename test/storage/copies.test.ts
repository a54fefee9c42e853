import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackupEnd, backupLines, fillFromBackup, openStorage, readStore, type StoragePlace } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { everyWrite, snapshot } from './support/every-write.ts';
import { oauthRecord, seed } from './support/records.ts';

const server = usePostgres();
const folder = mkdtempSync(join(tmpdir(), 'tatak-copies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
type Engine = 'sqlite' | 'postgres';
const place = async (engine: Engine): Promise<StoragePlace> => ({
  dataDirectory: join(folder, String(++made)),
  ...(engine === 'postgres' ? { databaseUrl: await server().database() } : {}),
});

const places: Partial<Record<Engine, StoragePlace>> = {};
beforeAll(async () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    places[engine] = await place(engine);
    if (engine === 'sqlite') await import('node:fs').then((fs) => fs.mkdirSync(places.sqlite!.dataDirectory));
    const storage = await openStorage(places[engine]);
    await seed(storage, 'zero');
    await storage.transactor.commit([...everyWrite('uno'), { op: 'oauth.upsert', row: oauthRecord('kept', 99) }]);
    await storage.close();
  }
}, 120_000);

async function backedUp(of: StoragePlace): Promise<{ lines: string[]; end: BackupEnd }> {
  return readStore(of, async (reading) => {
    const all = backupLines(reading, { madeAt: '2026-06-01T00:00:00Z', files: [] });
    let text = '';
    for (let next = await all.next(); ; next = await all.next()) {
      if (next.done) return { lines: text.trimEnd().split('\n'), end: next.value };
      text += next.value;
    }
  });
}

async function* each(lines: readonly string[]) {
  for (const line of lines) yield line;
}

const fill = (lines: readonly string[], to: StoragePlace, settle = async () => undefined as unknown) =>
  fillFromBackup(each(lines), to, settle);

describe('a copy of a store', () => {
  const pairs = (['sqlite', 'postgres'] as const).flatMap((from) =>
    (['sqlite', 'postgres'] as const).map((to) => [from, to] as const),
  );

  it.each(pairs)('of %s in %s has every row of every table, byte for byte', async (from, to) => {
    const { lines, end } = await backedUp(places[from]!);
    // A table that is empty here would prove nothing; of these every row is removed again, or has no write of its own.
    const empty = Object.entries(end.tables)
      .filter(([, { rows }]) => rows === 0)
      .map(([name]) => name);
    expect(empty.sort()).toEqual([
      ...['checkpoints', 'heartbeats', 'open_id_providers', 'passkeys', 'release_choices', 'store_marks'],
    ]);
    expect(end.findings).toEqual([]);
    const target = await place(to);
    await fill(lines, target);
    const copy = await backedUp(target);
    expect(copy.end.tables).toEqual(end.tables);
    const [one, other] = [await openStorage(places[from]!), await openStorage(target)];
    try {
      expect(await other.integrity()).toEqual([]);
      for (const tenant of ['zero', 'uno']) expect(await snapshot(other, tenant)).toBe(await snapshot(one, tenant));
      // Nothing of the copy is in the way of going on.
      await other.transactor.commit(everyWrite('dos'));
      expect(await other.integrity()).toEqual([]);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('of both engines is the same text', async () => {
    const [one, other] = [await backedUp(places.sqlite!), await backedUp(places.postgres!)];
    expect(other.end.tables).toEqual(one.end.tables);
    expect(other.lines.slice(1, -1)).toEqual(one.lines.slice(1, -1));
  });
});

describe.each(['sqlite', 'postgres'] as const)('a bad backup in %s', (engine) => {
  let lines: string[];
  let target: StoragePlace;
  beforeAll(async () => {
    ({ lines } = await backedUp(places.sqlite!));
    target = await place(engine);
  });

  /** As it was before. */
  async function isEmpty(): Promise<boolean> {
    if (engine === 'sqlite') return !existsSync(target.dataDirectory) || readdirSync(target.dataDirectory).length === 0;
    return (
      (await server().run(target.databaseUrl!, `select 1 from pg_class where relnamespace = 'public'::regnamespace`))
        .length === 0
    );
  }

  it('is refused whatever is wrong with it, and leaves nothing', async () => {
    const at = (part: string) => lines.findIndex((line) => line.includes(part));
    const credential = at('"c1-uno"');
    const changed = (index: number, from: string, to: string) => {
      expect(lines[index]).toContain(from);
      return lines.map((line, n) => (n === index ? line.replace(from, to) : line));
    };
    const rows = lines.flatMap((line, index) => (line.startsWith('[') ? [index] : []));
    const cases: [what: string, lines: string[]][] = [
      ['nothing', []],
      ['no header', lines.slice(1)],
      ['cut off', lines.slice(0, -1)],
      ['cut off in the middle', lines.slice(0, lines.length / 2)],
      ['a row less', lines.filter((_, index) => index !== rows[3])],
      ['a row twice', lines.flatMap((line, index) => (index === rows.at(-1) ? [line, line] : [line]))],
      ['a changed row', changed(credential, 'c1-uno', 'c9-uno')],
      ['two rows exchanged', lines.map((_, n) => lines[n === rows[0] ? rows[1]! : n === rows[1] ? rows[0]! : n]!)],
      ['another version', changed(0, '"version":1', '"version":2')],
      ['of the future', changed(0, '0038-copies', '9038-copies')],
      ['of no version', changed(0, '"0002-achievements",', '')],
      ['something after the end', [...lines, lines.at(-1)!]],
      ['no line', [...lines.slice(0, 3), 'x', ...lines.slice(3)]],
      ['a table less', lines.filter((line) => !line.startsWith('{"table":{"name":"store_marks"'))],
      ['another table', changed(at('{"table":{"name":"images"'), '"name":"height"', '"name":"depth"')],
    ];
    // What is wrong with a line is found by the same code; the rows are taken by each engine.
    const some = engine === 'sqlite' ? cases : cases.filter(([what]) => /cut off in|row twice|changed/.test(what));
    for (const [what, bad] of some) {
      await expect(fill(bad, target), what).rejects.toMatchObject({ name: 'BackupFault' });
      expect(await isEmpty(), what).toBe(true);
    }
  });

  it('is refused when its digests are right and what it says is not', async () => {
    // Somebody who can compute a digest changes an entry of the log.
    const { header, body, end } = parts(lines);
    const forged = body.map((line) => line.replace('all.done', 'all.gone'));
    expect(forged).not.toEqual(body);
    await expect(fill(signedAgain(header, forged, end), target)).rejects.toThrow(
      /does not agree with itself.*audit chain broken/s,
    );
    expect(await isEmpty()).toBe(true);
  });

  it('is forgotten when the last step fails', async () => {
    await expect(fill(lines, target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await isEmpty()).toBe(true);
    await fill(lines, target);
    await expect(fill(lines, target)).rejects.toMatchObject({ name: 'BackupFault' });
    const storage = await openStorage(target);
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });
});

function parts(lines: readonly string[]) {
  return { header: lines[0]!, body: lines.slice(1, -1), end: (JSON.parse(lines.at(-1)!) as { end: BackupEnd }).end };
}

function signedAgain(header: string, body: readonly string[], end: BackupEnd): string[] {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const digest = (some: readonly string[]) =>
    createHash('sha256')
      .update(some.map((line) => `${line}\n`).join(''))
      .digest('hex');
  const tables = structuredClone(end.tables);
  let name = '';
  const rows = new Map<string, string[]>();
  for (const line of body) {
    if (line.startsWith('{"table"')) name = (JSON.parse(line) as { table: { name: string } }).table.name;
    else rows.set(name, [...(rows.get(name) ?? []), line]);
  }
  for (const [table, some] of rows) tables[table] = { rows: some.length, sha256: digest(some) };
  return [header, ...body, JSON.stringify({ end: { ...end, tables, sha256: digest([header, ...body]) } })];
}
