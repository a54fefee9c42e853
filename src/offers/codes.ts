import { formatInstant, UniqueViolation } from '#kernel';
import type { OfferParts } from './offers.ts';
import { TX_CODE_TRIES as most } from './ports.ts';

/**
 * A comparison is counted before it is made, so that however many ask at once, and wherever they die, five are the most.
 * A right one is counted back.
 */
export async function tryCode(
  deps: OfferParts,
  offerId: string,
  txCode: string,
): Promise<'right' | 'wrong' | 'locked'> {
  const { reader, transactor, clock, secrets, counter } = deps;
  const offer = await reader.offer(offerId);
  try {
    if (offer?.confirmation !== 'txCode') throw new UniqueViolation('offer.tries');
    await transactor.commit([{ op: 'offer.tryCode', offerId, at: formatInstant(clock.now()), most }]);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    counter?.refused('code_locked');
    return 'locked';
  }
  if (await secrets.isCode(offerId, txCode)) {
    await transactor.commit([{ op: 'offer.rightCode', offerId }]);
    return 'right';
  }
  const { tenant } = offer;
  const at = formatInstant(clock.now());
  await transactor.commit([
    { op: 'offer.wrongCode', offerId, most },
    { op: 'audit.append', at, tenant, actor: `offer:${offerId}`, operation: 'offer.wrongCode', object: offerId },
  ]);
  counter?.refused('code_wrong');
  return 'wrong';
}
