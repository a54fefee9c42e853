import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { SIGNED } from '../http/documents.ts';
import { negotiate } from '../http/negotiate.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** The register in a form of others. */
export function publicRecognizedEntities(deps: ApiDeps): Handlers<'getRecognizedEntities' | 'getOutputSchema'> {
  const { recognizedEntities } = deps;
  return {
    async getRecognizedEntities(request, reply) {
      const { slug } = request.params as { slug: string };
      const { part } = request.query as { part?: string };
      const body = await recognizedEntities.credential(slug, part === undefined ? undefined : Number(part));
      const type = negotiate(request.headers.accept, SIGNED);
      return publish(request, reply, { body, type, cache: 'fresh', negotiated: true });
    },

    async getOutputSchema(request, reply) {
      const { accreditationId } = request.params as { accreditationId: string };
      const body = await recognizedEntities.schema(accreditationId);
      if (body === undefined) throw new Problem('not-found', 'no schema says what this accreditation covers');
      return publish(request, reply, { body, type: 'application/schema+json', cache: 'definition' });
    },
  };
}
