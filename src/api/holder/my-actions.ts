import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOn, decidable, type HolderSessionRecord, holderActor, NOTHING_CHOSEN, type Release } from '#holders';
import { Problem, type Text } from '#kernel';
import type { HolderNotice, MyPage } from '#pages';
import type { StackReport } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { sameLang, siteOf } from '../http/site.ts';
import { holderEvaluation } from './badges.ts';
import { erasureView } from './erasure-view.ts';
import { hostForm } from './host-forms.ts';
import { type BringForm, bring } from './imports.ts';
import { type HolderParts, renewed } from './sessions.ts';

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

export type Shown = Pick<MyPage, 'codeFor' | 'challenge' | 'notice' | 'stack' | 'offered' | 'erasure' | 'going'> & {
  status?: number;
};

/** Where the browser goes on, or the token that the session has now and what its page shows. */
export type Next = string | [token: string, Shown];

interface At {
  request: FastifyRequest;
  reply: FastifyReply;
  token: string;
  session: HolderSessionRecord;
}

/** One form of the page; with a word, what cannot be done is told by it on the page. */
interface Action {
  refused?: HolderNotice['word'];
  go(at: At, form: MyForm): Promise<Next>;
}

const said = (token: string, word: HolderNotice['word'], tone: HolderNotice['tone'] = 'ok'): Next => [
  token,
  { notice: { tone, word } },
];

/** Everything that a session does on `/my`, by the name its form gives. */
export function myActions(deps: ApiDeps, parts: HolderParts): (at: At, form: MyForm) => Promise<Next> {
  const { holders, offers, reader, specimen, publicUrl } = deps;
  const { cookie } = parts;
  const evaluate = holderEvaluation(deps);

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

  const host = (refused: HolderNotice['word']): Action => ({
    refused,
    async go({ request, token, session }, form) {
      return [token, await hostForm(deps, form, { token, session, lang: siteOf(request, specimen).lang })];
    },
  });

  const actions: Readonly<Record<Exclude<MyForm['action'], 'code'>, Action>> = {
    confirm: {
      async go({ request, reply, token }, { email = '', code = '' }) {
        const outcome = await holders.confirmCode({ token, email, code });
        if (outcome === 'right') {
          await renewed(reply, token, parts);
          return `/my${sameLang(request)}`;
        }
        const word = outcome === 'wrong' ? 'codeWrong' : 'codeDead';
        return [token, { status: 400, notice: { tone: 'bad', word }, codeFor: email }];
      },
    },
    challenge: { go: async ({ token }) => [token, { challenge: await holders.keyChallenge(token) }] },
    key: {
      refused: 'keyWrong',
      async go({ request, reply, token }, { presentation = '' }) {
        await holders.addKey({ token, presentation });
        await renewed(reply, token, parts);
        return `/my${sameLang(request)}`;
      },
    },
    offer: {
      refused: 'noOffer',
      async go({ request, token }, { badge = '' }) {
        const { secret, txCode } = await offer(token, badge);
        const path = `/claim/${secret}${sameLang(request)}`;
        return txCode === undefined ? path : [token, { offered: { path, txCode } }];
      },
    },
    evaluate: {
      refused: 'noPathway',
      async go({ token }, { pathwayUrl, pathway: chosen = '' }) {
        const pathway = pathwayUrl?.trim() || chosen;
        if (pathway === '') throw new Problem('invalid-request', 'no pathway was named');
        return [token, { stack: await named(await evaluate(token, { pathway })) }];
      },
    },
    choose: {
      refused: 'notChosen',
      async go({ token }, { badge: credentialId = '', page, name, comparison }) {
        const given = Object.entries({ page, name, comparison }).filter(([, value]) => value !== undefined);
        const release = { ...NOTHING_CHOSEN, ...Object.fromEntries(given) };
        await deps.releases.choose({ token, credentialId, release });
        return said(token, 'chosen');
      },
    },
    bring: {
      refused: 'notBrought',
      async go({ token, session }, form) {
        const word = await bring(deps, form, { holder: session.identifiers, token });
        return said(token, word, word === 'notNewer' ? 'warn' : 'ok');
      },
    },
    dropImport: {
      refused: 'notRemoved',
      async go({ token, session }, { imported = '' }) {
        await deps.imports.remove(session.identifiers, imported, holderActor(token));
        return said(token, 'removed');
      },
    },
    alone: {
      refused: 'notAlone',
      async go({ token }, { ward = '' }) {
        await deps.guardians.letActAlone({ token, ward });
        return said(token, 'actsAlone');
      },
    },
    disconnect: {
      refused: 'notDisconnected',
      async go({ token, session: { identifiers } }, { connection: connectionId = '' }) {
        await deps.oauth.connections.end({ connectionId, identifiers, actor: holderActor(token) });
        return said(token, 'disconnected');
      },
    },
    hostConnect: host('notConnected'),
    hostPull: host('notAsked'),
    hostPush: host('notAsked'),
    hostLeave: host('notAsked'),
    eraseAsk: {
      refused: 'notErased',
      async go({ token }, { ward }) {
        const plan = await deps.privacy.plan(token, ward);
        return [token, { erasure: { ...erasureView(plan), ...(ward === undefined ? {} : { ward }) } }];
      },
    },
    erase: {
      refused: 'notErased',
      async go({ reply, token }, { confirmation = '', ward }) {
        await deps.privacy.erase({ token, confirmation, ward });
        if (ward !== undefined) return said(token, 'wardErased');
        cookie.clear(reply);
        return said('', 'erased');
      },
    },
    signOut: {
      async go({ reply, token }) {
        await holders.end(token);
        cookie.clear(reply);
        return said('', 'signedOut');
      },
    },
  };

  return async (at, form) => {
    const action = form.action === 'code' ? undefined : actions[form.action];
    if (!action) throw new Problem('invalid-request', 'this page has no such form');
    const { refused: word } = action;
    try {
      return await action.go(at, form);
    } catch (error) {
      if (!(error instanceof Problem) || word === undefined) throw error;
      const { sentence } = error.extensions as { sentence?: Text };
      return [at.token, { status: error.status, notice: { tone: 'bad', word, detail: sentence ?? error.message } }];
    }
  };
}
