import { formatInstant, Problem } from '#kernel';
import { renderInstitution } from '#pages';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import type { ApiDeps } from '../deps.ts';
import { PLAIN, publishForms, splitSuffix } from '../http/documents.ts';
import { negotiate } from '../http/negotiate.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { keyState } from '../manage/signing-keys.ts';
import { grantViews } from './grant-views.ts';

const DID_TYPES = [
  'application/json',
  'application/did',
  'application/did+json',
  'application/did+ld+json',
  'application/ld+json',
] as const;
const SHOWN = 100;

export function publicInstitutions(deps: ApiDeps): Handlers<'getInstitution' | 'getDidDocument'> {
  const { institutions, reader, clock, specimen } = deps;
  return {
    async getInstitution(request, reply) {
      const { id: slug, jsonOnly } = splitSuffix((request.params as { slug: string }).slug);
      const institution = await institutions.get(slug);
      if (!institution) throw new Problem('not-found', 'there is no such institution');
      const { profile } = institution;
      const document = institutions.profileDocument(institution, { extension: false });
      return publishForms(request, reply, jsonOnly, {
        json: JSON.stringify({ '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3], ...document }),
        types: PLAIN,
        cache: 'definition',
        page: async () => {
          const keys = await institutions.keys(slug);
          const achievements = await reader.achievements(slug, { limit: SHOWN });
          const { grants } = await reader.registerSize(slug);
          const now = formatInstant(clock.now());
          const views = grantViews(deps, { at: now, knownAt: now, asked: {} });
          const successions = await views.successionsOf(institutions.didOf(slug));
          return renderInstitution(siteOf(request, specimen), {
            slug,
            name: profile.name,
            ...(profile.description === undefined ? {} : { description: profile.description }),
            ...(profile.url === undefined ? {} : { url: profile.url }),
            did: institutions.didOf(slug),
            ...(profile.institutionType === undefined ? {} : { institutionType: profile.institutionType }),
            ...(profile.authorityBasis === undefined ? {} : { authorityBasis: profile.authorityBasis }),
            keys: keys.map((key) => {
              const state = keyState(key, clock.now());
              const ended = key.revokedAt ?? (state === 'retired' ? key.retiredAt : undefined);
              return { id: key.keyId, purpose: key.purpose, state, since: ended ?? key.activeFrom ?? key.createdAt };
            }),
            achievements: achievements.items.map((row) => ({
              name: String(row.document.name),
              path: `/achievements/${row.achievementId}`,
            })),
            hasRegister: grants > 0,
            successions: await Promise.all(successions.map(views.succession)),
            now,
          });
        },
      });
    },

    async getDidDocument(request, reply) {
      const document = await institutions.didDocument((request.params as { slug: string }).slug);
      const type = negotiate(request.headers.accept, DID_TYPES);
      return publish(request, reply, { body: JSON.stringify(document), type, cache: 'key', negotiated: true });
    },
  };
}
