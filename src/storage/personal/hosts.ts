import { hostConnectionRow, transferRow } from '../rows.ts';
import { removeHostConnection } from '../writes/consumer.ts';
import { inChunks, type PersonalPlace } from './place.ts';

/** A host at which a learner has badges, and what they asked of it. The tokens are a secret of this service and not shown. */
export const hostConnectionPlace: PersonalPlace = {
  columns: { hostConnections: ['keeperValue', 'tokens'], hostTransfers: ['badges', 'problem', 'credentialId', 'next'] },
  // All are over in a store that was restored.
  passing: true,
  async find(db, { emails, dids }) {
    const kept = async (kind: 'email' | 'did', values: readonly string[]) =>
      inChunks(values, (some) =>
        db
          .selectFrom('hostConnections')
          .selectAll()
          .where('keeperKind', '=', kind)
          .where('keeperValue', 'in', some)
          .execute(),
      );
    const rows = [...(await kept('email', emails)), ...(await kept('did', dids))];
    return Promise.all(
      rows.map(async (row) => {
        const {
          connectionId,
          hostId,
          tokens: _,
          fence: __,
          leaseUntil: ___,
          ...shown
        } = hostConnectionRow.fromRow(row);
        const host = await db
          .selectFrom('knownHosts')
          .select('discoveryUrl')
          .where('hostId', '=', hostId)
          .executeTakeFirst();
        const transfers = await db
          .selectFrom('hostTransfers')
          .selectAll()
          .where('connectionId', '=', connectionId)
          .orderBy('createdAt')
          .orderBy('transferId')
          .execute();
        const asked = transfers.map((one) => {
          const { transferId: ____, connectionId: _____, ...told } = transferRow.fromRow(one);
          return told;
        });
        const data = { ...shown, host: host?.discoveryUrl, transfers: asked };
        return { tenant: 'system', object: connectionId, fate: 'erasable' as const, data };
      }),
    );
  },
  erase: (trx, { object }) => removeHostConnection(trx, object),
};
