import type { ExpressionBuilder, Kysely } from 'kysely';
import type { ImportReader, ImportSummary, Keeper } from '#imports';
import { importedRow, importSummaryRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

const SUMMARY = [
  ...(['importId', 'keeperKind', 'keeperValue', 'format', 'mediaType', 'receivedSha256', 'credentialId'] as const),
  ...(['issuerId', 'name', 'issuerName', 'identity', 'validFrom', 'subject', 'source', 'address'] as const),
  ...(['receivedAt', 'arrivalVerdict', 'reportSha256', 'verdict', 'sentence', 'verifiedAt'] as const),
] as const satisfies readonly (keyof ImportSummary)[];

export function importReader(db: Kysely<Tables>): ImportReader {
  const rows = (keepers: readonly Keeper[]) => db.selectFrom('importedCredentials').where(keptBy(keepers));
  return {
    async imported(importId) {
      const query = db.selectFrom('importedCredentials').selectAll().where('importId', '=', importId);
      const row = await query.executeTakeFirst();
      return row && importedRow.fromRow(row);
    },

    async importedByIdentity(keepers, identity) {
      const query = rows(keepers).select(SUMMARY).where('identity', '=', identity).orderBy('validFrom', 'desc');
      return (await query.orderBy('importId').execute()).map(importSummaryRow.fromRow);
    },

    async importsOf(keepers, { limit, offset, since }) {
      const after = since === undefined ? '' : `${since.slice(0, 19)}.000Z`;
      const wanted = () => (since === undefined ? rows(keepers) : rows(keepers).where('validFrom', '>', after));
      const page = wanted()
        .select(SUMMARY)
        .orderBy('receivedAt', 'desc')
        .orderBy('importId')
        .limit(limit)
        .offset(offset);
      const items = (await page.execute()).map(importSummaryRow.fromRow);
      const { total } = await wanted()
        .select((eb) => eb.fn.countAll().as('total'))
        .executeTakeFirstOrThrow();
      return { items, total: Number(total) };
    },

    async importsToCount(keepers, limit) {
      const query = rows(keepers).selectAll().where('format', '<>', 'ob2').orderBy('validFrom', 'desc');
      return (await query.orderBy('importId').limit(limit).execute()).map(importedRow.fromRow);
    },

    async importsToRetry(receivedAfter, verifiedBefore, limit) {
      const query = db
        .selectFrom('importedCredentials')
        .selectAll()
        .where('verdict', '=', 'undetermined')
        .where('format', '<>', 'ob2')
        .where('verifiedAt', '<', verifiedBefore)
        .where('receivedAt', '>', receivedAfter);
      const found = await query.orderBy('verifiedAt').orderBy('importId').limit(limit).execute();
      return found.map(importedRow.fromRow);
    },
  };
}

/** Of nobody, for nobody. */
const keptBy = (keepers: readonly Keeper[]) => (eb: ExpressionBuilder<Tables, 'importedCredentials'>) =>
  eb.or(keepers.map(({ kind, value }) => eb.and([eb('keeperKind', '=', kind), eb('keeperValue', '=', value)])));
