import type { FastifyReply, FastifyRequest } from 'fastify';
import { qrCodeSvg } from '#documents';
import { LIMITS, Problem } from '#kernel';
import { type RequestFormPage, type RequestPage, renderRequest, renderRequestForm } from '#pages';
import type { BadgeAsked, HolderBinding, RequestView } from '#presentation-requests';
import type { ApiDeps } from '../deps.ts';
import { readCookie, setCookie } from '../http/cookies.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { nameOf } from './names.ts';
import { definitionsIn, namesIn, readPathwayDocument } from './pathway-view.ts';

const COOKIE = 'tatak_request';
/** How often a page that waits looks again, in seconds. */
const LOOK_AGAIN = 5;
const KINDS = ['achievement', 'name', 'achievementType', 'pathway'] as const;

type Form = Partial<Record<(typeof KINDS)[number] | 'holderBinding', string>>;

/** Asking a holder for badges, for people. */
export function publicRequestPages(deps: ApiDeps): Handlers<'getRequestForm' | 'submitRequestForm' | 'getRequest'> {
  const { presentationRequests, publicUrl, specimen } = deps;

  const showForm = (request: FastifyRequest, reply: FastifyReply, page: RequestFormPage) => {
    const body = renderRequestForm(siteOf(request, specimen), page);
    return publish(request, reply, { body, type: 'text/html', cache: 'never' });
  };

  return {
    async getRequestForm(request, reply) {
      const { achievement, pathway } = request.query as Form;
      return showForm(request, reply, { ...(achievement ? { achievement } : {}), ...(pathway ? { pathway } : {}) });
    },

    async submitRequestForm(request, reply) {
      const form = request.body as Form;
      try {
        const { view, transaction } = await presentationRequests.create(questionOf(form));
        const path = `/requests/${view.request.requestId}`;
        const maxAge = (LIMITS.presentationRequestMs + LIMITS.presentationAnswerMs) / 1_000;
        return reply
          .code(303)
          .header(
            'set-cookie',
            setCookie(COOKIE, transaction, { path, maxAge, secure: publicUrl.startsWith('https:') }),
          )
          .header('cache-control', 'no-store')
          .header('location', `${path}${sameLang(request)}`)
          .send();
      } catch (error) {
        if (!(error instanceof Problem) || error.kind !== 'invalid-request') throw error;
        reply.code(error.status);
        const { holderBinding, ...asked } = form;
        const required = holderBinding === 'required';
        const field = /pathway|achievement|name/.exec(error.errors[0]?.pointer ?? '')?.[0];
        return showForm(request, reply, { ...asked, required, problem: { field, detail: error.message } });
      }
    },

    async getRequest(request, reply) {
      const { requestId } = request.params as { requestId: string };
      const { response_code: responseCode } = request.query as { response_code?: string };
      const view = await presentationRequests.view(requestId, readCookie(request, COOKIE), responseCode);
      // Without any script, and without losing the place on a page that has an answer.
      if (view.stage === 'waiting') reply.header('refresh', String(LOOK_AGAIN));
      const body = renderRequest(siteOf(request, specimen), await pageOf(view, deps));
      return publish(request, reply, { body, type: 'text/html', cache: 'never' });
    },
  };
}

/** A browser sends every field of the form. @throws Problem `invalid-request` unless exactly one is filled */
function questionOf(form: Form): { badges?: BadgeAsked[]; pathway?: string; holderBinding: HolderBinding } {
  const filled = KINDS.flatMap((kind) => (form[kind]?.trim() ? [[kind, form[kind].trim()] as const] : []));
  const [asked, another] = filled;
  if (!asked || another) throw new Problem('invalid-request', 'give exactly one of the four');
  const [kind, value] = asked;
  const holderBinding = form.holderBinding === 'required' ? 'required' : 'preferred';
  return kind === 'pathway'
    ? { pathway: value, holderBinding }
    : { badges: [{ [kind]: value } as BadgeAsked], holderBinding };
}

async function pageOf({ request, links, stage, answer }: RequestView, deps: ApiDeps): Promise<RequestPage> {
  const { requestId, question, expiresAt, answeredAt, error } = request;
  const pathway = 'pathway' in question ? await pathwayOf(question.pathway, answer?.stack, deps) : undefined;
  return {
    path: `/requests/${requestId}`,
    asked: 'badges' in question ? question.badges : [],
    required: question.holderBinding === 'required',
    ...(pathway ? { pathway } : {}),
    ...{ stage, expiresAt },
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(error === undefined ? {} : { error }),
    ...(stage === 'waiting' ? { link: links.same, qrCode: await qrCodeSvg(links.other) } : {}),
    ...(answer ? { badges: answer.badges } : {}),
  };
}

async function pathwayOf(
  { id, version }: { id: string; version: number },
  stack: NonNullable<RequestView['answer']>['stack'],
  deps: ApiDeps,
): Promise<RequestPage['pathway']> {
  const row = await deps.reader.pathway(id, version);
  if (!row) return undefined;
  const { name, conferrer, rule, effectivePeriod, realism } = readPathwayDocument(row.signed);
  return {
    url: `${deps.publicUrl}/pathways/${id}`,
    name,
    conferrer: await nameOf(conferrer, deps),
    version: String(version),
    ...(effectivePeriod ? { effectivePeriod } : {}),
    specimen: deps.specimen || realism === 'Illustrative',
    root: rule,
    definitions: await definitionsIn(rule, deps),
    names: await namesIn(rule, stack, deps),
    form: {},
    ...(stack ? { stack } : {}),
  };
}
