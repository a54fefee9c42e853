import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { checkAchievement } from '../../../src/verifier/checks/achievement.ts';
import type { VerifiedBadge } from '../../../src/verifier/model.ts';
import { readPh } from '../../../src/verifier/model.ts';

const ID = 'https://college.example/achievements/1';
const ISSUER = 'did:web:issuer.example';
const COLLEGE = 'did:web:college.example';
const PUBLISHED: JsonObject = { id: ID, name: 'Welding', version: '1', creator: { id: COLLEGE } };

const badge = (embedded: JsonObject = {}): VerifiedBadge => {
  const document: JsonObject = { id: ID, name: 'Welding', version: '1', ...embedded };
  const { name, version } = document;
  return {
    model: { issuer: { id: ISSUER }, achievement: { id: ID, name, version, document } },
    ...readPh(document),
  } as never;
};
const fetched = (document: JsonObject) => ({
  ok: true as const,
  document,
  text: () => JSON.stringify(document),
  evidence: { url: ID, fetchedAt: '2026-01-01T00:00:00Z', sha256: 'x' },
});
const of = (definition: JsonObject, embedded: JsonObject = {}, heirs?: (owner: string) => ReadonlySet<string>) =>
  checkAchievement(badge(embedded), fetched({ ...PUBLISHED, ...definition }), heirs);
const said = ({ result, code }: { result: string; code: string }) => `${result} ${code}`;
const heirOf = (owner: string) => (one: string) => new Set(one === owner ? [owner, ISSUER] : [one]);

describe('may this issuer award it', () => {
  it('is not known without the definition', () => {
    expect(checkAchievement(badge(), undefined)).toMatchObject({
      check: 'achievement',
      result: 'unknown',
      code: 'not_dereferenceable',
      evidence: { achievement: ID },
    });
    const refused = checkAchievement(badge(), { ok: false, code: 'refused', detail: '' });
    expect(said(refused)).toBe('unknown definition_unreachable');
    expect(refused.evidence).toEqual({ achievement: ID, reason: 'refused' });
  });

  it.each<[string, JsonObject, string]>([
    ['the address answers with another', { id: `${ID}0` }, 'unknown definition_other'],
    ['nobody is named', { creator: null }, 'unknown not_stated'],
    ['its own', { creator: { id: ISSUER } }, 'pass own_definition'],
    [
      'its own, of another version',
      { creator: { id: ISSUER }, version: '2', name: 'Welding II' },
      'pass own_definition',
    ],
    ['its own, by name alone', { creator: ISSUER }, 'pass own_definition'],
    ['owned', { creator: null, owner: ISSUER }, 'pass own_definition'],
    ['of another creator who says no more', {}, 'unknown other_creator'],
    ['of another owner who says no more', { creator: null, owner: COLLEGE }, 'unknown other_creator'],
    ['a list that is null is none', { permittedIssuers: null }, 'unknown other_creator'],
    ['named', { permittedIssuers: [COLLEGE, ISSUER] }, 'pass permitted'],
    ['named alone', { permittedIssuers: ISSUER }, 'pass permitted'],
    ['named, creator unknown', { creator: null, permittedIssuers: [ISSUER] }, 'pass permitted'],
    ['named, for another version', { version: '2', permittedIssuers: [ISSUER] }, 'unknown definition_other_version'],
    ['not named', { permittedIssuers: [COLLEGE] }, 'fail not_permitted'],
    ['nobody is permitted', { permittedIssuers: [] }, 'fail not_permitted'],
    ['of another name', { creator: { id: ISSUER }, name: 'Baking' }, 'warning definition_differs'],
  ])('%s', (_, definition, expected) => {
    const found = of(definition);
    expect(said(found)).toBe(expected);
    expect(found.evidence).toMatchObject({ achievement: ID, url: ID, sha256: 'x' });
  });

  it('an heir of the owner may, and an heir of who is named', () => {
    expect(said(of({}, {}, heirOf(COLLEGE)))).toBe('pass own_by_succession');
    const listed = { permittedIssuers: ['did:web:old.example'] };
    expect(said(of(listed, {}, heirOf('did:web:old.example')))).toBe('pass permitted_by_succession');
    expect(said(of(listed, {}, heirOf('did:web:other.example')))).toBe('fail not_permitted');
  });

  it('says by whom, and shows no endless list', () => {
    expect(of({ creator: { id: ISSUER } }).evidence.definedBy).toBe(ISSUER);
    expect(of({}, {}, heirOf(COLLEGE)).evidence.definedBy).toBe(COLLEGE);
    expect(of({}).evidence.definedBy).toBe(COLLEGE);
    expect(of({ permittedIssuers: [ISSUER] }).evidence.definedBy).toBe(COLLEGE);
    expect(of({ name: 'Baking' }).evidence.version).toBe('1');
    const many = of({ permittedIssuers: Array.from({ length: 60 }, (_, at) => `did:web:a${at}.example`) });
    expect(many.evidence.permittedIssuers).toHaveLength(50);
    expect(many.evidence.definedBy).toBe(COLLEGE);
  });
});

describe('the same version must say the same of what counts', () => {
  const own = { creator: { id: ISSUER } };
  it.each<[string, JsonObject, JsonObject, boolean]>([
    ['the type of award', { awardType: 'A' }, { awardType: 'B' }, true],
    ['the level', { pqfLevel: 4 }, { pqfLevel: 2 }, true],
    ['a level the definition has not', { pqfLevel: 4 }, {}, true],
    ['the regime', { regime: 'TESDA' }, { regime: 'CHED' }, true],
    ['a fact of scopes', { awardType: 'A', participationMode: 'Online' }, { awardType: 'A' }, true],
    [
      'a fact of scopes that is the same',
      { awardType: 'A', participationMode: 'Online' },
      { awardType: 'A', participationMode: 'Online' },
      false,
    ],
    ['what the badge leaves out', {}, { awardType: 'A', pqfLevel: 2, regime: 'TESDA' }, false],
    ['a fact the badge leaves out', { awardType: 'A' }, { awardType: 'A', participationMode: 'Online' }, false],
    ['a fact without any claim of the framework', { participationMode: 'Online' }, {}, false],
    ['a unit of competency', { unitOfCompetency: [{ code: 'U1' }] }, { unitOfCompetency: [{ code: 'U2' }] }, true],
    [
      'units in another order',
      { unitOfCompetency: [{ code: 'U1' }, { code: 'U2' }] },
      { unitOfCompetency: [{ code: 'U2' }, { code: 'U1' }] },
      false,
    ],
    ['units the badge leaves out', {}, { unitOfCompetency: [{ code: 'U2' }] }, false],
    [
      'an amount of credit',
      { credit: { system: 'HE-UNIT-16', value: '6' } },
      { credit: { system: 'HE-UNIT-16', value: '3' } },
      true,
    ],
    [
      'a system of credit',
      { credit: { system: 'ECTS', value: '3' } },
      { credit: { system: 'HE-UNIT-16', value: '3' } },
      true,
    ],
    [
      'the same credit',
      { credit: { system: 'HE-UNIT-16', value: '3' } },
      { credit: { system: 'HE-UNIT-16', value: '3' } },
      false,
    ],
  ])('%s', (_, embedded, published, differs) => {
    expect(said(of({ ...own, ...published }, embedded))).toBe(
      differs ? 'warning definition_differs' : 'pass own_definition',
    );
  });
});
