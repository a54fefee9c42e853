import { Problem } from '#kernel';
import type { CredentialState, StatusPurpose } from '../ports.ts';

export type StatusAction = 'revoke' | 'suspend' | 'reinstate';

const TRANSITIONS: Record<StatusAction, { from: readonly CredentialState[]; to: CredentialState }> = {
  revoke: { from: ['active', 'suspended'], to: 'revoked' },
  suspend: { from: ['active'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'active' },
};

/** Whether text names an action; unknown means refuse. */
export function isStatusAction(text: unknown): text is StatusAction {
  return typeof text === 'string' && Object.hasOwn(TRANSITIONS, text);
}

/**
 * The state after an action.
 * @throws Problem `status-purpose` when the list entry cannot say it: the purpose `revocation` is not reversible
 *   (Bitstring Status List 1.0 section 2.2); `conflict` when the credential is not in a state to which it applies
 */
export function nextState(action: StatusAction, state: CredentialState, purpose: StatusPurpose): CredentialState {
  if (purpose === 'revocation' && action !== 'revoke') {
    throw new Problem(
      'status-purpose',
      'the status entry of this credential has the purpose revocation, which is final: it can be revoked, not suspended ' +
        'or reinstated. For awards that may be suspended choose the purpose suspension in the achievement version.',
    );
  }
  const { from, to } = TRANSITIONS[action];
  if (state === 'revoked') throw new Problem('conflict', 'the credential is revoked, and revocation is final');
  if (!from.includes(state)) throw new Problem('conflict', `${action} does not apply: the credential is ${state}`);
  return to;
}

/** In which states an action finds something to change, and what it makes of it. */
export function effectOf(action: StatusAction): { from: readonly CredentialState[]; to: CredentialState } {
  return TRANSITIONS[action];
}
