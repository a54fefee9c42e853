import type { AchievementVersion } from '#achievements';
import type { SigningParty } from '#institutions';
import { formatInstant, type JsonObject, Problem } from '#kernel';
import type { Award } from './awards.ts';
import type { IssuerDeps } from './deps.ts';

export interface Accrediting {
  tenant: string;
  signing: SigningParty;
  achievement: AchievementVersion;
  awards: readonly Award[];
  now: Date;
  /** Who asks to issue; undefined in a preview. */
  actor: string | undefined;
}

/**
 * Deny by default: what no register shows is not issued. A refusal is told of in the log, a preview is not.
 * @returns the id of the recorded decision by which it is issued all the same
 * @throws Problem `not-accredited` with the reason for each award
 */
export async function assertAccredited(deps: IssuerDeps, asked: Accrediting): Promise<string | undefined> {
  const { tenant, signing, achievement, awards, now, actor } = asked;
  if (!deps.entitled) return undefined;
  const document = achievement.document as JsonObject;
  const regime = [document.regime].flat()[0];
  const place = signing.institution.profile.address?.psgcCode;
  const answer = await deps.entitled({
    tenant,
    issuer: signing.did,
    achievementId: achievement.achievementId,
    achievement: document,
    ...(typeof regime === 'string' ? { regime } : {}),
    psgc: place ? [place] : [],
    awards: awards.map(({ awardedDate, request: { source, trainingProvider, learningRoute } }) => ({
      awardedDate,
      ...(source ? { source: source.id } : {}),
      ...(source?.psgcCode ? { sourcePsgc: source.psgcCode } : {}),
      ...(trainingProvider ? { trainingProvider } : {}),
      ...(learningRoute ? { learningRoute } : {}),
    })),
    now,
  });
  if (answer.allowed) return answer.decision;
  if (actor !== undefined) {
    const detail = { reason: answer.errors[0]?.code ?? 'not_accredited', version: achievement.version };
    const at = formatInstant(now);
    const operation = 'credential.refuse';
    await deps.transactor.commit([
      { op: 'audit.append', at, tenant, actor, operation, object: achievement.achievementId, detail },
    ]);
  }
  throw new Problem('not-accredited', answer.errors[0]?.detail ?? 'no register shows it', { errors: answer.errors });
}
