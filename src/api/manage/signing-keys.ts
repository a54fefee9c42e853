import { actingTenant, actorOf } from '#auth';
import { isWaiting, type KeyPurpose, type SigningKeyView } from '#institutions';
import type { KeyAlgorithm } from '#keystore';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export type KeyState = 'waiting' | 'active' | 'retired' | 'revoked';

/** A key that was replaced is active until it stops signing, and so is its successor from the moment it begins. */
export function keyState(key: SigningKeyView, now: Date): KeyState {
  if (key.revokedAt !== undefined) return 'revoked';
  if (key.retiredAt !== undefined && Date.parse(key.retiredAt) <= now.getTime()) return 'retired';
  return isWaiting(key, now) ? 'waiting' : 'active';
}

export function manageSigningKeys(
  deps: ApiDeps,
): Handlers<'listKeys' | 'createKey' | 'rotateKey' | 'retireKey' | 'revokeKey' | 'resumeKey'> {
  const { institutions, clock } = deps;
  const show = ({ tenant: _, ...key }: SigningKeyView) => {
    const state = keyState(key as SigningKeyView, clock.now());
    // What it signed before counts as it did: only who runs the service is told.
    const stopped = key.stoppedAt !== undefined && (state === 'active' || state === 'waiting');
    return { ...key, state: stopped ? 'stopped' : state };
  };
  /** Whose keys, and who asks. */
  const acting = (request: Parameters<typeof principalOf>[0]) => {
    const principal = principalOf(request);
    const { slug, keyId = '' } = request.params as { slug: string; keyId?: string };
    return { tenant: actingTenant(principal, slug), keyId, actor: actorOf(principal) };
  };
  return {
    async listKeys(request) {
      return { items: (await institutions.keys(acting(request).tenant)).map(show) };
    },

    async createKey(request, reply) {
      const { purpose, algorithm, immediately } = request.body as {
        purpose: KeyPurpose;
        algorithm: KeyAlgorithm;
        immediately?: boolean;
      };
      const { tenant, actor } = acting(request);
      const made = await institutions.createKey({
        tenant,
        purpose,
        algorithm,
        actor,
        immediately: immediately === true,
      });
      reply.code(201);
      return show(made);
    },

    async rotateKey(request, reply) {
      const { purpose, algorithm = 'Ed25519' } = request.body as { purpose: KeyPurpose; algorithm?: KeyAlgorithm };
      const { tenant, actor } = acting(request);
      const next = await institutions.rotateKey({ tenant, purpose, algorithm, actor });
      reply.code(201);
      return show(next);
    },

    async resumeKey(request) {
      const { reason } = request.body as { reason: string };
      return show(await institutions.resumeKey({ ...acting(request), reason }));
    },

    retireKey: async (request) => show(await institutions.retireKey(acting(request))),

    async revokeKey(request) {
      const { revokedAt } = request.body as { revokedAt?: string };
      const { tenant, keyId, actor } = acting(request);
      const successor = await institutions.revokeKey({ tenant, keyId, actor, ...(revokedAt ? { revokedAt } : {}) });
      const key = (await institutions.keys(tenant)).find((candidate) => candidate.keyId === keyId);
      return { ...(key ? { key: show(key) } : {}), ...(successor ? { successor: show(successor) } : {}) };
    },
  };
}
