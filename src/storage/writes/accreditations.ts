import { bucketOf, UniqueViolation } from '#kernel';
import {
  accreditationEventRow,
  accreditationRow,
  heldRegisterRow,
  issuingDecisionRow,
  successionRow,
} from '../rows.ts';
import { awardTypesColumn } from '../search-text.ts';
import type { WriteTable } from './write-table.ts';

export const accreditationWrites: WriteTable<
  | 'accreditation.insert'
  | 'accreditationEvent.insert'
  | 'succession.insert'
  | 'heldRegister.insert'
  | 'issuingDecision.insert'
> = {
  'accreditation.insert': async (trx, { row }) => {
    const own = { bucket: bucketOf(row.accredited), awardTypes: awardTypesColumn(row.scope) };
    await trx
      .insertInto('accreditations')
      .values({ ...accreditationRow.toRow(row), ...own })
      .execute();
  },
  /** What the writer read must still be all there is, or two events could be appended that exclude each other. */
  'accreditationEvent.insert': async (trx, { row, after }) => {
    const last = await trx
      .selectFrom('accreditationEvents')
      .select('seq')
      .where('tenant', '=', row.tenant)
      .where('accreditationId', '=', row.accreditationId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if ((last?.seq ?? 0) !== after) throw new UniqueViolation('accreditation_events');
    const columns = { ...accreditationEventRow.toRow(row), seq: after + 1 };
    await trx.insertInto('accreditationEvents').values(columns).execute();
  },
  'succession.insert': async (trx, { row }) => {
    await trx.insertInto('successions').values(successionRow.toRow(row)).execute();
  },
  'heldRegister.insert': async (trx, { row }) => {
    await trx.insertInto('heldRegisters').values(heldRegisterRow.toRow(row)).execute();
  },
  'issuingDecision.insert': async (trx, { row }) => {
    await trx.insertInto('issuingDecisions').values(issuingDecisionRow.toRow(row)).execute();
  },
};
