import type { Kysely } from 'kysely';
import type { AccreditationReader } from '#accreditation';
import { pageOf } from '../page.ts';
import { heldRegisterRow, issuingDecisionRow, successionRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

/** What became of institutions, registers of others, and decisions to issue. */
export function standingReader(
  db: Kysely<Tables>,
): Pick<
  AccreditationReader,
  'successionsBy' | 'successionsOf' | 'heldRegisters' | 'heldRegister' | 'issuingDecisions' | 'issuingDecision'
> {
  const successions = () => db.selectFrom('successions').selectAll().orderBy('recordedAt').orderBy('successionId');
  return {
    async successionsBy(tenant) {
      return (await successions().where('tenant', '=', tenant).execute()).map(successionRow.fromRow);
    },
    async successionsOf(did) {
      const rows = await successions()
        .where((eb) => eb.or([eb('predecessor', '=', did), eb('successor', '=', did)]))
        .execute();
      return rows.map(successionRow.fromRow);
    },
    async heldRegisters() {
      const rows = await db
        .selectFrom('heldRegisters')
        .select(['tenant', 'heldId', 'accreditor', 'url', 'published', 'validUntil', 'sha256', 'consult', 'maxAgeDays'])
        .select(['importedAt', 'by'])
        .orderBy('importedAt')
        .orderBy('published')
        .execute();
      // The last one of each accreditor.
      const last = new Map(rows.map((row) => [row.accreditor, row]));
      return [...last.values()].map((row) => {
        const { text: _, ...shown } = heldRegisterRow.fromRow({ ...row, text: '' });
        return shown;
      });
    },
    async heldRegister(accreditor) {
      const row = await db
        .selectFrom('heldRegisters')
        .selectAll()
        .where('accreditor', '=', accreditor)
        .orderBy('importedAt', 'desc')
        .orderBy('published', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && heldRegisterRow.fromRow(row);
    },
    issuingDecisions(tenant, page) {
      const query = db.selectFrom('issuingDecisions').selectAll().where('tenant', '=', tenant);
      return pageOf(query, page, { recordedAt: 'text', decisionId: 'text' }, issuingDecisionRow.fromRow);
    },
    async issuingDecision(tenant, achievementId, at) {
      const row = await db
        .selectFrom('issuingDecisions')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('validFrom', '<=', at)
        .where((eb) => eb.or([eb('validUntil', 'is', null), eb('validUntil', '>', at)]))
        .where((eb) => eb.or([eb('achievementId', 'is', null), eb('achievementId', '=', achievementId)]))
        .orderBy('recordedAt')
        .orderBy('decisionId')
        .limit(1)
        .executeTakeFirst();
      return row && issuingDecisionRow.fromRow(row);
    },
  };
}
