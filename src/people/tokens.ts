import { type Random, sha256Hex } from '#kernel';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits for a cookie or a link. */
export const newToken = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');

/** What of it is stored; undefined for a text that no token looks like. */
export const digestOf = (token: string | undefined): string | undefined =>
  token !== undefined && TOKEN.test(token) ? sha256Hex(token) : undefined;
