import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { isEnvelope, openEnvelope } from '#proofs';
import { goldenBadge } from '../../support/golden-badge.ts';
import { part, plainV1 } from './tokens.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const token = (header: JsonObject, payload: JsonObject): string => `${part(header)}.${part(payload)}.AAAA`;
const VC = token({ alg: 'ES256', typ: 'vc+jwt' }, goldenBadge());
const VP = token({ alg: 'ES256', typ: 'vp+jwt' }, { '@context': [V2], type: ['VerifiablePresentation'] });
const envelope = (id: Json, more: JsonObject = {}): JsonObject => ({
  '@context': V2,
  type: 'EnvelopedVerifiableCredential',
  id,
  ...more,
});
const presentation = { type: 'EnvelopedVerifiablePresentation' };

describe('an envelope', () => {
  it.each([
    ['a credential', envelope(`data:application/vc+jwt,${VC}`), 'vc+jwt'],
    [
      'lists of one',
      envelope(`data:application/vc+jwt,${VC}`, { '@context': [V2], type: ['EnvelopedVerifiableCredential'] }),
      'vc+jwt',
    ],
    [
      'a badge after Open Badges',
      envelope(`data:application/vc+jwt,${token({ alg: 'RS256' }, goldenBadge())}`),
      'ob-jwt',
    ],
    ['disclosures', envelope(`data:application/vc+sd-jwt,${token({ alg: 'ES256' }, goldenBadge())}~`), 'vc+sd-jwt'],
    ['a presentation', envelope(`data:application/vp+jwt,${VP}`, presentation), 'vp+jwt'],
  ])('holds %s', (_what, document, form) => {
    expect(isEnvelope(document)).toBe(true);
    const opened = openEnvelope(document);
    expect(opened.form).toBe(form);
    expect(document.id).toBe(`data:${String(document.id).slice(5).split(',')[0]},${opened.text}`);
  });

  it.each([
    ['the type of a presentation', envelope(`data:application/vc+jwt,${VC}`, presentation)],
    [
      'two types',
      envelope(`data:application/vc+jwt,${VC}`, { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }),
    ],
    ['no context', { type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${VC}` }],
    [
      'another context',
      envelope(`data:application/vc+jwt,${VC}`, { '@context': 'https://www.w3.org/2018/credentials/v1' }),
    ],
    ['a member nobody signed', envelope(`data:application/vc+jwt,${VC}`, { issuer: 'did:example:other' })],
    ['another media type than it says', envelope(`data:application/vc+sd-jwt,${VC}`)],
    ['a presentation called credential', envelope(`data:application/vc+jwt,${VP}`)],
    ['version 1.1', envelope(`data:application/vc+jwt,${token({ alg: 'ES256' }, { vc: plainV1() })}`)],
    ['text/html', envelope(`data:text/html,${VC}`)],
    ['no media type', envelope(`data:,${VC}`)],
    ['the name of an inherited member', envelope(`data:constructor,${VC}`)],
    ['base64', envelope(`data:application/vc+jwt;base64,${Buffer.from(VC).toString('base64')}`)],
    ['a parameter', envelope(`data:application/vc+jwt;charset=utf-8,${VC}`)],
    ['a web address', envelope('https://badges.example.ph/credentials/1')],
    ['no id', envelope(null)],
    ['white space', envelope(`data:application/vc+jwt, ${VC}`)],
    ['percent-encoding', envelope(`data:application/vc+jwt,${VC.replaceAll('.', '%2E')}`)],
  ])('is refused with %s', (_what, document) => {
    expect(() => openEnvelope(document)).toThrow(expect.objectContaining({ kind: 'invalid-request' }));
  });
});
