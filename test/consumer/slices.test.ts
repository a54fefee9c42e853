import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discoveryUrlOf } from '../../src/consumer/address.ts';
import { nextPage } from '../../src/consumer/next-page.ts';
import { nextTry } from '../../src/consumer/retries.ts';
import { createSeal } from '../../src/consumer/seal.ts';
import { credentialsOf } from '../../src/consumer/slices.ts';

const of = (text: string) => credentialsOf(Buffer.from(text));

describe('an answer of getCredentials', () => {
  it('gives each credential as the characters that came, whatever they are', () => {
    const space = fc.stringMatching(/^[ \n\r\t]{0,3}$/);
    const spaced = fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.nat(3), space).map(([value, by, around]) => {
      return { text: JSON.stringify({ value }, null, by), around };
    });
    const tokens = fc.array(fc.string());
    fc.assert(
      fc.property(fc.array(spaced), tokens, fc.jsonValue(), fc.boolean(), (all, compact, other, first) => {
        const list = `[${all.map(({ text, around }) => around + text + around).join(',')}]`;
        const members = [`"credential" : ${list}`, `"compactJwsString":${JSON.stringify(compact)}`];
        const text = `{"x" :${JSON.stringify(other)}, ${(first ? members : members.toReversed()).join('\n,')} }`;
        expect(of(text)).toEqual({ documents: all.map((one) => one.text), tokens: compact });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['{}', { documents: [], tokens: [] }],
    ['{"credential":[ ],"compactJwsString":[]}', { documents: [], tokens: [] }],
    ['{"\\u0063redential":[1]}', { documents: ['1'], tokens: [] }],
    ['{"credential":[{}],"credential":[]}', undefined],
    ['{"credential":{}}', undefined],
    ['[]', undefined],
    ['{"credential":[{]}', undefined],
    ['\ufeff{}', undefined],
    ['', undefined],
  ])('%j is read as what it says, or not at all', (text, wanted) => {
    expect(of(text)).toEqual(wanted);
  });

  it('is not read where it is no UTF-8', () => {
    expect(credentialsOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBeUndefined();
  });
});

describe('small parts of a consumer', () => {
  it.each([
    ['badges.example', 'https://badges.example/ims/ob/v3p0/discovery'],
    ['badges.example:8443/', 'https://badges.example:8443/ims/ob/v3p0/discovery'],
    [' https://badges.example/x/ims/ob/v3p0/ ', 'https://badges.example/x/ims/ob/v3p0/discovery'],
    ['https://badges.example/ims/ob/v3p0/discovery', 'https://badges.example/ims/ob/v3p0/discovery'],
  ])('%j is the discovery address %s', (text, url) => {
    expect(discoveryUrlOf(text)).toBe(url);
  });

  it.each([
    '',
    'javascript:alert(1)',
    'http://badges.example',
    'ftp://badges.example',
    'https://',
    'https://a.example/#x',
  ])('%j is the address of no host', (text) => {
    expect(() => discoveryUrlOf(text)).toThrow();
  });

  it.each([
    ['<https://h.example/api/credentials?offset=2>; rel="next"', 'https://h.example/api/credentials?offset=2'],
    ['<?a>; rel=first, <?b>;title="x";rel="last next"', 'https://h.example/api/credentials?b'],
    ['<?a>; rel="first", <?b>; rel="prev"', undefined],
    [undefined, undefined],
  ])('the next page after %j', (link, url) => {
    const at = { page: 'https://h.example/api/credentials?offset=1', apiUrl: 'https://h.example/api' };
    expect(nextPage(link, at)).toEqual(url === undefined ? {} : { url });
  });

  it('a sealed text is opened where it was sealed and nowhere else', async () => {
    const seal = createSeal(async () => new Uint8Array(32), { bytes: (n: number) => new Uint8Array(n) });
    const sealed = await seal.seal('a', 'token ñ');
    expect(await seal.open('a', sealed)).toBe('token ñ');
    await expect(seal.open('b', sealed)).rejects.toThrow();
    await expect(
      createSeal(async () => new Uint8Array(32).fill(1), { bytes: (n) => new Uint8Array(n) }).open('a', sealed),
    ).rejects.toThrow();
  });

  it('a host that always says when is asked ten times, for a day at most and not at once', () => {
    const now = new Date('2026-11-26T00:00:00Z');
    const waits = (retryAfter: string, attempts = 0) => {
      const next = nextTry({ attempts, tries: 0 }, retryAfter, now);
      return next && (next.due.getTime() - now.getTime()) / 1_000;
    };
    expect([waits('0'), waits('7'), waits('99999999')]).toEqual([1, 7, 86_400]);
    expect([waits('7', 9), waits('7', 10)]).toEqual([7, undefined]);
    expect(waits('soon')).toBe(1_800);
  });
});
