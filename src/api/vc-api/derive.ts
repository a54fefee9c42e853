import type { JsonObject } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

interface DeriveRequest {
  verifiableCredential: JsonObject;
  options?: { selectivePointers?: string[] };
}

/** VCALM "Derive Credential": what a holder shows of a credential with an ecdsa-sd-2023 base proof. No key, nothing stored. */
export function vcApiDerive({ derive }: Pick<ApiDeps, 'derive'>): Handlers<'vcApiDeriveCredential'> {
  return {
    async vcApiDeriveCredential(request, reply) {
      const { verifiableCredential, options: { selectivePointers = [] } = {} } = request.body as DeriveRequest;
      reply.code(201).header('cache-control', 'no-store');
      return derive(verifiableCredential, { selectivePointers, profile: 'vc' });
    },
  };
}
