import type { AchievementVersion } from '#achievements';
import type { SigningParty } from '#institutions';
import { fieldProblem, Problem } from '#kernel';
import type { LintContext } from '../lints/rule.ts';
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

/** The owner always may; anyone else only when the definition names its DID. @throws Problem `not-entitled` */
export function assertEntitled(tenant: string, did: string, achievement: AchievementVersion): void {
  if (achievement.tenant === tenant || achievement.permittedIssuers.includes(did)) return;
  throw new Problem('not-entitled', 'the achievement does not name this institution among its permitted issuers', {
    errors: [{ pointer: '/achievementId', detail: 'is not this institution’s to award', code: 'not_permitted' }],
  });
}

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
    },
  };
}
