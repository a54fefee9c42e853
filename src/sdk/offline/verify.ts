import { isAttestation } from '#attestations';
import { fieldProblem, type JsonObject, parseStrictJson } from '#kernel';
import type { RecipientClaim, Report, StackInput, StackReport } from '#verifier';
import { untilAnswered } from '../later.ts';
import { told } from '../problem.ts';
import { type OfflineOptions, offlineVerifier } from './verifier.ts';

export interface VerifyOfflineInput extends OfflineOptions {
  /** Parsed, as text (JSON or a compact token), or the bytes of a file: JSON, a token, a PNG or SVG with a badge in it. */
  credential: string | JsonObject | Uint8Array;
  /** When given, `recipient` becomes part of the verdict. */
  recipient?: string | RecipientClaim;
  /** Whole-second UTC instant in the past: accreditation is answered as far as was known then. */
  knownAt?: string;
  /** Text or document of a signed pathway: the check `stackability` says whether the badge serves in it. */
  pathway?: string | JsonObject;
}

/**
 * The report that a service gives, without the network.
 * @throws TatakProblem when no report can be made; whatever is wrong with the badge is in the report
 */
export function verifyOffline(input: VerifyOfflineInput): Promise<Report> {
  const { credential, recipient, knownAt, pathway } = input;
  return told(() =>
    untilAnswered(() => {
      if (typeof credential === 'string') refuseAddress(credential, '/credential');
      return offlineVerifier(input).verifier.verify({
        ...given(credential),
        ...(recipient === undefined ? {} : { recipient }),
        ...(knownAt === undefined ? {} : { knownAt }),
        ...(pathway === undefined ? {} : { pathway: typeof pathway === 'string' ? pathway : copied(pathway) }),
      });
    }),
  );
}

export interface StackOfflineInput extends OfflineOptions, Pick<StackInput, 'date' | 'carried'> {
  /** The signed pathway: parsed or text. */
  pathway: string | JsonObject;
  /** Badges of one person, each parsed or text. */
  credentials: readonly (string | JsonObject)[];
  /** Addresses or documents of signed equivalence decisions: what each says is read at its address among `documents`. */
  decisions?: readonly (string | JsonObject)[];
}

/** What badges add up to under a signed pathway, as `POST /v1/evaluations` says it. @throws TatakProblem */
export function stackOffline(input: StackOfflineInput): Promise<StackReport> {
  const { pathway, credentials, decisions, date, carried } = input;
  const one = (value: string | JsonObject) => (typeof value === 'string' ? value : copied(value));
  return told(() =>
    untilAnswered(async () =>
      offlineVerifier(input).verifier.evaluateStack({
        pathway: one(pathway),
        credentials: credentials.map(one),
        ...(decisions ? { decisions: decisions.map(one) } : {}),
        ...(date === undefined ? {} : { date }),
        ...(carried ? { carried } : {}),
      }),
    ),
  );
}

function given(credential: VerifyOfflineInput['credential']) {
  if (typeof credential === 'string') return { text: credential };
  return credential instanceof Uint8Array ? { bytes: credential } : { document: copied(credential) };
}

/** Read as a request is: no prototypes, no getters, no `__proto__` of the caller. */
const copied = (document: JsonObject): JsonObject => parseStrictJson(JSON.stringify(document)) as JsonObject;

function refuseAddress(text: string, pointer: string): void {
  if (isAttestation(text)) {
    throw fieldProblem('invalid-request', pointer, 'is the text of a printed code: `readPrintedCode` reads it');
  }
}
