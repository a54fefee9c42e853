import { CLAIM, type ParticipantMessage, STEP } from '#exchanges';
import { fieldProblem, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { assertEnvelope } from './envelope.ts';

type Operations =
  | 'vcApiGetWorkflow'
  | 'vcApiCreateExchange'
  | 'vcApiGetExchange'
  | 'vcApiExchangeMessage'
  | 'vcApiGetProtocols'
  | 'vcApiGetInteraction';

/** VCALM 0.9, workflows and exchanges: one built-in workflow, by which an award that was offered is taken. */
export function vcApiExchanges({
  exchanges,
  publicUrl,
}: Pick<ApiDeps, 'exchanges' | 'publicUrl'>): Handlers<Operations> {
  const secretOf = (params: unknown) => {
    const { workflow, secret } = params as { workflow: string; secret: string };
    assertWorkflow(workflow);
    return secret;
  };
  return {
    async vcApiGetWorkflow(request) {
      const { workflow } = request.params as { workflow: string };
      assertWorkflow(workflow);
      return { id: `${publicUrl}/vc-api/workflows/${CLAIM}`, initialStep: STEP, steps: { [STEP]: SAID } };
    },

    async vcApiCreateExchange(request, reply) {
      const { workflow } = request.params as { workflow: string };
      assertWorkflow(workflow);
      const { variables } = request.body as { variables: { offer: string } };
      const opened = await exchanges.open({ tenant: principalOf(request).tenant, offerId: variables.offer });
      reply.code(201).header('location', opened.url).header('cache-control', 'no-store');
      return { id: opened.url, expires: opened.expires };
    },

    async vcApiGetExchange(request, reply) {
      reply.header('cache-control', 'no-store');
      return { exchange: await exchanges.read(principalOf(request).tenant, secretOf(request.params)) };
    },

    async vcApiExchangeMessage(request, reply) {
      const message = request.body as ParticipantMessage;
      if (message.verifiablePresentation) {
        assertEnvelope(message.verifiablePresentation, 'presentation', '/verifiablePresentation');
      }
      const said = await exchanges.message(secretOf(request.params), message);
      reply.type('application/json').header('cache-control', 'no-store');
      // The credential stands in the answer as it is stored, byte for byte.
      const { verifiablePresentation: text } = said;
      return reply.send(text === undefined ? JSON.stringify(said) : `{"verifiablePresentation":${text}}`);
    },

    async vcApiGetProtocols(request, reply) {
      reply.header('cache-control', 'no-store');
      return exchanges.protocols(secretOf(request.params));
    },

    async vcApiGetInteraction(request, reply) {
      const { secret } = request.params as { secret: string };
      reply.header('cache-control', 'no-store').header('vary', 'accept');
      // VCALM: whoever does not ask for JSON by name is a person.
      if (/\bapplication\/json\b/.test(request.headers.accept ?? '')) {
        if ((request.query as { iuv?: string }).iuv !== '1') {
          throw fieldProblem('invalid-request', '/query/iuv', 'must be 1: no other version is known', 'iuv');
        }
        return exchanges.protocols(secret);
      }
      return reply
        .code(303)
        .header('location', `${publicUrl}/claim/${encodeURIComponent(secret)}`)
        .send();
    },
  };
}

/** What the step asks, for people who read it. */
const SAID = {
  verifiablePresentationRequest: { query: [{ type: 'DIDAuthentication' }] },
  issueRequests: [{ variables: 'offer' }],
};

/** @throws Problem `not-found` */
function assertWorkflow(workflow: string): void {
  if (workflow !== CLAIM) throw new Problem('not-found', 'there is no such workflow');
}
