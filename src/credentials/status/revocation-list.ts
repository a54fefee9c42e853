import type { JsonObject } from '#kernel';

/**
 * Badges of one list. Every one may be revoked with a reason of its own, and the list must stay readable by those who
 * allow a few megabytes.
 */
export const REVOCATION_LIST_MAX = 5_000;

export const revocationListUrl = (publicUrl: string, listId: string): string => `${publicUrl}/revocations/${listId}`;

/** What an achievement version with `statusType: 1EdTechRevocationList` puts into its badges. Its id is the list itself. */
export const revocationListEntry = (publicUrl: string, listId: string): JsonObject => ({
  id: revocationListUrl(publicUrl, listId),
  type: '1EdTechRevocationList',
});

/**
 * The list as it is served: only what was taken back is in it, so it says nothing of the other badges. It is not signed
 * (the standard has no form for that); who answers at the address that the badge names is its authority.
 */
export function revocationListText(
  list: { publicUrl: string; listId: string; issuer: string },
  revoked: readonly { credentialId: string; reason?: string }[],
): string {
  const { publicUrl, listId, issuer } = list;
  return JSON.stringify({
    id: revocationListUrl(publicUrl, listId),
    issuer,
    revokedCredential: revoked.map(({ credentialId, reason }) => ({
      id: `${publicUrl}/credentials/${credentialId}`,
      revoked: true,
      ...(reason === undefined ? {} : { revocationReason: reason }),
    })),
  });
}
