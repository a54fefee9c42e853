/** Error codes of the credential, deferred and notification endpoints (OpenID4VCI 1.0, 8.3.1.2, 9.3 and 11.3; RFC 6750, 3.1). */
export type WalletErrorCode =
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
  | 'invalid_transaction_id'
  | 'invalid_notification_id'
  | 'invalid_notification_request';

/** What a wallet is told instead of an answer. Nothing was changed by the request, but a nonce in it may be used up. */
export class WalletRefusal extends Error {
  readonly code: WalletErrorCode;
  /** Absent `Authorization` is answered without a code (RFC 6750, 3.1). */
  readonly noToken: boolean;
  /** For the next try; told as drafts did. */
  cNonce?: string;

  constructor(code: WalletErrorCode, description: string, more: { cause?: unknown; noToken?: boolean } = {}) {
    super(description, { cause: more.cause });
    this.name = 'WalletRefusal';
    this.code = code;
    this.noToken = more.noToken ?? false;
  }

  /** The proof itself may be good: a new one for a new nonce may be taken. */
  get wantsNonce(): boolean {
    return this.code === 'invalid_proof' || this.code === 'invalid_nonce';
  }
}
