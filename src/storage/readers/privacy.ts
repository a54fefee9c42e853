import { type Kysely, sql } from 'kysely';
import type { PersonalItem, PersonalKind, PrivacyReader } from '#holders';
import { addPeriod, dayIn, isDay } from '#kernel';
import { pageOf } from '../page.ts';
import { PERSONAL_PLACES } from '../personal/places.ts';
import { scopeOf } from '../personal/scope.ts';
import { erasureRow, releaseChoiceRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function privacyReader(db: Kysely<Tables>): PrivacyReader {
  return {
    async releaseChoice({ credentialId, formOf }) {
      const rows = await db
        .selectFrom('releaseChoices')
        .selectAll()
        .where('credentialId', 'in', formOf === undefined ? [credentialId] : [credentialId, formOf])
        .execute();
      const row = rows.find((one) => one.credentialId === credentialId) ?? rows[0];
      return row && releaseChoiceRow.fromRow(row);
    },

    async personalData(identifiers, of) {
      const scope = await scopeOf(db, identifiers, of);
      const found: PersonalItem[] = [];
      for (const [kind, place] of Object.entries(PERSONAL_PLACES)) {
        for (const item of await place.find(db, scope)) found.push({ kind: kind as PersonalKind, ...item });
      }
      return found;
    },

    async guardiansOver(day, limit) {
      const rows = await db
        .selectFrom('credentials')
        .select(['tenant', 'awardId'])
        .select(({ fn }) => fn.min('credentialId').as('object'))
        .where('guardianUntil', '<=', day)
        .groupBy(['tenant', 'awardId'])
        .limit(limit)
        .execute();
      const over = rows.map(({ tenant, object }) => ({ tenant, object }));
      for (const more of [rowsOver, requestsOver])
        if (over.length < limit) over.push(...(await more(db, day, limit - over.length)));
      return over;
    },

    erasures(tenant, page) {
      const query = db.selectFrom('erasures').selectAll();
      const scoped = tenant === undefined ? query : query.where('tenant', '=', tenant);
      const order = { erasedAt: 'text', tenant: 'text', kind: 'text', object: 'text' } as const;
      return pageOf(scoped, page, order, erasureRow.fromRow);
    },
  };
}

/** A list with mistakes is mended and uploaded again; after a month nobody waits for it. */
const MENDED_WITHIN = 'P30D';
/** Looked at in one query, however few are wanted still. */
const ROWS = 500;

async function rowsOver(db: Kysely<Tables>, day: string, limit: number) {
  const last = addPeriod(day, MENDED_WITHIN, -1);
  const found: { tenant: string; object: string }[] = [];
  for (let after: { tenant: string; batchId: string; row: number } | undefined; found.length < limit; ) {
    let query = db
      .selectFrom('batchRows')
      .innerJoin('batches', (join) =>
        join.onRef('batches.batchId', '=', 'batchRows.batchId').onRef('batches.tenant', '=', 'batchRows.tenant'),
      )
      .select(['batchRows.tenant', 'batchRows.batchId', 'row', 'input', 'batches.createdAt'])
      .where(sql<boolean>`credential_id is null`)
      .where('input', 'like', '%"guardian%');
    if (after) {
      const { tenant, batchId, row } = after;
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('batchRows.tenant', 'batchRows.batchId', 'row'), '>', tuple(tenant, batchId, row)),
      );
    }
    const rows = await query
      .orderBy('batchRows.tenant')
      .orderBy('batchRows.batchId')
      .orderBy('row')
      .limit(ROWS)
      .execute();
    for (const { tenant, batchId, row, input, createdAt } of rows) {
      const { guardianEmail, guardianUntil } = JSON.parse(input) as { guardianEmail?: string; guardianUntil?: string };
      if (guardianEmail === undefined && guardianUntil === undefined) continue;
      // Where no day can be read, the mistake may have been that.
      const until = isDay(guardianUntil) ? guardianUntil : dayIn(new Date(createdAt));
      if (until <= last) found.push({ tenant, object: `${batchId}/${row}` });
    }
    after = rows.at(-1);
    if (rows.length < ROWS) break;
  }
  return found.slice(0, limit);
}

/** Of requests that a second person rejected, or that could not be issued: what was issued is forgotten with the award. */
async function requestsOver(db: Kysely<Tables>, day: string, limit: number) {
  const rows = await db
    .selectFrom('approvals')
    .select(['tenant', 'approvalId', 'body'])
    .where('state', 'in', ['rejected', 'failed'])
    .where('body', 'like', '%"guardianUntil":"%')
    .orderBy('tenant')
    .orderBy('approvalId')
    .execute();
  return rows
    .flatMap(({ tenant, approvalId, body }) => {
      const { recipients = [] } = JSON.parse(body) as { recipients?: { guardianUntil?: string }[] };
      return recipients.flatMap(({ guardianUntil }, at) =>
        isDay(guardianUntil) && guardianUntil <= day ? [{ tenant, object: `${approvalId}#/recipients/${at}` }] : [],
      );
    })
    .slice(0, limit);
}
