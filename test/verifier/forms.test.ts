import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, Problem } from '#kernel';
import type { Check, CredentialInput, Report } from '#verifier';
import { chunk, itxt, picture, svg } from '../documents/samples.ts';
import { type Actor, actor, badge, type World, world } from './world.ts';

const school = actor('school');
const PAGE = 'https://school.example/badges/1.html';
const ASSERTION: JsonObject = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://school.example/assertions/1',
  recipient: { type: 'email', hashed: false, identity: 'a@school.example' },
  badge: 'https://school.example/badgeclasses/1',
  verification: { type: 'hosted' },
  issuedOn: '2019-06-15T01:00:00Z',
};

const documentOf = (report: Report): Check => report.checks.find((one) => one.check === 'document')!;
const bytes = (text: string) => Buffer.from(text);

async function setting(): Promise<{ on: World; by: Actor; text: string; signed: JsonObject }> {
  const on = world([school]);
  const signed = await on.sign(school, badge(school));
  return { on, by: school, text: JSON.stringify(signed), signed };
}

async function problemOf(on: World, input: CredentialInput): Promise<Problem> {
  const caught = await on.verifier.verify(input).catch((error: unknown) => error);
  if (!(caught instanceof Problem)) throw new Error(`no problem: ${JSON.stringify(caught)}`);
  return caught;
}

describe('one badge in many forms', () => {
  it('gets one and the same verdict', async () => {
    const { on, text, signed } = await setting();
    const url = 'https://school.example/files/badge';
    const page = `<html><script type="application/ld+json">${text}</script></html>`;
    const forms: [CredentialInput, JsonObject][] = [
      [{ document: signed }, {}],
      [{ text }, {}],
      [{ text: `\ufeff \n${text}\n` }, {}],
      [{ bytes: bytes(`\ufeff${text}`) }, {}],
      [{ bytes: picture(itxt('openbadgecredential', text)) }, { carriers: ['png'] }],
      [{ bytes: svg(text) }, { carriers: ['svg'] }],
      [{ text: svg(text).toString() }, { carriers: ['svg'] }],
      [{ bytes: bytes(page) }, { carriers: ['page'] }],
      [{ text: `data:application/vc,${encodeURIComponent(text)}` }, { carriers: ['data-url'] }],
      [
        { text: `data:image/png;base64,${picture(itxt('openbadgecredential', text)).toString('base64')}` },
        { carriers: ['data-url', 'png'] },
      ],
    ];
    for (const [input, evidence] of forms) {
      const report = await on.verifier.verify(input);
      expect(report.verdict, JSON.stringify(evidence)).toBe('valid');
      expect(documentOf(report).evidence).toMatchObject(evidence);
    }
    // By address too, whatever it is called there.
    for (const [type, body] of [
      ['image/png', picture(itxt('openbadgecredential', text))],
      ['text/plain', svg(text)],
      ['text/html', bytes(text)],
      ['application/octet-stream', bytes(page)],
    ] as const) {
      on.pages.set(url, { contentType: type, body });
      const report = await on.verifier.verify({ url });
      expect(report.verdict).toBe('valid');
      expect(documentOf(report).evidence).toMatchObject({ url, fetchedAt: '2026-11-24T01:00:00Z' });
    }
  });

  it('is what the link of a verify page asks about, here or elsewhere, and once', async () => {
    const { on, text } = await setting();
    const url = 'https://school.example/files/badge';
    on.pages.set(url, { contentType: 'application/json', body: Buffer.from(text) });
    const link = (inner: string) => `https://verifier.example/verify?lang=fil&url=${encodeURIComponent(inner)}`;
    for (const input of [{ url: link(url) }, { text: link(url) }]) {
      const report = await on.verifier.verify(input);
      expect([report.verdict, documentOf(report).evidence.url]).toEqual(['valid', url]);
    }
    for (const other of [
      link(link(url)),
      link('no address'),
      link('file:///etc/passwd'),
      `${link(url)}&url=https://a.example`,
    ])
      expect((await problemOf(on, { url: other })).kind, other).toMatch(/fetch-failed|fetch-refused|invalid-request/);
  });

  it('does not hold when the picture carries a changed one', async () => {
    const { on, text } = await setting();
    const changed = text.replace('Set-up computer networks', 'Design of nuclear plants');
    for (const form of [picture(itxt('openbadgecredential', changed)), svg(changed)]) {
      expect((await on.verifier.verify({ bytes: form })).verdict).toBe('invalid');
    }
  });
});

describe('a page that shows a badge', () => {
  const html = (head: string) => ({
    contentType: 'text/html',
    body: `<!doctype html><html><head>${head}</head></html>`,
  });

  it('leads to it by its link, and the report says where it was found', async () => {
    const { on, signed } = await setting();
    on.pages.set(PAGE, html(`<link rel="alternate" type="application/vc" href="/credentials/1">`));
    const report = await on.verifier.verify({ url: PAGE });
    expect(report.verdict).toBe('valid');
    expect(documentOf(report).evidence).toMatchObject({ url: signed.id, page: PAGE });
  });

  it('leads to it by its preview picture', async () => {
    const { on, text } = await setting();
    on.pages.set('https://cdn.example/1.png', { body: picture(itxt('openbadgecredential', text)) });
    on.pages.set(PAGE, html(`<meta property="og:image" content="https://cdn.example/1.png">`));
    const report = await on.verifier.verify({ url: PAGE });
    expect(report.verdict).toBe('valid');
    expect(documentOf(report).evidence).toMatchObject({
      url: 'https://cdn.example/1.png',
      page: PAGE,
      carriers: ['png'],
    });
  });

  it('is passed over where it only looks so: other data, dead links', async () => {
    const { on, text } = await setting();
    const head = `<script type="application/ld+json">{"@type":"WebPage"}</script><script type="application/ld+json">{"a":</script>
<link rel="alternate" type="application/json" href="/nothing"><link rel="alternate" type="application/vc" href="/dead">`;
    on.pages.set('https://school.example/nothing', { body: '{"a":1}' });
    on.pages.set(PAGE, html(head));
    expect(await problemOf(on, { url: PAGE })).toMatchObject({ kind: 'fetch-failed', extensions: { code: 'html' } });
    // The surest type is tried first, wherever it stands.
    on.pages.set('https://school.example/dead', { body: text });
    expect((await on.verifier.verify({ url: PAGE })).verdict).toBe('valid');
  });

  it('makes no more than two further requests, and none in a circle', async () => {
    const { on } = await setting();
    const links = Array.from({ length: 40 }, (_, n) => `<link rel="alternate" type="application/vc" href="/p${n}">`);
    for (let n = 0; n < 40; n++) on.pages.set(`https://school.example/p${n}`, html(links.join('')));
    on.pages.set(PAGE, html(`<link rel="alternate" type="application/vc" href="#top">${links.join('')}`));
    await problemOf(on, { url: PAGE });
    expect(on.asked).toEqual([PAGE, 'https://school.example/p0', 'https://school.example/p1']);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:application/vc,{}', 'https://', '//', ''])(
    'never follows %s',
    async (href) => {
      const { on } = await setting();
      on.pages.set(PAGE, html(`<link rel="alternate" type="application/vc" href="${href}">`));
      await problemOf(on, { url: PAGE });
      expect(on.asked.slice(1).filter((url) => !/^https?:/.test(url))).toEqual([]);
    },
  );
});

describe('a badge of Open Badges 2.0', () => {
  const token = `${bytes('{"alg":"RS256"}').toString('base64url')}.${bytes(JSON.stringify(ASSERTION)).toString('base64url')}.c2ln`;
  it.each<[string, CredentialInput]>([
    ['hosted', { document: ASSERTION }],
    ['hosted, 1.1', { document: { ...ASSERTION, '@context': 'https://w3id.org/openbadges/v1' } }],
    [
      'hosted, 1.0',
      {
        document: { uid: 'a', recipient: { type: 'email' }, badge: 'https://x.example/b', verify: { type: 'hosted' } },
      },
    ],
    ['signed', { text: token }],
    ['baked, PNG', { bytes: picture(itxt('openbadges', JSON.stringify(ASSERTION))) }],
    ['baked, PNG of 1.0', { bytes: picture(chunk('tEXt', bytes('openbadges\0https://x.example/assertions/1'))) }],
    [
      'baked, SVG',
      {
        bytes: bytes(
          `<svg xmlns="http://www.w3.org/2000/svg"><o:assertion xmlns:o="http://openbadges.org" verify="${token}"/></svg>`,
        ),
      },
    ],
  ])('is recognised and never counted: %s', async (_, input) => {
    const report = await world([school]).verifier.verify(input);
    expect(report).toMatchObject({ verdict: 'undetermined', recognition: 'not_shown' });
    expect(documentOf(report)).toMatchObject({ result: 'unknown', code: 'open_badges_2' });
    expect(report.sentence.en).toBe(
      'Not decided: this is a badge of Open Badges 2.0 or older, which is not verified here; ask for it as Open Badges 3.0.',
    );
    expect(report.sentence.fil).toContain('Open Badges 2.0');
  });

  it('is not what only names the older context beside being a credential', async () => {
    const on = world([school]);
    const odd = {
      ...badge(school),
      '@context': [...(badge(school)['@context'] as string[]), 'https://w3id.org/openbadges/v2'],
    };
    expect(documentOf(await on.verifier.verify({ document: odd })).code).toBe('unsupported_context');
  });
});

describe('what is no badge', () => {
  it.each<[string, CredentialInput, string, string | undefined]>([
    ['words', { text: 'hello' }, 'malformed-json', undefined],
    ['a list', { text: '[]' }, 'malformed-json', undefined],
    ['nothing', { text: ' \n ' }, 'invalid-request', undefined],
    ['a picture without one', { bytes: picture() }, 'invalid-image', 'no_badge'],
    ['a picture of another kind', { bytes: Buffer.from('GIF89a', 'latin1') }, 'invalid-image', 'image_type'],
    ['a token that is none', { text: 'aaaaaaaaaaaaaa.bbbbbbbb.cccc' }, 'invalid-request', 'jwt'],
    ['a broken data: address', { text: 'data:application/vc;base64,{}' }, 'invalid-request', undefined],
    ['an envelope that holds no token', { document: envelope({}) }, 'invalid-request', 'jwt'],
    ['a page', { bytes: bytes('<html><p>Hello') }, 'fetch-failed', 'html'],
  ])('is refused with a reason: %s', async (_, input, kind, code) => {
    const problem = await problemOf(world([school]), input);
    expect(problem.kind).toBe(kind);
    expect(problem.extensions.code).toBe(code);
    expect(problem.message).not.toBe('');
  });

  it('is said of a token of something else as of any other JSON', async () => {
    const text = `${bytes('{"alg":"RS256"}').toString('base64url')}.${bytes('{"sub":"1"}').toString('base64url')}.c2ln`;
    const report = await world([school]).verifier.verify({ text });
    expect(report.verdict).toBe('invalid');
    expect(report.sentence.en).toContain('Not a badge');
  });

  it('is never a crash: 2,000 changed inputs of every form', { timeout: 60_000 }, async () => {
    const { on, text } = await setting();
    const token = `${bytes('{"alg":"EdDSA"}').toString('base64url')}.${bytes(text).toString('base64url')}.c2ln`;
    const starts = [
      bytes(text),
      bytes(token),
      svg(text),
      svg(token),
      picture(itxt('openbadgecredential', text)),
      picture(itxt('openbadgecredential', token)),
      bytes(
        `<html><script type="application/ld+json">${text}</script><link rel=alternate type=application/vc href=/a></html>`,
      ),
      bytes(`data:application/vc;base64,${bytes(text).toString('base64')}`),
    ];
    const change = fc.record({ at: fc.nat(), cut: fc.nat(4), add: fc.uint8Array({ maxLength: 4 }) });
    const file = fc.tuple(fc.constantFrom(...starts), fc.array(change, { minLength: 1, maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(file, fc.boolean(), async ([start, changes], pasted) => {
        let all = start;
        for (const { at, cut, add } of changes) {
          const place = at % all.length;
          all = Buffer.concat([all.subarray(0, place), add, all.subarray(place + cut)]);
        }
        const input = pasted ? { text: all.toString('latin1') } : { bytes: all };
        const answer = await on.verifier.verify(input).catch((error: unknown) => error);
        if (answer instanceof Problem) return;
        expect(answer).toMatchObject({ verdict: expect.stringMatching(/^(?:valid|invalid|undetermined)$/) });
      }),
      { numRuns: 2_000 },
    );
  });
});

function envelope(inside: JsonObject): JsonObject {
  const id = `data:application/vc,${encodeURIComponent(JSON.stringify(inside))}`;
  return { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['EnvelopedVerifiableCredential'], id };
}
