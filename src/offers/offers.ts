import type { Page, PageRequest } from '#kernel';
import type { Confirmation, Door, OfferFilter, OfferRecord, TakenForm } from './ports.ts';

/** What may be shown: everything but digests. */
export type OfferView = Omit<OfferRecord, 'secretSha256' | 'txCodeSha256'>;

export interface CreateOffer {
  tenant: string;
  credentialId: string;
  /** Default `none`; not `none` for awards that license somebody or that are a qualification. */
  confirmation?: Confirmation;
  /** Default 30. */
  lifetimeDays?: number;
  /** `key:ID` or `account:ID` or `system`. */
  actor: string;
}

export interface Offers {
  /** `secret` and `txCode` are shown now and never again. @throws Problem `invalid-request`, `not-found`, `conflict` */
  create(input: CreateOffer): Promise<{ offer: OfferView; secret: string; txCode?: string }>;
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
  accept(offerId: string): Promise<void>;
  /** @throws Problem `not-found`, `conflict` */
  withdraw(input: { tenant: string; offerId: string; actor: string }): Promise<OfferView>;
}
