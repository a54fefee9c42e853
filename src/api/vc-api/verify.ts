import type { FastifyReply } from 'fastify';
import type { JsonObject } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { assertEnvelope } from './envelope.ts';
import { outcomeOf, type ReturnOptions, shown } from './outcome.ts';

interface VerifyRequest {
  verifiableCredential: JsonObject;
  options?: ReturnOptions & { returnCredential?: boolean; checks?: string[] };
}

/** VCALM "Verify Credential". The document is read by the rules of VCDM 2.0; a badge is held to those of Open Badges too. */
export function vcApiVerify({ verifier }: Pick<ApiDeps, 'verifier'>): Handlers<'vcApiVerifyCredential'> {
  return {
    async vcApiVerifyCredential(request, reply) {
      const { verifiableCredential, options = {} } = request.body as VerifyRequest;
      assertEnvelope(verifiableCredential, 'credential', '/verifiableCredential');
      const report = await verifier.verify({ document: verifiableCredential, otherwise: 'vc' });
      const outcome = outcomeOf(report.checks);
      const body = {
        ...shown(outcome, report, options),
        ...(options.returnCredential && outcome.verified ? { credential: verifiableCredential } : {}),
      };
      return outcome.verified ? sendVerified(reply, body) : sendRefused(reply, body);
    },
  };
}

export function sendVerified(reply: FastifyReply, body: object): object {
  reply.header('cache-control', 'no-store');
  return body;
}

/** A problem document that carries the whole answer: conformance suites and old clients look at the status alone. */
function sendRefused(
  reply: FastifyReply,
  body: { errors: readonly { type: string; title: string; detail: string }[] },
) {
  const { type, title, detail } = body.errors[0]!;
  reply.code(400).type('application/problem+json').header('cache-control', 'no-store');
  return reply.send(Buffer.from(JSON.stringify({ type, title, status: 400, detail, ...body })));
}
