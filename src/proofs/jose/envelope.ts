import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V2 } from '../contexts.ts';
import { openJwt } from './open.ts';
import type { JwtForm, OpenedJwt } from './ports.ts';
import { refuse } from './refusal.ts';

type EnvelopeType = 'EnvelopedVerifiableCredential' | 'EnvelopedVerifiablePresentation';

/**
 * What a `data:` URL of this media type may hold. A badge signed after Open Badges is a credential in a token as well;
 * a credential of version 1.1 in its claim is not (VC-JOSE-COSE 3.1.1).
 */
const MEDIA: Readonly<Record<string, { type: EnvelopeType; forms: readonly JwtForm[] }>> = {
  'application/vc+jwt': { type: 'EnvelopedVerifiableCredential', forms: ['vc+jwt', 'ob-jwt'] },
  'application/vc+sd-jwt': { type: 'EnvelopedVerifiableCredential', forms: ['vc+sd-jwt'] },
  'application/vp+jwt': { type: 'EnvelopedVerifiablePresentation', forms: ['vp+jwt'] },
  'application/vp+sd-jwt': { type: 'EnvelopedVerifiablePresentation', forms: ['vp+sd-jwt'] },
};
const TYPES = [...new Set(Object.values(MEDIA).map(({ type }) => type))];

/** Whether a document says of itself that another one is in it; whether it is one is for `openEnvelope`. */
export function isEnvelope({ type }: JsonObject): boolean {
  return (Array.isArray(type) ? type : [type]).some((one) => TYPES.includes(one as EnvelopeType));
}

/**
 * VCDM 2.0, 4.13.1 and 4.13.2: `id` is a `data:` URL with a secured credential or presentation. Members beside `id`,
 * `type` and `@context` are refused: nobody signed them. Base64 is refused too (RFC 2397 allows it): one token, one text.
 * @throws Problem `invalid-request` with code `envelope`, or as `openJwt`
 */
export function openEnvelope(document: JsonObject): OpenedJwt {
  const { '@context': context, type, id, ...others } = document;
  const extra = Object.keys(others)[0];
  if (extra !== undefined)
    throw refuse('envelope', `the envelope has a member that nobody signed: ${extra.slice(0, 60)}`);
  if (!listed(context).includes(CREDENTIALS_V2))
    throw refuse('envelope', 'the envelope has not the context of version 2');
  const [, media, parameters, token] = (typeof id === 'string' && /^data:([^;,]*)(;[^,]*)?,(.*)$/s.exec(id)) || [];
  if (token === undefined) throw refuse('envelope', 'the id of an envelope is a data: URL');
  if (parameters) throw refuse('envelope', 'the data: URL of an envelope has no parameters');
  const name = media!.toLowerCase();
  const held = Object.hasOwn(MEDIA, name) ? MEDIA[name]! : undefined;
  if (!held) throw refuse('envelope', `envelopes of ${name.slice(0, 60)} are not read`);
  const types = listed(type);
  if (types.length !== 1 || types[0] !== held.type)
    throw refuse('envelope', `the type of this envelope is ${held.type}`);
  const opened = openJwt(token);
  if (opened.text !== token || !held.forms.includes(opened.form)) {
    throw refuse('envelope', `the envelope says ${name} and holds ${opened.form}`);
  }
  return opened;
}

const listed = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
