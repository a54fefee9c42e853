import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import type { Interaction } from '#oauth';
import { renderWalletConsent, type WalletConsentPage } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { opened, renewed, tokenOf } from '../holder/sessions.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { allowFormAction } from '../http/security-headers.ts';
import { siteOf } from '../http/site.ts';
import { oauthRequestOf } from './answers.ts';

interface Fields {
  action: 'send' | 'confirm' | 'allow' | 'deny';
  code?: string;
  form?: string;
}

/**
 * The page on which a learner lets a wallet have a badge. Whoever started the request, the badge goes only where the owner of
 * the recorded address agrees, on a page that says where that is.
 */
export function oauthInteraction({
  oauth,
  holders,
  specimen,
  publicUrl,
}: Pick<ApiDeps, 'oauth' | 'holders' | 'specimen' | 'publicUrl'>): Handlers<'getInteraction' | 'submitInteraction'> {
  const cookie = holderCookie(publicUrl);
  const parts = { holders, cookie };

  async function look(request: FastifyRequest, token = cookie.read(request)) {
    const { uid } = request.params as { uid: string };
    return oauth.interactions.read(oauthRequestOf(request), uid, await holders.session(token));
  }

  /** @param formToken of the session that the answer leaves in the browser */
  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { badge, wallet, next }: Interaction,
    formToken: string,
    more: Pick<WalletConsentPage, 'code'> & { sent?: boolean } = {},
  ) {
    const { sent, ...words } = more;
    const step = next === 'consent' ? 'consent' : badge.email === undefined ? 'unknown' : sent ? 'code' : 'address';
    // The form's answer leads on to the wallet, and browsers hold that against the page the form stood on.
    allowFormAction(request, wallet.destination);
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return reply.send(
      renderWalletConsent(siteOf(request, specimen), {
        ...{ badge: badge.name, issuer: badge.issuer, destination: wallet.destination, step, ...words },
        ...(wallet.name === undefined ? {} : { wallet: wallet.name }),
        ...(badge.email === undefined ? {} : { address: masked(badge.email) }),
        ...{ action: request.url.split('?')[0]!, form: formToken },
      }),
    );
  }

  return {
    async getInteraction(request, reply) {
      const token = cookie.read(request);
      return show(request, reply, await look(request, token), cookie.formToken(token));
    },

    async submitInteraction(request, reply) {
      cookie.fromHere(request);
      const { action, code = '', form } = request.body as Fields;
      const { uid } = request.params as { uid: string };
      const token = cookie.read(request);
      const seen = await look(request, token);
      if (action !== 'deny') cookie.checkForm(token, form);
      if (action === 'allow' || action === 'deny') {
        const session = await holders.session(token);
        const onward = await oauth.interactions.decide(oauthRequestOf(request), uid, session, action);
        return reply.code(303).header('cache-control', 'no-store').header('location', onward).send();
      }
      const { email } = seen.badge;
      if (email === undefined) throw new Problem('invalid-request', 'no address is recorded for this badge');
      if (action === 'send') {
        const mine = await opened(request, reply, parts);
        await holders.sendCode({ token: mine, email, lang: siteOf(request, specimen).lang });
        return show(request, reply, seen, cookie.formToken(mine), { sent: true });
      }
      const mine = await tokenOf(request, parts);
      const outcome = await holders.confirmCode({ token: mine, email, code });
      if (outcome !== 'right') return show(request, reply, seen, cookie.formToken(mine), { sent: true, code: outcome });
      await renewed(reply, mine, parts);
      return reply.code(303).header('cache-control', 'no-store').header('location', request.url).send();
    },
  };
}

/** `a•••@students.example`: enough for its owner. */
function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0]}•••${email.slice(at)}`;
}
