import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V2, canonicalize, createContextLoader, OPEN_BADGES_3_0_3 } from '#proofs';

// Through the same loader and canonicalization as every proof: a term that is not in the N-Quads is not signed.

const TEXT = readFileSync(join(import.meta.dirname, '..', '..', 'contexts', 'ph-v1-draft.json'), 'utf8');
/** Processed contexts are kept by address, so every changed one has an address of its own. */
const addressOf = (edition: number | string) => `https://specimen-${edition}.example/contexts/ph/v1-draft`;
const ORIGINAL = addressOf('original');
const XSD = 'http://www.w3.org/2001/XMLSchema#';

type Definition = { '@id': string; '@type'?: string; '@container'?: string; '@context'?: JsonObject };
type Context = { '@context': Record<string, JsonObject> };

const CONTEXT = JSON.parse(TEXT) as Context;
const quadsOf = (document: JsonObject, context: Context, address: string) =>
  canonicalize(createContextLoader({ phContext: JSON.stringify(context), phContextUrl: address }), {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, address],
    ...document,
  });

const CLASSES = Object.entries(CONTEXT['@context']).filter(([, value]) => typeof value === 'object');

const NATIVE_CLASS: Record<string, string[]> = {
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

const TYPED: Record<string, (term: string) => Json> = {
  [`${XSD}integer`]: () => 3,
  [`${XSD}decimal`]: () => '12.5',
  [`${XSD}date`]: () => '2026-05-04',
  [`${XSD}dateTime`]: () => '2026-05-04T08:00:00Z',
  [`${XSD}duration`]: () => 'P7Y',
  [`${XSD}gYear`]: () => '2025',
  '@id': (term) => `urn:example:leaf:${term}`,
  '@json': (term) => ({ leaf: term }),
};

const termsOf = (context: Context, name: string): [string, Definition][] =>
  Object.entries(context['@context'][name]!['@context'] as JsonObject)
    .filter(([term]) => !term.startsWith('@') && term !== 'id' && term !== 'type')
    .map(([term, value]) => [term, (typeof value === 'string' ? { '@id': value } : value) as unknown as Definition]);

/** One document of a class with every term filled, and for each leaf the end of the N-Quad that must exist. */
function exampleOf(name: string): { document: JsonObject; leaves: [term: string, quad: string][] } {
  const document: JsonObject = {
    id: `urn:example:${name}`,
    type: [...(NATIVE_CLASS[name] ?? []), name],
  };
  const leaves: [string, string][] = [];
  for (const [term, definition] of termsOf(CONTEXT, name)) {
    const values =
      definition['@type'] === '@vocab'
        ? Object.entries(definition['@context']!).filter(([value]) => !value.startsWith('@'))
        : [[TYPED[definition['@type'] ?? '']?.(term) ?? `leaf of ${term}`, undefined] as const];
    document[term] = values.length === 1 ? (values[0]![0] as Json) : values.map(([value]) => value as Json);
    for (const [value, iri] of values)
      leaves.push([term, `<${definition['@id']}> ${objectOf(definition, value, iri)}`]);
  }
  return { document, leaves };
}

function objectOf(definition: Definition, value: unknown, iri: unknown): string {
  // The head of a list is a blank node; the leaf is found behind it.
  if (definition['@container'] === '@list') return '_:';
  const type = definition['@type'];
  if (type === '@vocab') return `<${iri}>`;
  if (type === '@id') return `<${value}>`;
  if (type === '@json') {
    return `${JSON.stringify(JSON.stringify(value))}^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>`;
  }
  return type ? `"${value}"^^<${type}>` : `"${value}"`;
}

describe('every term of the context', () => {
  it.each(CLASSES.map(([name]) => name))('is signed with its value on a %s', async (name) => {
    const { document, leaves } = exampleOf(name);
    const quads = await quadsOf(document, CONTEXT, ORIGINAL);
    expect(leaves.filter(([, quad]) => !quads.includes(quad))).toEqual([]);
    expect(quads).toContain(`<${CONTEXT['@context'][name]!['@id']}>`);
    if (leaves.some(([, quad]) => quad.endsWith('_:'))) expect(quads).toContain('urn:example:leaf:');
  });

  it('is missed when it is taken out', async () => {
    const survived: string[] = [];
    let removed = 0;
    for (const [name] of CLASSES) {
      for (const [term] of termsOf(CONTEXT, name)) {
        const mutated = structuredClone(CONTEXT);
        delete (mutated['@context'][name]!['@context'] as JsonObject)[term];
        const { document, leaves } = exampleOf(name);
        // Either safe mode stops, or Open Badges has a term of that name and the leaf stands under another predicate.
        const quads = await quadsOf(document, mutated, addressOf(removed)).catch(() => '');
        if (leaves.filter(([own]) => own === term).every(([, quad]) => quads.includes(quad))) {
          survived.push(`${name}.${term}`);
        }
        removed++;
      }
    }
    expect(survived).toEqual([]);
    expect(removed).toBeGreaterThan(150);
  });

  it('is missed when one value of its enumeration is taken out', async () => {
    const mutated = structuredClone(CONTEXT);
    const scope = (mutated['@context'].PhAchievement!['@context'] as JsonObject).awardType as JsonObject;
    delete (scope['@context'] as JsonObject).HeiCourse;
    const { document, leaves } = exampleOf('PhAchievement');
    const quads = await quadsOf(document, mutated, addressOf('value')).catch(() => '');
    expect(leaves.every(([, quad]) => quads.includes(quad))).toBe(false);
  });
});
