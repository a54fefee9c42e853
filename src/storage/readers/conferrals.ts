import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ConferralReader } from '#conferrals';
import { pageOf } from '../page.ts';
import { componentRow, conferralRow, evaluationRow, evaluationSummaryRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { CHUNK } from './credentials.ts';

const SUMMARY = [
  ...(['tenant', 'evaluationId', 'createdAt', 'createdBy', 'pathway', 'pathwayVersion', 'conferrer'] as const),
  ...(['date', 'outcome', 'subjectId', 'inputSha256', 'outputSha256'] as const),
] as const;

export function conferralReader(db: Kysely<Tables>): ConferralReader {
  const evaluationsOf = (tenant: string) => db.selectFrom('evaluations').selectAll().where('tenant', '=', tenant);
  const all = () => db.selectFrom('conferrals').selectAll();
  const standing = sql<boolean>`state in ('conferred', 'under_review')`;
  const changed = (from: RawBuilder<unknown>, how: RawBuilder<unknown>) =>
    db
      .selectFrom('conferrals')
      .selectAll()
      .where(standing)
      // From the side of the few: a cross join is read in the order in which it stands.
      .where(sql<boolean>`(tenant, conferral_id) in (
        select c.tenant, c.conferral_id from ${from}
        where c.credential_id = credentials.credential_id and c.live = 1
          and ${how} and c.state_seen <> credentials.state)`)
      // Engines differ in where nothing comes.
      .orderBy('checkedAt', (order) => order.asc().nullsFirst());
  return {
    async evaluation(tenant, evaluationId) {
      const row = await evaluationsOf(tenant).where('evaluationId', '=', evaluationId).executeTakeFirst();
      return row && evaluationRow.fromRow(row);
    },
    evaluations({ tenant, subjectId }, page) {
      const all = db.selectFrom('evaluations').select(SUMMARY).where('tenant', '=', tenant);
      const query = subjectId === undefined ? all : all.where('subjectId', '=', subjectId);
      return pageOf(query, page, { createdAt: 'text', evaluationId: 'text' }, evaluationSummaryRow.fromRow);
    },
    async conferral(tenant, conferralId) {
      const row = await all().where('tenant', '=', tenant).where('conferralId', '=', conferralId).executeTakeFirst();
      return row && conferralRow.fromRow(row);
    },
    async conferralOfEvaluation(tenant, evaluationId) {
      const row = await all()
        .where('tenant', '=', tenant)
        .where('evaluationId', '=', evaluationId)
        .where(sql<boolean>`state not in ('failed', 'withdrawn')`)
        .executeTakeFirst();
      return row && conferralRow.fromRow(row);
    },
    async conferralOfCredential(credentialId) {
      const row = await all().where('credentialId', '=', credentialId).executeTakeFirst();
      return row && conferralRow.fromRow(row);
    },
    conferrals({ tenant, state, subjectId }, page) {
      let query = all().where('tenant', '=', tenant);
      if (state !== undefined) query = query.where('state', '=', state);
      if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId);
      return pageOf(query, page, { preparedAt: 'text', conferralId: 'text' }, conferralRow.fromRow);
    },
    async components(tenant, conferralId) {
      const rows = await db
        .selectFrom('conferralComponents')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('conferralId', '=', conferralId)
        .orderBy('ordinal')
        .execute();
      return rows.map(componentRow.fromRow);
    },
    async unfinishedConferrals(limit) {
      const settled = sql<boolean>`exists (select 1 from approvals a where a.tenant = conferrals.tenant
        and a.approval_id = conferrals.approval_id and a.state in ('issued', 'rejected', 'failed'))`;
      const rows = await all()
        .where(sql<boolean>`state in ('prepared', 'awaiting_approval') and (state = 'prepared' or ${settled})`)
        .orderBy('preparedAt')
        .orderBy('conferralId')
        .limit(limit)
        .execute();
      return rows.map(conferralRow.fromRow);
    },
    async conferralsToReopen(limit) {
      // Out of force now, or when last seen: both are few, and each has an index.
      const [now, before] = await Promise.all([
        changed(sql`credentials cross join conferral_components c`, sql`credentials.state <> 'active'`)
          .limit(limit)
          .execute(),
        changed(sql`conferral_components c cross join credentials`, sql`c.state_seen <> 'active'`)
          .limit(limit)
          .execute(),
      ]);
      const rows = new Map(
        [...now, ...before].map((row) => [`${row.tenant} ${row.conferralId}`, conferralRow.fromRow(row)]),
      );
      return [...rows.values()].sort((a, b) => ((a.checkedAt ?? '') < (b.checkedAt ?? '') ? -1 : 1)).slice(0, limit);
    },
    async conferralsUncheckedSince(before, elsewhere, limit) {
      const foreign = sql<boolean>`exists (select 1 from conferral_components c where c.tenant = conferrals.tenant
        and c.conferral_id = conferrals.conferral_id and c.credential_id is null)`;
      const rows = await all()
        .where(standing)
        .where(sql<boolean>`(checked_at < ${before} or (checked_at < ${elsewhere} and ${foreign}))`)
        .orderBy('checkedAt')
        .orderBy('conferralId')
        .limit(limit)
        .execute();
      return rows.map(conferralRow.fromRow);
    },
    usedFor: (awardIds, except) => usesOf(db, awardIds, except),
  };
}

/** What these awards are used for and stands: pathways and qualifications, but for the uses of one pathway. */
export async function usesOf(
  db: Kysely<Tables>,
  awardIds: readonly string[],
  except: string,
): Promise<Map<string, string[]>> {
  const uses = new Map<string, string[]>();
  for (let from = 0; from < awardIds.length; from += CHUNK) {
    const rows = await db
      .selectFrom('conferralComponents')
      .select(['componentAwardId', 'pathway', 'achievement'])
      .where(sql<boolean>`live = 1`)
      .where('componentAwardId', 'in', awardIds.slice(from, from + CHUNK))
      .where('pathway', '<>', except)
      .orderBy('componentAwardId')
      .orderBy('pathway')
      .execute();
    for (const { componentAwardId, pathway, achievement } of rows) {
      uses.set(componentAwardId, [...(uses.get(componentAwardId) ?? []), pathway, achievement]);
    }
  }
  return uses;
}
