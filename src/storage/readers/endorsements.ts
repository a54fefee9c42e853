import { type Kysely, sql } from 'kysely';
import type { EndorsementReader, StoredEndorsement } from '#credentials';
import { pageOf } from '../page.ts';
import { plainCredentialRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function endorsementReader(db: Kysely<Tables>): EndorsementReader {
  /** Issued; as one table, so that no name is there twice. */
  const issued = () =>
    db
      .selectFrom('plainCredentials')
      .innerJoin('endorsements', (join) =>
        join
          .onRef('endorsements.tenant', '=', 'plainCredentials.tenant')
          .onRef('endorsements.credentialId', '=', 'plainCredentials.credentialId'),
      )
      .selectAll('plainCredentials')
      .select(['endorsements.kind', 'endorsements.endorses', 'endorsements.createdAt'])
      .where('plainCredentials.phase', '=', 'issued');
  const kept = () => db.selectFrom(issued().where('removedAt', 'is', null).as('e')).selectAll();
  type Row = Awaited<ReturnType<ReturnType<typeof kept>['execute']>>[number];
  const read = ({ kind, endorses, createdAt, ...row }: Row): StoredEndorsement => ({
    ...{ kind, endorses, createdAt },
    credential: plainCredentialRow.fromRow(row),
  });
  return {
    async endorsement(credentialId) {
      const row = await issued().where('endorsements.credentialId', '=', credentialId).executeTakeFirst();
      return row && read(row);
    },
    endorsements({ tenant, kind, endorses }, page) {
      let query = kept().where('tenant', '=', tenant);
      if (kind !== undefined) query = query.where('kind', '=', kind);
      if (endorses !== undefined) query = query.where('endorses', '=', endorses);
      return pageOf(query, page, { createdAt: 'text', credentialId: 'text' }, read);
    },
    async endorsementsOf(endorses, limit) {
      const rows = await kept()
        .where('endorses', '=', endorses)
        .where(sql<boolean>`state = 'active'`)
        .orderBy('createdAt')
        .orderBy('credentialId')
        .limit(limit)
        .execute();
      return rows.map(read);
    },
  };
}
