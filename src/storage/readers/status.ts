import { type Kysely, type QueryResult, type RawBuilder, sql } from 'kysely';
import type { CredentialReader, ListKind, StatusOwner, StatusPurpose } from '#credentials';
import { LIMITS, mirrorOf, pairOf } from '#kernel';
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

/** The text of the indexes that answer it, `set_bits`. */
const SET = sql<boolean>`(state <> 'active' or abandoned_at is not null)`;

/** The set indexes as one text: a row for each of a quarter of a million is what takes the time. */
async function setIn(db: Kysely<Tables>, table: 'credentials' | 'plainCredentials', listId: string): Promise<string> {
  const row = await db
    .selectFrom(table)
    .select(sql<string | null>`string_agg(cast(status_list_index as text), ',')`.as('indexes'))
    .where('statusListId', '=', listId)
    .where(SET)
    .executeTakeFirstOrThrow();
  return row.indexes ?? '';
}

/** Indexes asked for at once, below every engine's limit of parameters. */
const TAKEN_MAX = 1_000;

interface Owners {
  pair: number;
  tenant: string;
  /** Id of the credential that has it, if one does. */
  own: string | null;
  plain: string | null;
}

/**
 * Those of some pairs that somebody has. Each is looked up by itself: a subquery cannot become a join. Of a list of them a
 * server that knows nothing yet of a new table believes that reading all of the tenant's is cheaper, and remembers that.
 */
function ownersOf(listId: string, pairs: readonly number[]): RawBuilder<Owners> {
  const asked = sql.join(pairs.map((pair) => sql`(cast(${pair} as integer))`));
  const tenant = sql`(select tenant from status_lists where list_id = ${listId})`;
  const owner = (
    table: 'status_entries' | 'plain_status_entries',
  ) => sql`(select e.credential_id from ${sql.table(table)} e
      where e.tenant = ${tenant} and e.list_id = ${listId} and e.pair = asked.pair)`;
  return sql<Owners>`with asked (pair) as (values ${asked}), found as materialized (
      select pair, ${owner('status_entries')} as own, ${owner('plain_status_entries')} as plain from asked)
    select pair, ${tenant} as tenant, own, plain from found where own is not null or plain is not null`;
}

/** By how many pairs they ask for. */
const kept = new Map<number, ReturnType<typeof ownersOfSome>>();

/** Values are the list, and the pairs by their place. */
const ownersOfSome = (count: number) =>
  statement<{ listId: string; [place: number]: number }, Owners>((db, values) => {
    const pairs = Array.from({ length: count }, (_, place) => values[place]!);
    return { compile: () => ownersOf(values.listId, pairs).compile(db) };
  });

function owners(db: Kysely<Tables>, listId: string, pairs: readonly number[]): Promise<QueryResult<Owners>> {
  if (pairs.length > LIMITS.statusIndexesAtOnce) return ownersOf(listId, pairs).execute(db);
  const ask = kept.get(pairs.length) ?? ownersOfSome(pairs.length);
  kept.set(pairs.length, ask);
  return ask(db, { ...pairs, listId });
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
      for (const [n, index] of indexes.entries()) both.set([index, mirrorOf(index)], 2 * n);
      const carried = (await carriedEntries(db, listId)).map(Number);
      return carried.length === 0 ? [...both.sort()] : [...new Set([...both, ...carried])].sort((a, b) => a - b);
    },
    async takenStatusIndexes(listId, indexes) {
      if (indexes.length > TAKEN_MAX) throw new RangeError(`more than ${TAKEN_MAX} indexes`);
      if (indexes.length === 0) return [];
      const pairs = indexes.map(pairOf);
      const taken = new Set((await owners(db, listId, pairs)).rows.map(({ pair }) => pair));
      return indexes.filter((_, at) => taken.has(pairs[at]!));
    },
    async statusOwners(listId, pairs) {
      const found = new Map<number, StatusOwner>();
      for (let at = 0; at < pairs.length; at += TAKEN_MAX) {
        const { rows } = await owners(db, listId, pairs.slice(at, at + TAKEN_MAX));
        for (const { pair, tenant, own, plain } of rows) {
          found.set(pair, { tenant, credentialId: (plain ?? own)!, plain: plain !== null });
        }
      }
      return found;
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
        .where(SET)
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
