import type { FastifyRequest } from 'fastify';
import { type ConnectedHost, mayOf, TRANSFER_WORDS, type Transfer } from '#consumer';
import { holderActor } from '#holders';
import { Problem } from '#kernel';
import { langQuery, type MyHost } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { holderCookie } from '../http/holder-cookie.ts';
import type { Handlers } from '../http/operation.ts';
import { tokenOf } from './sessions.ts';

type Deps = Pick<ApiDeps, 'consumer' | 'holders'>;

/** Hosts of others at which a learner has badges: nothing is asked of one unless the learner says so. */
export function holderHosts(
  deps: ApiDeps,
): Handlers<
  | 'listHolderHosts'
  | 'connectHolderHost'
  | 'finishHolderHost'
  | 'pullFromHolderHost'
  | 'pushToHolderHost'
  | 'disconnectHolderHost'
> {
  const { consumer, holders, publicUrl } = deps;
  const cookie = holderCookie(publicUrl);

  async function known(request: FastifyRequest) {
    const token = await tokenOf(request, { holders, cookie });
    const session = await holders.session(token);
    if (!session) throw new Problem('unauthenticated', 'the session is over');
    return { token, session, holder: session.identifiers, actor: holderActor(token) };
  }

  const idOf = (request: FastifyRequest) => (request.params as { connectionId: string }).connectionId;

  return {
    async listHolderHosts(request, reply) {
      const { holder } = await known(request);
      reply.header('cache-control', 'no-store');
      return { items: (await consumer.list(holder)).map(showHost) };
    },

    async connectHolderHost(request, reply) {
      cookie.fromHere(request);
      const { session } = await known(request);
      const { address, lang = 'en' } = request.body as { address: string; lang?: 'en' | 'fil' };
      const { authorizationUrl, host, scope } = await consumer.begin({ session, address, lang });
      const { title, termsUrl, privacyUrl } = host;
      reply.code(201).header('cache-control', 'no-store');
      return {
        ...{ authorizationUrl, title, scopes: scope.split(' ') },
        ...(termsUrl === undefined ? {} : { termsUrl }),
        ...(privacyUrl === undefined ? {} : { privacyUrl }),
      };
    },

    async finishHolderHost(request, reply) {
      const { session, actor } = await known(request);
      const query = new URLSearchParams(request.url.split('?')[1] ?? '');
      const { lang } = await consumer.finish({ session, query, actor });
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex, nofollow');
      return reply.redirect(`/my${langQuery(lang)}#hosts`, 303);
    },

    async pullFromHolderHost(request, reply) {
      cookie.fromHere(request);
      const { holder, actor } = await known(request);
      const { all = false } = (request.body ?? {}) as { all?: boolean };
      const transfer = await consumer.pull({ holder, connectionId: idOf(request), all, actor });
      reply.code(202).header('cache-control', 'no-store');
      return showTransfer(transfer);
    },

    async pushToHolderHost(request, reply) {
      cookie.fromHere(request);
      const { token, holder, actor } = await known(request);
      const { credentialId, form = 'document' } = request.body as Pick<Transfer, 'credentialId' | 'form'>;
      const transfer = await push(deps, { token, holder, connectionId: idOf(request), credentialId, form, actor });
      reply.code(202).header('cache-control', 'no-store');
      return showTransfer(transfer);
    },

    async disconnectHolderHost(request, reply) {
      cookie.fromHere(request);
      const { holder, actor } = await known(request);
      reply.header('cache-control', 'no-store');
      return consumer.disconnect({ holder, connectionId: idOf(request), actor });
    },
  };
}

/** @throws Problem `not-found` for an award that is not this session's; as `Consumer.push` */
export async function push(
  { consumer, holders }: Deps,
  { token, ...asked }: Parameters<ApiDeps['consumer']['push']>[0] & { token: string },
): Promise<Transfer> {
  const badge = (await holders.badges(token)).find(({ credentialId }) => credentialId === asked.credentialId);
  if (!badge) throw new Problem('not-found', 'this is no badge of this session');
  // Among the badges of a guardian it would pass for theirs, and the learner does not decide it yet.
  if (badge.as !== 'learner') throw new Problem('conflict', 'a badge of a learner under age is not sent to a host');
  if (badge.state !== 'active') throw new Problem('conflict', 'a badge that is revoked or suspended is not sent');
  return consumer.push(asked);
}

function showHost({ connection, host, transfers }: ConnectedHost) {
  const { connectionId: id, scope, connectedAt, pulledAt, endedAt } = connection;
  return {
    ...{ id, host: new URL(host.discoveryUrl).host, title: host.description.title, scopes: scope.split(' ') },
    ...{ may: mayOf(connection), connectedAt, ended: endedAt !== undefined, transfers: transfers.map(showTransfer) },
    ...(pulledAt === undefined ? {} : { pulledAt }),
  };
}

function showTransfer(row: Transfer) {
  const { transferId: id, kind, state, credentialId, outcome, badges, problem, createdAt, dueAt, settledAt } = row;
  return {
    ...{ id, kind, state, createdAt, ...(kind === 'pull' ? { badges } : { credentialId }) },
    ...(outcome === undefined ? {} : { outcome }),
    ...(problem === undefined ? {} : { problem: { ...problem, sentence: TRANSFER_WORDS[problem.code] } }),
    ...(state === 'waiting' ? { dueAt } : {}),
    ...(settledAt === undefined ? {} : { settledAt }),
  };
}

/** What the learner's page shows of them. */
export function shownHost(one: ConnectedHost): MyHost {
  const { connection, host, transfers } = one;
  return {
    ...{ id: connection.connectionId, title: host.description.title, host: new URL(host.discoveryUrl).host },
    ...{ may: mayOf(connection), ended: connection.endedAt !== undefined, connectedAt: connection.connectedAt },
    transfers: transfers.map(
      ({ kind, state, credentialId, outcome, badges, problem, dueAt, settledAt, createdAt }) => ({
        ...{ kind, state, credentialId, badges, at: settledAt ?? createdAt },
        ...(outcome === undefined ? {} : { outcome }),
        ...(problem === undefined ? {} : { problem: { said: problem.said, sentence: TRANSFER_WORDS[problem.code] } }),
        ...(state === 'waiting' && problem ? { again: dueAt } : {}),
      }),
    ),
  };
}
