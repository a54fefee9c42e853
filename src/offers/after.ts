import { formatInstant, Problem, UniqueViolation } from '#kernel';
import { type OfferParts, type OfferView, viewOf } from './offers.ts';
import type { Withdrawer } from './ports.ts';
import { goneAs, refusalOf } from './standing.ts';

/** The wallet keeps it, or the page was used. */
export async function acceptOffer(
  { reader, transactor, clock }: OfferParts,
  offerId: string,
  by: 'wallet' | 'page',
): Promise<void> {
  const offer = await reader.offer(offerId);
  if (!offer) throw new Problem('not-found', 'there is no such offer');
  if (offer.acceptedAt !== undefined) return;
  const at = formatInstant(clock.now());
  const { tenant, credentialId: credential } = offer;
  const entry = { op: 'audit.append', at, tenant, actor: `offer:${offerId}`, operation: 'offer.accept' } as const;
  try {
    await transactor.commit([
      { op: 'offer.accept', offerId, at },
      { ...entry, object: offerId, detail: { credential, by } },
    ]);
  } catch (cause) {
    if (!(cause instanceof UniqueViolation)) throw cause;
    const now = await reader.offer(offerId);
    if (now?.acceptedAt === undefined) throw goneAs((now && refusalOf(now, clock.now())) ?? 'expired', cause);
  }
}

/** Nobody takes it any more. @param by the institution when absent */
export async function withdrawOffer(
  { reader, transactor, clock }: OfferParts,
  { tenant, offerId, actor, by = 'institution' }: { tenant: string; offerId: string; actor: string; by?: Withdrawer },
): Promise<OfferView> {
  const offer = await reader.offer(offerId);
  if (offer?.tenant !== tenant) throw new Problem('not-found', 'there is no such offer');
  if (offer.state === 'withdrawn') return viewOf(offer);
  const at = formatInstant(clock.now());
  try {
    await transactor.commit([
      { op: 'offer.withdraw', tenant, offerId, by },
      {
        ...{ op: 'audit.append', at, tenant, actor, operation: 'offer.withdraw', object: offerId },
        detail: { credential: offer.credentialId, by },
      },
    ]);
  } catch (cause) {
    if (!(cause instanceof UniqueViolation)) throw cause;
    const now = (await reader.offer(offerId))!;
    if (now.state !== 'withdrawn') {
      throw new Problem('conflict', 'the award was taken: only a revocation takes it back', { cause });
    }
  }
  return viewOf((await reader.offer(offerId))!);
}
