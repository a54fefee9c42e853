import { endorsementUrl, type StoredEndorsement } from '#credentials';
import { isObject, type JsonObject, Problem } from '#kernel';
import { type EndorsementPage, renderEndorsement } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';

export function publicEndorsements(deps: ApiDeps): Handlers<'getEndorsement'> {
  const { reader, institutions, specimen, publicUrl } = deps;
  return {
    async getEndorsement(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { endorsementId: string }).endorsementId);
      const found = await reader.endorsement(id);
      if (!found) throw new Problem('not-found', 'there is no such endorsement');
      const { signed, tenant } = found.credential;
      if (!signed) throw new Problem('gone', 'the endorsement was removed by whoever issued it');
      return publishForms(request, reply, jsonOnly, {
        json: signed,
        types: SIGNED,
        // A revocation must be seen at once.
        cache: 'fresh',
        page: async () => {
          const profile = (await institutions.get(tenant))?.profile;
          const by = { name: profile?.name ?? tenant, slug: tenant, timeZone: profile?.timeZone };
          const url = endorsementUrl(publicUrl, id);
          return renderEndorsement(siteOf(request, specimen), { ...pageOf(found, signed), url, by, specimen });
        },
      });
    },
  };
}

/** Everything on the page is signed into the document, or is its status. */
function pageOf(
  { kind, credential }: StoredEndorsement,
  signed: string,
): Omit<EndorsementPage, 'url' | 'by' | 'specimen'> {
  const document = JSON.parse(signed) as JsonObject;
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const { endorsementComment: comment } = subject;
  return {
    kind,
    name: String(document.name),
    endorses: String(subject.id),
    ...(typeof comment === 'string' ? { comment } : {}),
    validFrom: String(document.validFrom),
    ...(typeof document.validUntil === 'string' ? { validUntil: document.validUntil } : {}),
    revoked: credential.state !== 'active',
  };
}
