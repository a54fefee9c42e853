import type { Issuer } from '#credentials';
import { type Clock, type Page, type PageRequest, type Random, sha256Hex, type Transactor } from '#kernel';
import { acceptOffer, withdrawOffer } from './after.ts';
import { offersOfAwards } from './awards.ts';
import { tryCode } from './codes.ts';
import { createOffer, prepareOffer } from './create.ts';
import type {
  Confirmation,
  Door,
  OfferCounter,
  OfferFilter,
  OfferRecord,
  OfferState,
  OfferStore,
  OfferWrite,
  TakenForm,
  Withdrawer,
} from './ports.ts';
import { createSecrets } from './secrets.ts';
import { isOpenAt } from './standing.ts';
import { takeOffer } from './take.ts';

/** What may be shown: everything but the digest of what opens it. */
export type OfferView = Omit<OfferRecord, 'secretSha256'>;

export interface CreateOffer {
  tenant: string;
  credentialId: string;
  /**
   * Default `none`; for awards that license somebody, that are a qualification, or whose learner has a guardian `txCode`, and
   * never `none`.
   */
  confirmation?: Confirmation;
  /** Default 30. */
  lifetimeDays?: number;
  /** `key:ID` or `account:ID` or `system`. */
  actor: string;
}

/** What opens an offer: the text of its link, and the code where one is asked for. */
export interface OfferKeys {
  secret: string;
  txCode?: string;
}

export interface AwardOffer {
  state: OfferState | 'expired';
  keys?: OfferKeys;
}

export interface Offers {
  /** @throws Problem `invalid-request`, `not-found`, `gone`, `conflict` */
  create(input: CreateOffer): Promise<{ offer: OfferView } & OfferKeys>;
  /**
   * The same, for whoever commits it together with what it belongs to.
   * @param award the web copy, which may be on its way still
   */
  prepare(input: CreateOffer, award: OfferedAward): Promise<{ offer: OfferView; writes: OfferWrite[] } & OfferKeys>;
  /** Once more what opens it, for the institution whose offer it is; undefined once it is over. */
  keysOf(offer: OfferRecord): Promise<OfferKeys | undefined>;
  /** How the newest offer of each of these web copies stands, and what opens it while it waits. */
  ofAwards(tenant: string, credentialIds: readonly string[]): Promise<Map<string, AwardOffer>>;
  /** The write by which another link takes the place of the one there is. */
  renewed(offer: OfferRecord, at: string): Promise<OfferWrite>;
  /** In any state; undefined for a text that opens nothing. */
  bySecret(secret: string): Promise<OfferRecord | undefined>;
  byId(offerId: string): Promise<OfferRecord | undefined>;
  list(filter: OfferFilter, page: PageRequest): Promise<Page<OfferView>>;
  /** Whether it can be taken at this moment; no promise. */
  isOpen(offer: OfferRecord): boolean;
  /** Counts a wrong one; the fifth locks the offer. At most five codes are ever compared, however many ask at once. */
  tryTxCode(offerId: string, txCode: string): Promise<'right' | 'wrong' | 'locked'>;
  /**
   * One form of the award for each holder (their proven DIDs), issued by the pipeline of all badges. Asking again with the
   * same holders gives the same forms; other holders are refused: an offer is taken once.
   * @throws Problem `gone` (over, withdrawn, locked, taken by others, award revoked), those of issuing
   */
  take(input: { offerId: string; holders: readonly string[]; door: Door }): Promise<TakenForm[]>;
  /** Again: no change. @throws Problem `not-found`, `gone` */
  accept(offerId: string, by: 'wallet' | 'page'): Promise<void>;
  /** Again: no change. @throws Problem `not-found`; `conflict` when it was taken */
  withdraw(input: { tenant: string; offerId: string; actor: string; by?: Withdrawer }): Promise<OfferView>;
}

/** What is known of an award when it is offered. */
export interface OfferedAward {
  credentialId: string;
  awardId: string;
  /** Whether mail can reach the recipient. */
  hasEmail: boolean;
  /** Instant at which the guardian of its recipient acts no more; absent where none acts. */
  guardianEnds?: string;
  /** The definition that was awarded. */
  achievement: object;
}

export interface OffersDeps {
  reader: OfferStore;
  transactor: Transactor<OfferWrite>;
  issuer: Pick<Issuer, 'issueForms'>;
  /** 32 secret bytes, the same on every replica and after every start: without them nobody makes a link or a code. */
  key: () => Promise<Uint8Array>;
  clock: Clock;
  random: Random;
  counter?: OfferCounter;
}

/** Awards that wait to be taken, by whichever door. */
export function createOffers(deps: OffersDeps): Offers {
  const { reader, clock } = deps;
  const secrets = createSecrets(deps.key);
  const parts = { ...deps, secrets };
  return {
    create: (input) => createOffer(parts, input),
    prepare: (input, award) => prepareOffer(parts, input, award),
    ofAwards: (tenant, credentialIds) => offersOfAwards(parts, tenant, credentialIds),
    async keysOf(offer) {
      return isOpenAt(offer, clock.now()) ? secrets.keysOf(offer) : undefined;
    },
    async renewed({ offerId, edition = 0 }, at) {
      const secretSha256 = sha256Hex(await secrets.secretOf(offerId, edition + 1));
      return { op: 'offer.renew', offerId, edition, secretSha256, at };
    },
    async bySecret(secret) {
      const digest = secrets.digestOf(secret);
      return digest === undefined ? undefined : reader.offerBySecret(digest);
    },
    byId: (offerId) => reader.offer(offerId),
    async list(filter, page) {
      const { items, ...rest } = await reader.offers(filter, page);
      return { items: items.map(viewOf), ...rest };
    },
    isOpen: (offer) => isOpenAt(offer, clock.now()),
    tryTxCode: (offerId, txCode) => tryCode(parts, offerId, txCode),
    take: (input) => takeOffer(parts, input),
    accept: (offerId, by) => acceptOffer(parts, offerId, by),
    withdraw: (input) => withdrawOffer(parts, input),
  };
}

export type OfferParts = OffersDeps & { secrets: ReturnType<typeof createSecrets> };

export const viewOf = ({ secretSha256: _, ...shown }: OfferRecord): OfferView => shown;
