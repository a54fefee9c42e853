import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '#auth';
import { fieldProblem, Problem } from '#kernel';
import { type AccountProblem, renderAccount } from '#pages';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { createBrowser } from './browser.ts';

/** A form of the account page: which button, and what it names. */
interface Form {
  action: 'act' | 'signOut' | 'endSession' | 'removePasskey';
  institution?: string;
  role?: Role;
  id?: string;
}

/** The page on which officers see and end their sessions, and add and remove passkeys. */
export function peopleAccount(deps: ApiDeps): Handlers<'getAccountPage' | 'submitAccountPage'> {
  const { sessions, passkeys } = deps.people;
  const browser = createBrowser(deps);
  const site = (request: FastifyRequest) => siteOf(request, deps.specimen);
  const go = (request: FastifyRequest, reply: FastifyReply, path: string) =>
    reply
      .code(303)
      .headers({ location: `${path}${sameLang(request)}`, 'cache-control': 'no-store' })
      .send();

  async function show(request: FastifyRequest, reply: FastifyReply, problem?: AccountProblem) {
    const view = await sessions.view(browser.token(request));
    if (!view) return go(request, reply, '/sign-in');
    const names = new Map<string, string>();
    for (const { tenant } of view.roles) {
      const institution = tenant === 'system' ? undefined : await deps.institutions.get(tenant);
      if (institution) names.set(tenant, institution.profile.name);
    }
    const body = renderAccount(site(request), { ...view, names, ...(problem === undefined ? {} : { problem }) });
    return publish(request, reply, { body, type: 'text/html', cache: 'never' });
  }

  async function act(token: string | undefined, form: Form): Promise<void> {
    const { action, institution, role, id } = form;
    switch (action) {
      case 'act':
        if (institution === undefined || role === undefined) break;
        await sessions.actAs(token, { tenant: institution, role });
        return;
      case 'endSession':
        if (id === undefined) break;
        await sessions.end(token, id);
        return;
      case 'removePasskey':
        if (id === undefined) break;
        await passkeys.remove({ token, credentialId: id });
        return;
      case 'signOut':
        await sessions.signOut(token);
        return;
      default:
        break;
    }
    throw fieldProblem('invalid-request', '/action', 'names nothing to act on');
  }

  return {
    async getAccountPage(request, reply) {
      const { from } = request.query as { from?: 'console' };
      return show(request, reply, from);
    },

    async submitAccountPage(request, reply) {
      const form = request.body as Form;
      const token = browser.token(request);
      try {
        await act(token, form);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.kind === 'unauthenticated') return go(request, reply, '/sign-in');
        reply.code(error.status);
        return show(request, reply, problemOf(form.action, error));
      }
      if (form.action !== 'signOut') return go(request, reply, '/account');
      browser.signedOut(reply);
      return go(request, reply, '/sign-in');
    },
  };
}

function problemOf(action: Form['action'], { kind }: Problem): AccountProblem {
  if (kind === 'invalid-request' || action === 'signOut') return 'nothing';
  return action === 'removePasskey' && kind === 'conflict' ? 'lastPasskey' : action;
}
