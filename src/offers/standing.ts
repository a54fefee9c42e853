import { formatInstant, Problem } from '#kernel';
import { type OfferRecord, type Refusal, TX_CODE_TRIES } from './ports.ts';

/** Why it cannot be taken at this moment. */
export function refusalOf(offer: OfferRecord, now: Date): Refusal | undefined {
  if (offer.expiresAt <= formatInstant(now)) return 'expired';
  if (offer.state !== 'open') return offer.state;
  return offer.tries >= TX_CODE_TRIES ? 'locked' : undefined;
}

export const isOpenAt = (offer: OfferRecord, now: Date): boolean => refusalOf(offer, now) === undefined;

const WORDS: Record<Refusal, string> = {
  expired: 'the offer is over',
  taken: 'the award was taken by another wallet',
  withdrawn: 'the institution withdrew the offer',
  locked: 'a wrong code was tried too often: ask the institution for a new offer',
};

export const goneAs = (refusal: Refusal, cause?: unknown): Problem =>
  new Problem('gone', WORDS[refusal], { extensions: { code: `offer_${refusal}` }, cause });
