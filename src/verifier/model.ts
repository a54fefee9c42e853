import { type BadgeModel, readCredential, readIdentities, readPeriod } from '#credentials';
import { isObject, type Json, type JsonObject, parseDateTimeStamp } from '#kernel';
import type { ReportCredential } from './report.ts';

export { readIdentities };

export type IdentityModel = BadgeModel['subject']['identifiers'][number];

/** A badge whose proof and shape have been checked, with the terms of the ph context read by type. */
export interface VerifiedBadge {
  model: BadgeModel;
  document: JsonObject;
  awardType?: string;
  regime?: string;
  pqfLevel?: number;
  stackability?: string;
  contributesTo: string[];
  specimen: boolean;
  /** The day it counts from: `awardedDate`, else `validFrom` (it moves when a credential is re-issued). */
  awarded: Date;
}

/**
 * The typed reading everything downstream uses. JSON bytes are not what was signed: `"3"` for 3, a list for its only
 * member or a null can be put in without breaking the proof, so a member of another type is simply not there.
 */
export function readBadge(document: JsonObject): VerifiedBadge | undefined {
  const model = readCredential(document);
  if (!model) return undefined;
  const awarded = parseDateTimeStamp(model.awardedDate) ?? parseDateTimeStamp(model.validFrom);
  if (!awarded) return undefined;
  const achievement = model.achievement.document;
  return {
    model,
    document,
    ...readPh(achievement),
    contributesTo: strings(achievement.contributesTo),
    specimen: isSpecimen(document),
    awarded,
  };
}

/**
 * What restricts is read in every spelling that is the same to a proof (in a list, as an address, as an object), and wherever
 * it stands; or rewriting it would take it away unnoticed.
 */
export function isSpecimen(document: JsonObject): boolean {
  const subjects = [document.credentialSubject ?? []].flat().filter(isObject);
  const parts = [document, ...subjects.flatMap(({ achievement }) => [achievement ?? []].flat().filter(isObject))];
  return parts.some(
    ({ realism, name }) =>
      spellings(realism).some((one) => /(?:^|[#/:])Illustrative$/.test(one)) ||
      spellings(name).some((one) => /^SPECIMEN\b/.test(one)),
  );
}

function spellings(value: Json | undefined): string[] {
  return [value ?? []].flat().flatMap((one) => strings(isObject(one) ? [one.id, one['@value']] : one));
}

/** The ph terms of an achievement that decide what the award counts as. */
export function readPh(
  achievement: JsonObject,
): Pick<VerifiedBadge, 'awardType' | 'regime' | 'pqfLevel' | 'stackability'> {
  const { awardType, pqfLevel, stackability } = achievement;
  const regimes = strings(achievement.regime);
  const regime = regimes.includes('TESDA') ? 'TESDA' : regimes[0];
  return {
    ...(typeof awardType === 'string' ? { awardType } : {}),
    ...(regime ? { regime } : {}),
    ...(Number.isInteger(pqfLevel) ? { pqfLevel: pqfLevel as number } : {}),
    ...(typeof stackability === 'string' ? { stackability } : {}),
  };
}

/** From when to when it holds, by whichever edition of VCDM it is written; of two dates the narrower. */
export function badgePeriod(document: JsonObject): { validFrom?: string; validUntil?: string } {
  const { validFrom, validUntil } = readPeriod(document);
  return { ...(validFrom === undefined ? {} : { validFrom }), ...(validUntil === undefined ? {} : { validUntil }) };
}

/** Where the issuer is, and where it was assessed. PSGC codes in either form. */
export function placeCodes(document: JsonObject): { issuer: string[]; source: string[] } {
  const subject = [document.credentialSubject].flat().filter(isObject)[0];
  const code = (profile: unknown) =>
    isObject(profile) && isObject(profile.address) ? strings(profile.address.psgcCode) : [];
  return { issuer: code(document.issuer), source: code(subject && [subject.source].flat()[0]) };
}

/** What the report shows of a badge. */
export function reportCredential(badge: VerifiedBadge): ReportCredential {
  const { model } = badge;
  const { achievement, issuer } = model;
  const out: Partial<ReportCredential> = {
    id: model.id,
    name: model.name,
    description: model.description,
    types: model.types,
    issuerId: issuer.id,
    issuerName: issuer.name,
    subjectId: model.subject.id,
    achievementId: achievement.id,
    achievementName: achievement.name,
    achievementVersion: achievement.version,
    achievementType: achievement.achievementType,
    criteria: achievement.criteria?.narrative ?? achievement.criteria?.id,
    awardId: model.ph.awardId,
    awardedDate: model.awardedDate,
    validFrom: model.validFrom,
    validUntil: model.validUntil,
    awardType: badge.awardType,
    regime: badge.regime,
    pqfLevel: badge.pqfLevel,
    pqfLevelStatus: text(achievement.document.pqfLevelStatus),
    credit: creditTexts(achievement.document),
    certificateNumber: model.ph.certificateNumber,
    learningRoute: model.ph.learningRoute,
    assessor: model.ph.assessor,
    evidence: model.evidence.length > 0 ? model.evidence : undefined,
    source: model.source,
  };
  return Object.fromEntries(
    Object.entries(out).filter(([, value]) => value !== undefined),
  ) as unknown as ReportCredential;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function creditTexts(achievement: JsonObject): string[] | undefined {
  const list = Array.isArray(achievement.credit) ? achievement.credit : [achievement.credit];
  const texts = list
    .filter(isObject)
    .flatMap(({ value, system, kind }) =>
      typeof value === 'string' && typeof system === 'string'
        ? [`${value} ${system}${typeof kind === 'string' ? ` (${kind})` : ''}`]
        : [],
    );
  return texts.length > 0 ? texts : undefined;
}

export function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');
}
