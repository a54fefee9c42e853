import { fieldProblem, isObject, type Json, type JsonObject, parseStrictJson } from '#kernel';
import { isEnvelope, openEnvelope } from '#proofs';
import { openedToken } from './jwt.ts';
import type { Loaded, Origin, Read } from './model.ts';
import { isOpenBadges2 } from './open-badges-2.ts';

/** A credential as JSON. @throws Problem `malformed-json`, `payload-too-large` */
export function readJson(text: string, origin: Origin): Read {
  return fromValue(parseStrictJson(text), () => text, origin);
}

/** The same, already parsed. @throws Problem `malformed-json`, `invalid-request` */
export function fromValue(value: Json, text: () => string, origin: Origin): Read {
  if (!isObject(value)) throw fieldProblem('malformed-json', '', 'a badge must be a JSON object');
  if (isOpenBadges2(value)) return { kind: 'unread', form: 'open-badges-2', origin };
  if (isEnvelope(value)) return fromEnvelope(value, origin);
  return { kind: 'document', document: value, text, origin } satisfies Loaded;
}

/** VCDM 2.0 section 4.13: the credential is the token; nothing else in the envelope is secured or read. */
function fromEnvelope(value: JsonObject, origin: Origin): Read {
  const jwt = openedToken(() => openEnvelope(value));
  const carriers = [...(origin.carriers ?? []), 'envelope'];
  return { kind: 'jwt', jwt, document: jwt.document, text: () => jwt.text, origin: { ...origin, carriers } };
}
