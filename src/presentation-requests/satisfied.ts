import type { JsonObject } from '#kernel';
import type { ReportCredential } from '#verifier';
import { type DcqlQuery, OPEN_BADGE, type PresentationFormat, VERIFIABLE_CREDENTIAL } from './dcql-query.ts';

/** A badge whose proof holds, and the query it was sent for. */
export interface Shown {
  queryId: string;
  format: PresentationFormat;
  bound: boolean;
  badge: ReportCredential;
}

/**
 * Whether what was shown is what was asked, by our own reading of what was verified: a wallet may have filtered as it liked
 * (OpenID4VP 1.0, 8.6 and 14.3). The claims are those that our queries speak of.
 */
export async function satisfies(query: DcqlQuery, shown: readonly Shown[]): Promise<boolean> {
  // Loaded when somebody answers for the first time.
  const { DcqlPresentationResult, DcqlQuery: Dcql } = await import('dcql');
  const asked = Dcql.parse(query as never);
  const answered: Record<string, object[]> = {};
  for (const { queryId, format, bound, badge } of shown) {
    answered[queryId] = [
      ...(answered[queryId] ?? []),
      {
        ...{ credential_format: format, cryptographic_holder_binding: bound },
        ...{ type: badge.types.map(expanded), claims: claimsOf(badge) },
      },
    ];
  }
  return DcqlPresentationResult.fromDcqlPresentation(answered as never, { dcqlQuery: asked }).can_be_satisfied;
}

/** A verified badge has exactly the contexts of Open Badges 3.0, in which these names mean the same type. */
const EXPANDED: Readonly<Record<string, string>> = {
  VerifiableCredential: VERIFIABLE_CREDENTIAL,
  OpenBadgeCredential: OPEN_BADGE,
  AchievementCredential: OPEN_BADGE,
};
const expanded = (type: string): string => (Object.hasOwn(EXPANDED, type) ? EXPANDED[type]! : type);

function claimsOf({ achievementId, achievementName, achievementType }: ReportCredential): JsonObject {
  return {
    credentialSubject: {
      achievement: {
        ...(achievementId === undefined ? {} : { id: achievementId }),
        ...(achievementName === undefined ? {} : { name: achievementName }),
        ...(achievementType === undefined ? {} : { achievementType }),
      },
    },
  };
}
