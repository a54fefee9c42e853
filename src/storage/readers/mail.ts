import { type Kysely, sql } from 'kysely';
import type { MailReader } from '#delivery';
import { pageOf } from '../page.ts';
import { mailRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

interface Due {
  at: string;
  limit: number;
}

const due = (db: Kysely<Tables>, { at, limit }: Due) =>
  db
    .selectFrom('mail')
    .selectAll()
    .where(sql<boolean>`state = 'queued'`)
    .where('dueAt', '<=', at)
    .orderBy('dueAt')
    .orderBy('mailId')
    .limit(limit);
/** Asked every second, as long as the service runs. */
const dueUrgent = statement((db, of: Due) => due(db, of).where('kind', 'in', ['mailCode', 'signIn']));
const dueOffers = statement((db, of: Due) => due(db, of).where('kind', '=', 'offer'));

export function mailReader(db: Kysely<Tables>): MailReader {
  const all = () => db.selectFrom('mail').selectAll();
  return {
    async mail(mailId) {
      const row = await all().where('mailId', '=', mailId).executeTakeFirst();
      return row && mailRow.fromRow(row);
    },
    async dueMail(at, limit) {
      const urgent = (await dueUrgent(db, { at, limit })).rows;
      const room = limit - urgent.length;
      const offers = room > 0 ? (await dueOffers(db, { at, limit: room })).rows : [];
      return [...urgent, ...offers].map(mailRow.fromRow);
    },
    mailAbout({ tenant, kind, object, state, since }, page) {
      let query = all().where('tenant', '=', tenant);
      if (kind !== undefined) query = query.where('kind', '=', kind);
      if (object !== undefined) query = query.where('object', '=', object);
      if (state !== undefined) query = query.where('state', '=', state);
      if (since !== undefined) query = query.where('createdAt', '>=', since);
      return pageOf(query, page, { createdAt: 'text', mailId: 'text' }, mailRow.fromRow);
    },
    async lastMailAbout(tenant, objects) {
      if (objects.length === 0) return new Map();
      const rows = await all()
        .where('tenant', '=', tenant)
        .where('object', 'in', objects.slice(0, 200))
        .orderBy('createdAt')
        .orderBy('mailId')
        .execute();
      // The last one of each stays.
      return new Map(rows.map((row) => [row.object, mailRow.fromRow(row)]));
    },
  };
}
