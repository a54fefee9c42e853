import { sha256Hex } from '#kernel';

/**
 * Which badge it is, whatever its edition: same issuer and same id after percent-decoding and trimming (Open Badges 3.0,
 * 6.2.2). What cannot be decoded is compared as it is.
 */
export const identityOf = (issuer: string, id: string): string =>
  sha256Hex(JSON.stringify(['ob3', normal(issuer), normal(id)]));

/** Of an older badge: nothing in it was checked, so that it is never an edition of one that was. */
export const olderIdentity = (id: string): string => sha256Hex(JSON.stringify(['ob2', normal(id)]));

function normal(text: string): string {
  const trimmed = text.trim();
  try {
    return decodeURIComponent(trimmed).trim();
  } catch {
    return trimmed;
  }
}
