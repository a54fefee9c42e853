import { isIP } from 'node:net';
import { createIdentifiers, didWebUrl } from '#identifiers';
import { systemClock } from '#kernel';
import type { GuardedFetch } from '#net';
import { must, type Target, textOf, utf8 } from '../target.ts';

const OUTCOMES = ['ok', 'unknown', 'refused'];
let page = '';
let asked: string[] = [];
const fetch: GuardedFetch = async (url) => {
  asked.push(url);
  return {
    url,
    status: 200,
    contentType: 'application/json',
    bytes: Buffer.from(page),
    fetchedAt: '2026-11-24T01:00:00Z',
  };
};
const identifiers = createIdentifiers({ fetch, clock: systemClock, cacheMs: 0 });

function mustBeWeb(address: string): void {
  const url = new URL(address);
  must(url.protocol === 'https:', 'not https');
  must(isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0, 'an address in place of a name');
  must(url.username === '' && url.password === '' && url.hash === '', 'more than an address');
}

export const did: Target = {
  name: 'did',
  seeds: [
    'did:web:badges.example:institutions:specimen#key-1',
    'did:web:localhost%3A8443',
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169#zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169',
    `did:jwk:${Buffer.from('{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}').toString('base64url')}#0`,
    'https://issuer.example/keys/1#a',
  ].map(utf8),
  dictionary: [
    ...[
      'did:',
      'did:web:',
      'did:key:',
      'did:jwk:',
      '%3A',
      '%2F',
      '%00',
      '#',
      '?',
      '/',
      '..',
      ':.:',
      '@',
      '127.0.0.1',
      '[::1]',
    ],
    ...[
      '0x7f000001',
      '127.1',
      '2130706433',
      '%3A0',
      '%3A65536',
      '%3a443',
      '\\',
      '\u3002',
      '#0',
      '//',
      'localhost',
      'xn--',
    ],
  ],
  async run(input) {
    const text = textOf(input);
    const url = didWebUrl(text.split('#')[0]!);
    if (url !== undefined) {
      mustBeWeb(url);
      must(url.endsWith('/did.json') && !url.includes('?') && !url.includes('/../'), 'not the place of a DID document');
    }
    asked = [];
    page = JSON.stringify({ id: text.split('#')[0], assertionMethod: [text] });
    const base = await identifiers.resolve(text);
    const method = await identifiers.resolveMethod(text, 'assertionMethod');
    for (const { outcome } of [base, method]) must(OUTCOMES.includes(outcome), 'an outcome that nobody knows');
    if (method.outcome === 'ok') must(method.method.id === text, 'the key of another identifier');
    for (const address of asked) {
      if (text.startsWith('did:')) mustBeWeb(address);
      must(address.startsWith('https://'), 'something else than https was asked for');
    }
  },
};
