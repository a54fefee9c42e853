import { actingEmail, assertStanding, type CredentialRecord, endOfGuardian, guardianOn } from '#credentials';
import { dayIn, fieldProblem, formatInstant, LIMITS, randomId, sha256Hex } from '#kernel';
import { mustConfirm } from './confirmations.ts';
import {
  type CreateOffer,
  type OfferedAward,
  type OfferKeys,
  type OfferParts,
  type OfferView,
  viewOf,
} from './offers.ts';
import type { Confirmation, OfferRecord, OfferWrite } from './ports.ts';

const DAY = 86_400_000;
const CONFIRMATIONS = new Set<unknown>(['none', 'txCode', 'email'] satisfies Confirmation[]);

/** @throws Problem `invalid-request`; `not-found`, `gone`, `conflict` when the award does not stand */
export async function createOffer(deps: OfferParts, input: CreateOffer): Promise<{ offer: OfferView } & OfferKeys> {
  const award = await assertStanding(deps, input);
  const achievement = await deps.reader.achievement(award.achievementId, award.achievementVersion);
  if (!achievement) throw new Error('a credential without its achievement');
  const offered = offeredAward(award, achievement.document, deps.clock.now());
  const { writes, ...made } = await prepareOffer(deps, input, offered);
  await deps.transactor.commit(writes);
  return made;
}

/** @param now a guardian who acts for the recipient at this moment is the one to be reached, until they act no more */
export function offeredAward(
  { credentialId, awardId, recipient }: Pick<CredentialRecord, 'credentialId' | 'awardId' | 'recipient'>,
  achievement: object,
  now: Date,
): OfferedAward {
  const day = dayIn(now);
  const guardian = guardianOn(recipient, day);
  return {
    ...{ credentialId, awardId, achievement, hasEmail: actingEmail(recipient, day) !== undefined },
    ...(guardian ? { guardianEnds: endOfGuardian(guardian) } : {}),
  };
}

/** The row and its entry in the log, committed by the caller. @throws Problem `invalid-request` */
export async function prepareOffer(
  deps: OfferParts,
  input: CreateOffer,
  award: OfferedAward,
): Promise<{ offer: OfferView; writes: OfferWrite[] } & OfferKeys> {
  const { tenant, actor } = input;
  const confirmation = confirmationOf(input.confirmation, award);
  const { lifetimeDays = LIMITS.offerDays } = input;
  if (!Number.isInteger(lifetimeDays) || lifetimeDays < 1 || lifetimeDays > LIMITS.offerDaysMax) {
    throw fieldProblem('invalid-request', '/lifetimeDays', `must be 1 to ${LIMITS.offerDaysMax} days`);
  }
  const now = deps.clock.now();
  const offerId = randomId(deps.random);
  const { credentialId, awardId, guardianEnds } = award;
  const lapses = formatInstant(new Date(now.getTime() + lifetimeDays * DAY));
  const row: OfferRecord = {
    ...{ tenant, offerId, credentialId, awardId },
    secretSha256: sha256Hex(await deps.secrets.secretOf(offerId)),
    ...{ confirmation, tries: 0, state: 'open', createdAt: formatInstant(now) },
    // A link in a guardian's hands is worth nothing once the learner acts alone.
    expiresAt: guardianEnds !== undefined && guardianEnds < lapses ? guardianEnds : lapses,
  };
  const detail = {
    ...{ credential: credentialId, confirmation, expiresAt: row.expiresAt },
    ...(guardianEnds === undefined ? {} : { for: 'guardian' }),
  };
  const writes: OfferWrite[] = [
    { op: 'offer.insert', row },
    { op: 'audit.append', at: row.createdAt, tenant, actor, operation: 'offer.create', object: offerId, detail },
  ];
  const keys = await deps.secrets.keysOf(row);
  if (!keys) throw new Error('the key of offers changed while one was made');
  return { offer: viewOf(row), writes, ...keys };
}

/** @throws Problem `invalid-request` at `/confirmation` */
export function confirmationOf(
  asked: Confirmation | undefined,
  award: Pick<OfferedAward, 'achievement' | 'hasEmail' | 'guardianEnds'>,
): Confirmation {
  const confirmation = asked ?? (mustConfirm(award) ? 'txCode' : 'none');
  const refuse = (detail: string, code: string) => fieldProblem('invalid-request', '/confirmation', detail, code);
  if (!CONFIRMATIONS.has(confirmation)) throw refuse('must be none, txCode or email', 'enum');
  if (confirmation === 'none' && mustConfirm(award)) {
    throw refuse(
      'must be txCode or email: an award that licenses somebody or is a qualification, or whose learner has a guardian, is not given to whoever has the link',
      'confirmation_required',
    );
  }
  if (confirmation === 'email' && !award.hasEmail) {
    throw refuse('must not be email: no address of the recipient is recorded', 'no_email');
  }
  return confirmation;
}
