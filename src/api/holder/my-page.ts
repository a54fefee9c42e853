import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  actorOn,
  decidable,
  type HolderBadge,
  type HolderIdentifier,
  type HolderSessionRecord,
  holderActor,
  NOTHING_CHOSEN,
  type Release,
} from '#holders';
import { Problem, type Text } from '#kernel';
import { type HolderNotice, type MyBadge, type MyIdentifier, type MyPage, type MyWard, renderMy } from '#pages';
import type { StackReport } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { holderEvaluation } from './badges.ts';
import { erasureView } from './erasure-view.ts';
import { hostForm } from './host-forms.ts';
import { shownHost } from './hosts.ts';
import { type BringForm, bring, importsShown } from './imports.ts';
import { opened, renewed } from './sessions.ts';
import { shownBadge } from './shown-badge.ts';
import { shownConnection } from './shown-connection.ts';

export interface MyForm extends BringForm {
  action:
    | 'code'
    | 'confirm'
    | 'challenge'
    | 'key'
    | 'offer'
    | 'evaluate'
    | 'choose'
    | 'bring'
    | 'dropImport'
    | 'alone'
    | 'disconnect'
    | 'hostConnect'
    | 'hostPull'
    | 'hostPush'
    | 'hostLeave'
    | 'eraseAsk'
    | 'erase'
    | 'signOut';
  form?: string;
  email?: string;
  code?: string;
  presentation?: string;
  badge?: string;
  connection?: string;
  pathway?: string;
  pathwayUrl?: string;
  page?: Release['page'];
  name?: Release['name'];
  comparison?: Release['comparison'];
  confirmation?: string;
  imported?: string;
  /** The learner for whom a guardian acts. */
  ward?: string;
  host?: string;
  all?: 'yes';
}

/** Badges shown, and of these verified anew: the others say their status and lead to their page. */
const SHOWN = 100;
const VERIFIED = 20;
const PATHWAYS = 50;

type Shown = Pick<MyPage, 'codeFor' | 'challenge' | 'notice' | 'stack' | 'offered' | 'erasure' | 'going'> & {
  status?: number;
};

/** What only one person may see is in nobody's cache and in no index. */
export function privately(reply: FastifyReply): FastifyReply {
  return reply.header('x-robots-tag', 'noindex, nofollow');
}

export function myPage(deps: ApiDeps): Handlers<'getMyPage' | 'submitMyPage'> {
  const { holders, offers, reader, specimen, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);
  const parts = { holders, cookie };
  const evaluate = holderEvaluation(deps);
  const imported = importsShown(deps, SHOWN);

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

  async function sessionOf(session: HolderSessionRecord, token: string): Promise<NonNullable<MyPage['session']>> {
    const found = await holders.badges(token);
    const shown = await Promise.all(
      found.slice(0, SHOWN).map(async (badge, index) => ({ badge, page: await badgeOf(badge, index < VERIFIED) })),
    );
    const { items } = await reader.pathways(undefined, { limit: PATHWAYS });
    return {
      expiresAt: session.expiresAt,
      identifiers: await Promise.all(session.identifiers.map(identifierOf)),
      badges: shown.flatMap(({ badge, page }) => (badge.as === 'guardian' ? [] : [page])),
      wards: wardsOf(shown),
      more: Math.max(0, found.length - SHOWN),
      ...(await imported(session.identifiers)),
      hosts: (await deps.consumer.list(session.identifiers)).map(shownHost),
      connections: (await deps.oauth.connections.list(session.identifiers)).map(shownConnection),
      pathways: items.map(({ pathwayId, signed }) => ({
        url: `${publicUrl}/pathways/${pathwayId}`,
        name: String((JSON.parse(signed) as { name?: string }).name ?? pathwayId),
      })),
    };
  }

  async function identifierOf({ kind, value, vouchedBy }: HolderIdentifier): Promise<MyIdentifier> {
    if (vouchedBy === undefined) return { kind, value };
    return { kind, value, institution: (await deps.institutions.get(vouchedBy))?.profile.name ?? vouchedBy };
  }

  async function badgeOf(badge: HolderBadge, verified: boolean): Promise<MyBadge> {
    const { row, name, issuerName, issuerSlug, awardedDate, signed } = await shownBadge(badge.credentialId, deps);
    const report = verified ? await deps.verifier.verify({ text: signed }) : undefined;
    return {
      ...{ id: badge.credentialId, name, issuerName, issuerSlug, awardedDate, state: badge.state },
      ...(badge.as === 'minor' && badge.ward ? { guardianUntil: badge.ward.until } : {}),
      boundBy: await identifierOf(badge.boundBy),
      release: await deps.releases.of(row),
      ...(report ? { verdict: { verdict: report.verdict, sentence: report.sentence } } : {}),
    };
  }

  /** An offer of one of the holder's own badges: the page of its link is where they take it. */
  async function offer(token: string, id: string): Promise<{ secret: string; txCode?: string }> {
    const badge = decidable(await holders.badges(token), id);
    const { tenant, credentialId } = badge;
    return offers.create({ tenant, credentialId, lifetimeDays: 1, actor: actorOn(token, badge) });
  }

  /** What is missing by the name that we know, where the pathway names it by the address of a definition of ours. */
  async function named(stack: StackReport): Promise<StackReport> {
    if (!stack.evaluation) return stack;
    const missing = await Promise.all(
      stack.evaluation.missing.map(async (one) => {
        const id = one.text.en.startsWith(`${publicUrl}/achievements/`) ? one.text.en.split('/').at(-1)! : undefined;
        const name = id === undefined ? undefined : (await reader.achievement(id))?.document.name;
        return typeof name !== 'string' ? one : { ...one, text: { en: name, fil: name } };
      }),
    );
    return { ...stack, evaluation: { ...stack.evaluation, missing } };
  }

  /** @returns what the page shows, or where it goes on */
  async function act(request: FastifyRequest, reply: FastifyReply, form: MyForm): Promise<[string, Shown] | string> {
    if (form.action === 'code') return sendCode(request, reply, form);
    const token = cookie.read(request);
    const session = await holders.session(token);
    if (token === undefined || !session) throw new Problem('unauthenticated', 'the session is over');
    switch (form.action) {
      case 'confirm': {
        const { email = '', code = '' } = form;
        const outcome = await holders.confirmCode({ token, email, code });
        if (outcome === 'right') {
          await renewed(reply, token, parts);
          return `/my${sameLang(request)}`;
        }
        const word = outcome === 'wrong' ? 'codeWrong' : 'codeDead';
        return [token, { status: 400, notice: { tone: 'bad', word }, codeFor: email }];
      }
      case 'challenge':
        return [token, { challenge: await holders.keyChallenge(token) }];
      case 'key':
        return told(token, 'keyWrong', async () => {
          await holders.addKey({ token, presentation: form.presentation ?? '' });
          await renewed(reply, token, parts);
          return `/my${sameLang(request)}`;
        });
      case 'offer':
        return told(token, 'noOffer', async () => {
          const { secret, txCode } = await offer(token, form.badge ?? '');
          const path = `/claim/${secret}${sameLang(request)}`;
          return txCode === undefined ? path : [token, { offered: { path, txCode } }];
        });
      case 'evaluate': {
        let stack: StackReport | undefined;
        const pathway = form.pathwayUrl?.trim() || form.pathway || '';
        const refused = await told(token, 'noPathway', async () => {
          if (pathway === '') throw new Problem('invalid-request', 'no pathway was named');
          stack = await named(await evaluate(token, { pathway }));
          return '';
        });
        return stack ? [token, { stack }] : refused;
      }
      case 'choose':
        return told(token, 'notChosen', async () => {
          const { badge: credentialId = '', page, name, comparison } = form;
          const given = Object.entries({ page, name, comparison }).filter(([, value]) => value !== undefined);
          const release = { ...NOTHING_CHOSEN, ...Object.fromEntries(given) };
          await deps.releases.choose({ token, credentialId, release });
          return [token, { notice: { tone: 'ok', word: 'chosen' } }];
        });
      case 'bring':
        return told(token, 'notBrought', async () => {
          const word = await bring(deps, form, { holder: session.identifiers, token });
          return [token, { notice: { tone: word === 'notNewer' ? 'warn' : 'ok', word } }];
        });
      case 'dropImport':
        return told(token, 'notRemoved', async () => {
          await deps.imports.remove(session.identifiers, form.imported ?? '', holderActor(token));
          return [token, { notice: { tone: 'ok', word: 'removed' } }];
        });
      case 'alone':
        return told(token, 'notAlone', async () => {
          await deps.guardians.letActAlone({ token, ward: form.ward ?? '' });
          return [token, { notice: { tone: 'ok', word: 'actsAlone' } }];
        });
      case 'disconnect':
        return told(token, 'notDisconnected', async () => {
          const { identifiers } = session;
          const { connection: connectionId = '' } = form;
          await deps.oauth.connections.end({ connectionId, identifiers, actor: holderActor(token) });
          return [token, { notice: { tone: 'ok', word: 'disconnected' } }];
        });
      case 'hostConnect':
      case 'hostPull':
      case 'hostPush':
      case 'hostLeave':
        return told(token, form.action === 'hostConnect' ? 'notConnected' : 'notAsked', async () => {
          const { lang } = siteOf(request, specimen);
          return [token, await hostForm(deps, form, { token, session, lang })];
        });
      case 'eraseAsk':
        return told(token, 'notErased', async () => {
          const { ward } = form;
          const plan = await deps.privacy.plan(token, ward);
          return [token, { erasure: { ...erasureView(plan), ...(ward === undefined ? {} : { ward }) } }];
        });
      case 'erase':
        return told(token, 'notErased', async () => {
          const { confirmation = '', ward } = form;
          await deps.privacy.erase({ token, confirmation, ward });
          if (ward !== undefined) return [token, { notice: { tone: 'ok', word: 'wardErased' } }];
          cookie.clear(reply);
          return ['', { notice: { tone: 'ok', word: 'erased' } }];
        });
      case 'signOut':
        await holders.end(token);
        cookie.clear(reply);
        return ['', { notice: { tone: 'ok', word: 'signedOut' } }];
      default:
        throw new Problem('invalid-request', 'this page has no such form');
    }
  }

  async function sendCode(
    request: FastifyRequest,
    reply: FastifyReply,
    { email = '' }: MyForm,
  ): Promise<[string, Shown]> {
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

/** Whom the session acts for, with their badges. */
function wardsOf(shown: readonly { badge: HolderBadge; page: MyBadge }[]): MyWard[] {
  const wards = new Map<string, MyWard & { badges: MyBadge[] }>();
  for (const { badge, page } of shown) {
    if (badge.as !== 'guardian' || !badge.ward) continue;
    const { wardId: id, ...ward } = badge.ward;
    const known = wards.get(id) ?? { id, ...ward, badges: [] };
    known.badges.push(page);
    wards.set(id, known);
  }
  return [...wards.values()];
}

/** What cannot be done is told on the page. */
async function told(
  token: string,
  word: HolderNotice['word'],
  go: () => Promise<[string, Shown] | string>,
): Promise<[string, Shown] | string> {
  try {
    return await go();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { sentence } = error.extensions as { sentence?: Text };
    return [token, { status: error.status, notice: { tone: 'bad', word, detail: sentence ?? error.message } }];
  }
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
