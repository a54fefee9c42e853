import type { JsonObject } from '#kernel';
import type { CredentialInput } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

interface VerificationRequest {
  url?: string;
  credential?: JsonObject;
  text?: string;
  recipient?: string;
}

export function publicVerifications(deps: ApiDeps): Handlers<'createVerification' | 'createEvaluation'> {
  const { verifier } = deps;
  return {
    async createVerification(request, reply) {
      const { recipient, ...body } = request.body as VerificationRequest;
      reply.header('cache-control', 'no-store');
      return verifier.verify({ ...inputOf(body), ...(recipient === undefined ? {} : { recipient }) });
    },

    async createEvaluation(request, reply) {
      reply.header('cache-control', 'no-store');
      return verifier.evaluateStack(request.body as Parameters<typeof verifier.evaluateStack>[0]);
    },
  };
}

/** The schema lets exactly one through. */
function inputOf({ url, credential, text }: VerificationRequest): CredentialInput {
  if (url !== undefined) return { url };
  if (credential !== undefined) return { document: credential };
  return { text: text! };
}
