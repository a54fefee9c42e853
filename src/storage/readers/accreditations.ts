import { type Kysely, sql } from 'kysely';
import type { AccreditationReader, GrantRows } from '#accreditation';
import { pageOf } from '../page.ts';
import { accreditationEventRow, accreditationRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

/** Of an index look-up; more parties are asked about in several. */
const ASKED_AT_ONCE = 200;

type Selected = Awaited<ReturnType<ReturnType<typeof grants>['execute']>>;
const grants = (db: Kysely<Tables>) => db.selectFrom('accreditations').selectAll();

/** Grants and their events of one moment: an event is never seen without its grant. */
export function accreditationReader(
  db: Kysely<Tables>,
): Pick<
  AccreditationReader,
  | 'accreditation'
  | 'accreditations'
  | 'accreditationEvents'
  | 'grantsTo'
  | 'delegationsOf'
  | 'registerPart'
  | 'registerSize'
  | 'registers'
> {
  const withEvents = async (trx: Kysely<Tables>, rows: Selected): Promise<GrantRows> => {
    const events: GrantRows['events'] = [];
    for (let at = 0; at < rows.length; at += ASKED_AT_ONCE) {
      const ids = rows.slice(at, at + ASKED_AT_ONCE).map((row) => row.accreditationId);
      const found = await trx
        .selectFrom('accreditationEvents')
        .selectAll()
        .where('tenant', 'in', [...new Set(rows.map((row) => row.tenant))])
        .where('accreditationId', 'in', ids)
        .orderBy('recordedAt')
        .orderBy('accreditationId')
        .orderBy('seq')
        .execute();
      events.push(...found.map(accreditationEventRow.fromRow));
    }
    return { grants: rows.map(accreditationRow.fromRow), events };
  };

  return {
    async accreditation(accreditationId) {
      const row = await grants(db).where('accreditationId', '=', accreditationId).executeTakeFirst();
      return row && accreditationRow.fromRow(row);
    },
    accreditations(filter, page) {
      let query = grants(db);
      for (const column of ['tenant', 'accredited', 'role', 'verb'] as const) {
        const value = filter[column];
        if (value !== undefined) query = query.where(column, '=', value);
      }
      return pageOf(query, page, { createdAt: 'text', accreditationId: 'text' }, accreditationRow.fromRow);
    },
    async accreditationEvents(accreditationId) {
      const rows = await db
        .selectFrom('accreditationEvents')
        .selectAll()
        .where('accreditationId', '=', accreditationId)
        .orderBy('seq')
        .execute();
      return rows.map(accreditationEventRow.fromRow);
    },
    grantsTo: (accredited, only = {}) =>
      db.transaction().execute(async (trx) => {
        const rows: Selected = [];
        for (let at = 0; at < accredited.length; at += ASKED_AT_ONCE) {
          let query = grants(trx).where('accredited', 'in', accredited.slice(at, at + ASKED_AT_ONCE));
          if (only.role) query = query.where('role', '=', only.role);
          if (only.tenant) query = query.where('tenant', '=', only.tenant);
          rows.push(...(await query.orderBy('createdAt').orderBy('accreditationId').execute()));
        }
        return withEvents(trx, rows);
      }),
    delegationsOf: (tenant) =>
      db.transaction().execute(async (trx) => {
        const rows = await grants(trx)
          .where('tenant', '=', tenant)
          // Literal, so that the partial index serves.
          .where(sql<boolean>`role = 'Accredit'`)
          .orderBy('createdAt')
          .orderBy('accreditationId')
          .execute();
        return withEvents(trx, rows);
      }),
    registerPart: (tenant, from, to) =>
      db.transaction().execute(async (trx) => {
        const rows = await grants(trx)
          .where('tenant', '=', tenant)
          .where('bucket', '>=', from)
          .where('bucket', '<', to)
          .orderBy('createdAt')
          .orderBy('accreditationId')
          .execute();
        return withEvents(trx, rows);
      }),
    async registerSize(tenant) {
      const count = async (table: 'accreditations' | 'accreditationEvents' | 'successions') => {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .where('tenant', '=', tenant)
          .executeTakeFirstOrThrow();
        return Number(row.rows);
      };
      const [grantRows, events, successions] = await Promise.all([
        count('accreditations'),
        count('accreditationEvents'),
        count('successions'),
      ]);
      return { grants: grantRows, events, successions };
    },
    async registers() {
      const rows = await db
        .selectFrom('accreditations')
        .select(({ fn }) => ['tenant', fn.min('accreditor').as('accreditor'), fn.countAll<number>().as('grants')])
        .groupBy('tenant')
        .orderBy('tenant')
        .execute();
      return rows.map((row) => ({ tenant: row.tenant, accreditor: row.accreditor, grants: Number(row.grants) }));
    },
  };
}
