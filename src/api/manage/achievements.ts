import type { AchievementInput, AchievementVersion } from '#achievements';
import { actorOf } from '#auth';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageAchievements(
  deps: ApiDeps,
): Handlers<'createAchievement' | 'listAchievements' | 'readAchievement' | 'createAchievementVersion' | 'uploadImage'> {
  const { achievements, reader, publicUrl } = deps;
  const show = ({ tenant: _, document, ...row }: AchievementVersion) => ({
    ...row,
    statusType: row.statusType ?? 'BitstringStatusListEntry',
    url: `${publicUrl}/achievements/${row.achievementId}`,
    achievement: document,
  });
  return {
    async createAchievement(request, reply) {
      const principal = principalOf(request);
      const input = request.body as AchievementInput;
      const row = await achievements.create({ ...input, tenant: principal.tenant, actor: actorOf(principal) });
      reply.code(201).header('location', `${publicUrl}/v1/achievements/${row.achievementId}`);
      return show(row);
    },

    async listAchievements(request, reply) {
      const page = await reader.achievements(principalOf(request).tenant, pageOf(request));
      return sendPage(request, reply, page, show, publicUrl);
    },

    async readAchievement(request) {
      const { achievementId } = request.params as { achievementId: string };
      const { version } = request.query as { version?: string };
      const row = await reader.achievement(achievementId, version === undefined ? undefined : Number(version));
      // Another institution's definition is public at its own address; here it does not exist.
      if (!row || row.tenant !== principalOf(request).tenant) {
        throw new Problem('not-found', 'there is no such achievement');
      }
      return show(row);
    },

    async createAchievementVersion(request, reply) {
      const principal = principalOf(request);
      const { achievementId } = request.params as { achievementId: string };
      const row = await achievements.addVersion({
        ...(request.body as AchievementInput),
        tenant: principal.tenant,
        achievementId,
        actor: actorOf(principal),
      });
      reply.code(201).header('location', `${publicUrl}/v1/achievements/${achievementId}?version=${row.version}`);
      return show(row);
    },

    async uploadImage(request, reply) {
      const principal = principalOf(request);
      const image = await achievements.addImage({
        tenant: principal.tenant,
        mediaType: request.mediaType!,
        bytes: request.body as Buffer,
        actor: actorOf(principal),
      });
      const { tenant: _, bytes: __, ...shown } = image;
      const url = `${publicUrl}/images/${image.imageId}`;
      reply.code(201).header('location', url);
      return { ...shown, url };
    },
  };
}
