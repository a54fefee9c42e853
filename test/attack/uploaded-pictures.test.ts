import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunk, picture } from '../documents/samples.ts';
import { openService, type TestService } from '../support/service.ts';
import { hostileSvgs } from './support/hostile-svg.ts';

const PNG = picture();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
const bytes = (text: string) => Buffer.from(text, 'latin1');
const comment = (text: string) => picture(chunk('tEXt', bytes(`Comment\0${text}`)));

/** Files that are, or seem to be, two things at once, or another thing than they say. */
const POLYGLOTS: [string, Buffer][] = [
  ...[
    'GIF89a',
    'GIF87a/*',
    'GIF89a=1;//',
    '\xff\xd8\xff\xe0',
    'BM',
    'II*\0',
    'PK\x03\x04',
    '%PDF-1.7\n',
    '\x1f\x8b\b',
  ].flatMap((start): [string, Buffer][] => [
    [`${start} before a PNG`, Buffer.concat([bytes(start), PNG])],
    [`${start} before an SVG`, Buffer.concat([bytes(start), bytes(SVG)])],
  ]),
  ...['<!doctype html>', '<html>', '<script>', '{"a":1}', 'eyJh.eyJh.c2ln', '#!/bin/sh\n'].flatMap(
    (start): [string, Buffer][] => [
      [`${start} before a PNG`, Buffer.concat([bytes(start), PNG])],
      [`${start} before an SVG`, bytes(start + SVG)],
    ],
  ),
  ...[
    '<html><script>x</script>',
    '%PDF-1.7\n1 0 obj',
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<!DOCTYPE html>',
  ].map((text): [string, Buffer] => [`${text} in a comment of a PNG`, comment(text)]),
  ...['<script>x</script>', '%PDF-1.7', 'PK\x05\x06', 'GIF89a', SVG].map((text): [string, Buffer] => [
    `${text} behind the end of a PNG`,
    Buffer.concat([PNG, bytes(text)]),
  ]),
  ...['<script/>', '%PDF-1.7', 'PK\x05\x06', '<html/>'].map((text): [string, Buffer] => [
    `${text} behind an SVG`,
    bytes(SVG + text),
  ]),
  ['a PDF in a comment of an SVG', bytes(`<!--%PDF-1.7-->${SVG}`)],
  ['a PNG in an SVG', bytes(SVG.replace('/>', '><image href="data:image/png;base64,AA"/></svg>'))],
  ['nothing', Buffer.alloc(0)],
];

let service: TestService;
let issuer = '';
const upload = (payload: Buffer | string, type: string) =>
  service.server.inject({
    ...{ method: 'POST', url: '/v1/images', payload },
    headers: { authorization: `Bearer ${issuer}`, 'content-type': type },
  });

beforeAll(async () => {
  service = await openService();
  ({ issuer } = await service.institution('specimen-college'));
}, 60_000);
afterAll(() => service?.close());

describe('IM-3: a drawing that would run or load something', () => {
  it('is refused as an upload, each of more than 100', async () => {
    const corpus = hostileSvgs('https://other.example');
    expect(corpus.length).toBeGreaterThan(100);
    for (const [name, text] of corpus) {
      const answer = await upload(text, 'image/svg+xml');
      expect([name, answer.statusCode, answer.json().type]).toEqual([name, 400, 'urn:tatak:problem:invalid-image']);
    }
  });
});

describe('IM-5: what a picture says it is', () => {
  it('a file of two kinds is no picture, whatever it is called', async () => {
    for (const type of ['image/png', 'image/svg+xml']) {
      for (const [name, payload] of POLYGLOTS) {
        expect([name, type, (await upload(payload, type)).statusCode]).toEqual([name, type, 400]);
      }
    }
  });

  it('its first bytes decide; another name is refused, and no other type is taken', async () => {
    expect((await upload(PNG, 'image/svg+xml')).statusCode).toBe(400);
    expect((await upload(SVG, 'image/png')).statusCode).toBe(400);
    for (const type of ['image/gif', 'image/jpeg', 'text/html', 'application/pdf', 'image/png+x']) {
      expect([type, (await upload(PNG, type)).statusCode]).toEqual([type, 415]);
    }
  });

  it('is served as what it was found to be, and nobody guesses', async () => {
    for (const [payload, type] of [
      [PNG, 'image/png'],
      [SVG, 'image/svg+xml'],
    ] as const) {
      const made = await upload(payload, type);
      expect(made.statusCode).toBe(201);
      const served = await service.server.inject({
        url: `/images/${made.json().imageId}`,
        headers: { accept: 'text/html' },
      });
      expect(served.headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff' });
      expect(served.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
      expect(served.rawPayload.equals(Buffer.from(payload))).toBe(true);
    }
  });
});
