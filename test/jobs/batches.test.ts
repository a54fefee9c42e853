import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCredential } from '#credentials';
import { type BatchDeps, createBatches, csvCell, csvTemplate } from '#jobs';
import { type Json, LIMITS } from '#kernel';
import { problem } from '../credentials/support/problem.ts';
import {
  ACTOR,
  auditOf,
  OTHER,
  openWorld,
  PUBLIC,
  type SetClock,
  seed,
  TENANT,
  type World,
} from '../credentials/support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const ROWS = 110;

const batchesOf = (world: World, more: Partial<BatchDeps> = {}) =>
  createBatches({
    reader: world.reader,
    transactor: world.transactor,
    issuer: world.issuer,
    clock: world.clock,
    random: world.deps.random,
    publicUrl: PUBLIC,
    ...more,
  });

const classList = (rows: number) =>
  `name,email,studentNumber\n${Array.from({ length: rows }, (_, at) => `Niña ${at},n${at}@students.example,2026-${at}\n`).join('')}`;

const GUARDED = 'guardianEmail,guardianUntil';

describe('a class list', () => {
  let world: World;
  let achievementId: string;
  let batches: ReturnType<typeof batchesOf>;
  const input = (csv: string, more = {}) => ({ tenant: TENANT, actor: ACTOR, achievementId, csv, ...more });

  beforeAll(async () => {
    world = await openWorld({ compiled: true });
    ({ achievementId } = await seed(world));
    batches = batchesOf(world);
  });
  afterAll(() => world.close());

  it('is previewed, started, and issued row by row', async () => {
    const { batch, invalid, notices } = await batches.preview(
      input(classList(ROWS), { options: { awardedDate: '2026-05-30', include: ['hashedEmail', 'name'] } }),
    );
    expect(batch).toMatchObject({ state: 'previewed', rows: ROWS, invalidRows: 0, achievementVersion: 1 });
    expect(invalid).toEqual([]);
    expect(notices.map((notice) => notice.code)).toEqual(['hash_guessable', 'name_signed']);
    expect(await batches.runOnce()).toBeUndefined();

    expect(await batches.start(TENANT, batch.batchId, { actor: ACTOR, role: 'issuer' })).toMatchObject({
      state: 'queued',
    });
    expect(await batches.start(TENANT, batch.batchId, { actor: ACTOR, role: 'issuer' })).toMatchObject({
      state: 'queued',
    });
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: ROWS, failedRows: 0 });
    expect(await batches.runOnce()).toBeUndefined();

    const rows = (await batches.rows(TENANT, batch.batchId, { limit: 200 })).items;
    for (const at of [0, 57, 109]) {
      const record = (await world.reader.credential(rows[at]!.credentialId!))!;
      expect(record).toMatchObject({ batchId: batch.batchId, batchRow: at + 1, recipient: { name: `Niña ${at}` } });
      expect(readCredential(JSON.parse(record.signed!))!.subject.identifiers[0]!.identityHash).toBe(`Niña ${at}`);
      expect(record.awardedDate).toBe('2026-05-29T16:00:00Z');
    }
    const operations = (await auditOf(world)).filter((entry) => entry.object === batch.batchId);
    expect(operations.map((entry) => entry.operation)).toEqual(['batch.create', 'batch.start', 'batch.finish']);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('tells which column of a guardian is wrong', async () => {
    const { invalid } = await batches.preview(
      input(
        `name,email,${GUARDED}\nAna,a@x.example,p@x.example,\nBen,b@x.example,,2027-01-01\nCy,c@x.example,C@X.example,2027-01-01\n` +
          'Di,d@x.example,p@x.example,2026-01-01\nEd,e@x.example,p@x.example,1 Jan 2027\nFe,,p@x.example,2027-01-01\n',
      ),
    );
    expect(
      invalid.map(({ row, errors }) => [row, ...errors!.map(({ pointer, code }) => `${pointer} ${code}`)]),
    ).toEqual([
      [1, '/guardianUntil required'],
      [2, '/guardianEmail required'],
      [3, '/guardianEmail guardian_is_learner'],
      [4, '/guardianUntil guardian_over'],
      [5, '/guardianUntil date-times'],
    ]);
    const offered = createBatches({
      ...{ reader: world.reader, transactor: world.transactor, issuer: world.issuer, clock: world.clock },
      ...{ random: world.deps.random, publicUrl: PUBLIC },
      offers: { assertAvailable: () => {}, writes: async () => [] },
    });
    const list = `name,email,${GUARDED}\nAna,,p@x.example,2027-01-01\nBen,b@x.example,,\nCy,,p@x,2027-01-01\nDi,,,\n`;
    const wrong = async (options: Record<string, string>) =>
      (await offered.preview(input(list, { options }))).invalid.map(({ row, errors }) => [row, errors![0]!.pointer]);
    expect(await wrong({ offer: 'link', confirmation: 'none' })).toEqual([
      [1, '/guardianEmail'],
      [3, '/guardianEmail'],
    ]);
    // A guardian is reached in place of a learner without an address.
    expect(await wrong({ deliver: 'mail' })).toEqual([
      [3, '/guardianEmail'],
      [4, '/email'],
    ]);
  });

  it('tells every bad row with its line and column, and issues the good ones', async () => {
    const csv = [
      'Pangalan;Email'.replace(';', ','),
      'Ana,ana@students.example',
      'Ben,not an address',
      'Jose\u0301,jose@students.example',
      'Cora,cora@students.example',
      '1234-5678-9012,x@students.example',
    ].join('\r\n');
    const { batch, invalid } = await batches.create({ ...input(csv), start: true });
    expect(batch).toMatchObject({ state: 'queued', rows: 5, invalidRows: 3 });
    expect(invalid.map((row) => [row.row, row.errors!.map((error) => error.pointer)])).toEqual([
      [2, ['/email']],
      [3, ['/name']],
      [5, ['/name']],
    ]);
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 2, invalidRows: 3 });
  });

  it('says results, source and evidence', async () => {
    const csv =
      'name,grade,source id,source name,evidence name\nAna,A,https://centre.example/1,Specimen Centre,Portfolio\nBen,Z,,,\n';
    const { batch, invalid } = await batches.create({ ...input(csv), start: true });
    expect(invalid.map((row) => row.errors!.map((error) => error.pointer))).toEqual([['/result']]);
    await batches.runOnce();
    const [row] = (await batches.rows(TENANT, batch.batchId, { limit: 9 })).items;
    const badge = readCredential(JSON.parse((await world.reader.credential(row!.credentialId!))!.signed!))!;
    expect(badge).toMatchObject({
      results: [{ value: 'A' }],
      source: { name: 'Specimen Centre' },
      evidence: [{ name: 'Portfolio' }],
    });
  });

  it('may be JSON rows', async () => {
    const rows: Json = [{ name: 'Ana', email: '' }, { name: 'Ben' }, { name: 'Ana', studentNumber: '1' }];
    const made = await batches.create({ tenant: TENANT, actor: ACTOR, achievementId, rows, start: true });
    expect(made.batch.rows).toBe(3);
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 3 });
    const wrong: Json = [{ name: 5 }, { status: 'x' }, 'x'];
    const bad = { tenant: TENANT, actor: ACTOR, achievementId, rows: wrong };
    expect((await problem(batches.preview(bad))).errors.map((error) => error.pointer)).toEqual([
      '/rows/0/name',
      '/rows/1/status',
      '/rows/2',
    ]);
  });

  it.each([
    ['', 'invalid-csv'],
    ['name,email\n', 'invalid-csv'],
    ['name,surname\nA,B\n', 'invalid-csv'],
    ['name,Name\nA,B\n', 'invalid-csv'],
    ['name,email\nA\n', 'invalid-csv'],
    ['name\n"A\n', 'invalid-csv'],
  ] as const)('that is no class list is refused: %j', async (csv, kind) => {
    expect((await problem(batches.preview(input(csv)))).kind).toBe(kind);
  });

  it('in another encoding, or too large, is refused', async () => {
    const latin = { ...input(''), csv: Buffer.from('name\nNi\xf1a\n', 'latin1') };
    expect((await problem(batches.preview(latin))).message).toContain('UTF-8');
    const long = input(`name\n${'x'.repeat(LIMITS.batchRowBytes + 1)}\n`);
    expect((await problem(batches.preview(long))).errors[0]!.pointer).toBe('/rows/1');
    async function* endless() {
      for (;;) yield Buffer.alloc(1024 * 1024, 'x');
    }
    const kind = (await problem(batches.preview({ ...input(''), csv: endless() }))).kind;
    expect(['payload-too-large', 'invalid-csv']).toContain(kind);
    const bom = await batches.preview({ ...input(''), csv: Buffer.from('\ufeffname\nNiña\n') });
    expect(bom.batch).toMatchObject({ rows: 1, invalidRows: 0 });
  });

  it('has no row by way of prior learning without assessor and evidence', async () => {
    const rows = ['A-1,Log', ',Log', 'A-1,', 'A-1,Photo'].map((row) => `Ana,https://evidence.example/1,${row}\n`);
    const { batch, invalid } = await batches.preview(
      input(`name,evidenceUrl,assessor,evidenceType\n${rows.join('')}`, { options: { learningRoute: 'EBET' } }),
    );
    expect(batch).toMatchObject({ rows: 4, invalidRows: 3 });
    const pointers = invalid.map(({ row, errors }) => [row, errors!.map((error) => error.pointer)]);
    expect(pointers).toEqual([
      [2, ['/assessor']],
      [3, ['/evidenceName']],
      [4, ['/evidenceType']],
    ]);
  });

  it('is refused at once when its options or achievement are wrong', async () => {
    const pointers = async (more: object) =>
      (await problem(batches.preview(input('name\nAna\n', more)))).errors.map((error) => error.pointer);
    expect(await pointers({ options: { validUntil: '2026-02-30' } })).toEqual(['/options/validUntil']);
    expect(await pointers({ options: { status: 'x' } })).toEqual(['/options/status']);
    expect(await pointers({ options: { include: ['email'] } })).toEqual(['/options/include/0']);
    expect(await pointers({ options: [] })).toEqual(['/options']);
    expect(await pointers({ options: { learningRoute: 'Osmosis' } })).toEqual(['/options/learningRoute']);
    expect(await pointers({ achievementId: 'none' })).toEqual(['/achievementId']);
    expect((await problem(batches.preview({ ...input('name\nAna\n'), tenant: OTHER }))).kind).toBe('not-entitled');
    expect((await problem(batches.get(OTHER, 'none'))).kind).toBe('not-found');
  });

  it('sent twice with one key is one batch', async () => {
    const once = input('name\nAna\n', { idempotencyKey: 'batch-1' });
    const [a, b] = await Promise.all([batches.preview(once), batches.preview(once)]);
    expect(b.batch.batchId).toBe(a.batch.batchId);
    const other = input('name\nBen\n', { idempotencyKey: 'batch-1' });
    expect((await problem(batches.preview(other))).kind).toBe('idempotency-mismatch');
  });

  it('neutralises formulas on the way out, not on the way in (HT-6)', async () => {
    const live = ['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x")'];
    const csv = `name\n${live.map((cell) => `"${cell.replaceAll('"', '""')}"\n`).join('')}`;
    const { batch } = await batches.create({ ...input(csv), start: true });
    await batches.runOnce();
    const rows = (await batches.rows(TENANT, batch.batchId, { limit: 9 })).items;
    expect(rows.map((row) => row.input.name)).toEqual(live);
    let out = '';
    for await (const line of await batches.exportCsv(TENANT, batch.batchId)) out += line;
    const lines = out.trimEnd().split('\r\n');
    expect(lines).toHaveLength(live.length + 1);
    for (const line of lines) expect(line).not.toMatch(/(^|,)"[=+\-@\t\r]/);
    for (const [at, cell] of live.entries()) expect(lines[at + 1]).toContain(csvCell(cell));
    expect(lines[1]).toContain(`"${PUBLIC}/credentials/${rows[0]!.credentialId}"`);
    for (const cell of ['\tx', '\rx', 'a"b']) expect(csvCell(cell)).toMatch(/^"('[\t\r]x|a""b)"$/);
    expect(csvTemplate().startsWith('name,email,')).toBe(true);
  });
});

describe('a worker', () => {
  it('that stops leaves the rest to the next one', async () => {
    const world = await openWorld({ compiled: true });
    const { achievementId } = await seed(world);
    let chunks = 0;
    let worker: { stop(): Promise<void> } | undefined;
    const batches = batchesOf(world, {
      onChunk: () => {
        if (++chunks === 1) void worker!.stop();
      },
    });
    const { batch } = await batches.create({
      tenant: TENANT,
      actor: ACTOR,
      achievementId,
      csv: classList(350),
      start: true,
    });
    worker = batches.startWorker({ intervalMs: 5 });
    while (chunks === 0) await new Promise((next) => setTimeout(next, 5));
    await worker.stop();
    // What was drawn up meanwhile is finished as well.
    expect(await batches.get(TENANT, batch.batchId)).toMatchObject({ state: 'running', issuedRows: 300 });
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 350 });
    await world.close();
  });

  it('that sleeps through its lease writes nothing any more (FT-5)', async () => {
    const world = await openWorld({ compiled: true });
    const { achievementId } = await seed(world);
    const second = batchesOf(world);
    const first = batchesOf(world, {
      // Asleep after issuing its first chunk, for longer than the lease; meanwhile the second one does everything.
      onChunk: async () => {
        (world.clock as SetClock).advance(61_000);
        expect(await second.runOnce()).toMatchObject({ state: 'done', issuedRows: 150 });
      },
    });
    await first.create({ tenant: TENANT, actor: ACTOR, achievementId, csv: classList(150), start: true });
    expect(await first.runOnce()).toMatchObject({ state: 'done', issuedRows: 150 });
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items).toHaveLength(150);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });

  it('stores nothing after a chunk that was not stored, though it is signed', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const { issuer, transactor } = world;
    const { Problem } = await import('#kernel');
    let down = true;
    const signed: (number | undefined)[] = [];
    const batches = batchesOf(world, {
      transactor: {
        async commit(writes) {
          const first = writes.some((write) => write.op === 'batchRows.issued' && write.rows[0]!.row === 1);
          if (down && first) {
            // Until the next one is signed.
            await vi.waitFor(() => expect(signed).toHaveLength(2), { timeout: 30_000 });
            throw new Problem('unavailable', 'the store does not answer');
          }
          await transactor.commit(writes);
        },
      },
      issuer: {
        check: issuer.check,
        rows: {
          ...issuer.rows,
          async finish(prepared, _actor, store) {
            signed.push(prepared.records[0]!.batchRow);
            await store([]);
          },
        },
      },
    });
    const csv = classList(250);
    const { batch } = await batches.create({ tenant: TENANT, actor: ACTOR, achievementId, csv, start: true });
    expect(await batches.runOnce()).toMatchObject({ state: 'running', issuedRows: 0 });
    expect(signed).toEqual([1, 101]);
    down = false;
    (world.clock as SetClock).advance(30_000);
    expect(await batches.runOnce()).toMatchObject({ batchId: batch.batchId, state: 'done', issuedRows: 250 });
    expect(signed).toEqual([1, 101, 1, 101, 201]);
    await world.close();
  });

  it('lets a batch rest while signing is stopped, and ends one that may not be issued any more', async () => {
    const world = await openWorld({ compiled: true });
    const { achievementId } = await seed(world);
    const { issuer } = world;
    const { Problem } = await import('#kernel');
    let kind: 'signing-stopped' | 'not-entitled' = 'signing-stopped';
    const batches = batchesOf(world, {
      issuer: {
        check: issuer.check,
        rows: {
          ...issuer.rows,
          prepare: async () => {
            throw new Problem(kind, 'no');
          },
        },
      },
    });
    const csv = classList(3);
    const { batch } = await batches.create({ tenant: TENANT, actor: ACTOR, achievementId, csv, start: true });
    expect(await batches.runOnce()).toMatchObject({ state: 'running', issuedRows: 0 });
    expect(await batches.runOnce()).toBeUndefined();
    (world.clock as SetClock).advance(30_000);
    kind = 'not-entitled';
    expect(await batches.runOnce()).toMatchObject({ batchId: batch.batchId, state: 'failed' });
    await world.close();
  });

  it('finds rows that were issued although their marks were lost', async () => {
    const world = await openWorld({ compiled: true });
    const { achievementId } = await seed(world);
    const batches = batchesOf(world);
    const { batch } = await batches.create({
      tenant: TENANT,
      actor: ACTOR,
      achievementId,
      csv: classList(5),
      start: true,
    });
    const body = { achievementId, recipients: [{ name: 'Niña 1' }] };
    const lost = { batchId: batch.batchId, rows: [2] };
    const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body, batch: lost });
    expect(await batches.runOnce()).toMatchObject({ state: 'done', issuedRows: 5 });
    const rows = (await batches.rows(TENANT, batch.batchId, { limit: 9 })).items;
    expect(rows[1]!.credentialId).toBe(one!.credentialId);
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 200 })).items).toHaveLength(5);
    await world.close();
  });
});
