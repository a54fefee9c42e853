import type { DocumentLoader } from 'jsonld';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, createContextLoader, OPEN_BADGES_3_0_3 } from '#proofs';
import { readTerms } from '../../../src/proofs/canonical/compiled/index.ts';
import { TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';

/** Terms of every kind, defined for evidence of type `Learning` only. */
export const LEARNING = 'https://badges.example.ph/contexts/learning';
/** Member names that become `@index`. */
export const INDEXED = 'https://badges.example.ph/contexts/indexed';
/** Defines every term there is. */
export const OPEN = 'https://badges.example.ph/contexts/open';

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const NS = 'https://ex.example/ns#';

const EXTENSIONS: Record<string, JsonObject> = {
  [LEARNING]: {
    '@context': {
      '@version': 1.1,
      xsd: XSD,
      ex: NS,
      Learning: {
        '@id': `${NS}Learning`,
        '@context': {
          '@version': 1.1,
          hours: { '@id': `${NS}hours`, '@type': `${XSD}integer` },
          score: { '@id': `${NS}score`, '@type': 'xsd:double' },
          ratio: { '@id': `${NS}ratio`, '@type': `${XSD}decimal` },
          raw: `${NS}raw`,
          heldOn: { '@id': `${NS}heldOn`, '@type': `${XSD}date` },
          passed: { '@id': `${NS}passed`, '@type': `${XSD}boolean` },
          level: {
            '@id': `${NS}level`,
            '@type': '@vocab',
            '@context': { Gold: `${NS}Gold`, Silver: `${NS}Silver` },
          },
          steps: { '@id': `${NS}steps`, '@container': '@list' },
          marks: { '@id': `${NS}marks`, '@type': 'xsd:double', '@container': '@list' },
          title: { '@id': `${NS}title`, '@container': '@language' },
          urdu: { '@id': `${NS}urdu`, '@language': 'ur', '@direction': 'rtl' },
          // One property by another name, without a direction: the reference takes equal texts of both for one.
          urduPlain: { '@id': `${NS}urdu`, '@language': 'ur' },
          ref: { '@id': `${NS}ref`, '@type': '@id' },
          many: { '@id': `${NS}many`, '@type': '@id', '@container': '@set' },
          refs: { '@id': `${NS}refs`, '@type': '@id', '@container': '@list' },
          part: { '@id': `${NS}part`, '@type': '@id' },
          meta: { '@id': `${NS}meta`, '@type': '@json' },
          kind: 'type',
        },
      },
    },
  },
  [INDEXED]: {
    '@context': {
      '@version': 1.1,
      chapters: { '@id': `${NS}chapters`, '@container': '@index' },
      Chapter: `${NS}Chapter`,
    },
  },
  [OPEN]: { '@context': { '@vocab': 'https://open.example/#' } },
};

const pinned = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });

export const documentLoader: DocumentLoader = async (url) => {
  const document = EXTENSIONS[url];
  return document ? { contextUrl: null, documentUrl: url, document, tag: 'static' } : pinned.documentLoader(url);
};

export const terms = readTerms(
  new Map([
    ...[CREDENTIALS_V2, OPEN_BADGES_3_0_3, TEST_PH_URL].map((url): [string, JsonObject] => [
      url,
      JSON.parse(pinned.text(url)),
    ]),
    ...Object.entries(EXTENSIONS),
  ]),
);

/** The document that counterexamples change: one evidence with every kind of term. */
export function learningBadge(): JsonObject {
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, LEARNING],
    id: 'https://badges.example.ph/credentials/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Wiring',
    issuer: 'did:web:badges.example.ph:institutions:specimen',
    validFrom: '2026-11-02T08:00:00Z',
    credentialSubject: {
      id: 'did:example:learner',
      type: ['AchievementSubject'],
      achievement: { id: 'urn:uuid:a', type: ['Achievement'], name: 'Wiring', criteria: { narrative: 'Passed.' } },
    },
    evidence: [
      {
        id: 'https://malayang.example.ph/evidence/1',
        type: ['Evidence', 'Learning'],
        name: 'Photographs',
        hours: 40,
        score: 87.5,
        ratio: 0.25,
        raw: 5,
        heldOn: '2026-10-01',
        passed: true,
        level: 'Gold',
        steps: ['connect', 'test'],
        marks: [1.5, 2.5],
        title: { en: 'Wiring', ar: ['one', 'two'] },
        urdu: 'text',
        ref: 'https://x.example/ref',
        many: ['https://x.example/many/1', 'https://x.example/many/2'],
        refs: ['https://x.example/refs/1', 'https://x.example/refs/2'],
        part: { id: 'https://x.example/part', name: 'Part' },
        meta: { a: ['x', 1] },
      },
    ],
  };
}
