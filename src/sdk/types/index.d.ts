import type { Schemas } from './client.js';

export * from './client.js';

export type JsonObject = Record<string, unknown>;
export type Report = Schemas['Report'];
export type StackReport = Schemas['StackReport'];
export type Evaluation = Schemas['StackEvaluation'];
/** `keysAsOf`: of the snapshot that the issuer's key was read from; of what became of the key later it knows nothing. */
export type PrintedCodeReport = Schemas['AttestationReport'] & { keysAsOf?: string };

/** What a verifier would have fetched, brought by the caller. It is checked as what is fetched is. */
export interface Material {
  /** As `/registry/{slug}/snapshot` answers: parsed or text. Their DID documents are believed: whoever gives them decides whom to trust. */
  registers?: readonly (string | object)[];
  /** Signed status lists; each is known by its `id`. */
  statusLists?: readonly (string | object)[];
  /** Anything else by its address: definitions, DID documents at their https address. */
  documents?: Readonly<Record<string, string | object | Uint8Array>>;
  /** Told each address that would have been fetched and was not brought. */
  onMissing?: (url: string) => void;
  /** The moment of the verification; default now. */
  now?: Date | string;
}

export interface OfflineOptions extends Material {
  /** DIDs of the authorities that are trusted. Without any, `recognition` is `not_shown`. */
  anchors?: readonly string[];
  /** Days after its publication for which a register may answer; default only within its own validity. */
  registerMaxAgeDays?: number;
}

export interface VerifyOfflineInput extends OfflineOptions {
  /** Parsed, as text (JSON or a compact token), or the bytes of a file: JSON, a token, a PNG or SVG with a badge in it. */
  credential: string | object | Uint8Array;
  /** An e-mail address or name; when given, `recipient` becomes part of the verdict. */
  recipient?: string;
  /** Whole-second UTC instant in the past: accreditation is answered as far as was known then. */
  knownAt?: string;
  /** Signed pathway: the check `stackability` says whether the badge serves in it. */
  pathway?: string | object;
}

export interface StackOfflineInput extends OfflineOptions {
  pathway: string | object;
  /** Badges of one person. */
  credentials: readonly (string | object)[];
  /** Addresses or documents of signed equivalence decisions: what each says is read at its address among `documents`. */
  decisions?: readonly (string | object)[];
  /** System -> decimal text. */
  carried?: Readonly<Record<string, string>>;
  /** YYYY-MM-DD, in Asia/Manila; default the day of `now`. */
  date?: string;
}

export interface EvaluateInput {
  /** As evaluation takes it, or the published document, whose signature is not looked at here. */
  pathway: object;
  /** Plain records of one person, taken as they stand. */
  holdings: readonly object[];
  decisions?: readonly object[];
  carried?: Readonly<Record<string, string>>;
  date: string;
}

/** The report that a service gives, without the network. What was not brought is unknown, which is never a pass. */
export function verifyOffline(input: VerifyOfflineInput): Promise<Report>;
/** What badges add up to under a signed pathway, as `POST /v1/evaluations` says it. */
export function stackOffline(input: StackOfflineInput): Promise<StackReport>;
/** What plain records add up to under a pathway: pure. A statement of eligibility, never an award. */
export function evaluate(input: EvaluateInput): Evaluation;
/** What a printed code (`TATAK1:`) states, and whether its issuer's key signed that. It is no verdict on the badge. */
export function readPrintedCode(text: string, options: Material): Promise<PrintedCodeReport>;
