import { createHmac, timingSafeEqual } from 'node:crypto';
import { base32, sha256Hex } from '#kernel';
import type { OfferKeys } from './offers.ts';
import { type OfferRecord, TX_CODE_DIGITS } from './ports.ts';

/** 160 bits of base 32. */
const SECRET = /^[0-9a-hjkmnp-tv-z]{32}$/;

/**
 * What opens an offer is made of its id and of a key that the database does not hold: a stolen table opens nothing, not even
 * the one in a million that a stored digest of six digits would give away, and a link can be made once more for whoever
 * sends it.
 */
export function createSecrets(key: () => Promise<Uint8Array>) {
  const mac = async (what: string, offerId: string) =>
    createHmac('sha256', await key())
      .update(`${what} ${offerId}`)
      .digest();

  /** @param edition of the link: 0 for the first, one more each time it is replaced */
  async function secretOf(offerId: string, edition = 0): Promise<string> {
    const bytes = await mac('link', edition === 0 ? offerId : `${offerId} ${edition}`);
    return base32(bytes.subarray(0, 20));
  }

  async function codeOf(offerId: string): Promise<string> {
    const number = (await mac('code', offerId)).readBigUInt64BE(0) % BigInt(10 ** TX_CODE_DIGITS);
    return String(number).padStart(TX_CODE_DIGITS, '0');
  }

  return {
    /** Of a text in a link; undefined for one that cannot be there. */
    digestOf: (secret: string): string | undefined => (SECRET.test(secret) ? sha256Hex(secret) : undefined),
    secretOf,
    async isCode(offerId: string, given: string): Promise<boolean> {
      const digest = (text: string) => Buffer.from(sha256Hex(text), 'hex');
      return timingSafeEqual(digest(await codeOf(offerId)), digest(given));
    },
    /** undefined when it was made with another key. */
    async keysOf(
      offer: Pick<OfferRecord, 'offerId' | 'edition' | 'confirmation' | 'secretSha256'>,
    ): Promise<OfferKeys | undefined> {
      const secret = await secretOf(offer.offerId, offer.edition);
      if (sha256Hex(secret) !== offer.secretSha256) return undefined;
      return { secret, ...(offer.confirmation === 'txCode' ? { txCode: await codeOf(offer.offerId) } : {}) };
    },
  };
}
