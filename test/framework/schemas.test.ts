import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { phAchievementErrors, phCredentialErrors } from '#framework';
import type { JsonObject } from '#kernel';
import { ACHIEVEMENT, BADGE } from './support/badge.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as JsonObject;
const context = read('contexts', 'ph-v1-draft.json')['@context'] as JsonObject;
const achievement = read('schemas', 'ph', 'achievement.json');
const credential = read('schemas', 'ph', 'credential.json');

type Schema = { properties: Record<string, Schema>; enum?: string[]; items?: Schema; $ref?: string };

const defs = { ...(achievement.$defs as JsonObject), ...(credential.$defs as JsonObject) } as Record<string, unknown>;
const SHAPES: Record<string, Schema> = {
  ...(defs as Record<string, Schema>),
  PhAchievement: achievement as unknown as Schema,
  PhCredential: credential as unknown as Schema,
};
/** Defined by Open Badges, or for the service itself; no term of the extension. */
const NATIVE: Record<string, string[]> = {
  PhAchievement: ['resultDescription'],
  PhCredential: ['issuer', 'evidence'],
  PhProfile: ['address'],
  PhLearningOutcome: ['alignment'],
  PhLegalInstrument: ['url'],
};

const termsOf = (name: string) => {
  const scoped = (context[name] as JsonObject)['@context'] as JsonObject;
  return Object.entries(scoped).filter(([term]) => !term.startsWith('@') && term !== 'id' && term !== 'type');
};

describe('the schemas of the extension', () => {
  it.each(Object.keys(SHAPES))('know exactly the terms that the context gives to %s', (name) => {
    const described = Object.keys(SHAPES[name]!.properties).filter(
      (term) => term !== 'type' && term !== 'id' && !NATIVE[name]?.includes(term),
    );
    expect(described.sort()).toEqual(
      termsOf(name)
        .map(([term]) => term)
        .sort(),
    );
  });

  it('have the enumerations of the context, no value more or less', () => {
    let compared = 0;
    for (const [name, shape] of Object.entries(SHAPES)) {
      for (const [term, definition] of termsOf(name)) {
        const scope = (definition as JsonObject)['@context'] as JsonObject | undefined;
        const schema = shape.properties[term]!;
        const values = schema.enum ?? schema.items?.enum;
        if (!scope) {
          expect(values, `${name}.${term}`).toBeUndefined();
          continue;
        }
        compared++;
        expect(values, `${name}.${term}`).toEqual(Object.keys(scope).filter((value) => !value.startsWith('@')));
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('accept a complete achievement and its badge', () => {
    expect(phAchievementErrors(ACHIEVEMENT as unknown as JsonObject)).toEqual([]);
    expect(phCredentialErrors(BADGE as unknown as JsonObject)).toEqual([]);
  });

  it('refuse a stray member, a missing type and a wrong type in every nested object', () => {
    let objects = 0;
    const visit = (value: unknown, pointer: string[]) => {
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) visit(item, [...pointer, String(index)]);
      } else if (typeof value === 'object' && value !== null) {
        const type = (value as JsonObject).type;
        if (Array.isArray(type) && String(type[0]).startsWith('Ph') && pointer.length > 0) {
          objects++;
          const at = `/${pointer.join('/')}`;
          expect(pointers(edited(pointer, (node) => Object.assign(node, { stray: 1 })))).toEqual([`${at}/stray`]);
          expect(pointers(edited(pointer, (node) => delete node.type))).toContain(`${at}/type`);
          expect(pointers(edited(pointer, (node) => Object.assign(node, { type: ['Other'] })))).toEqual([`${at}/type`]);
        }
        for (const [key, item] of Object.entries(value)) visit(item, [...pointer, key]);
      }
    };
    visit(ACHIEVEMENT, []);
    expect(objects).toBeGreaterThanOrEqual(10);
  });

  it.each([
    ['a number for an amount', ['credit', '0', 'value'], 40.5],
    ['an exponent', ['credit', '0', 'value'], '4e1'],
    ['a value outside the enumeration', ['credit', '0', 'system'], 'UNIT'],
    ['two regimes', ['regime'], ['TESDA', 'CHED']],
    ['level 9', ['pqfLevel'], 9],
    ['a level as text', ['pqfLevel'], '2'],
    ['a day that does not exist', ['effectivePeriod', 'from'], '2025-02-30'],
    ['weeks', ['currencyPeriod'], 'P3W'],
    ['an empty list', ['learningOutcome'], []],
    ['an address that runs script', ['legalInstrument', '0', 'url'], 'javascript:alert(1)'],
    ['a series that is no year', ['legalInstrument', '0', 'series'], '24'],
    ['the same outcome text as null', ['learningOutcome', '0', 'text'], null],
  ] as [string, string[], unknown][])('refuse %s', (_, path, value) => {
    const broken = edited(path.slice(0, -1), (node) => Object.assign(node, { [path.at(-1)!]: value }));
    expect(pointers(broken)).toContain(`/${path.join('/')}`);
  });

  it('look at the credential, the profile, the address and the evidence', () => {
    const faults = phCredentialErrors({
      ...(structuredClone(BADGE) as unknown as JsonObject),
      awardId: 'award 1',
      learningRoute: 'Online',
      accreditedAtAward: 'Yes',
      issuer: {
        ...{ id: 'did:web:x.example', type: ['Profile', 'PhProfile'], name: 'x', institutionType: 'School' },
        address: { type: ['Address', 'PhAddress'], psgcCode: '13' },
      },
      evidence: [{ type: ['Evidence', 'PhEvidence'], evidenceType: 'Photo' }],
    });
    expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
      '/accreditedAtAward',
      '/awardId',
      '/evidence/0/evidenceType',
      '/issuer/address/psgcCode',
      '/issuer/institutionType',
      '/learningRoute',
    ]);
  });

  it('say nothing of a badge without the extension', () => {
    const type = ['VerifiableCredential', 'OpenBadgeCredential'];
    expect(phCredentialErrors({ type, issuer: 'did:web:x.example', evidence: [{ type: ['Evidence'] }] })).toEqual([]);
    expect(phAchievementErrors({ type: ['Achievement'], name: 'Diploma' })).toEqual([]);
    expect(phAchievementErrors({})).toEqual([]);
  });

  it('take an issuer that is only an identifier', () => {
    expect(phCredentialErrors({ type: ['VerifiableCredential', 'PhCredential'], issuer: 'did:web:x.example' })).toEqual(
      [],
    );
  });
});

function edited(path: string[], edit: (node: Record<string, unknown>) => unknown): JsonObject {
  const copy = structuredClone(ACHIEVEMENT) as Record<string, unknown>;
  edit(path.reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, copy));
  return copy as unknown as JsonObject;
}

function pointers(value: JsonObject): string[] {
  return phAchievementErrors(value).map(({ pointer }) => pointer);
}
