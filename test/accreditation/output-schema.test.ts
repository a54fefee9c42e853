import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccreditationScope, awardFacts, DIMENSIONS, outputSchema, scopeMismatch } from '#accreditation';
import { readCredential } from '#credentials';
import type { Json, JsonObject } from '#kernel';
import { placeCodes } from '../../src/verifier/model.ts';

const ajv = new Ajv2020({ strict: false, validateSchema: false });
const compiled = (schema: JsonObject): ((badge: JsonObject) => boolean) => {
  const validate = ajv.compile(schema);
  ajv.removeSchema();
  return (badge) => validate(badge) as boolean;
};
const accepts = (schema: JsonObject, badge: JsonObject): boolean => compiled(schema)(badge);

/** What the verifier holds a scope against. */
function factsOf(badge: JsonObject) {
  const model = readCredential(badge);
  if (!model) return undefined;
  const { source, ph, achievement } = model;
  return awardFacts(achievement.document, {
    site: [source?.id, ph.trainingProvider].filter((one) => one !== undefined),
    psgc: placeCodes(badge).issuer,
    ...(ph.learningRoute === undefined ? {} : { learningRoute: ph.learningRoute }),
  });
}
const covered = (scope: readonly AccreditationScope[], badge: JsonObject): boolean => {
  const facts = factsOf(badge);
  return facts !== undefined && scope.some((item) => scopeMismatch(item, facts) === undefined);
};

// Small pools, so that yes and no are both frequent. Some texts mean something to a regular expression or to JSON.
const TEXTS = ['ELC1', 'ELC2', '.*', '^$|', 'a"b\\', '\u{1f393}', 'ELC1\n', '__proto__', 'constructor'] as const;
const IRIS = ['https://a.example/x', 'https://a.example/y', 'https://a.example/.*', 'did:web:a.example'] as const;
const PSCED = ['0', '06', '061', '0611', '0612', '0711', '0611\n'] as const;
const EDITIONS = ['2017', '2008'] as const;
const PLACES = ['13', '13001', '1339', '130010', '1300102', '133901', '1301001005', '133901005', '0402103001'] as const;
const VERSIONS = ['1', '2', '9', '10', '99', '100', '123', '4567', '999999'] as const;

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const one = <T>(values: readonly T[]) => fc.constantFrom(...values);
const AWARD_TYPES = ['NationalCertificate', 'HeiCourse', 'TvetMicroCredential'];
const MODES = ['OnSite', 'Online', 'Blended'];
const ROUTES = ['Formal', 'RPL', 'EBET'];

const LIMITS: { [Name in keyof AccreditationScope]-?: fc.Arbitrary<NonNullable<AccreditationScope[Name]>> } = {
  awardType: some(AWARD_TYPES),
  pqfLevelRange: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([a, b]) => ({
    from: Math.min(a, b),
    to: Math.max(a, b),
  })),
  achievement: some(IRIS),
  achievementVersion: fc.array(
    fc.tuple(one(IRIS), fc.option(one(VERSIONS)), fc.option(one(VERSIONS))).map(([achievement, a, b]) => {
      const [low, high] = a && b && Number(a) > Number(b) ? [b, a] : [a, b];
      return { achievement, ...(low ? { from: low } : {}), ...(high ? { to: high } : {}) };
    }),
    { minLength: 1, maxLength: 2 },
  ),
  trainingRegulation: fc.array(
    fc
      .tuple(one(TEXTS), fc.option(one(TEXTS)))
      .map(([title, version]) => ({ title, ...(version === null ? {} : { version }) })),
    { minLength: 1, maxLength: 2 },
  ),
  unitOfCompetency: some(TEXTS),
  psced: fc.array(fc.record({ code: one(PSCED.slice(0, 6)), edition: one(EDITIONS) }), { minLength: 1, maxLength: 2 }),
  profession: some(TEXTS),
  psfSector: some(TEXTS),
  site: some(IRIS),
  psgc: some(PLACES),
  participationMode: some(MODES),
  maxCredit: fc.record({ system: one(['CHED-UNIT', 'TESDA-HOUR']), value: one(['1', '3', '40.5']) }),
  learningRoute: some(ROUTES),
};

/** Of few dimensions, because with many hardly any badge is inside. */
const scopeItem = (names: readonly string[]): fc.Arbitrary<AccreditationScope> =>
  fc
    .uniqueArray(one(names), { minLength: 1, maxLength: 3 })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map((name) => [name, LIMITS[name as keyof AccreditationScope]]))),
    ) as fc.Arbitrary<AccreditationScope>;

const NAMES = DIMENSIONS.map(({ name }) => name);
const EXPORTABLE = NAMES.filter((name) => name !== 'maxCredit');

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 5 });
const defined = (members: Record<string, unknown>): JsonObject => JSON.parse(JSON.stringify(members)) as JsonObject;
const few = <T>(arbitrary: fc.Arbitrary<T>) => maybe(fc.array(arbitrary, { minLength: 1, maxLength: 2 }));
const place = maybe(fc.record({ type: fc.constant(['Address']), psgcCode: maybe(one(PLACES)) }));

/** As this service writes them: sets are lists, single values are not. */
const badges: fc.Arbitrary<JsonObject> = fc
  .record({
    awardType: maybe(one(AWARD_TYPES)),
    pqfLevel: maybe(fc.integer({ min: 1, max: 8 })),
    id: one(IRIS),
    version: maybe(one([...VERSIONS, '0', '01', '1\n', '1000000', 'two'])),
    trainingRegulation: maybe(fc.record({ title: one(TEXTS), version: maybe(one(TEXTS)) })),
    unitOfCompetency: few(fc.record({ code: one(TEXTS), title: fc.constant('t') })),
    psced: maybe(fc.record({ code: one(PSCED), edition: one(EDITIONS) })),
    profession: few(one(TEXTS)),
    psfSkill: few(fc.record({ framework: one(TEXTS) })),
    participationMode: maybe(one(MODES)),
    credit: few(fc.record({ system: one(['CHED-UNIT', 'TESDA-HOUR']), value: one(['1', '3', '40.5']) })),
    learningRoute: maybe(one(ROUTES)),
    trainingProvider: maybe(one(IRIS)),
    source: maybe(fc.record({ id: one(IRIS), address: place })),
    address: place,
  })
  .map(({ learningRoute, trainingProvider, source, address, ...achievement }) =>
    defined({
      type: ['VerifiableCredential', 'OpenBadgeCredential', 'PhCredential'],
      issuer: { id: 'did:web:school.example', type: ['Profile'], address },
      learningRoute,
      trainingProvider,
      credentialSubject: { type: ['AchievementSubject'], source, achievement },
    }),
  );

/** Somebody else's badge: any member in any shape. */
const strange: fc.Arbitrary<JsonObject> = fc
  .tuple(badges, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 })), { minLength: 1, maxLength: 3 }))
  .map(([badge, changes]) => {
    const copy = structuredClone(badge);
    for (const [where, how] of changes) change(copy, where, how);
    return copy;
  });

function change(root: JsonObject, where: number, how: number): void {
  const places: [Record<string, Json>, string][] = [];
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      places.push([value as Record<string, Json>, key]);
      walk(item);
    }
  };
  walk(root);
  const [holder, key] = places[where % places.length]!;
  const old = holder[key]!;
  const news: Json[] = [[old], [old, old], [], null, 3, { id: old }, [old, 'https://a.example/z', { code: 'ELC1' }]];
  holder[key] = news[how]!;
}

const sixOf = (arbitrary: fc.Arbitrary<JsonObject>) => fc.array(arbitrary, { minLength: 6, maxLength: 6 });

describe('a scope as JSON Schema', () => {
  it('accepts exactly the badges of this service that the scope covers', () => {
    const seen = { yes: 0, no: 0 };
    fc.assert(
      fc.property(fc.array(scopeItem(EXPORTABLE), { minLength: 1, maxLength: 2 }), sixOf(badges), (scope, six) => {
        const valid = compiled(outputSchema(scope)!);
        for (const badge of six) {
          const inside = covered(scope, badge);
          seen[inside ? 'yes' : 'no']++;
          expect(valid(badge)).toBe(inside);
        }
      }),
      { numRuns: 600 },
    );
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(300);
  });

  it('holds dimension by dimension, one limit at a time', () => {
    for (const name of EXPORTABLE) {
      const seen = { yes: 0, no: 0 };
      fc.assert(
        fc.property(scopeItem([name]), sixOf(badges), (item, six) => {
          const valid = compiled(outputSchema([item])!);
          for (const badge of six) {
            const inside = covered([item], badge);
            seen[inside ? 'yes' : 'no']++;
            expect(valid(badge)).toBe(inside);
          }
        }),
        { numRuns: 40 },
      );
      expect([name, seen.yes > 0 && seen.no > 0]).toEqual([name, true]);
    }
  });

  it('never accepts a badge that the scope does not cover, whatever its shape', () => {
    let accepted = 0;
    fc.assert(
      fc.property(scopeItem(NAMES), sixOf(strange), (item, six) => {
        const schema = outputSchema([item]);
        if (!schema) return;
        const valid = compiled(schema);
        for (const badge of six) {
          if (!valid(badge)) continue;
          accepted++;
          expect(covered([item], badge)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('leaves an item with a credit limit out, and keeps the others', () => {
    const limited: AccreditationScope = { awardType: ['HeiCourse'], maxCredit: { system: 'CHED-UNIT', value: '3' } };
    expect(outputSchema([limited])).toBeUndefined();
    const both = outputSchema([limited, { awardType: ['NationalCertificate'] }])!;
    const badge = (awardType: string) => ({
      type: ['OpenBadgeCredential'],
      credentialSubject: { achievement: { id: 'urn:a', awardType } },
    });
    expect(accepts(both, badge('NationalCertificate'))).toBe(true);
    expect(accepts(both, badge('HeiCourse'))).toBe(false);
  });

  it('is JSON Schema 2020-12', () => {
    const strict = new Ajv2020();
    fc.assert(
      fc.property(scopeItem(EXPORTABLE), (item) => {
        expect(strict.validateSchema(outputSchema([item])!)).toBe(true);
      }),
    );
  });

  it('is nothing without a limit, and nothing with one that is not known', () => {
    expect(outputSchema([])).toBeUndefined();
    expect(outputSchema([{}])).toBeUndefined();
    expect(outputSchema([{ awardType: ['HeiCourse'], colour: ['red'] } as AccreditationScope])).toBeUndefined();
  });

  it('is about badges only', () => {
    const schema = outputSchema([{ learningRoute: ['RPL'] }])!;
    const badge = { learningRoute: 'RPL', credentialSubject: { achievement: { id: 'urn:a' } } };
    expect(accepts(schema, { ...badge, type: ['VerifiableCredential', 'OpenBadgeCredential'] })).toBe(true);
    expect(accepts(schema, { ...badge, type: ['VerifiableCredential'] })).toBe(false);
    expect(accepts(schema, badge)).toBe(false);
    expect(accepts(schema, { type: ['OpenBadgeCredential'], learningRoute: 'RPL' })).toBe(false);
  });

  it('puts nothing but digits into a pattern', () => {
    const hostile = '.*)|(?:a+)+$';
    expect(outputSchema([{ psced: [{ code: hostile, edition: '2017' }] }])).toBeUndefined();
    expect(outputSchema([{ psgc: [hostile] }])).toBeUndefined();
    const texts: AccreditationScope = {
      unitOfCompetency: [hostile],
      profession: [hostile],
      psfSector: [hostile],
      site: [hostile],
      achievement: [hostile],
      achievementVersion: [{ achievement: hostile, from: '7', to: '4321' }],
      trainingRegulation: [{ title: hostile, version: hostile }],
    };
    const patterns: string[] = [];
    JSON.stringify(outputSchema([texts]), (key, value) => {
      if (key === 'pattern') patterns.push(value);
      return value;
    });
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(pattern).toMatch(/^\^[0-9[\]{}(?:)|-]+\$$/);
    expect(patterns.join('')).not.toContain('+');
  });

  it('knows every whole number between two versions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 999_999 }), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const range = { achievement: 'urn:a', from: String(from), to: String(to) };
        const schema = outputSchema([{ achievementVersion: [range] }])!;
        const valid = compiled(schema);
        const near = [from - 1, from, from + 1, to - 1, to, to + 1, Math.floor((from + to) / 2), from * 10, to * 10];
        for (const version of near) {
          const badge = {
            type: ['OpenBadgeCredential'],
            credentialSubject: { achievement: { id: 'urn:a', version: `${version}` } },
          };
          expect([version, valid(badge)]).toEqual([version, version >= from && version <= to]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
