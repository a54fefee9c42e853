import type { AuditWrite } from '#observability';
import type { DcqlQuery } from './dcql-query.ts';
import type { Question } from './question.ts';

/** `answered`: presentations came and were verified; `declined`: the wallet sent an error (OpenID4VP 1.0, 8.5). */
export type RequestState = 'pending' | 'answered' | 'declined';

/** One question of one browser (or program), waiting for one answer of one wallet. */
export interface PresentationRequestRecord {
  /** In the addresses that a wallet is shown; whoever sees the QR code knows it. 128 random bits. */
  requestId: string;
  /** Of the text that only the asker has: nobody else sees the answer. */
  transactionSha256: string;
  /** What the presentations must be bound to; 128 random bits, sent to whoever fetches the request. */
  nonce: string;
  /** Comes back with the answer; 128 random bits, sent as `nonce` is. */
  state: string;
  question: Question;
  query: DcqlQuery;
  status: RequestState;
  createdAt: string;
  /** Answers are taken before this instant. */
  expiresAt: string;
  /** From this instant nothing of it is shown, and it is removed. */
  forgetAt: string;
  answeredAt?: string;
  /** Of the text that the wallet brings back to the browser of the same device. */
  responseCodeSha256?: string;
  /** What the wallet said instead of an answer. */
  error?: string;
  /** JSON text of an `Answer`. */
  answer?: string;
}

/** The key by which the service signs its requests, as `authentication` of its own DID. */
export interface VerifierKeyRecord {
  keyId: string;
  publicKeyMultibase: string;
  wrappedPrivateKey: string;
  createdAt: string;
}

export interface PresentationRequestReader {
  presentationRequest(requestId: string): Promise<PresentationRequestRecord | undefined>;
  verifierKey(): Promise<VerifierKeyRecord | undefined>;
}

export type PresentationRequestWrite =
  | { op: 'presentationRequest.insert'; row: PresentationRequestRecord }
  /** The first answer wins. Fails with `UniqueViolation('presentationRequest.state')` unless it is pending and not over at `at`. */
  | {
      op: 'presentationRequest.answer';
      requestId: string;
      at: string;
      forgetAt: string;
      outcome: { answer: string } | { error: string };
      responseCodeSha256?: string;
    }
  /** Removes what is to be forgotten by `at`. */
  | { op: 'presentationRequest.sweep'; at: string }
  /** Fails with `UniqueViolation('verifier_keys')` when there is one. */
  | { op: 'verifierKey.insert'; row: VerifierKeyRecord }
  | AuditWrite;
