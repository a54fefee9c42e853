import { isToken, sha256Hex } from '#kernel';

/** What of it is stored; undefined for a text that no token looks like. */
export const digestOf = (token: string | undefined): string | undefined =>
  isToken(token) ? sha256Hex(token) : undefined;
