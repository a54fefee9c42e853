import type { FastifyReply, FastifyRequest } from 'fastify';
import { holderActor } from '#holders';
import { Problem } from '#kernel';
import type { Interaction, OfferInteraction, PlatformInteraction } from '#oauth';
import { renderPlatformConsent, renderWalletConsent, type Site } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { refusal } from '../holder/my-page.ts';
import { opened, renewed, tokenOf } from '../holder/sessions.ts';
import { mayOf } from '../holder/shown-connection.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { allowFormAction } from '../http/security-headers.ts';
import { siteOf } from '../http/site.ts';
import { oauthRequestOf } from './answers.ts';

interface Fields {
  action: 'send' | 'confirm' | 'allow' | 'deny';
  email?: string;
  code?: string;
  form?: string;
}

/** What became of what was typed. */
interface Typed {
  /** A code is on its way to `email`. */
  sent?: boolean;
  email?: string;
  code?: 'wrong' | 'dead';
  /** Why no code was sent. */
  detail?: string;
}

/**
 * The page on which a learner lets a wallet have a badge, or a platform work with all of theirs. Whoever started the request, a
 * badge goes only where the owner of the recorded address agrees, on a page that says where that is.
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
  function show(request: FastifyRequest, reply: FastifyReply, seen: Interaction, formToken: string, typed: Typed = {}) {
    // The form's answer leads on to the wallet, and browsers hold that against the page the form stood on.
    allowFormAction(request, seen.kind === 'offer' ? seen.wallet.destination : seen.destination);
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    const site = siteOf(request, specimen);
    const more = { ...typed, action: request.url.split('?')[0]!, form: formToken };
    return reply.send(seen.kind === 'offer' ? offerPage(site, seen, more) : platformPage(site, seen, more));
  }

  return {
    async getInteraction(request, reply) {
      const token = cookie.read(request);
      return show(request, reply, await look(request, token), cookie.formToken(token));
    },

    async submitInteraction(request, reply) {
      cookie.fromHere(request);
      const { action, email: typed = '', code = '', form } = request.body as Fields;
      const { uid } = request.params as { uid: string };
      const token = cookie.read(request);
      const seen = await look(request, token);
      if (action !== 'deny') cookie.checkForm(token, form);
      if (action === 'allow' || action === 'deny') {
        const by = { session: await holders.session(token), actor: token === undefined ? '' : holderActor(token) };
        const onward = await oauth.interactions.decide(oauthRequestOf(request), uid, by, action);
        return reply.code(303).header('cache-control', 'no-store').header('location', onward).send();
      }
      // Of an offer it is the recorded address and no other.
      const email = seen.kind === 'offer' ? seen.badge.email : typed.trim();
      if (email === undefined) throw new Problem('invalid-request', 'no address is recorded for this badge');
      if (action === 'send') {
        const mine = await opened(request, reply, parts);
        const sending = () => holders.sendCode({ token: mine, email, lang: siteOf(request, specimen).lang });
        const refused = seen.kind === 'offer' ? await sending() : await refusal(sending);
        const outcome = refused ? { email, detail: refused.message } : { email, sent: true };
        return show(request, refused ? reply.code(refused.status) : reply, seen, cookie.formToken(mine), outcome);
      }
      const mine = await tokenOf(request, parts);
      const outcome = await holders.confirmCode({ token: mine, email, code });
      if (outcome !== 'right') {
        return show(request, reply, seen, cookie.formToken(mine), { email, sent: true, code: outcome });
      }
      await renewed(reply, mine, parts);
      return reply.code(303).header('cache-control', 'no-store').header('location', request.url).send();
    },
  };
}

type Shown = Typed & { action: string; form: string };

function offerPage(site: Site, { badge, wallet, next }: OfferInteraction, { sent, code, action, form }: Shown): string {
  const step = next === 'consent' ? 'consent' : badge.email === undefined ? 'unknown' : sent ? 'code' : 'address';
  return renderWalletConsent(site, {
    ...{ badge: badge.name, issuer: badge.issuer, destination: wallet.destination, step, action, form },
    ...(code === undefined ? {} : { code }),
    ...(wallet.name === undefined ? {} : { wallet: wallet.name }),
    ...(badge.email === undefined ? {} : { address: masked(badge.email) }),
  });
}

function platformPage(site: Site, { platform, scopes, identifiers, next }: PlatformInteraction, typed: Shown): string {
  const { sent, email, code, detail, action, form } = typed;
  const trouble = code ?? (detail === undefined ? undefined : { detail });
  return renderPlatformConsent(site, {
    ...{ name: platform.client_name, host: new URL(platform.client_uri).hostname },
    ...{ terms: platform.tos_uri, policy: platform.policy_uri, may: mayOf(scopes), action, form },
    step: next === 'consent' ? 'consent' : sent ? 'code' : 'address',
    identifiers: identifiers.map(({ value }) => value),
    ...(email === undefined ? {} : { email }),
    ...(trouble === undefined ? {} : { trouble }),
  });
}

/** `a•••@students.example`: enough for its owner. */
function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0]}•••${email.slice(at)}`;
}
