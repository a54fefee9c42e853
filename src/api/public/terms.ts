import { isObject, type Json, type JsonObject } from '#kernel';

/** What a page says of an achievement, from its ph terms; what is absent or of another kind is not said. */
export interface AchievementTerms {
  awardType?: string;
  regime?: string;
  pqfLevel?: number;
  pqfLevelStatus?: string;
  credit?: string[];
  outcomes?: string[];
}

export function termsOf(achievement: JsonObject): AchievementTerms {
  const { awardType, regime, pqfLevel, pqfLevelStatus } = achievement;
  const credit = objects(achievement.credit).flatMap(({ system, value, kind }) =>
    typeof system === 'string' && typeof value === 'string'
      ? [`${value} ${system}${typeof kind === 'string' ? ` (${kind})` : ''}`]
      : [],
  );
  const outcomes = objects(achievement.learningOutcome).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  return {
    ...(typeof awardType === 'string' ? { awardType } : {}),
    ...(typeof regime === 'string' ? { regime } : {}),
    ...(typeof pqfLevel === 'number' ? { pqfLevel } : {}),
    ...(typeof pqfLevelStatus === 'string' ? { pqfLevelStatus } : {}),
    ...(credit.length > 0 ? { credit } : {}),
    ...(outcomes.length > 0 ? { outcomes } : {}),
  };
}

export function objects(value: Json | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** Address of the picture, only when it is ours: pages load nothing from elsewhere. */
export function ownImage(achievement: JsonObject, publicUrl: string): { imageUrl?: string } {
  const { image } = achievement;
  const url = isObject(image) ? image.id : image;
  if (typeof url !== 'string' || !url.startsWith(`${publicUrl}/images/`)) return {};
  return { imageUrl: url.slice(publicUrl.length) };
}

/** Address on this service of what a page shows for an achievement: its own picture, or the one drawn for it. */
export function shownImage(
  achievement: JsonObject,
  { achievementId, achievementVersion }: { achievementId: string; achievementVersion: number },
  publicUrl: string,
): string {
  const drawn = `/achievements/${achievementId}/image.svg?version=${achievementVersion}`;
  return ownImage(achievement, publicUrl).imageUrl ?? drawn;
}

/** A text member under another name, or nothing. */
export function said<K extends string>(name: K, value: Json | undefined): Partial<Record<K, string>> {
  return typeof value === 'string' ? ({ [name]: value } as Record<K, string>) : {};
}
