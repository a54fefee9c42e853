import type { CredentialRecord } from '#credentials';

/** The state of a credential as people should read it now: one that nobody changed, whose last day is over, is expired. */
export const stateNow = (
  { state }: Pick<CredentialRecord, 'state'>,
  validUntil: string | undefined,
  now: Date,
): CredentialRecord['state'] | 'expired' =>
  state === 'active' && validUntil !== undefined && Date.parse(validUntil) <= now.getTime() ? 'expired' : state;
