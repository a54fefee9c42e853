import { actorOf } from '#auth';
import { type EndorsedKind, type EndorsementInput, endorsementUrl, type StoredEndorsement } from '#credentials';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

export function manageEndorsements(
  deps: Pick<ApiDeps, 'endorsements' | 'reader' | 'publicUrl'>,
): Handlers<'createEndorsement' | 'listEndorsements' | 'readEndorsement' | 'changeEndorsementStatus'> {
  const { endorsements, reader, publicUrl } = deps;
  const show = (one: StoredEndorsement) => showEndorsement(one, publicUrl);
  /** With the signed document, byte for byte. */
  const whole = (one: StoredEndorsement) => splice(show(one), 'credential', one.credential.signed || undefined);
  return {
    async createEndorsement(request, reply) {
      const principal = principalOf(request);
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const done = await endorsements.issue({
        ...{ tenant: principal.tenant, actor: actorOf(principal), body: request.body as EndorsementInput },
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      reply.code(201).type('application/json').header('location', show(done).url);
      return reply.send(whole(done));
    },

    async listEndorsements(request, reply) {
      const { kind, endorses } = request.query as { kind?: EndorsedKind; endorses?: string };
      const filter = {
        tenant: principalOf(request).tenant,
        ...(kind === undefined ? {} : { kind }),
        ...(endorses === undefined ? {} : { endorses }),
      };
      return sendPage(request, reply, await endorsements.list(filter, pageOf(request)), show, publicUrl);
    },

    async readEndorsement(request, reply) {
      const { endorsementId } = request.params as { endorsementId: string };
      const found = await reader.endorsement(endorsementId);
      if (found?.credential.tenant !== principalOf(request).tenant) {
        throw new Problem('not-found', 'there is no such endorsement');
      }
      reply.type('application/json').header('cache-control', 'no-store');
      return reply.send(whole(found));
    },

    async changeEndorsementStatus(request) {
      const principal = principalOf(request);
      const { endorsementId: id } = request.params as { endorsementId: string };
      const { reason } = request.body as { action: 'revoke'; reason: string };
      const { tenant } = principal;
      const { at, published } = await endorsements.revoke({ tenant, actor: actorOf(principal), id, reason });
      return { id, state: 'revoked', at, published };
    },
  };
}

function showEndorsement({ kind, endorses, credential }: StoredEndorsement, publicUrl: string) {
  const { credentialId: id, state, sha256, issuedAt } = credential;
  return {
    ...{ id, url: endorsementUrl(publicUrl, id), endorses: { kind, id: endorses }, state, sha256, issuedAt },
    revocable: credential.statusListId !== undefined,
    ...(credential.removedAt === undefined ? {} : { removedAt: credential.removedAt }),
  };
}
