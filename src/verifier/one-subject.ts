import { fieldProblem } from '#kernel';
import type { Verified } from './verifier.ts';

const OTHER = 'this badge is of another subject than the first: the badges of one learner carry one subject id';

/**
 * Holdings of different people never add up; a badge without subject id cannot be shown to be of the same person. A copy of
 * an award that the subject holds (same issuer, same award id) may carry another id, as the web copy of a badge that a wallet
 * took does: the issuer says that it is the same award, and an award counts once, so that nobody gains by another's copy.
 * @param holder of the presentation, where there is one
 * @throws Problem `invalid-request` at the first badge that is of somebody else
 */
export function oneSubject(verified: readonly Pick<Verified, 'badge'>[], holder: string | undefined) {
  const copies = verified.flatMap(({ badge }, index) => (badge ? [copyOf(badge.model, index)] : []));
  const candidates = holder === undefined ? [...new Set(copies.map(({ id }) => id))] : [holder];
  const strangers = candidates.map((subject) => {
    const awards = new Set(copies.filter(({ id }) => id === subject).map(({ award }) => award));
    return copies.find(({ id, award }) => id !== subject && !(award !== undefined && awards.has(award)));
  });
  const whole = strangers.indexOf(undefined);
  const [stranger] = strangers;
  // With no badge at all the holder is who was asked about.
  if (whole >= 0 || stranger === undefined) return candidates[Math.max(whole, 0)];
  const detail = holder === undefined ? OTHER : 'this badge is not of the holder';
  throw fieldProblem('invalid-request', `/credentials/${stranger.index}`, detail);
}

function copyOf(model: NonNullable<Verified['badge']>['model'], index: number) {
  const { id } = model.subject;
  if (id === undefined) {
    throw fieldProblem('invalid-request', `/credentials/${index}`, 'this badge does not name its subject by an id');
  }
  const { awardId } = model.ph;
  return { index, id, award: awardId === undefined ? undefined : JSON.stringify([model.issuer.id, awardId]) };
}
