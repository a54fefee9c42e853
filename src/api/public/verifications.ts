import { type AwardFacts, legalInstant } from '#accreditation';
import { isAttestation } from '#attestations';
import { type Clock, fieldProblem, formatInstant, type JsonObject } from '#kernel';
import type { CredentialInput } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

interface VerificationRequest {
  url?: string;
  credential?: JsonObject;
  text?: string;
  recipient?: string;
  knownOn?: string;
  pathway?: string | JsonObject;
}

interface AccreditationCheckRequest {
  issuer: string;
  source?: string;
  trainingProvider?: string;
  regime?: string;
  at?: string;
  knownOn?: string;
  award: AwardFacts;
}

export function publicVerifications(
  deps: ApiDeps,
): Handlers<'createVerification' | 'createEvaluation' | 'createAccreditationCheck'> {
  const { verifier, attestations, clock } = deps;
  return {
    async createVerification(request, reply) {
      const { recipient, knownOn, pathway, ...body } = request.body as VerificationRequest;
      reply.header('cache-control', 'no-store');
      // No badge: nothing of what is asked beside it can be said of it.
      if (body.text !== undefined && isAttestation(body.text)) return attestations.read(body.text);
      return verifier.verify({
        ...inputOf(body),
        ...(recipient === undefined ? {} : { recipient }),
        ...(pathway === undefined ? {} : { pathway }),
        ...(knownOn === undefined ? {} : { knownAt: pastMoment(knownOn, '/knownOn', clock) }),
      });
    },

    async createAccreditationCheck(request, reply) {
      const { issuer, source, trainingProvider, regime, at, knownOn, award } =
        request.body as AccreditationCheckRequest;
      const now = formatInstant(clock.now());
      reply.header('cache-control', 'no-store');
      return verifier.checkAccreditation({
        parties: { issuer, ...(source ? { source } : {}), ...(trainingProvider ? { trainingProvider } : {}) },
        ...(regime ? { regime } : {}),
        at: at === undefined ? now : moment(at, '/at'),
        knownAt: knownOn === undefined ? now : pastMoment(knownOn, '/knownOn', clock),
        facts: award,
      });
    },

    async createEvaluation(request, reply) {
      reply.header('cache-control', 'no-store');
      return verifier.evaluateStack(request.body as Parameters<typeof verifier.evaluateStack>[0]);
    },
  };
}

/** @throws Problem `invalid-request` for anything but a day or an instant with offset */
export function moment(text: string, pointer: string): string {
  const instant = legalInstant(text);
  if (instant) return instant;
  const detail = 'must be a day (in Asia/Manila), or a date and time that exists, with offset, in whole seconds';
  throw fieldProblem('invalid-request', pointer, detail);
}

/** What will be known nobody knows, and the present second is not over: its answer could still change. */
export function pastMoment(text: string, pointer: string, clock: Clock): string {
  const instant = moment(text, pointer);
  if (instant < formatInstant(clock.now())) return instant;
  throw fieldProblem('invalid-request', pointer, 'must be in the past');
}

/** The schema lets exactly one through. */
function inputOf({ url, credential, text }: VerificationRequest): CredentialInput {
  if (url !== undefined) return { url };
  if (credential !== undefined) return { document: credential };
  return { text: text! };
}
