import { readFileSync } from 'node:fs';
import jsonld, { type DocumentLoader } from 'jsonld';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, createContextLoader, OPEN_BADGES_3_0_3 } from '#proofs';
import { SharingResolver } from '../../src/proofs/canonical/context-resolver.ts';
import { createKeptContexts } from '../../src/proofs/canonical/kept-contexts.ts';
import { goldenBadge, namedBadge } from '../support/golden-badge.ts';
import { createDraw } from './compiled/draw.ts';
import { documentLoader as ofGenerated } from './compiled/extension.ts';
import { generate, vary } from './compiled/generate.ts';
import { loader } from './made.ts';

const PH = 'https://badges.example.ph/contexts/ph/v1-draft';
const phContext = readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8');
const { documentLoader } = createContextLoader({ phContext, phContextUrl: PH });
const OPTIONS = { base: null, safe: true, rdfDirection: 'i18n-datatype', produceGeneralizedRdf: false } as const;

/** Statements, or why there are none. */
const told = (statements: Promise<unknown>): Promise<unknown> => statements.catch((error: Error) => String(error));

/** By the library alone, and through contexts that are shared: at first, and when they were processed before. */
async function bothWays(documentLoader: DocumentLoader, documents: readonly JsonObject[], safe = true) {
  const sharedCache = createKeptContexts();
  const found = [];
  for (const document of [...documents, ...documents]) {
    const options = { ...OPTIONS, safe, documentLoader };
    const contextResolver = new SharingResolver({ sharedCache });
    found.push({
      shared: await told(jsonld.toRDF(document, { ...options, contextResolver })),
      alone: await told(jsonld.toRDF(document, options)),
    });
  }
  return found;
}

const scoped = Object.entries(JSON.parse(phContext)['@context'] as Record<string, { '@context'?: JsonObject }>);
const VALUES = ['CHED', ['a', 3], { type: ['PhCredit'], value: '3' }];
/** A node of a class of the extension, with every term of it. */
const ofClasses = scoped.map(([name, definition], index): JsonObject => {
  const terms = Object.keys(definition['@context'] ?? {}).filter((term) => /^[a-z]/.test(term));
  const node = Object.fromEntries(terms.map((term) => [term, VALUES[index % VALUES.length]!]));
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    ...{ id: 'urn:uuid:1', type: ['VerifiableCredential', 'OpenBadgeCredential', 'PhCredential'] },
    ...{ issuer: 'did:example:1', certificateNumber: 'SPECIMEN-1' },
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: { id: 'urn:b', type: ['Achievement', 'PhAchievement'], name: 'a' },
    },
    evidence: [{ name: 'b', ...node, id: 'urn:c', type: ['Evidence', name] }],
  };
});

describe('contexts that share the definitions of their terms', () => {
  it('give the statements of the library, or its refusal, for every class of the extension', async () => {
    // Not safe, terms without a meaning are dropped; safe, they are why there is no answer.
    const found = [
      ...(await bothWays(documentLoader, ofClasses, false)),
      ...(await bothWays(documentLoader, ofClasses)),
    ];
    for (const { shared, alone } of found) expect(shared).toEqual(alone);
    const answered = found.filter(({ alone }) => typeof alone !== 'string').length;
    expect(answered).toBeGreaterThan(found.length / 10);
    expect(found.length - answered).toBeGreaterThan(found.length / 10);
  }, 120_000);

  it('give them for badges of all shapes', async () => {
    const draw = createDraw(Number(process.env.TATAK_SEED ?? Date.now() % 1_000_000));
    const made = Array.from({ length: 100 }, () => generate(draw, 0.2)).flatMap((one) => [one, vary(one, draw)]);
    for (const { shared, alone } of await bothWays(ofGenerated, made)) expect(shared).toEqual(alone);
    for (const { shared, alone } of await bothWays(loader.documentLoader, [goldenBadge(), namedBadge()])) {
      expect(typeof alone).toBe('object');
      expect(shared).toEqual(alone);
    }
  }, 120_000);

  it('keep what was found in them, and nothing of what stood behind them', async () => {
    const sharedCache = createKeptContexts();
    const read = (...context: unknown[]) => {
      const contextResolver = new SharingResolver({ sharedCache });
      const document = { '@context': [CREDENTIALS_V2, ...context], id: 'urn:a', type: ['VerifiableCredential'] };
      return told(jsonld.toRDF(document, { ...OPTIONS, documentLoader, contextResolver }));
    };
    expect(await read({ '@foo': 'https://specimen.example/foo' })).toContain('Safe mode');
    expect(await read()).toHaveLength(1);
  });

  it('know that there are protected terms, however many contexts without any follow, and that there are none', async () => {
    const document = (...contexts: unknown[]) =>
      ({ '@context': contexts, id: 'urn:a', type: ['VerifiableCredential'], '@id': 'urn:b' }) as JsonObject;
    const empty = Array.from({ length: 20 }, () => ({}));
    const terms = { id: '@id', type: '@type', VerifiableCredential: 'urn:v', '@protected': true };
    const own = { more: 'https://specimen.example/more' };
    const found = await bothWays(documentLoader, [
      document(CREDENTIALS_V2, ...empty, null),
      document(...empty, own, ...empty, null, terms),
      document(...empty, own, terms, ...empty, null),
      document(...empty, terms, ...empty, { type: 'urn:other' }),
      document(CREDENTIALS_V2, ...empty, own, ...empty),
    ]);
    for (const { shared, alone } of found) expect(shared).toEqual(alone);
    expect(found.filter(({ alone }) => String(alone).includes('protected')).length).toBeGreaterThan(4);
  });

  it('go by what the library does where one imports another', async () => {
    const importing = { '@context': { '@version': 1.1, '@import': 'https://specimen.example/imported' } };
    const imported = { '@context': { note: 'https://specimen.example/note' } };
    const loading: DocumentLoader = async (url) => ({
      ...{
        contextUrl: null,
        documentUrl: url,
        document: structuredClone(url.endsWith('imported') ? imported : importing),
      },
    });
    const document = { '@context': 'https://specimen.example/importing', '@id': 'urn:a', note: 'b' };
    for (const { shared, alone } of await bothWays(loading, [document])) {
      expect(alone).toHaveLength(1);
      expect(shared).toEqual(alone);
    }
  });

  it('cannot be changed by one document for the next', async () => {
    const sharedCache = createKeptContexts();
    const contextResolver = new SharingResolver({ sharedCache });
    await jsonld.toRDF(goldenBadge(), { ...OPTIONS, documentLoader, contextResolver });
    const [{ cache }] = [sharedCache.get(OPEN_BADGES_3_0_3)!.get('static')].flat() as [
      { cache: Map<unknown, { context: { mappings: Map<string, object> } }> },
    ];
    const definitions = [...cache.values()].flatMap(({ context }) => [...context.mappings.values()]);
    expect(definitions.length).toBeGreaterThan(50);
    expect(definitions.every((one) => Object.isFrozen(one))).toBe(true);
  });
});
