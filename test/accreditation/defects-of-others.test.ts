import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type AwardFacts, DIMENSIONS, type Question, scopeMismatch, standing } from '#accreditation';
import { LABELS } from '#framework';
import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V2, canonicalize, OPEN_BADGES_3_0_3 } from '#proofs';
import { ANCHOR, AUTHORITY, AWARD, at, delegate, grant, register, SCHOOL, walk } from './support/build.ts';
import { loader, PH } from './support/rooms.ts';

// Each named after a defect found in the published code or documents of others. That the
// issuing side really asks is `issuing-asks.test.ts`; that no term and no value of an enumeration is lost when it is
// signed is `test/framework/terms.test.ts`, which holds for every class of the context.

const ROOT = join(import.meta.dirname, '..', '..');
const CONTEXT = JSON.parse(readFileSync(join(ROOT, 'contexts', 'ph-v1-draft.json'), 'utf8')) as {
  '@context': Record<string, { '@context': Record<string, JsonObject | string> }>;
};
const API = parse(readFileSync(join(ROOT, 'openapi.yaml'), 'utf8')) as JsonObject;
const schemas = ((API.components as JsonObject).schemas as Record<string, JsonObject>)!;

describe('EU reference verifier', () => {
  it('compared the accreditor with the awarding body: here only the accredited party is', async () => {
    const registers = [
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL)]),
    ];
    expect((await walk(registers)).answers).toEqual(['yes', 'yes']);
    for (const issuer of [ANCHOR, AUTHORITY]) expect((await walk(registers, { issuer })).answers).not.toContain('yes');
  });

  it('returned the valid outer result when the check of the achievement failed: here the failed one counts', async () => {
    const outer = grant(ANCHOR, SCHOOL, { scope: [{ awardType: ['License'] }], id: 'urn:outer' });
    const inner = grant(AUTHORITY, SCHOOL, { scope: [{ achievement: ['urn:another'] }] });
    const registers = [register(ANCHOR, [delegate(ANCHOR, AUTHORITY), outer]), register(AUTHORITY, [inner])];
    const { answers, atAward } = await walk(registers);
    expect(answers).toEqual(['no', 'no']);
    expect(atAward.rejected.map(({ reason }) => reason).sort()).toEqual(['scope_achievement', 'scope_award_type']);
  });

  it.each<[string, object, AwardFacts]>([
    [
      'field',
      { psced: [{ code: '06', edition: '2017' }] },
      { psced: ['0612', '0714'].map((code) => ({ code, edition: '2017' })) },
    ],
    ['unit', { unitOfCompetency: ['U1'] }, { unitOfCompetency: ['U1', 'U2'] }],
    ['profession', { profession: ['Nursing'] }, { profession: ['Nursing', 'Midwifery'] }],
    ['sector', { psfSector: ['Tourism'] }, { psfSector: ['Tourism', 'Construction'] }],
    ['place', { psgc: ['13'] }, { psgc: ['1380600000', '0403400000'] }],
    ['site', { site: ['urn:s:1'] }, { site: ['urn:s:1', 'urn:s:2'] }],
  ])('took any matching %s for enough: here all must match', (_name, scope, facts) => {
    expect(scopeMismatch(scope, facts)).toBeDefined();
  });

  it('threw when there was no end date: here such a grant goes on', async () => {
    const open = grant(ANCHOR, SCHOOL);
    expect(open.validUntil).toBeUndefined();
    expect(standing(open, [], at('2099-01-01'), at('2099-01-01'))).toBe('active');
    const question: Question = { ...AWARD, at: at('2099-01-01'), knownAt: at('2099-01-01') };
    expect((await walk([register(ANCHOR, [open])], { question })).answers).toEqual(['yes', 'yes']);
  });
});

describe('1EdTech extension files', () => {
  it('said educationSector here and educationalSector there: context, description and code name the same members', () => {
    const names = DIMENSIONS.map(({ name }) => name as string).sort();
    const terms = Object.keys(CONTEXT['@context'].PhAccreditationScope!['@context']).filter(
      (key) => !/^(@|id$|type$)/.test(key),
    );
    expect(terms.sort()).toEqual(names);
    expect(Object.keys(schemas.AccreditationScope!.properties as object).sort()).toEqual(names);
  });

  it.each([
    'PhLevelRange',
    'PhVersionRange',
    'PhTrainingRegulation',
    'PhClassification',
    'PhCredit',
    'PhLegalInstrument',
  ])('the members of %s stand in the context under the names the code reads', (name) => {
    const read: Record<string, string[]> = {
      PhLevelRange: ['from', 'to'],
      PhVersionRange: ['achievement', 'from', 'to'],
      PhTrainingRegulation: ['title', 'version'],
      PhClassification: ['code', 'edition'],
      PhCredit: ['system', 'value'],
      // Its `url` is a term of the Open Badges context.
      PhLegalInstrument: ['kind', 'number', 'series', 'date'],
    };
    expect(Object.keys(CONTEXT['@context'][name]!['@context'])).toEqual(expect.arrayContaining(read[name]!));
  });

  it('had dangling definitions and a schema that is no JSON: every reference of ours leads somewhere', () => {
    const files = readdirSync(join(ROOT, 'schemas', 'ph')).map((file) => join(ROOT, 'schemas', 'ph', file));
    const documents = [API, ...files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as JsonObject)];
    let references = 0;
    for (const document of documents) {
      const visit = (value: Json | undefined): void => {
        if (typeof value !== 'object' || value === null) return;
        if (!Array.isArray(value) && typeof value.$ref === 'string' && value.$ref.startsWith('#/')) {
          references++;
          const found = value.$ref
            .slice(2)
            .split('/')
            .reduce<Json | undefined>(
              (node, key) => (node as JsonObject | undefined)?.[key.replaceAll('~1', '/')],
              document,
            );
          expect(found, value.$ref).toBeDefined();
        }
        for (const member of Object.values(value)) visit(member as Json);
      };
      visit(document);
    }
    expect(references).toBeGreaterThan(100);
  });
});

/** N-Quads of a grant with this scope: what is not in them is not signed. */
const signedQuads = async (scope: JsonObject): Promise<string> => {
  const text = await canonicalize(loader, {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    type: ['VerifiableCredential', 'PhAccreditationCredential'],
    issuer: ANCHOR,
    credentialSubject: { id: SCHOOL, type: ['PhAccreditation'], scope: [{ type: ['PhAccreditationScope'], ...scope }] },
  });
  return typeof text === 'string' ? text : new TextDecoder().decode(text as Uint8Array);
};

describe('Dutch context', () => {
  it.each(['awardType', 'participationMode', 'learningRoute'] as const)(
    'left the values of an enumeration unmapped without a word: every %s is signed as an IRI of ours',
    async (term) => {
      for (const value of Object.keys(LABELS[term])) {
        const quads = await signedQuads({ [term]: [value] });
        expect(quads).toContain(`<https://w3id.org/tatak/ph/v1#${value}>`);
        expect(quads).not.toContain(`"${value}"`);
      }
      // One that is not mapped stops everything.
      await expect(signedQuads({ [term]: ['Nonsense'] })).rejects.toThrow();
    },
  );

  it('misspelt hosts and used an undeclared prefix: every IRI of ours is absolute and of a known vocabulary', () => {
    const iris: string[] = [];
    const visit = (value: unknown, key: string): void => {
      if (typeof value === 'string' && (key === '@id' || key === '@type' || /^https?:/.test(value))) iris.push(value);
      if (typeof value === 'object' && value !== null)
        for (const [name, one] of Object.entries(value)) visit(one, name);
    };
    visit(CONTEXT, '');
    const others = iris.filter((iri) => !/^(@(id|vocab|json|type)|id|type)$/.test(iri));
    expect(others.length).toBeGreaterThan(200);
    const known = [
      ...['https://w3id.org/tatak/ph/v1#', 'https://schema.org/', 'http://www.w3.org/2001/XMLSchema#'],
      ...['https://www.w3.org/ns/credentials/recognized-entities#', 'https://www.w3.org/2018/credentials#'],
    ];
    const strange = others.filter((iri) => !known.some((vocabulary) => iri.startsWith(vocabulary)));
    expect(strange).toEqual([]);
  });
});

describe('Open Badges 3.0.3 context', () => {
  it('types awardedDate with an undeclared prefix: it is signed all the same, and ours has none', async () => {
    const awardedDate = '2026-06-15T01:00:00Z';
    const quads = await canonicalize(loader, {
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
      type: ['VerifiableCredential', 'OpenBadgeCredential', 'PhCredential'],
      ...{ issuer: ANCHOR, awardedDate, credentialSubject: { type: ['AchievementSubject'] } },
    });
    expect(typeof quads === 'string' ? quads : new TextDecoder().decode(quads as Uint8Array)).toContain(
      `"${awardedDate}"^^<`,
    );
    expect(JSON.stringify(CONTEXT)).not.toContain('"xsd:');
  });
});
