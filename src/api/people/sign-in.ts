import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { renderSignIn, renderSignInAsked, renderSignInLink, type SignInPage } from '#pages';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { createBrowser } from './browser.ts';

type Operations =
  | 'getSignInPage'
  | 'submitSignInPage'
  | 'getSignInLink'
  | 'useSignInLink'
  | 'startOpenIdSignIn'
  | 'finishOpenIdSignIn';

/** The pages on which officers sign in. */
export function peopleSignIn(deps: ApiDeps): Handlers<Operations> {
  const { signIn, openId } = deps.people;
  const browser = createBrowser(deps);
  const site = (request: FastifyRequest) => siteOf(request, deps.specimen);
  const send = (request: FastifyRequest, reply: FastifyReply, body: string) =>
    publish(request, reply, { body, type: 'text/html', cache: 'never' });
  const go = (request: FastifyRequest, reply: FastifyReply, path: string) =>
    reply
      .code(303)
      .headers({ location: `${path}${sameLang(request)}`, 'cache-control': 'no-store' })
      .send();

  async function form(request: FastifyRequest, reply: FastifyReply, shown: Omit<SignInPage, 'providers'>) {
    const providers = await Promise.all(
      (await openId.list()).map(async ({ tenant }) => {
        const institution = await deps.institutions.get(tenant);
        return { tenant, name: institution?.profile.name ?? tenant };
      }),
    );
    return send(request, reply, renderSignIn(site(request), { ...shown, providers }));
  }

  return {
    async getSignInPage(request, reply) {
      return form(request, reply, {});
    },

    async submitSignInPage(request, reply) {
      const { email } = request.body as { email: string };
      try {
        const { lang } = site(request);
        await signIn.ask({ email, browser: browser.ensure(request, reply), lang });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        reply.code(error.status);
        return form(request, reply, { problem: error.kind, email });
      }
      return send(request, reply, renderSignInAsked(site(request)));
    },

    // Programs that look at links in mail open this one and change nothing: signing in takes the button.
    async getSignInLink(request, reply) {
      const { token = '' } = request.query as { token?: string };
      const here = browser.known(request) !== undefined;
      return send(request, reply, renderSignInLink(site(request), { token, here }));
    },

    async useSignInLink(request, reply) {
      const { token } = request.body as { token: string };
      const opened = await signIn.useLink({ token, browser: browser.known(request) });
      if (opened) {
        browser.signedIn(reply, opened);
        return go(request, reply, '/account');
      }
      reply.code(400);
      return form(request, reply, { problem: 'link' });
    },

    async startOpenIdSignIn(request, reply) {
      const { institution: tenant } = request.query as { institution: string };
      const url = await openId.start({ tenant, browser: browser.ensure(request, reply) });
      return reply.code(303).headers({ location: url.href, 'cache-control': 'no-store' }).send();
    },

    async finishOpenIdSignIn(request, reply) {
      const query = request.url.split('?')[1] ?? '';
      const [known, token] = [browser.known(request), browser.token(request)];
      const opened = await openId.finish({ query, browser: known, token });
      if (opened) {
        browser.signedIn(reply, opened);
        return go(request, reply, '/account');
      }
      reply.code(400);
      return form(request, reply, { problem: 'openid' });
    },
  };
}
