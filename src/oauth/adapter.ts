import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { JsonObject } from '#kernel';
import type { Records } from './records.ts';

/** Metadata of a client by its id; undefined for nobody. */
export type FindClient = (clientId: string) => Promise<JsonObject | undefined>;

/**
 * The library's storage over `Records`. A token does not keep its own id: who asks for it knows it. A session does,
 * because it is also found by another.
 * @param refused makes the error of a code or token that somebody else has just used up
 */
export function createAdapter(records: Records, findClient: FindClient, refused: () => Error) {
  return (model: string): Adapter => {
    const keepsId = model === 'Session';
    return {
      async upsert(id, payload, expiresIn) {
        // Clients are known by other means: those of systems have a table, a wallet's id says what it registered.
        if (model === 'Client') return;
        const { jti: _, ...rest } = payload as unknown as JsonObject;
        await records.put(model, id, keepsId ? { ...rest, jti: id } : rest, expiresIn!);
      },
      async find(id) {
        if (model === 'Client') return (await findClient(id)) as AdapterPayload | undefined;
        const payload = await records.find(model, id);
        return payload && ({ ...payload, jti: id } as AdapterPayload);
      },
      findByUid: async (uid) => (await records.findByUid(model, uid)) as AdapterPayload | undefined,
      findByUserCode: async () => undefined,
      async consume(id) {
        if (!(await records.consume(model, id))) throw refused();
      },
      destroy: (id) => records.remove(model, id),
      revokeByGrantId: (grantId) => records.revokeGrant(grantId),
    };
  };
}
