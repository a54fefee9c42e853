import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { type HolderNotice, renderMy } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { type MyForm, myActions, type Next, type Shown } from './my-actions.ts';
import { mySession } from './my-view.ts';
import { opened } from './sessions.ts';

/** What only one person may see is in nobody's cache and in no index. */
export function privately(reply: FastifyReply): FastifyReply {
  return reply.header('x-robots-tag', 'noindex, nofollow');
}

export function myPage(deps: ApiDeps): Handlers<'getMyPage' | 'submitMyPage'> {
  const { holders, specimen, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);
  const parts = { holders, cookie };
  const sessionOf = mySession(deps);
  const perform = myActions(deps, parts);

  async function answer(request: FastifyRequest, reply: FastifyReply, token: string | undefined, shown: Shown) {
    const session = await holders.session(token);
    const { status = 200, ...page } = shown;
    const body = renderMy(siteOf(request, specimen), {
      ...page,
      formToken: session ? cookie.formToken(token) : '',
      ...(session ? { session: await sessionOf(session, token!) } : {}),
    });
    return publish(request, privately(reply).code(status), { body, type: 'text/html', cache: 'never' });
  }

  async function act(request: FastifyRequest, reply: FastifyReply, form: MyForm): Promise<Next> {
    if (form.action === 'code') return sendCode(request, reply, form);
    const token = cookie.read(request);
    const session = await holders.session(token);
    if (token === undefined || !session) throw new Problem('unauthenticated', 'the session is over');
    return perform({ request, reply, token, session }, form);
  }

  async function sendCode(request: FastifyRequest, reply: FastifyReply, { email = '' }: MyForm): Promise<Next> {
    const token = await opened(request, reply, parts);
    const { lang } = siteOf(request, specimen);
    const refused = await refusal(() => holders.sendCode({ token, email, lang }));
    return [token, refused ? { status: refused.status, notice: codeNotice(refused) } : { codeFor: email.trim() }];
  }

  return {
    async getMyPage(request, reply) {
      return answer(request, reply, cookie.read(request), {});
    },

    async submitMyPage(request, reply) {
      cookie.fromHere(request);
      const form = request.body as MyForm;
      const token = cookie.read(request);
      if (await holders.session(token)) {
        const stale = await refusal(async () => cookie.checkForm(token, form.form));
        if (stale) return answer(request, reply, token, { status: 403, notice: { tone: 'warn', word: 'staleForm' } });
      }
      const next = await act(request, reply, form);
      if (typeof next === 'string') return privately(reply).header('cache-control', 'no-store').redirect(next, 303);
      return answer(request, reply, ...next);
    },
  };
}

export async function refusal(go: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await go();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

export function codeNotice({ kind }: Problem): HolderNotice {
  if (kind === 'rate-limited') return { tone: 'warn', word: 'codeLimited' };
  return { tone: 'bad', word: kind === 'unavailable' ? 'noMail' : 'codeBadEmail' };
}
