import { type Kysely, sql } from 'kysely';
import type { PriorLearningReader } from '#prior-learning';
import { pageOf } from '../page.ts';
import { caseEntryRow, caseRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function priorLearningReader(db: Kysely<Tables>): PriorLearningReader {
  const of = (tenant: string) => db.selectFrom('priorLearningCases').selectAll().where('tenant', '=', tenant);
  return {
    async priorLearningCase(tenant, caseId) {
      const row = await of(tenant).where('caseId', '=', caseId).executeTakeFirst();
      return row && caseRow.fromRow(row);
    },
    priorLearningCases({ tenant, state, route, achievementId }, page) {
      let query = of(tenant);
      if (state !== undefined) query = query.where('state', '=', state);
      if (route !== undefined) query = query.where('route', '=', route);
      if (achievementId !== undefined) query = query.where('achievementId', '=', achievementId);
      return pageOf(query, page, { openedAt: 'text', caseId: 'text' }, caseRow.fromRow);
    },
    async priorLearningEntries(tenant, caseId) {
      const rows = await db
        .selectFrom('priorLearningEntries')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('caseId', '=', caseId)
        .orderBy('kind')
        .orderBy('number')
        .execute();
      return rows.map(caseEntryRow.fromRow);
    },
    async awardingCases(limit) {
      const rows = await db
        .selectFrom('priorLearningCases')
        .selectAll()
        .where(sql<boolean>`state = 'awarding'`)
        .orderBy('openedAt')
        .orderBy('caseId')
        .limit(limit)
        .execute();
      return rows.map(caseRow.fromRow);
    },
  };
}
