import { DID_DOCUMENT_OPERATION, didDocumentObject } from '#institutions';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** The form of a DID document that outlives its domain: the text, and the proof that a signed log holds its digest. */
const ARCHIVE = 'application/json';
const KEY_SET = 'application/jwk-set+json';

export function publicKeys({
  institutions,
  log,
}: ApiDeps): Handlers<'getKeySet' | 'getKeySets' | 'getDidHistory' | 'getDidHistoryEntry'> {
  const slugOf = (request: { params: unknown }) => (request.params as { slug: string }).slug;
  return {
    async getKeySet(request, reply) {
      const body = JSON.stringify(await institutions.keySet(slugOf(request)));
      return publish(request, reply, { body, type: KEY_SET, cache: 'key' });
    },

    async getKeySets(request, reply) {
      const body = JSON.stringify(await institutions.keySets());
      return publish(request, reply, { body, type: KEY_SET, cache: 'key' });
    },

    async getDidHistory(request, reply) {
      const slug = slugOf(request);
      const documents = await institutions.didHistory(slug);
      const items = documents.map(({ number, recordedAt, sha256 }) => ({ number, recordedAt, sha256 }));
      const body = JSON.stringify({ did: institutions.didOf(slug), items });
      return publish(request, reply, { body, type: ARCHIVE, cache: 'key' });
    },

    async getDidHistoryEntry(request, reply) {
      const slug = slugOf(request);
      const number = Number((request.params as { number: string }).number);
      const found = (await institutions.didHistory(slug)).find((one) => one.number === number);
      if (!found) throw new Problem('not-found', 'there is no such document');
      try {
        const receipt = await log.receipt(DID_DOCUMENT_OPERATION, didDocumentObject(slug, number));
        const body = JSON.stringify({ did: institutions.didOf(slug), document: found.text, receipt });
        return publish(request, reply, { body, type: ARCHIVE, cache: 'fresh' });
      } catch (error) {
        const retryAfter = error instanceof Problem ? error.extensions.retryAfter : undefined;
        if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
        throw error;
      }
    },
  };
}
