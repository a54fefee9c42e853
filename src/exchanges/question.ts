import { formatInstant, LIMITS, type Random, randomId } from '#kernel';
import type { CoordinatorMessage } from './exchanges.ts';
import type { ExchangeRecord } from './ports.ts';

/** DID methods whose keys need nobody else's server, and suites that every wallet of today signs with. */
const METHODS = ['key', 'jwk'];
const SUITES = ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'eddsa-jcs-2022', 'ecdsa-jcs-2019'];

/** A challenge for one answer. */
export function newQuestion(
  random: Random,
  now: Date,
): Required<Pick<ExchangeRecord, 'challenge' | 'challengeExpiresAt'>> {
  const challengeExpiresAt = formatInstant(new Date(now.getTime() + LIMITS.challengeMs));
  return { challenge: `tatak-exchange-${randomId(random)}`, challengeExpiresAt };
}

/** What is asked at this moment (VPR 2024, DIDAuthentication); undefined when nothing is, or for too long already. */
export function questionOf(
  { challenge, challengeExpiresAt }: Pick<ExchangeRecord, 'challenge' | 'challengeExpiresAt'>,
  domain: string,
  now: Date,
): CoordinatorMessage | undefined {
  if (challenge === undefined || challengeExpiresAt === undefined || challengeExpiresAt <= formatInstant(now)) {
    return undefined;
  }
  const query = {
    type: 'DIDAuthentication',
    acceptedMethods: METHODS.map((method) => ({ method })),
    acceptedCryptosuites: SUITES.map((cryptosuite) => ({ cryptosuite })),
  };
  return { verifiablePresentationRequest: { query: [query], challenge, domain } };
}
