import { type Random, systemRandom } from '#kernel';
import { createOffers, type OffersDeps } from '#offers';
import { ACTOR, openWorld, seed, setClock, TENANT, type WorldOptions } from '../../credentials/support/world.ts';

export const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
export const SECOND = 'did:key:z6MkfrQeFvS4bWEMuGwv1qHdRyS7FWxhXgkcbfjdhCWLvpQm';

const KEY = new Uint8Array(32).fill(7);

/** Real store, keys and proofs; an institution, and offers of what it awards. */
export async function openOffers(options: WorldOptions & { offers?: Partial<OffersDeps> } = {}) {
  const clock = setClock();
  const random: Random = options.random ?? systemRandom;
  const world = await openWorld({ clock, random, ...options });
  const { reader, transactor, issuer } = world;
  const refused: string[] = [];
  const counter = { refused: (reason: string) => void refused.push(reason) };
  const offers = createOffers({
    ...{ reader, transactor, issuer, clock, random, counter },
    key: async () => KEY,
    ...options.offers,
  });
  return {
    ...world,
    clock,
    offers,
    /** Reasons of refused attempts, in order. */
    refused,
    /** An award of a new definition, and its offer. */
    async offered(
      asked: Parameters<typeof seed>[1] & { lifetimeDays?: number; confirmation?: 'none' | 'txCode' } = {},
    ) {
      const { lifetimeDays, confirmation, ...definition } = asked;
      const { achievementId } = await seed(world, definition);
      const body = { achievementId, recipients: [{ name: 'Maria Specimen', email: 'maria@example.org' }] };
      const [award] = await issuer.issue({ tenant: TENANT, actor: ACTOR, body });
      const made = await offers.create({
        ...{ tenant: TENANT, actor: ACTOR, credentialId: award!.credentialId },
        ...(lifetimeDays === undefined ? {} : { lifetimeDays }),
        ...(confirmation === undefined ? {} : { confirmation }),
      });
      return { award: award!, ...made };
    },
  };
}
