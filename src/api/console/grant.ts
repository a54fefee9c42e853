import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccreditationView, Dependent, EventInput } from '#accreditation';
import { actorOf } from '#auth';
import { fieldProblem, Problem } from '#kernel';
import { type DependentView, type GrantEventType, type GrantPage, renderGrant } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { grantViews } from '../public/grant-views.ts';
import { createDesk, shownProblem, today } from './desk.ts';
import { type InstrumentForm, instrumentOf } from './instruments.ts';

interface Form extends InstrumentForm {
  type: GrantEventType;
  effectiveAt?: string;
  reason?: string;
  confirmed?: 'yes';
}

type Shown = Partial<Pick<GrantPage, 'typed' | 'confirm' | 'problem'>>;

/** What may take something away from others: they are shown first. */
const TAKES: ReadonlySet<GrantEventType> = new Set(['suspended', 'withdrawn', 'annulled']);
/** Grants below that one page shows. */
const SHOWN = 50;

/** One grant: what was signed, what happened to it, and what can be recorded of it, asked twice. */
export function consoleGrant(deps: ApiDeps): Handlers<'getConsoleGrant' | 'recordConsoleGrantEvent'> {
  const { accreditations, clock } = deps;
  const desk = createDesk(deps);

  async function mustRead(request: FastifyRequest): Promise<AccreditationView> {
    const { accreditationId } = request.params as { accreditationId: string };
    const found = await accreditations.get(accreditationId);
    // What another authority granted is public at its own address; here it does not exist.
    if (found?.record.tenant !== principalOf(request).tenant) {
      throw new Problem('not-found', 'there is no such accreditation');
    }
    return found;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown = {}) {
    const moment = today(clock);
    const body = renderGrant(desk.site(request), await desk.officer(request), {
      ...{ moment, typed: {} },
      grant: await grantViews(deps, moment).page(await mustRead(request)),
      ...shown,
    });
    return desk.send(request, reply, body);
  }

  async function inWords({ grants, complete, awards, uncounted }: Dependent): Promise<DependentView> {
    const views = grantViews(deps, today(clock));
    return {
      grants: await Promise.all(grants.slice(0, SHOWN).map(views.page)),
      // All that were found, shown or not.
      count: grants.length,
      complete,
      awards: await Promise.all(awards.map(async ({ did, ...rest }) => ({ ...rest, party: await views.party(did) }))),
      uncounted: await Promise.all(uncounted.map(views.party)),
    };
  }

  return {
    getConsoleGrant: (request, reply) => show(request, reply),

    async recordConsoleGrantEvent(request, reply) {
      const principal = principalOf(request);
      const { tenant } = principal;
      const form = request.body as Form;
      const { accreditationId } = (await mustRead(request)).record;
      const actor = actorOf(principal);
      try {
        const input = eventOf(form);
        if (form.confirmed !== 'yes') {
          const preview = await accreditations.previewEvent(tenant, accreditationId, input, actor);
          const { effectiveAt } = preview.event;
          const depends = TAKES.has(form.type)
            ? await inWords(await deps.dependents(tenant, accreditationId, effectiveAt))
            : undefined;
          const confirm = { type: form.type, effectiveAt, becomes: preview.becomes, ...(depends ? { depends } : {}) };
          return await show(request, reply, { typed: { ...form }, confirm });
        }
        await accreditations.recordEvent(tenant, accreditationId, input, actor);
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return show(request, reply.code(status), { typed: { ...form }, problem });
      }
      return desk.go(request, reply, `/console/grants/${accreditationId}`);
    },
  };
}

/** @throws Problem `invalid-request` where something is not there without which it cannot be judged */
function eventOf(form: Form): EventInput {
  const { type, reason = '' } = form;
  const effectiveAt = form.effectiveAt?.trim();
  if (!effectiveAt && type !== 'annulled') {
    throw fieldProblem('invalid-request', '/effectiveAt', 'is required', 'required');
  }
  const legalInstrument = instrumentOf(form);
  return {
    ...{ type, reason: reason.replace(/\s+/g, ' ').trim() },
    ...(effectiveAt ? { effectiveAt } : {}),
    ...(legalInstrument ? { legalInstrument } : {}),
  };
}
