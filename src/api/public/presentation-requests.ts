import type { BadgeAsked, HolderBinding, RequestView } from '#presentation-requests';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

interface CreateBody {
  badges?: BadgeAsked[];
  pathway?: string;
  holderBinding?: HolderBinding;
}

/** Asking a holder for badges, for programs. */
export function publicPresentationRequests({
  presentationRequests,
}: Pick<ApiDeps, 'presentationRequests'>): Handlers<'createPresentationRequest' | 'readPresentationRequest'> {
  return {
    async createPresentationRequest(request, reply) {
      const { view, transaction } = await presentationRequests.create(request.body as CreateBody);
      reply.code(201).header('cache-control', 'no-store');
      return { transaction, ...shown(view) };
    },

    async readPresentationRequest(request, reply) {
      const { requestId } = request.params as { requestId: string };
      const { responseCode } = request.query as { responseCode?: string };
      const transaction = request.headers.transaction as string | undefined;
      reply.header('cache-control', 'no-store');
      return shown(await presentationRequests.view(requestId, transaction, responseCode));
    },
  };
}

function shown({ request, links, stage, answer }: RequestView) {
  const { requestId, expiresAt, answeredAt, error } = request;
  return {
    ...{ requestId, stage, expiresAt },
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(stage === 'declined' && error !== undefined ? { error } : {}),
    links,
    ...(answer && {
      badges: answer.badges.map(({ report, holder }) => ({
        holderShown: holder !== undefined,
        ...(holder === undefined ? {} : { holder }),
        report,
      })),
      ...(answer.stack ? { stack: answer.stack } : {}),
    }),
  };
}
