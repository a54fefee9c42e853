import type { FastifyReply, FastifyRequest } from 'fastify';
import { actingEmail, guardianOn } from '#credentials';
import { dayIn, formatInstant, normalEmail, Problem } from '#kernel';
import { type OfferRecord, offerLinks } from '#offers';
import { type ClaimPage, renderClaim } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { codeNotice, privately, refusal } from './my-page.ts';
import { opened, renewed } from './sessions.ts';
import { type ShownBadge, shownBadge } from './shown-badge.ts';

interface ClaimForm {
  action: 'code' | 'confirm' | 'json' | 'jwt' | 'notMine';
  form?: string;
  code?: string;
}

/** An offer by the text of its link, the badge, and whether whoever asks has shown what the offer asks for. */
interface Claim {
  secret: string;
  offer: OfferRecord;
  shown: ShownBadge;
  /** The recorded address, as codes go to it: of the guardian while one acts. */
  email?: string;
  /** While a guardian acts; whose and until when is told to whoever has shown the guardian's address. */
  guardian?: NonNullable<ClaimPage['guardian']>;
  confirmed: boolean;
  step: ClaimPage['step'];
}

type Told = Pick<ClaimPage, 'codeSent' | 'notice'> & { status?: number };

/**
 * The page that the link of an offer opens. The link alone shows what the badge is, and neither the address nor the name of
 * its recipient. Closing it ("not mine") withdraws the offer: whoever has a link that is not theirs cannot do worse with it.
 */
export function claimPage(deps: ApiDeps): Handlers<'getClaimPage' | 'submitClaimPage'> {
  const { holders, offers, clock, specimen, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);
  const parts = { holders, cookie };

  async function find(request: FastifyRequest): Promise<Claim> {
    const { secret } = request.params as { secret: string };
    const offer = await offers.bySecret(secret);
    if (!offer) {
      throw new Problem(
        'not-found',
        'this claim link opens nothing: a newer message may hold another one, or part of it is missing. The institution can send it again',
      );
    }
    const shown = await shownBadge(offer.credentialId, deps);
    const { recipient } = shown.row;
    const day = dayIn(clock.now());
    const recorded = actingEmail(recipient, day);
    const email = recorded === undefined ? undefined : normalEmail(recorded);
    const session = await holders.session(cookie.read(request));
    const proven = session?.identifiers.some(({ kind, value }) => kind === 'email' && value === email) ?? false;
    const confirmed = offer.confirmation !== 'email' || (email !== undefined && proven);
    const acting = guardianOn(recipient, day);
    const told = proven && acting ? { until: acting.until, ...(recipient.name ? { name: recipient.name } : {}) } : {};
    const claim = {
      ...{ secret, offer, shown, confirmed },
      ...(email === undefined ? {} : { email }),
      ...(acting ? { guardian: told } : {}),
    };
    return { ...claim, step: stepOf(offer, shown, confirmed) };
  }

  function stepOf(offer: OfferRecord, { row }: ShownBadge, confirmed: boolean): Claim['step'] {
    if (offer.state === 'withdrawn' || offer.state === 'locked') return offer.state;
    if (row.state !== 'active') return 'revoked';
    if (offer.state === 'taken') return 'taken';
    if (offer.expiresAt <= formatInstant(clock.now())) return 'expired';
    if (!offers.isOpen(offer)) return 'revoked';
    return confirmed ? 'choices' : 'ask';
  }

  function answer(request: FastifyRequest, reply: FastifyReply, claim: Claim, told: Told = {}) {
    const { secret, offer, shown, confirmed, step, guardian } = claim;
    const { status = isOver(step) ? 410 : 200, ...page } = told;
    const mayHave =
      confirmed && (step === 'choices' || step === 'taken') && (step === 'choices' || offer.confirmation !== 'txCode');
    const { recipient, jwt, credentialId } = shown.row;
    // Confirmed by mail: it is their own name, as the institution recorded it.
    const own = offer.confirmation === 'email' && confirmed ? recipient.name : undefined;
    const body = renderClaim(siteOf(request, specimen), {
      ...page,
      path: `/claim/${secret}`,
      formToken: cookie.formToken(cookie.read(request)),
      badge: { ...shown.card, ...(own === undefined ? {} : { recipientName: own }) },
      ...{ expiresAt: offer.expiresAt, step, needsTxCode: offer.confirmation === 'txCode' },
      ...(guardian ? { guardian } : {}),
      ...(offer.withdrawnBy === 'holder' ? { notMine: true } : {}),
      ...(offer.takenAt ? { taken: { at: offer.takenAt, door: offer.takenBy ?? 'page' } } : {}),
      ...(mayHave ? { own: { pagePath: `/credentials/${credentialId}`, hasToken: jwt !== undefined } } : {}),
      ...(step === 'choices' ? { wallet: walletOf(offer, secret) } : {}),
    });
    return publish(request, privately(reply).code(status), { body, type: 'text/html', cache: 'never' });
  }

  const walletOf = ({ tenant }: OfferRecord, secret: string): NonNullable<ClaimPage['wallet']> => ({
    link: offerLinks(publicUrl, tenant, secret).credentialOfferLink,
    qrPath: `/institutions/${tenant}/oid4vci/offers/${secret}/qr.svg`,
  });

  /** The public copy of the award, exactly as it is stored; taking it so is an acceptance. */
  async function download(request: FastifyRequest, reply: FastifyReply, claim: Claim, form: ClaimForm) {
    const { offer, shown, step, confirmed } = claim;
    if (!confirmed || (step !== 'choices' && step !== 'taken')) return answer(request, reply, claim);
    if (offer.confirmation === 'txCode') {
      if (step === 'taken') return answer(request, reply, claim);
      const outcome = await offers.tryTxCode(offer.offerId, (form.code ?? '').replace(/\s+/g, ''));
      if (outcome !== 'right') {
        const again = outcome === 'locked' ? await find(request) : claim;
        return answer(request, reply, again, { status: 400, notice: { tone: 'bad', word: 'txWrong' } });
      }
    }
    const { signed, row } = shown;
    if (form.action === 'jwt' && row.jwt === undefined) throw new Problem('not-found', 'this badge has no token');
    const refused = await refusal(() => offers.accept(offer.offerId, 'page'));
    if (refused && step === 'choices') return answer(request, reply, await find(request), { status: refused.status });
    const [body, type, suffix] =
      form.action === 'jwt' ? [row.jwt!, 'application/vc+jwt', 'jwt'] : [signed, 'application/vc', 'json'];
    reply.header('content-disposition', `attachment; filename="${row.credentialId}.${suffix}"`);
    return publish(request, privately(reply), { body, type, cache: 'never' });
  }

  async function sendCode(request: FastifyRequest, reply: FastifyReply, claim: Claim) {
    const { lang } = siteOf(request, specimen);
    const { email } = claim;
    if (claim.step !== 'ask') return answer(request, reply, claim);
    if (email === undefined)
      return answer(request, reply, claim, { status: 409, notice: { tone: 'bad', word: 'noMail' } });
    const token = await opened(request, reply, parts);
    const refused = await refusal(() => holders.sendCode({ token, email, lang }));
    const told: Told = refused ? { status: refused.status, notice: codeNotice(refused) } : { codeSent: true };
    // The form of a session that begins here must carry its token.
    const body = renderClaim(siteOf(request, specimen), {
      ...{ ...told, path: `/claim/${claim.secret}`, formToken: cookie.formToken(token), badge: claim.shown.card },
      ...{ expiresAt: claim.offer.expiresAt, step: 'ask', needsTxCode: false },
      ...(claim.guardian ? { guardian: claim.guardian } : {}),
    });
    return publish(request, privately(reply).code(told.status ?? 200), { body, type: 'text/html', cache: 'never' });
  }

  async function confirm(request: FastifyRequest, reply: FastifyReply, claim: Claim, { code = '' }: ClaimForm) {
    const token = cookie.read(request);
    const { email, secret } = claim;
    if (claim.step !== 'ask' || token === undefined || email === undefined) return answer(request, reply, claim);
    const known = await holders.session(token);
    const outcome = known ? await holders.confirmCode({ token, email, code }) : 'dead';
    if (outcome === 'right') {
      await renewed(reply, token, parts);
      return go(reply, `/claim/${secret}${sameLang(request)}`);
    }
    const word = outcome === 'wrong' ? 'codeWrong' : 'codeDead';
    return answer(request, reply, claim, { status: 400, codeSent: outcome === 'wrong', notice: { tone: 'bad', word } });
  }

  async function notMine(request: FastifyRequest, reply: FastifyReply, { offer, step }: Claim) {
    if (step === 'ask' || step === 'choices') {
      const { tenant, offerId } = offer;
      // Somebody was faster: the page says what became of it.
      await refusal(() => offers.withdraw({ tenant, offerId, actor: 'claim-page', by: 'holder' }));
    }
    return answer(request, reply, await find(request), { status: 200 });
  }

  return {
    async getClaimPage(request, reply) {
      return answer(request, reply, await find(request));
    },

    async submitClaimPage(request, reply) {
      cookie.fromHere(request);
      const form = request.body as ClaimForm;
      const claim = await find(request);
      const token = cookie.read(request);
      if (await holders.session(token)) {
        const stale = await refusal(async () => cookie.checkForm(token, form.form));
        if (stale) return answer(request, reply, claim, { status: 403, notice: { tone: 'warn', word: 'staleForm' } });
      }
      if (form.action === 'code') return sendCode(request, reply, claim);
      if (form.action === 'confirm') return confirm(request, reply, claim, form);
      if (form.action === 'notMine') return notMine(request, reply, claim);
      return download(request, reply, claim, form);
    },
  };
}

const isOver = (step: ClaimPage['step']): boolean => !['ask', 'choices', 'taken'].includes(step);

const go = (reply: FastifyReply, path: string) =>
  privately(reply).header('cache-control', 'no-store').redirect(path, 303);
