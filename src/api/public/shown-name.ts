import { type BadgeModel, signedName } from '#credentials';
import type { IssuedCredential } from './credential-forms.ts';

/** The signed name; else the recorded one where the learner chose to show it, which then is said to be unsigned. */
export function shownName(
  { recipient, release }: IssuedCredential,
  model: BadgeModel,
): { recipientName?: string; nameIsRecorded?: true } {
  const signed = signedName(model);
  if (signed !== undefined) return { recipientName: signed };
  if (release?.name !== 'shown' || recipient.name === undefined) return {};
  return { recipientName: recipient.name, nameIsRecorded: true };
}
