import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ConferralReader } from '#conferrals';
import { pageOf } from '../page.ts';
import { componentRow, conferralRow, evaluationRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function conferralReader(db: Kysely<Tables>): ConferralReader {
  const evaluationsOf = (tenant: string) => db.selectFrom('evaluations').selectAll().where('tenant', '=', tenant);
  const all = () => db.selectFrom('conferrals').selectAll();
  const standing = sql<boolean>`state in ('conferred', 'under_review')`;
  const changed = (how: RawBuilder<unknown>) =>
    db
      .selectFrom('credentials')
      .innerJoin('conferralComponents', 'conferralComponents.credentialId', 'credentials.credentialId')
      .innerJoin('conferrals', (join) =>
        join
          .onRef('conferrals.tenant', '=', 'conferralComponents.tenant')
          .onRef('conferrals.conferralId', '=', 'conferralComponents.conferralId'),
      )
      .select(['conferrals.tenant', 'conferrals.conferralId', 'conferrals.checkedAt'])
      .distinct()
      // Only of what stands: others would take the places of the round. One that failed goes to the end.
      .where('conferrals.state', 'in', ['conferred', 'under_review'])
      .orderBy('conferrals.checkedAt')
      .orderBy('conferrals.conferralId')
      .where(
        sql<boolean>`${how} and conferral_components.live = 1 and conferral_components.state_seen <> credentials.state`,
      );
  return {
    async evaluation(tenant, evaluationId) {
      const row = await evaluationsOf(tenant).where('evaluationId', '=', evaluationId).executeTakeFirst();
      return row && evaluationRow.fromRow(row);
    },
    evaluations({ tenant, subjectId }, page) {
      const all = evaluationsOf(tenant);
      const query = subjectId === undefined ? all : all.where('subjectId', '=', subjectId);
      return pageOf(query, page, { createdAt: 'text', evaluationId: 'text' }, evaluationRow.fromRow);
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
      const rows = await all()
        .where(sql<boolean>`state in ('prepared', 'awaiting_approval')`)
        // What a second person has still to decide is nothing to finish, and may be more than one round takes.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('approvals')
                .select('approvals.approvalId')
                .whereRef('approvals.tenant', '=', 'conferrals.tenant')
                .whereRef('approvals.approvalId', '=', 'conferrals.approvalId')
                .where('approvals.state', 'in', ['pending', 'approved']),
            ),
          ),
        )
        .orderBy('preparedAt')
        .orderBy('conferralId')
        .limit(limit)
        .execute();
      return rows.map(conferralRow.fromRow);
    },
    async conferralsToReopen(limit) {
      // Out of force now, or when last seen: both are few, and each has an index.
      const [now, before] = await Promise.all([
        changed(sql`credentials.state <> 'active'`).limit(limit).execute(),
        changed(sql`credentials.state = 'active' and conferral_components.state_seen <> 'active'`)
          .limit(limit)
          .execute(),
      ]);
      const sorted = [...now, ...before].sort((a, b) => (String(a.checkedAt) < String(b.checkedAt) ? -1 : 1));
      const keys = new Map(sorted.map((row) => [`${row.tenant} ${row.conferralId}`, row]));
      const found = await Promise.all(
        [...keys.values()]
          .slice(0, limit)
          .map(({ tenant, conferralId }) =>
            all()
              .where('tenant', '=', tenant)
              .where('conferralId', '=', conferralId)
              .where(standing)
              .executeTakeFirst(),
          ),
      );
      return found.flatMap((row) => (row ? [conferralRow.fromRow(row)] : []));
    },
    async conferralsUncheckedSince(before, limit) {
      const rows = await all()
        .where(standing)
        .where('checkedAt', '<', before)
        .orderBy('checkedAt')
        .orderBy('conferralId')
        .limit(limit)
        .execute();
      return rows.map(conferralRow.fromRow);
    },
    usedFor: (awardIds, except) => usesOf(db, awardIds, except),
  };
}

/** Ids per statement, below every engine's limit of parameters. */
const CHUNK = 500;

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
