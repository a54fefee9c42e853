import { fieldProblem, isObject, type Json, parseStrictJson } from '#kernel';
import { strings } from '../model.ts';
import { openDataUrl } from './data-url.ts';
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
  // VCDM 2.0 section 4.13: the credential is the `data:` address; nothing else in the envelope is secured or read.
  const inside = strings(value.type).includes('EnvelopedVerifiableCredential') && value.credentialSubject === undefined;
  if (inside && typeof value.id === 'string') {
    return openDataUrl(value.id, { ...origin, carriers: [...(origin.carriers ?? []), 'envelope'] });
  }
  return { kind: 'document', document: value, text, origin } satisfies Loaded;
}
