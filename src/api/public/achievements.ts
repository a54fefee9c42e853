import type { AchievementVersion } from '#achievements';
import { phContextUrl } from '#credentials';
import { isObject, type JsonObject, Problem } from '#kernel';
import { type AchievementPage, renderAchievement } from '#pages';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import type { ApiDeps } from '../deps.ts';
import { PLAIN, publishForms, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import { type BadgePictures, PICTURE_TYPES, type PictureKind } from './badge-pictures.ts';
import { objects, said, shownImage, termsOf } from './terms.ts';

export function publicAchievements(
  deps: ApiDeps,
  pictures: BadgePictures,
): Handlers<'getAchievement' | 'getAchievementImage'> {
  const { reader, institutions, specimen } = deps;
  return {
    async getAchievementImage(request, reply) {
      const { achievementId, image } = request.params as { achievementId: string; image: string };
      const { version } = request.query as { version?: string };
      const row = await reader.achievement(achievementId, version === undefined ? undefined : Number(version));
      if (!row) throw new Problem('not-found', 'there is no such achievement');
      const kind: PictureKind = image.endsWith('.png') ? 'png' : 'svg';
      const achievement = row.document as JsonObject;
      const body = await pictures.plain({ tenant: row.tenant, achievementId, achievement, specimen }, kind);
      return publish(request, reply, { body, type: PICTURE_TYPES[kind], cache: 'definition' });
    },

    async getAchievement(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { achievementId: string }).achievementId);
      const { version } = request.query as { version?: string };
      const row = await reader.achievement(id, version === undefined ? undefined : Number(version));
      if (!row) throw new Problem('not-found', 'there is no such achievement');
      return publishForms(request, reply, jsonOnly, {
        json: JSON.stringify(definitionOf(row, deps)),
        types: PLAIN,
        cache: 'definition',
        // A version is never changed; which one is the latest is.
        ...(version === undefined ? {} : { documentCache: 'immutable' as const }),
        page: async () => {
          const versions = await reader.achievementVersions(id);
          const owner = await institutions.get(row.tenant);
          const names = {
            versions: versions.map((one) => String(one.version)),
            owner: owner?.profile.name ?? row.tenant,
          };
          return renderAchievement(siteOf(request, specimen), pageOf(row, names, deps));
        },
      });
    },
  };
}

/** The definition as embedded in badges, and who may award it: a verifier asks exactly that at this address. */
function definitionOf(row: AchievementVersion, { publicUrl, institutions }: ApiDeps): JsonObject {
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, ...(row.extension ? [phContextUrl(publicUrl)] : [])],
    ...(row.document as JsonObject),
    owner: institutions.didOf(row.tenant),
    permittedIssuers: [institutions.didOf(row.tenant), ...row.permittedIssuers],
  };
}

function pageOf(
  row: AchievementVersion,
  names: { versions: string[]; owner: string },
  { publicUrl, specimen, institutions }: ApiDeps,
): AchievementPage {
  const document = row.document as JsonObject;
  const criteria = isObject(document.criteria) ? document.criteria.narrative : undefined;
  return {
    url: `${publicUrl}/achievements/${row.achievementId}`,
    name: String(document.name),
    description: typeof document.description === 'string' ? document.description : '',
    version: String(row.version),
    versions: names.versions,
    imageUrl: shownImage(document, { achievementId: row.achievementId, achievementVersion: row.version }, publicUrl),
    ownerName: names.owner,
    ownerSlug: row.tenant,
    permittedIssuers: [institutions.didOf(row.tenant), ...row.permittedIssuers],
    ...said('criteria', criteria),
    ...said('achievementType', document.achievementType),
    ...termsOf(document),
    alignment: objects(document.alignment).map((one) => ({
      name: String(one.targetName),
      url: String(one.targetUrl),
      ...said('code', one.targetCode),
    })),
    specimen,
  };
}
