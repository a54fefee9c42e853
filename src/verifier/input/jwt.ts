import { LIMITS, Problem } from '#kernel';
import { type OpenedJwt, openJwt } from '#proofs';
import type { Loaded, Origin } from './model.ts';
import { openBadges2Token } from './open-badges-2.ts';

const TOKEN = /^[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{2,}/;
const CHARACTERS = /^[A-Za-z0-9_.~+/=-]+$/;

/**
 * By how it begins: two parts in base64url with a dot between. JSON, addresses and pages begin otherwise; words with spaces
 * do not begin as base64url of a JSON object does, while a token that was broken into lines still does.
 */
export function looksLikeJwt(head: string): boolean {
  const whole = head.trim();
  return TOKEN.test(whole) || (whole.startsWith('ey') && TOKEN.test(whole.replace(/\s+/g, '')));
}

/**
 * A compact token, with or without disclosures. White space in it comes from letters and mail, never from a signer, and
 * base64url has none: it is taken out.
 * @throws Problem `malformed-json`, `invalid-request` with code `jwt`, `payload-too-large`
 */
export function readJwt(text: string, origin: Origin): Loaded {
  if (text.length > LIMITS.fetchBytes) throw new Problem('payload-too-large', 'the token is too long for a badge');
  const token = text.replace(/\s+/g, '');
  if (!CHARACTERS.test(token)) throw notOne('this is neither JSON nor a compact token');
  const older = openBadges2Token(token);
  if (older) return { kind: 'unread', form: 'open-badges-2', document: older, origin };
  const jwt = openedToken(() => openJwt(token));
  return { kind: 'jwt', jwt, document: jwt.document, text: () => token, origin };
}

/** What cannot be opened is said to be no token of a badge. @throws Problem with code `jwt` */
export function openedToken(open: () => OpenedJwt): OpenedJwt {
  try {
    return open();
  } catch (error) {
    if (error instanceof Problem && error.status < 500) throw notOne(error.message, error);
    throw error;
  }
}

const notOne = (detail: string, cause?: Problem): Problem =>
  new Problem(cause?.kind ?? 'invalid-request', detail, {
    errors: cause?.errors ?? [],
    cause,
    extensions: { code: 'jwt' },
  });
