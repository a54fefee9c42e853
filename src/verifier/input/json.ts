import { conformityErrors } from '#credentials';
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
  if (isOpenBadges2(value)) return { kind: 'unread', form: 'open-badges-2', document: value, origin };
  if (isEnvelope(value)) return fromEnvelope(value, origin);
  return { kind: 'document', document: value, text, origin } satisfies Loaded;
}

/**
 * VCDM 2.0 section 4.13: the credential or presentation is the token; nothing else in the envelope is secured or read. COSE
 * in a sound envelope is recognised and not read. @throws Problem with code `jwt`
 */
export function fromEnvelope(value: JsonObject, origin: Origin): Loaded {
  const cose = typeof value.id === 'string' && /^data:application\/(v[cp])(?:-ld)?\+cose[;,]/.exec(value.id);
  if (cose && conformityErrors(value, cose[1] === 'vp' ? 'presentation' : 'credential').length === 0) {
    return { kind: 'unread', form: 'cose', origin };
  }
  const jwt = openedToken(() => openEnvelope(value));
  const carriers = [...(origin.carriers ?? []), 'envelope'];
  return { kind: 'jwt', jwt, document: jwt.document, text: () => jwt.text, origin: { ...origin, carriers } };
}
