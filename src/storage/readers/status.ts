import { type Kysely, sql } from 'kysely';
import type { CredentialReader, ListKind, StatusOwner, StatusPurpose } from '#credentials';
import { openStatusListRow, statusEventRow, statusListRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

interface OfKind {
  tenant: string;
  purpose: StatusPurpose;
}

/** The newest; of those made within one second the emptiest, so that a list made on request is the one that is used. */
const newestFirst = (db: Kysely<Tables>, { tenant, purpose }: OfKind) =>
  db
    .selectFrom('statusLists')
    .select(['tenant', 'listId', 'kind', 'purpose', 'length', 'createdAt', 'reserved', 'closedAt'])
    .where('tenant', '=', tenant)
    .where('purpose', '=', purpose)
    .where('closedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('reserved')
    .orderBy('listId', 'desc')
    .limit(1);
const openOfBadges = statement((db, of: OfKind) => newestFirst(db, of).where('kind', 'is', null));
const openOfKind = statement((db, of: OfKind & { kind: ListKind }) => newestFirst(db, of).where('kind', '=', of.kind));

/**
 * The set indexes as one text: a row for each of a quarter of a million is what takes the time. The condition is the text of
 * the index that answers it.
 */
async function setIn(db: Kysely<Tables>, table: 'credentials' | 'plainCredentials', listId: string): Promise<string> {
  const row = await db
    .selectFrom(table)
    .select(sql<string | null>`string_agg(cast(status_list_index as text), ',')`.as('indexes'))
    .where('statusListId', '=', listId)
    .where(sql<boolean>`(state <> 'active' or abandoned_at is not null)`)
    .executeTakeFirstOrThrow();
  return row.indexes ?? '';
}

/** Indexes asked for at once, below every engine's limit of parameters. */
const TAKEN_MAX = 1_000;

const takenIn = (db: Kysely<Tables>, table: 'statusEntries' | 'plainStatusEntries', of: TwoPairs) =>
  db
    .selectFrom(table)
    .select('pair')
    .where('tenant', '=', (eb) => eb.selectFrom('statusLists').select('tenant').where('listId', '=', of.listId))
    .where('listId', '=', of.listId)
    .where('pair', 'in', [of.first, of.second]);

interface TwoPairs {
  listId: string;
  first: number;
  second: number;
}

/** What is asked for one credential. */
const takenOfTwo = statement((db, of: TwoPairs) =>
  takenIn(db, 'statusEntries', of).unionAll(takenIn(db, 'plainStatusEntries', of)),
);

/**
 * Each pair is looked up by itself: a subquery cannot become a join. Of a list of them a server that knows nothing yet of a
 * new table believes that reading all of the tenant's is cheaper, and remembers that.
 */
async function takenOf(db: Kysely<Tables>, listId: string, pairs: readonly number[]): Promise<{ pair: number }[]> {
  const asked = sql.join(pairs.map((pair) => sql`(cast(${pair} as integer))`));
  const entry = (table: 'status_entries' | 'plain_status_entries') => sql`(
    select e.pair from ${sql.table(table)} e where e.tenant = (select tenant from status_lists where list_id = ${listId})
      and e.list_id = ${listId} and e.pair = asked.pair)`;
  const { rows } = await sql<{ pair: number }>`with asked (pair) as (values ${asked})
    select pair from asked where ${entry('status_entries')} is not null or ${entry('plain_status_entries')} is not null
    `.execute(db);
  return rows;
}

type StatusPart = Pick<
  CredentialReader,
  | 'statusList'
  | 'openStatusList'
  | 'setStatusIndexes'
  | 'takenStatusIndexes'
  | 'statusOwners'
  | 'revokedCredentials'
  | 'statusEvents'
>;

export function statusReader(db: Kysely<Tables>): StatusPart {
  return {
    async statusList(listId) {
      const row = await db.selectFrom('statusLists').selectAll().where('listId', '=', listId).executeTakeFirst();
      return row && statusListRow.fromRow(row);
    },
    async openStatusList(tenant, purpose, kind) {
      const of = { tenant, purpose };
      const [row] = (await (kind === undefined ? openOfBadges(db, of) : openOfKind(db, { ...of, kind }))).rows;
      return row && openStatusListRow.fromRow(row);
    },
    async setStatusIndexes(listId) {
      const texts = [await setIn(db, 'credentials', listId), await setIn(db, 'plainCredentials', listId)];
      const indexes = texts.flatMap((text) => (text === '' ? [] : text.split(',').map(Number)));
      const both = new Uint32Array(2 * indexes.length);
      for (const [n, index] of indexes.entries()) both.set([index, index ^ 7], 2 * n);
      const carried = (await carriedEntries(db, listId)).map(Number);
      return carried.length === 0 ? [...both.sort()] : [...new Set([...both, ...carried])].sort((a, b) => a - b);
    },
    async takenStatusIndexes(listId, indexes) {
      if (indexes.length > TAKEN_MAX) throw new RangeError(`more than ${TAKEN_MAX} indexes`);
      if (indexes.length === 0) return [];
      const pairs = indexes.map((index) => Math.min(index, index ^ 7));
      const taken = new Set<number>();
      if (pairs.length <= 2) {
        const { rows } = await takenOfTwo(db, { listId, first: pairs[0]!, second: pairs.at(-1)! });
        for (const { pair } of rows) taken.add(pair);
        return indexes.filter((_, at) => taken.has(pairs[at]!));
      }
      for (const { pair } of await takenOf(db, listId, pairs)) taken.add(pair);
      return indexes.filter((_, at) => taken.has(pairs[at]!));
    },
    async statusOwners(listId, pairs) {
      const owners = new Map<number, StatusOwner>();
      for (const table of ['statusEntries', 'plainStatusEntries'] as const) {
        for (let at = 0; at < pairs.length; at += TAKEN_MAX) {
          const rows = await db
            .selectFrom(table)
            .select(['tenant', 'credentialId', 'pair'])
            .where('tenant', '=', (eb) => eb.selectFrom('statusLists').select('tenant').where('listId', '=', listId))
            .where('listId', '=', listId)
            .where('pair', 'in', pairs.slice(at, at + TAKEN_MAX))
            .execute();
          for (const { pair, ...owner } of rows) owners.set(pair, { ...owner, plain: table === 'plainStatusEntries' });
        }
      }
      return owners;
    },
    async revokedCredentials(listId) {
      const rows = await db
        .selectFrom('credentials')
        .leftJoin('statusEvents', (join) =>
          join
            .onRef('statusEvents.tenant', '=', 'credentials.tenant')
            .onRef('statusEvents.credentialId', '=', 'credentials.credentialId')
            .on('statusEvents.action', '=', 'revoke'),
        )
        .select(['credentials.credentialId', 'statusEvents.reason'])
        .where('credentials.statusListId', '=', listId)
        .where(sql<boolean>`(state <> 'active' or abandoned_at is not null)`)
        .orderBy('credentials.credentialId')
        .execute();
      const own = rows.map(({ credentialId, reason }) => ({ credentialId, ...(reason === null ? {} : { reason }) }));
      const carried = (await carriedEntries(db, listId)).map((credentialId) => ({ credentialId }));
      return [...own, ...carried].sort((a, b) => (a.credentialId < b.credentialId ? -1 : 1));
    },
    async statusEvents(credentialId) {
      const rows = await db
        .selectFrom('statusEvents')
        .selectAll()
        .where('credentialId', '=', credentialId)
        .orderBy('seq')
        .execute();
      return rows.map(statusEventRow.fromRow);
    },
  };
}

/** Of a store that was restored: what was published of entries that it cannot set otherwise. */
async function carriedEntries(db: Kysely<Tables>, listId: string): Promise<string[]> {
  const rows = await db.selectFrom('carriedStatuses').select('entry').where('listId', '=', listId).execute();
  return rows.map(({ entry }) => entry);
}
