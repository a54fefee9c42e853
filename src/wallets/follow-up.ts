import { formatInstant, isObject, shown } from '#kernel';
import type { WalletsDeps } from './deps.ts';
import { type CredentialAnswer, take, type WalletCall } from './issue.ts';
import type { WalletEvent } from './ports.ts';
import { WalletRefusal } from './refusal.ts';
import { tokenFor } from './token.ts';

const EVENTS: readonly WalletEvent[] = ['credential_accepted', 'credential_failure', 'credential_deleted'];

/**
 * OpenID4VCI 1.0, 9. The answer of a transaction that is done is given again until the wallet says that it has the badge:
 * an answer may be lost. @throws WalletRefusal
 */
export async function deferredCredential(call: WalletCall, deps: WalletsDeps): Promise<CredentialAnswer> {
  const token = await tokenFor(call.authorization, call.tenant, deps);
  const body = isObject(call.body) ? call.body : {};
  if (body.credential_response_encryption !== undefined) {
    throw new WalletRefusal('invalid_encryption_parameters', 'answers are not encrypted here');
  }
  const { transaction_id: transactionId } = body;
  if (typeof transactionId !== 'string') {
    throw new WalletRefusal('invalid_credential_request', 'transaction_id is missing');
  }
  const row = await deps.reader.walletIssuance(transactionId);
  if (row?.offerId !== token.offerId || row.event !== undefined) {
    throw new WalletRefusal('invalid_transaction_id', 'there is no such transaction, or it is done');
  }
  return take(row, deps, [row]);
}

/** OpenID4VCI 1.0, 11. Saying it again changes nothing. @throws WalletRefusal */
export async function notified(call: WalletCall, deps: WalletsDeps): Promise<void> {
  const token = await tokenFor(call.authorization, call.tenant, deps);
  const { notification_id: id, event } = isObject(call.body) ? call.body : {};
  if (typeof id !== 'string') throw new WalletRefusal('invalid_notification_request', 'notification_id is missing');
  const known = EVENTS.find((one) => one === event);
  if (!known) {
    throw new WalletRefusal(
      'invalid_notification_request',
      `event must be one of ${EVENTS.join(', ')}, not ${shown(event, 40)}`,
    );
  }
  const row = await deps.reader.walletIssuance(id);
  if (row?.offerId !== token.offerId || row.state !== 'issued') {
    throw new WalletRefusal('invalid_notification_id', 'nothing was issued under this notification_id');
  }
  if (row.event === known) return;
  const at = formatInstant(deps.clock.now());
  // The offer first: what is written down here ends the repetition.
  if (known === 'credential_accepted') await deps.offers.accept(row.offerId, 'wallet');
  await deps.transactor.commit([{ op: 'walletIssuance.notified', issuanceId: id, event: known, at }]);
}
