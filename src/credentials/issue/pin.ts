import type { AchievementVersion } from '#achievements';
import type { SigningParty } from '#institutions';
import { fieldProblem, type JsonObject, Problem } from '#kernel';
import type { LintContext } from '../lints/rule.ts';
import type { StatusType } from '../ports.ts';
import type { IssuerDeps } from './deps.ts';
import type { IssueRequest } from './request.ts';

/** What one issuance holds on to from beginning to end, whatever is edited meanwhile. */
export interface Pinned {
  achievement: AchievementVersion;
  signing: SigningParty;
}

/** @throws Problem `invalid-request` (pointer `/achievementId` or `/version`) when there is no such definition */
export async function findAchievement(
  reader: IssuerDeps['reader'],
  { achievementId, version }: Pick<IssueRequest, 'achievementId' | 'version'>,
): Promise<AchievementVersion> {
  const achievement = await reader.achievement(achievementId, version);
  if (achievement && (version === undefined || achievement.version === version)) return achievement;
  const pointer = version === undefined ? '/achievementId' : '/version';
  throw fieldProblem('invalid-request', pointer, 'there is no such achievement', 'unknown_achievement');
}

/**
 * The owner always may; anyone else when the definition names its DID, or when it took the place of one of those.
 * @throws Problem `not-entitled`
 */
export async function assertEntitled(
  deps: Pick<IssuerDeps, 'inherits'>,
  issuer: { tenant: string; did: string },
  achievement: AchievementVersion,
  asked: { awarded: string; now: Date },
): Promise<void> {
  const { tenant, did } = issuer;
  if (achievement.tenant === tenant || achievement.permittedIssuers.includes(did)) return;
  // All institutions of this service have DIDs of one form, which end in the tenant.
  const ownerDid = did.replace(/[^:]+$/, achievement.tenant);
  const owners = [ownerDid, ...achievement.permittedIssuers];
  if (await deps.inherits?.(owners, did, achievement.document as JsonObject, asked)) return;
  throw new Problem('not-entitled', 'the achievement does not name this institution among its permitted issuers', {
    errors: [{ pointer: '/achievementId', detail: 'is not this institution’s to award', code: 'not_permitted' }],
  });
}

/** One mechanism for each badge: Open Badges allows one entry. */
export const statusTypeOf = (achievement: Pick<AchievementVersion, 'statusType'>): StatusType =>
  achievement.statusType ?? 'BitstringStatusListEntry';

export function lintContext(
  deps: Pick<IssuerDeps, 'publicUrl' | 'specimen'>,
  tenant: string,
  did: string,
  achievement: AchievementVersion,
  drawnUp: Date,
): LintContext {
  return {
    tenant,
    issuer: did,
    publicUrl: deps.publicUrl,
    specimen: deps.specimen,
    now: drawnUp,
    achievement: {
      id: achievement.achievementId,
      version: achievement.version,
      document: achievement.document as LintContext['achievement']['document'],
      extension: achievement.extension,
      statusType: statusTypeOf(achievement),
    },
  };
}
