import { tenDigitPsgc } from '#framework';
import { formatAmount, isAmount, isObject, type Json, type JsonObject, parseAmount, present } from '#kernel';
import type { AwardFacts } from './scope/dimension.ts';

/** What stands on the credential and not in its achievement. */
export interface AwardCircumstances {
  /** Identifiers of where it was assessed or taught. */
  site?: readonly string[];
  /** PSGC codes of where the issuer is, either form. */
  psgc?: readonly string[];
  learningRoute?: string;
}

/**
 * What a scope can be held against, from an achievement as published or embedded. A member of another type is not there:
 * it then matches no limit.
 */
export function awardFacts(achievement: JsonObject, circumstances: AwardCircumstances = {}): AwardFacts {
  const regulation = objects(achievement.trainingRegulation)[0];
  const title = text(regulation?.title);
  const psced = objects(achievement.psced).flatMap(({ code, edition }) =>
    typeof code === 'string' && typeof edition === 'string' ? [{ code, edition }] : [],
  );
  const psgc = (circumstances.psgc ?? []).map((code) => tenDigitPsgc(code) ?? code);
  return present<AwardFacts>({
    awardType: text(achievement.awardType),
    pqfLevel: Number.isInteger(achievement.pqfLevel) ? (achievement.pqfLevel as number) : undefined,
    achievement: text(achievement.id),
    version: text(achievement.version),
    trainingRegulation: title === undefined ? undefined : present({ title, version: text(regulation?.version) }),
    unitOfCompetency: some(objects(achievement.unitOfCompetency).map(({ code }) => text(code) ?? '')),
    psced: some(psced),
    profession: some(texts(achievement.profession)),
    psfSector: some(objects(achievement.psfSkill).map(({ framework }) => text(framework) ?? '')),
    site: some(circumstances.site ?? []),
    psgc: some(psgc),
    participationMode: text(achievement.participationMode),
    credit: sums(objects(achievement.credit)),
    learningRoute: circumstances.learningRoute,
  });
}

/** Parts of one system (lecture, laboratory) add up; systems never meet. An unreadable part leaves no sum at all. */
function sums(parts: readonly JsonObject[]): Record<string, string> | undefined {
  const out: Record<string, number> = {};
  for (const { system, value } of parts) {
    if (typeof system !== 'string' || !isAmount(value)) return undefined;
    out[system] = (out[system] ?? 0) + parseAmount(value);
  }
  if (parts.length === 0) return undefined;
  return Object.fromEntries(Object.entries(out).map(([system, sum]) => [system, formatAmount(sum)]));
}

const list = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const objects = (value: Json | undefined): JsonObject[] => list(value).filter(isObject);
const texts = (value: Json | undefined): string[] => list(value).filter((one) => typeof one === 'string');
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const some = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);
