import { endConnection } from '../writes/platforms.ts';
import { once } from './awards.ts';
import { inChunks, type PersonalPlace } from './place.ts';

/** A platform that a learner let in. With its erasure the platform is shut out. */
export const connectionPlace: PersonalPlace = {
  columns: { connectionIdentifiers: ['value'] },
  // All are over in a store that was restored.
  passing: true,
  async find(db, { emails, dids }) {
    const rows = await inChunks([...emails, ...dids], (some) =>
      db
        .selectFrom('connectionIdentifiers')
        .innerJoin('connections', 'connections.connectionId', 'connectionIdentifiers.connectionId')
        .select(['connections.connectionId', 'clientId', 'scopes', 'createdAt', 'expiresAt', 'kind', 'value'])
        .where('value', 'in', some)
        .execute(),
    );
    const items = rows.map(({ connectionId, scopes, ...data }) => ({
      ...{ tenant: 'system', object: connectionId, fate: 'erasable' as const },
      data: { ...data, scopes: JSON.parse(scopes) },
    }));
    return once(items);
  },
  erase: (trx, { object }) => endConnection(trx, object),
};

/** What a learner says of themselves. */
export const holderProfilePlace: PersonalPlace = {
  columns: { holderProfiles: ['email', 'document'] },
  async find(db, { emails }) {
    const rows = await inChunks(emails, (some) =>
      db.selectFrom('holderProfiles').selectAll().where('email', 'in', some).execute(),
    );
    return rows.map(({ email, profileId, document, updatedAt }) => ({
      ...{ tenant: 'system', object: profileId, fate: 'erasable' as const },
      data: { email, document: JSON.parse(document), updatedAt },
    }));
  },
  async erase(trx, { object }) {
    await trx.deleteFrom('holderProfiles').where('profileId', '=', object).execute();
  },
};
