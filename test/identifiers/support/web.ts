import { generateKeyPairSync } from 'node:crypto';
import { createIdentifiers } from '#identifiers';
import { type JsonObject, Problem } from '#kernel';
import { type KeyAlgorithm, type PublicKey, publicKeyOf } from '#keystore';

export interface Served {
  status?: number;
  contentType?: string;
  body: unknown;
  /** Where redirects led. */
  url?: string;
}

/** A web of a few addresses, and identifiers that look at it with a clock that is set by hand. */
export function web(pages: Record<string, Served | Problem> = {}) {
  const state = { now: Date.parse('2026-11-24T00:00:00Z'), pages, asked: [] as string[] };
  const clock = { now: () => new Date(state.now) };
  const identifiers = createIdentifiers({
    clock,
    fetch: async (url, { budget }) => {
      state.asked.push(url);
      if (budget && !budget.take()) throw new Problem('fetch-failed', 'budget', { extensions: { code: 'budget' } });
      const page = state.pages[url];
      if (!page) throw new Problem('fetch-failed', 'no answer', { extensions: { code: 'connect' } });
      if (page instanceof Problem) throw page;
      const { status = 200, contentType = 'application/json', body } = page;
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      const fetchedAt = new Date(state.now).toISOString().replace('.000Z', 'Z');
      return { url: page.url ?? url, status, contentType, bytes, fetchedAt };
    },
  });
  return { state, identifiers };
}

const PAIRS: Record<KeyAlgorithm, () => { publicKey: import('node:crypto').KeyObject }> = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
export const KINDS = Object.keys(PAIRS) as KeyAlgorithm[];

export const publicKey = (algorithm: KeyAlgorithm): PublicKey => publicKeyOf(PAIRS[algorithm]().publicKey);

/** A controlled identifier document with these methods, all for assertions. */
export function documentOf(id: string, methods: Record<string, JsonObject>, more: JsonObject = {}): JsonObject {
  const ids = Object.keys(methods).map((name) => (name.includes(':') ? name : `${id}#${name}`));
  return {
    id,
    verificationMethod: Object.values(methods).map((key, at) => ({ id: ids[at]!, controller: id, ...key })),
    assertionMethod: ids,
    ...more,
  };
}

export const multikey = (key: PublicKey): JsonObject => ({ type: 'Multikey', publicKeyMultibase: key.multibase });
