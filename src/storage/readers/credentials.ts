import { type Kysely, sql } from 'kysely';
import type { CredentialFilter, CredentialReader, CredentialRecord } from '#credentials';
import { emailKey, LIMITS } from '#kernel';
import { pageOf } from '../page.ts';
import { credentialRow, idempotencyRow, listedCredentialRow } from '../rows.ts';
import { anywhere } from '../search-text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

/** Ids per statement, below every engine's limit of parameters. */
export const CHUNK = 500;

const byId = statement((db, { credentialId }: { credentialId: string }) =>
  db.selectFrom('credentials').selectAll().where('credentialId', '=', credentialId),
);
const idempotencyOf = statement((db, of: { tenant: string; operation: string; key: string }) =>
  db
    .selectFrom('idempotency')
    .selectAll()
    .where('tenant', '=', of.tenant)
    .where('operation', '=', of.operation)
    .where('key', '=', of.key),
);

/** All of `ListedCredential`. */
const LISTED = [
  ...(['tenant', 'credentialId', 'awardId', 'edition', 'formOf', 'offerId'] as const),
  ...(['achievementId', 'achievementVersion', 'recipient'] as const),
  ...(['statusListId', 'statusListIndex', 'statusPurpose', 'keyId', 'phase', 'state'] as const),
  ...(['awardedDate', 'validFrom', 'validUntil', 'sha256', 'jwt', 'jwtSha256'] as const),
  ...(['batchId', 'batchRow', 'preparedAt', 'issuedAt', 'erasedAt'] as const),
] as const;

type CredentialPart = Pick<
  CredentialReader,
  | 'credential'
  | 'credentialsByIds'
  | 'credentials'
  | 'formsOf'
  | 'credentialsOfSubject'
  | 'preparedCredentials'
  | 'credentialsOfRows'
  | 'idempotency'
  | 'countAwardedSince'
  | 'newestAwardedSince'
>;

export function credentialReader(db: Kysely<Tables>): CredentialPart {
  const all = () => db.selectFrom('credentials').selectAll();
  /** What has no index is looked for in these alone: an index that every award is written into costs more than such a search. */
  const newest = ({ tenant, achievementId }: CredentialFilter) => {
    let query = db.selectFrom('credentials').select('credentialId').where('tenant', '=', tenant);
    query = query.where('formOf', 'is', null);
    if (achievementId !== undefined) query = query.where('achievementId', '=', achievementId);
    query = query.orderBy('preparedAt', 'desc').orderBy('credentialId', 'desc').limit(LIMITS.awardsSearched);
    // Not every engine takes a limit inside `in`.
    return db.selectFrom(query.as('newest')).select('newest.credentialId');
  };
  return {
    async credential(credentialId) {
      const [row] = (await byId(db, { credentialId })).rows;
      return row && credentialRow.fromRow(row);
    },
    /** Ids that do not exist in this tenant are left out. */
    async credentialsByIds(tenant, ids) {
      const found = new Map<string, CredentialRecord>();
      for (let from = 0; from < ids.length; from += CHUNK) {
        const rows = await all()
          .where('tenant', '=', tenant)
          .where('credentialId', 'in', ids.slice(from, from + CHUNK))
          .execute();
        for (const row of rows) found.set(row.credentialId, credentialRow.fromRow(row));
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    async countAwardedSince(tenant, from) {
      const row = await db
        .selectFrom('credentials')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .where('tenant', '=', tenant)
        .where('phase', '=', 'issued')
        .where('formOf', 'is', null)
        .where('awardedDate', '>=', from)
        .executeTakeFirstOrThrow();
      return Number(row.rows);
    },
    async newestAwardedSince(tenant, from, now, atMost) {
      const newest = db
        .selectFrom('credentials')
        .select(['phase', 'state', 'awardedDate', 'validUntil'])
        .where('tenant', '=', tenant)
        .where('formOf', 'is', null)
        .orderBy('preparedAt', 'desc')
        .orderBy('credentialId', 'desc')
        .limit(atMost + 1);
      const row = await db
        .selectFrom(newest.as('newest'))
        .select(({ fn, eb, and, or }) => {
          const since = and([eb('phase', '=', 'issued'), eb('awardedDate', '>=', from)]);
          const good = and([
            eb('state', '=', 'active'),
            or([eb('validUntil', 'is', null), eb('validUntil', '>', now)]),
          ]);
          return [
            fn.countAll<number>().as('rows'),
            fn.countAll<number>().filterWhere(since).as('awards'),
            fn
              .countAll<number>()
              .filterWhere(and([since, good]))
              .as('standing'),
          ];
        })
        .executeTakeFirstOrThrow();
      const complete = Number(row.rows) <= atMost;
      return { awards: Number(row.awards), standing: Number(row.standing), complete };
    },
    /** In the order they were prepared. */
    credentials(filter, page) {
      let query = db.selectFrom('credentials').select(LISTED).where('tenant', '=', filter.tenant);
      if (filter.achievementId !== undefined) query = query.where('achievementId', '=', filter.achievementId);
      if (filter.state !== undefined) query = query.where('state', '=', filter.state);
      // The condition is the text of the index that finds the few which do not stand.
      if (filter.state !== undefined && filter.state !== 'active') query = query.where(sql<boolean>`state <> 'active'`);
      if (filter.awardId !== undefined) {
        // Given up ones are no awards, and the index of awards has none of them.
        query = query.where('awardId', '=', filter.awardId).where('abandonedAt', 'is', null);
      }
      if (filter.subjectId !== undefined) query = query.where('subjectId', '=', filter.subjectId);
      query = filter.keyId === undefined ? query.where('formOf', 'is', null) : query.where('keyId', '=', filter.keyId);
      if (filter.batchId !== undefined) query = query.where('batchId', '=', filter.batchId);
      if (filter.email !== undefined) query = query.where('email', '=', emailKey(filter.email));
      if (filter.studentNumber !== undefined) query = query.where('studentNumber', '=', filter.studentNumber);
      const inText = textOf(filter);
      if (inText !== undefined) {
        query = query.where('credentialId', 'in', newest(filter)).where(inText);
      }
      const { awardId, subjectId, email, studentNumber } = filter;
      const few = inText !== undefined || [awardId, subjectId, email, studentNumber].some((one) => one !== undefined);
      return pageOf(query, page, { preparedAt: 'text', credentialId: 'text' }, listedCredentialRow.fromRow, { few });
    },
    async formsOf(tenant, webCopyId) {
      const rows = await all()
        .where('tenant', '=', tenant)
        .where('formOf', '=', webCopyId)
        .where('abandonedAt', 'is', null)
        .orderBy('edition')
        .execute();
      return rows.map(credentialRow.fromRow);
    },
    async credentialsOfSubject(tenant, subjectId, limit) {
      const rows = await all()
        .where('tenant', '=', tenant)
        .where('subjectId', '=', subjectId)
        .where('phase', '=', 'issued')
        // Found by the subject and sorted then, not looked for along the whole list.
        .orderBy(sql`coalesce(credential_id, credential_id)`)
        .limit(limit)
        .execute();
      return rows.map(credentialRow.fromRow);
    },
    /** Oldest first. */
    async preparedCredentials(limit) {
      const oldest = db
        .selectFrom('openIntents')
        .selectAll()
        .orderBy('preparedAt')
        .orderBy('credentialId')
        .limit(limit);
      const rows = await db
        .selectFrom(oldest.as('open'))
        .innerJoin('credentials', (join) =>
          join
            .onRef('credentials.tenant', '=', 'open.tenant')
            .onRef('credentials.credentialId', '=', 'open.credentialId'),
        )
        .selectAll('credentials')
        .orderBy('open.preparedAt')
        .orderBy('open.credentialId')
        .execute();
      return rows.map(credentialRow.fromRow);
    },
    async credentialsOfRows(tenant, batchId, numbers) {
      if (numbers.length > 2 * CHUNK) throw new RangeError(`more than ${2 * CHUNK} rows`);
      const rows = await all()
        .where('tenant', '=', tenant)
        .where('batchId', '=', batchId)
        .where('batchRow', 'in', [...numbers])
        .where('abandonedAt', 'is', null)
        .orderBy('batchRow')
        .execute();
      return rows.map(credentialRow.fromRow);
    },
    async idempotency(tenant, operation, key) {
      const [row] = (await idempotencyOf(db, { tenant, operation, key })).rows;
      return row && idempotencyRow.fromRow(row);
    },
  };
}

/** Conditions on what stands only in texts; undefined when there are none. */
function textOf({ name, certificateNumber }: CredentialFilter) {
  // A letter with an accent stands for any: not every engine knows its capital.
  const like = (column: string, text: string) =>
    sql<boolean>`lower(${sql.ref(column)}) like ${anywhere(text)
      .replace(/[^\x00-\x7f]/g, '_')
      .toLowerCase()} escape '!'`;
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  const conditions = [
    ...(name === undefined ? [] : [like('recipient', quoted(name))]),
    ...(certificateNumber === undefined
      ? []
      : [like('unsigned', `"certificateNumber":"${quoted(certificateNumber)}"`)]),
  ];
  return conditions.length === 0 ? undefined : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
