import { UniqueViolation } from '#kernel';
import type { AnyWrite, Storage } from '#storage';
import { createRandom, type Random } from '../../fuzz/random.ts';
import { achievement, at, audit, batch, batchRows, credential, pathway, seed, statusList } from './records.ts';

/** One call of the storage seam, the same for every engine. */
interface Operation {
  name: string;
  /** Of several faults in one commit an engine may name any: which one it meets first is its own (an id, or a row of a list). */
  manyFaults?: true;
  run(storage: Storage): Promise<unknown>;
}

export interface Difference {
  seed: number;
  /** Number of the operation in its sequence. */
  number: number;
  operation: string;
  /** What each engine said. */
  said: [string, string];
}

const STATES = ['active', 'suspended', 'revoked'] as const;

const isOfList = (write: AnyWrite): boolean => write.op === 'credential.prepare' && write.row.batchId !== undefined;

/** Draws operations over so few ids that most writes meet an earlier one: a repetition, a conflict, a wrong state, a stranger. */
function drawer(random: Random, prefix: string) {
  const tenants = [`${prefix}a`, `${prefix}b`];
  let [seconds, versions] = [0, 1];
  const tenant = () => random.pick(tenants);
  const id = (kind: string, many: number) => `${prefix}${kind}${random.int(many)}`;
  const instant = () => at(++seconds);
  const list = (of: string) => (random.once(12) ? `LIST-${tenant()}` : random.once(4) ? id('list', 3) : `LIST-${of}`);
  const fence = () => random.int(4);
  const write = (name: string, ...writes: AnyWrite[]): Operation => ({
    name,
    ...(writes.filter(({ op }) => op.startsWith('credential.')).length > 1 || writes.some(isOfList)
      ? { manyFaults: true as const }
      : {}),
    run: (storage) => storage.transactor.commit(writes),
  });
  const read = (name: string, ask: (reader: Storage['reader']) => Promise<unknown>): Operation => ({
    name,
    run: ({ reader }) => ask(reader),
  });

  const prepared = (of: string): AnyWrite => {
    const inBatch = random.once(3);
    return {
      op: 'credential.prepare',
      row: credential(of, id('c', 60), random.int(300), {
        statusListId: list(of),
        preparedAt: instant(),
        awardedDate: at(random.int(50)),
        edition: 1 + random.int(2),
        ...(random.once(6) ? { awardId: `urn:uuid:${id('c', 60)}` } : {}),
        ...(random.once(6) ? { formOf: id('c', 60) } : {}),
        ...(inBatch ? { batchId: id('batch', 4), batchRow: 1 + random.int(12) } : {}),
      }),
    };
  };
  const issue = (of: string): AnyWrite => ({
    ...{ op: 'credential.issue', tenant: of, credentialId: id('c', 60), signed: `{"é":${seconds}}`, sha256: 'aa' },
    issuedAt: instant(),
  });
  const settled = (rows: number[]) => [...new Set(rows)];

  const draws: (() => Operation)[] = [
    () => write('prepare', prepared(tenant()), audit(tenants[0]!, 'credential.prepare', 'x')),
    () => {
      const of = tenant();
      const key = { operation: 'issue', key: id('k', 8), requestSha256: 'r', credentialIds: [id('c', 60)] };
      const created = random.once(4) ? '2026-06-03T00:00:00Z' : instant();
      const writes = Array.from({ length: 1 + random.int(3) }, () => prepared(of));
      return write(
        'reserve and keep the key',
        { op: 'idempotency.insert', row: { tenant: of, ...key, createdAt: created } },
        ...writes,
      );
    },
    () => write('issue', issue(tenant())),
    () => write('issue two', issue(tenants[0]!), issue(tenants[0]!), audit(tenants[0]!, 'credential.issue', 'x')),
    () => write('abandon', { op: 'credential.abandon', tenant: tenant(), credentialId: id('c', 60), at: instant() }),
    () => {
      const [of, credentialId] = [tenant(), id('c', 60)];
      const event = { tenant: of, credentialId, action: 'revoke' as const, reason: 'ñ', at: instant(), actor: 'k' };
      const [from, to] = [random.pick(STATES), random.pick(STATES)];
      return write(
        'change the state',
        { op: 'credential.changeState', tenant: of, credentialId, from, to },
        { op: 'statusEvent.insert', row: event },
      );
    },
    () => {
      const credentialIds = settled([0, 1, 2].map(() => random.int(60))).map((n) => `${prefix}c${n}`);
      return write('change many states', {
        ...{ op: 'credential.changeStates', tenant: tenant(), credentialIds, forms: [] },
        ...{ from: 'active', to: random.pick(['revoked', 'suspended'] as const) },
      });
    },
    () =>
      write('publish a list', {
        ...{ op: 'statusList.publish', listId: list(tenant()), published: `{"n":${seconds}}`, publishedAt: instant() },
      }),
    () =>
      write('open a list', {
        op: 'statusList.insert',
        row: { ...statusList(tenant(), id('list', 3), ++seconds), purpose: random.pick(['revocation', 'suspension']) },
      }),
    () => write('publish a pathway', { op: 'pathway.insert', row: pathway(tenant(), id('p', 3), 1 + random.int(5)) }),
    () =>
      write('a version of a definition', {
        op: 'achievement.insertVersion',
        row: achievement(tenant(), `ACH-${random.pick(tenants)}`, random.once(2) ? ++versions : 1 + random.int(4)),
      }),
    () => {
      const [of, batchId, rows] = [tenant(), id('batch', 4), 1 + random.int(12)];
      const key = random.once(2) ? { idempotencyKey: id('k', 8) } : {};
      const row = { ...batch(of, batchId, rows, ++seconds), ...key, state: random.pick(['previewed', 'uploading']) };
      return write('make a batch', { op: 'batch.insert', row: row as never, rows: batchRows(of, batchId, rows) });
    },
    () => {
      const of = { tenant: tenant(), batchId: id('batch', 4) };
      return write(
        'move a batch',
        random.pick<AnyWrite>([
          { op: 'batch.queue', ...of },
          { op: 'batch.queue', ...of, approvedPerson: 's-2' },
          { op: 'batch.lease', ...of, fence: fence(), leaseUntil: at(seconds + random.int(90)) },
          { op: 'batch.lease', ...of, fence: fence(), leaseUntil: at(seconds + random.int(90)) },
          { op: 'batch.hold', ...of, fence: fence() },
          { op: 'batch.finish', ...of, fence: fence(), state: 'done', finishedAt: at(seconds) },
          { op: 'batch.cancel', ...of, finishedAt: at(seconds) },
          { op: 'batch.previewed', ...of, requestSha256: 'cd'.repeat(32), idempotencyKey: id('k', 8) },
          { op: 'batch.discard', ...of },
        ]),
      );
    },
    () => {
      const of = { tenant: tenant(), batchId: id('batch', 4) };
      const numbers = settled([0, 1, 2].map(() => 1 + random.int(14)));
      const issued = numbers.map((row) => ({ row, credentialId: id('c', 60) }));
      const failed = numbers.map((row) => ({ row, errors: [{ pointer: '/name', detail: 'wala' }] }));
      return write(
        'settle rows',
        random.once(3)
          ? { op: 'batchRows.failed', ...of, rows: failed as never }
          : { op: 'batchRows.issued', ...of, rows: issued },
      );
    },
    () => {
      const credentialId = id('c', 60);
      return read('credential', (reader) => reader.credential(credentialId));
    },
    () => {
      const ids = [0, 1, 2, 3].map(() => id('c', 60));
      return read('credentials by ids', (reader) => reader.credentialsByIds(tenants[0]!, ids));
    },
    () => {
      const filter = {
        tenant: tenant(),
        ...(random.once(3) ? { state: random.pick(STATES) } : {}),
        ...(random.once(4) ? { batchId: id('batch', 4) } : {}),
      };
      const limit = 1 + random.int(7);
      return read('pages of credentials', async (reader) => {
        const first = await reader.credentials(filter, { limit });
        return [first, first.next && (await reader.credentials(filter, { limit, cursor: first.next }))];
      });
    },
    () => {
      const [listId, indexes] = [`LIST-${tenant()}`, [0, 1, 2, 3].map(() => random.int(300))];
      return read('indexes', async (reader) => [
        await reader.takenStatusIndexes(listId, indexes),
        await reader.setStatusIndexes(listId),
        [...(await reader.statusOwners(listId, indexes))].sort(([a], [b]) => a - b),
        await reader.revokedCredentials(listId),
        await reader.statusList(listId),
      ]);
    },
    () => {
      const [of, key, credentialId] = [tenant(), id('k', 8), id('c', 60)];
      return read('keys and events', async (reader) => [
        await reader.idempotency(of, 'issue', key),
        await reader.batchByIdempotencyKey(of, key),
        await reader.statusEvents(credentialId),
        await reader.openStatusList(of, 'revocation'),
      ]);
    },
    () => {
      const [of, batchId, after] = [tenant(), id('batch', 4), random.int(6)];
      return read('a batch', async (reader) => [
        await reader.batch(of, batchId),
        await reader.batches(of, { limit: 3 }),
        await reader.batchRows(of, batchId, { limit: 5 }),
        await reader.batchRowsIn(of, batchId, 'valid', { after, limit: 4 }),
        await reader.batchCredentials(of, batchId, { after, limit: 4 }),
        await reader.credentialsOfRows(of, batchId, [1, 2, 3, after]),
      ]);
    },
    () => {
      const [of, pathwayId] = [tenant(), id('p', 3)];
      return read('definitions', async (reader) => [
        await reader.pathway(pathwayId),
        await reader.pathwayVersions(pathwayId),
        await reader.pathways(of, { limit: 4 }),
        await reader.achievementVersions(`ACH-${of}`),
        await reader.countAwardedSince(of, at(25)),
        await reader.newestAwardedSince(of, at(25), at(50), 3),
      ]);
    },
  ];
  return { tenants, next: () => random.pick(draws)() };
}

/** What an engine says: a value, or which rule refused; and the words of a database, which are its own. */
async function ask(storage: Storage, operation: Operation): Promise<{ said: string; words: string }> {
  try {
    return { said: JSON.stringify((await operation.run(storage)) ?? null), words: '' };
  } catch (error) {
    const named = error instanceof UniqueViolation && !operation.manyFaults;
    const said = named ? `refused: ${error.table}` : 'refused';
    return { said, words: ` (${String(error)})` };
  }
}

export interface Comparison {
  differences: Difference[];
  /** How many operations of each name were done, and how many of them were refused. */
  tally: Map<string, { done: number; refused: number }>;
}

/** In no order, and at most 20 of a kind: rows that are marked with a credential that is not theirs are found by both. */
const findingsOf = (findings: string[]) => (findings.length < 20 ? findings.toSorted() : 'many');

/** One random sequence over both, which are empty; then everything that was stored, logged and found by the integrity check. */
export async function compareEngines(
  stores: readonly [Storage, Storage],
  { seed: from, operations }: { seed: number; operations: number },
): Promise<Comparison> {
  const { tenants, next } = drawer(createRandom(from), `s${from}`);
  for (const storage of stores) await seed(storage, ...tenants);
  const comparison: Comparison = { differences: [], tally: new Map() };
  const compare = async (number: number, operation: Operation) => {
    const [one, other] = [await ask(stores[0], operation), await ask(stores[1], operation)];
    const row = comparison.tally.get(operation.name) ?? { done: 0, refused: 0 };
    row[one.said.startsWith('refused') ? 'refused' : 'done']++;
    comparison.tally.set(operation.name, row);
    if (one.said === other.said) return;
    const said: [string, string] = [one.said + one.words, other.said + other.words];
    comparison.differences.push({ seed: from, number, operation: operation.name, said });
  };
  for (let number = 0; number < operations; number++) await compare(number, next());
  await compare(operations, {
    name: 'everything in the end',
    run: async ({ reader, integrity }) =>
      Promise.all([
        ...tenants.map(async (tenant) => [
          await reader.credentials({ tenant }, { limit: 200 }),
          await reader.batches(tenant, { limit: 200 }),
          await reader.auditEntries(tenant, { limit: 200 }),
        ]),
        integrity().then(findingsOf),
      ]),
  });
  return comparison;
}
