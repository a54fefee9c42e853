import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACHIEVEMENT_TYPES, type AchievementInput, createAchievements } from '#achievements';
import { type FieldError, type JsonObject, Problem, sha256Hex, systemRandom } from '#kernel';
import { canonicalize, createContextLoader } from '#proofs';
import { openSqlite, type Storage } from '#storage';

const PUBLIC = 'http://localhost:8480';
const ROOT = join(import.meta.dirname, '..', '..');
const phContext = readFileSync(join(ROOT, 'contexts', 'ph-v1-draft.json'), 'utf8');
const phTerms = JSON.parse(phContext)['@context'] as Record<string, { '@context': Record<string, unknown> }>;
const UUID = /^urn:uuid:[0-9a-f-]{36}$/;

let directory: string;
let storage: Storage;
let now: Date;
let rules: (achievement: JsonObject) => FieldError[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-achievements-'));
  storage = await openSqlite({ path: join(directory, 'store.sqlite') });
  now = new Date('2026-06-01T00:00:00.900Z');
  rules = () => [];
});
afterEach(async () => {
  await storage.close();
  rmSync(directory, { recursive: true });
});

const make = () =>
  createAchievements({
    reader: storage.reader,
    transactor: storage.transactor,
    clock: { now: () => now },
    random: systemRandom,
    publicUrl: PUBLIC,
    rules: (achievement) => rules(achievement),
  });
const who = { tenant: 'specimen-university', actor: 'key:registrar' };
const plain = (): JsonObject => ({
  name: 'SPECIMEN Introduction to Open Learning',
  description: 'A short course.',
  criteria: { narrative: 'Pass the examination.\n\n* once' },
});

const full = (): JsonObject => ({
  ...plain(),
  achievementType: 'MicroCredential',
  alignment: [
    { targetName: 'PQF level 5', targetUrl: 'https://pqf.example/5', targetType: 'ext:PQF', targetCode: '5' },
    { type: ['Alignment'], targetName: 'Unit', targetUrl: 'https://units.example/1', targetType: 'ceasn:Competency' },
  ],
  creditsAvailable: 1.5,
  fieldOfStudy: 'Education',
  humanCode: 'OL-101',
  inLanguage: 'fil',
  tag: ['bukas na pagkatuto', 'Ñ'],
  resultDescription: [
    {
      name: 'Final grade',
      resultType: 'GradePointAverage',
      allowedValue: ['5.00', '3.00', '1.00'],
      requiredValue: '3.00',
      gradeScale: { id: 'https://scales.example/up', direction: 'LowerBetter' },
    },
    {
      id: 'urn:example:rubric',
      name: 'Portfolio',
      resultType: 'RubricCriterionLevel',
      requiredLevel: 'urn:example:rubric:2',
      rubricCriterionLevel: [
        { name: 'Beginning', level: '1', points: '1' },
        { id: 'urn:example:rubric:2', name: 'Competent', level: '2', points: '2' },
      ],
    },
  ],
  otherIdentifier: [{ identifier: 'OL101', identifierType: 'ext:CourseCode' }],
  related: [{ id: 'https://university.example/ol', inLanguage: 'en', version: '1' }],
  specialization: 'Distance education',
  awardType: 'HeiMicroCredential',
  regime: 'CHED',
  legalInstrument: [{ kind: 'CMO', number: '1', series: '2025', date: '2025-01-15', url: 'https://law.example/cmo-1' }],
  microcredentialForm: 'ForCredit',
  pqfLevel: 5,
  pqfLevelStatus: 'ProviderClaimed',
  pqfDescriptor: { knowledgeSkillsValues: 'Knows.', application: 'Applies.', independence: 'Alone.' },
  aqrfLevel: 5,
  learningOutcome: [
    {
      id: 'urn:example:outcome:1',
      text: 'Explains open learning.',
      domain: 'Knowledge',
      code: 'LO1',
      alignment: [{ targetName: 'x', targetUrl: 'https://x.example/' }],
    },
  ],
  credit: [{ system: 'HE-UNIT-16', value: '1.5', kind: 'lecture' }],
  notionalHours: '24',
  unitOfCompetency: [
    {
      code: 'ELC1',
      title: 'Install',
      category: 'Core',
      trainingRegulation: 'CSS',
      trVersion: '2013',
      nominalHours: '40.5',
    },
  ],
  trainingRegulation: {
    ...{ title: 'CSS NC II', sector: 'Electronics', ncLevel: 2, boardResolution: '13-10' },
    ...{ promulgated: '2013-12', version: '2013' },
  },
  profession: ['Professional Teacher'],
  cpdArea: ['Pedagogy'],
  psced: { code: '0111', edition: '2017' },
  psoc: { code: '2310', edition: '2012' },
  psic: { code: 'P85', edition: '2009' },
  psfSkill: [
    { framework: 'PSF', version: '2024', skillCode: 'E1', title: 'Facilitation', kind: 'Enabling', proficiency: '3' },
  ],
  participationMode: 'Online',
  assessmentType: ['WrittenExam', 'Portfolio'],
  supervisionType: 'SupervisedOnline',
  qualityAssuranceType: 'InstitutionalQA',
  accreditation: ['https://register.example/1'],
  prerequisite: ['Any bachelor degree', 'https://university.example/ol-100'],
  stackability: 'Stackable',
  contributesTo: ['https://university.example/pathways/1'],
  currencyPeriod: 'P5Y',
  renewalRule: 'https://university.example/renewal',
  reviewBy: '2030-12-31',
  effectivePeriod: { from: '2026-01-01', until: '2027-01-01' },
  supersedes: 'https://university.example/old',
  transition: { acceptUntil: '2028-12-31', mapping: [{ from: 'urn:example:old', to: 'urn:example:new' }] },
  realism: 'Illustrative',
});

const problemOf = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('no problem'),
    (error) => (error instanceof Problem ? error : Promise.reject(error)),
  );
const pointersOf = async (input: AchievementInput) => {
  const problem = await problemOf(make().create({ ...who, ...input }));
  expect(problem.kind).toBe('invalid-request');
  return [...new Set(problem.errors.map((error) => error.pointer))];
};

function badge(achievement: JsonObject): JsonObject {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      `${PUBLIC}/contexts/ph/v1-draft`,
    ],
    id: `${PUBLIC}/credentials/1`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: 'did:web:university.example', type: ['Profile'], name: 'Specimen University' },
    validFrom: '2026-06-01T00:00:00Z',
    name: achievement.name as string,
    credentialSubject: { id: 'did:example:learner', type: ['AchievementSubject'], achievement },
  };
}

describe('definitions', () => {
  it('become the Open Badges Achievement as it will be embedded', async () => {
    const row = await make().create({ ...who, achievement: plain(), extension: false });
    const id = `${PUBLIC}/achievements/${row.achievementId}`;
    expect(row).toEqual({
      tenant: 'specimen-university',
      achievementId: expect.stringMatching(/^[0-9a-z]{26}$/),
      version: 1,
      document: { id, type: ['Achievement'], ...plain(), version: '1' },
      sha256: sha256Hex(JSON.stringify(row.document)),
      permittedIssuers: [],
      statusPurpose: 'revocation',
      extension: false,
      createdAt: '2026-06-01T00:00:00Z',
    });
    expect(await make().get(row.achievementId)).toEqual(row);
    expect(await storage.reader.lastAudit()).toMatchObject({
      operation: 'achievement.create',
      object: row.achievementId,
      objectSha256: row.sha256,
      detail: { version: 1 },
    });
  });

  it('get ids and types where they are needed, and lose nothing when they are signed', async () => {
    const row = await make().create({ ...who, achievement: full() });
    const document = row.document as JsonObject;
    expect(document).toMatchObject({
      type: ['Achievement', 'PhAchievement'],
      alignment: [{ type: ['Alignment'] }, { type: ['Alignment'] }],
      resultDescription: [
        { id: expect.stringMatching(UUID), type: ['ResultDescription', 'PhResultDescription'] },
        {
          id: 'urn:example:rubric',
          type: ['ResultDescription'],
          rubricCriterionLevel: [{ id: expect.stringMatching(UUID), type: ['RubricCriterionLevel'] }, {}],
        },
      ],
      otherIdentifier: [{ type: 'IdentifierEntry' }],
      related: [{ id: 'https://university.example/ol', type: ['Related'] }],
      credit: [{ type: ['PhCredit'], value: '1.5' }],
      transition: { type: ['PhTransition'], mapping: [{ type: ['PhTransitionMapping'] }] },
    });
    expect(JSON.stringify(document)).not.toMatch(/null|\[\]|\{\}/);
    const loader = createContextLoader({ phContext, phContextUrl: `${PUBLIC}/contexts/ph/v1-draft` });
    const quads = await canonicalize(loader, badge(document));
    // Safe mode throws for an undefined term; that every value arrived is counted here.
    const leaves: string[] = [];
    JSON.stringify(full(), (key, value) => {
      if (key !== 'type' && (typeof value === 'string' || typeof value === 'number')) leaves.push(String(value));
      return value;
    });
    const missing = leaves.filter((leaf) => !quads.includes(leaf.split('\n')[0]!) && leaf !== '1.5');
    expect(missing).toEqual([]);
    expect(quads).toContain('"1.5"');
    expect(quads).toContain('"1.5E0"');
  });

  it('are plain Open Badges without the extension, and then take no ph term', async () => {
    const { awardType: _, ...rest } = full();
    const faults = await problemOf(make().create({ ...who, achievement: full(), extension: false }));
    expect(faults.errors.find((error) => error.pointer === '/achievement/regime')?.detail).toMatch(/extension/);
    const native = Object.fromEntries(
      Object.entries(rest).filter(
        ([name]) => !(name in phTerms.PhAchievement!['@context']) && name !== 'resultDescription',
      ),
    );
    const row = await make().create({ ...who, achievement: native as JsonObject, extension: false });
    const loader = createContextLoader({ phContext, phContextUrl: `${PUBLIC}/contexts/ph/v1-draft` });
    const document = badge(row.document as JsonObject);
    document['@context'] = (document['@context'] as string[]).slice(0, 2);
    await expect(canonicalize(loader, document)).resolves.toContain('MicroCredential');
  });

  it('satisfy the published schema of Open Badges', async () => {
    const file = join(
      ROOT,
      '..',
      'shared/standards/ob-v3p0/schema-published/ob_v3p0_achievementcredential_schema.json',
    );
    if (!existsSync(file)) {
      console.info('not run: the published Open Badges schema is not here');
      return;
    }
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    (addFormats as unknown as (instance: Ajv2019) => void)(ajv);
    const { $schema: _, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
    const validate = ajv.compile(schema);
    const row = await make().create({ ...who, achievement: full() });
    validate(badge(row.document as JsonObject));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('know every term of the ph context and every value of its enumerations', () => {
    const example = full();
    const scoped = phTerms.PhAchievement!['@context'];
    const terms = Object.keys(scoped).filter((term) => !term.startsWith('@') && term !== 'id' && term !== 'type');
    expect(terms.filter((term) => !(term in example))).toEqual([]);
  });

  it('take every value of every enumeration of the ph context, and no other', async () => {
    const scoped = phTerms.PhAchievement!['@context'] as Record<string, { '@context'?: object; '@container'?: string }>;
    for (const [term, definition] of Object.entries(scoped)) {
      const values = Object.keys(definition['@context'] ?? {}).filter((name) => !name.startsWith('@'));
      const wrap = (value: string) => (definition['@container'] === '@set' ? [value] : value);
      for (const value of values) {
        const row = await make().create({ ...who, achievement: { ...plain(), [term]: wrap(value) } });
        expect(row.document[term]).toEqual(wrap(value));
      }
      if (values.length > 0) {
        const [pointer] = await pointersOf({ achievement: { ...plain(), [term]: wrap('Other') } });
        expect(pointer).toMatch(`/achievement/${term}`);
      }
    }
  });

  it('take the 31 achievement types and anchored extensions', async () => {
    expect(new Set(ACHIEVEMENT_TYPES).size).toBe(31);
    for (const achievementType of [...ACHIEVEMENT_TYPES, 'ext:Foo.Bar_1']) {
      await make().create({ ...who, achievement: { ...plain(), achievementType } });
    }
    for (const achievementType of ['xxext:Foo', 'ext:', 'ext:a-b', 'ext:a b', 'Microcredential', '', 'ext:Foo\n', 5]) {
      expect(await pointersOf({ achievement: { ...plain(), achievementType } })).toEqual([
        '/achievement/achievementType',
      ]);
    }
  });

  it.each<[JsonObject, string]>([
    [{ id: 'https://evil.example/' }, '/achievement/id'],
    [{ version: '7' }, '/achievement/version'],
    [{ creator: { id: 'did:web:evil.example', type: ['Profile'] } }, '/achievement/creator'],
    [{ '@context': 'https://evil.example/' }, '/achievement/@context'],
    [{ tenant: 'other' }, '/achievement/tenant'],
    [{ 'a/b': 1 }, '/achievement/a~1b'],
    [{ type: ['Badge'] }, '/achievement/type'],
    [{ name: '' }, '/achievement/name'],
    [{ name: 'x'.repeat(201) }, '/achievement/name'],
    [{ name: 'José'.normalize('NFD') }, '/achievement/name'],
    [{ name: 'a\u202Eb' }, '/achievement/name'],
    [{ name: 'two\nlines' }, '/achievement/name'],
    [{ name: null }, '/achievement/name'],
    [{ description: 'x'.repeat(2_001) }, '/achievement/description'],
    [{ description: 'a\u0000b' }, '/achievement/description'],
    [{ criteria: {} }, '/achievement/criteria'],
    [{ criteria: { type: ['Criteria'] } }, '/achievement/criteria'],
    [{ criteria: { narrative: 'x'.repeat(10_001) } }, '/achievement/criteria/narrative'],
    [{ criteria: { id: '/relative' } }, '/achievement/criteria/id'],
    [{ criteria: { id: '_:b0' } }, '/achievement/criteria/id'],
    [{ criteria: { narrative: 'x', extra: 1 } }, '/achievement/criteria/extra'],
    [{ alignment: [] }, '/achievement/alignment'],
    [{ alignment: { targetName: 'x', targetUrl: 'https://x.example/' } }, '/achievement/alignment'],
    [{ alignment: [{ targetName: 'x' }] }, '/achievement/alignment/0/targetUrl'],
    [{ alignment: [{ targetName: 'x', targetUrl: 'javascript:alert(1)' }] }, '/achievement/alignment/0/targetUrl'],
    [
      { alignment: Array.from({ length: 51 }, () => ({ targetName: 'x', targetUrl: 'https://x.example/' })) },
      '/achievement/alignment',
    ],
    [
      { alignment: [{ targetName: 'x', targetUrl: 'https://x.example/', targetType: 'xext:A' }] },
      '/achievement/alignment/0/targetType',
    ],
    [{ creditsAvailable: '3' }, '/achievement/creditsAvailable'],
    [{ creditsAvailable: -1 }, '/achievement/creditsAvailable'],
    [{ inLanguage: 'Filipino' }, '/achievement/inLanguage'],
    [{ tag: ['a', 'a'] }, '/achievement/tag'],
    [{ tag: 'a' }, '/achievement/tag'],
    [{ image: 'https://evil.example/x.png' }, '/achievement/image'],
    [{ image: '0'.repeat(64) }, '/achievement/image'],
    [{ resultDescription: [{ name: 'x' }] }, '/achievement/resultDescription/0/resultType'],
    [
      { resultDescription: [{ name: 'x', resultType: 'Percent', requiredLevel: 'urn:x:none' }] },
      '/achievement/resultDescription/0/requiredLevel',
    ],
    [
      { resultDescription: [{ name: 'x', resultType: 'Result', allowedValue: ['a'], requiredValue: 'b' }] },
      '/achievement/resultDescription/0/requiredValue',
    ],
    [
      { resultDescription: [{ name: 'x', resultType: 'Percent', valueMin: '10', valueMax: '9' }] },
      '/achievement/resultDescription/0/valueMax',
    ],
    [
      {
        resultDescription: [
          { id: 'urn:x:1', name: 'x', resultType: 'Percent' },
          { id: 'urn:x:1', name: 'y', resultType: 'Percent' },
        ],
      },
      '/achievement/resultDescription/1/id',
    ],
    [{ resultDescription: [{ id: '_:b', name: 'x', resultType: 'Percent' }] }, '/achievement/resultDescription/0/id'],
    [
      { otherIdentifier: [{ identifier: '1', identifierType: 'code' }] },
      '/achievement/otherIdentifier/0/identifierType',
    ],
    [{ related: [{ id: 'relative' }] }, '/achievement/related/0/id'],
    [{ pqfLevel: 0 }, '/achievement/pqfLevel'],
    [{ pqfLevel: 9 }, '/achievement/pqfLevel'],
    [{ pqfLevel: '5' }, '/achievement/pqfLevel'],
    [{ pqfLevel: 5.5 }, '/achievement/pqfLevel'],
    [{ credit: [{ system: 'HE-UNIT-17', value: '1' }] }, '/achievement/credit/0/system'],
    [{ credit: [{ system: 'ECTS', value: 1 }] }, '/achievement/credit/0/value'],
    [{ credit: [{ system: 'ECTS', value: '1e3' }] }, '/achievement/credit/0/value'],
    [{ credit: [{ type: ['Alignment'], system: 'ECTS', value: '1' }] }, '/achievement/credit/0/type'],
    [{ credit: [{ system: 'ECTS', value: '1', unit: 'x' }] }, '/achievement/credit/0/unit'],
    [{ reviewBy: '2026-02-30' }, '/achievement/reviewBy'],
    [{ reviewBy: '2026-02-03T00:00:00Z' }, '/achievement/reviewBy'],
    [{ effectivePeriod: { from: '2026-01-01', until: '2026-01-01' } }, '/achievement/effectivePeriod/until'],
    [{ effectivePeriod: { until: '2026-01-01' } }, '/achievement/effectivePeriod/from'],
    [{ currencyPeriod: 'P' }, '/achievement/currencyPeriod'],
    [{ currencyPeriod: 'five years' }, '/achievement/currencyPeriod'],
    [{ legalInstrument: [{ kind: 'CMO', series: 2025 }] }, '/achievement/legalInstrument/0/series'],
    [{ accreditation: ['not an address'] }, '/achievement/accreditation/0'],
    [{ trainingRegulation: { title: 'x', ncLevel: 5 } }, '/achievement/trainingRegulation/ncLevel'],
  ])('refuse %j', async (change, pointer) => {
    expect(await pointersOf({ achievement: { ...plain(), ...change } })).toContain(pointer);
    expect((await storage.reader.achievements(who.tenant, { limit: 10 })).items).toEqual([]);
  });

  it.each(['name', 'description', 'criteria'])('refuse a definition without %s', async (name) => {
    const { [name]: _, ...rest } = plain();
    expect(await pointersOf({ achievement: rest })).toEqual([`/achievement/${name}`]);
  });

  it.each([null, [], 'x', 5])('refuse %j for a definition', async (achievement) => {
    expect(await pointersOf({ achievement: achievement as unknown as JsonObject })).toEqual(['/achievement']);
  });

  it('refuse bad settings around the definition', async () => {
    const bad: [object, string][] = [
      [{ permittedIssuers: ['did:web'] }, '/permittedIssuers/0'],
      [{ permittedIssuers: ['did:web:a.example', 'https://b.example/'] }, '/permittedIssuers/1'],
      [{ permittedIssuers: ['did:web:a.example#key'] }, '/permittedIssuers/0'],
      [{ permittedIssuers: ['did:web:a.example', 'did:web:a.example'] }, '/permittedIssuers/1'],
      [{ permittedIssuers: 'did:web:a.example' }, '/permittedIssuers'],
      [{ statusPurpose: 'refresh' }, '/statusPurpose'],
      [{ extension: 'yes' }, '/extension'],
      [{ statusType: 'StatusList2021Entry' }, '/statusType'],
      [{ statusType: '1EdTechRevocationList', statusPurpose: 'suspension' }, '/statusPurpose'],
    ];
    for (const [change, pointer] of bad) {
      expect(await pointersOf({ achievement: plain(), ...change })).toEqual([pointer]);
    }
  });

  it('pass the rules of the framework, with pointers into the request', async () => {
    let seen: JsonObject | undefined;
    rules = (achievement) => {
      seen = achievement;
      return [{ pointer: '/pqfLevel', detail: 'is required for this award', code: 'x' }];
    };
    expect(await pointersOf({ achievement: full() })).toEqual(['/achievement/pqfLevel']);
    expect(seen).toMatchObject({ type: ['Achievement', 'PhAchievement'] });
    seen = undefined;
    await make().create({ ...who, achievement: plain(), extension: false });
    expect(seen).toBeUndefined();
  });
});

describe('status', () => {
  it('is kept in one way for each version, and the default is not stored', async () => {
    const achievements = make();
    const definition = { ...who, achievement: plain(), extension: false };
    const named = await achievements.create({ ...definition, statusType: '1EdTechRevocationList' });
    expect((await achievements.get(named.achievementId))?.statusType).toBe('1EdTechRevocationList');
    const bits = await achievements.create({ ...definition, statusType: 'BitstringStatusListEntry' });
    expect(await achievements.get(bits.achievementId)).not.toHaveProperty('statusType');
  });
});

describe('versions', () => {
  it('are added, never edited', async () => {
    const achievements = make();
    const first = await achievements.create({ ...who, achievement: plain(), permittedIssuers: ['did:web:a.example'] });
    const { achievementId } = first;
    const second = await achievements.addVersion({
      ...who,
      achievementId,
      achievement: { ...plain(), name: 'SPECIMEN Second' },
      statusPurpose: 'suspension',
    });
    expect([second.version, second.document.version, second.document.id]).toEqual([2, '2', first.document.id]);
    expect([second.permittedIssuers, second.statusPurpose]).toEqual([[], 'suspension']);
    expect(await achievements.get(achievementId, 1)).toEqual(first);
    expect(await achievements.get(achievementId)).toEqual(second);
    expect((await achievements.list(who.tenant, { limit: 10 })).items).toEqual([second]);
  });

  it('of another institution do not exist', async () => {
    const { achievementId } = await make().create({ ...who, achievement: plain() });
    const other = { tenant: 'other-university', actor: 'key:other' };
    for (const id of [achievementId, 'nothing']) {
      const problem = await problemOf(make().addVersion({ ...other, achievementId: id, achievement: plain() }));
      expect(problem.kind).toBe('not-found');
    }
    expect((await make().get(achievementId))?.version).toBe(1);
  });

  it('added at the same time are a conflict for all but one', async () => {
    const { achievementId } = await make().create({ ...who, achievement: plain() });
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => make().addVersion({ ...who, achievementId, achievement: { ...plain(), name: `x${n}` } })),
    );
    const versions = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.version] : []));
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.length).toBeGreaterThan(0);
    for (const result of results) {
      if (result.status === 'rejected') expect((result.reason as Problem).kind).toBe('conflict');
    }
    expect(results.some((result) => result.status === 'rejected')).toBe(true);
    expect((await storage.reader.achievementVersions(achievementId)).map(({ version }) => version)).toEqual(
      [1, ...versions].sort(),
    );
  });

  it('permit their owner and whom they name', async () => {
    const { permits } = make();
    const version = { permittedIssuers: ['did:web:b.example'] };
    expect(permits('did:web:a.example', version, 'did:web:a.example')).toBe(true);
    expect(permits('did:web:b.example', version, 'did:web:a.example')).toBe(true);
    expect(permits('did:web:c.example', version, 'did:web:a.example')).toBe(false);
    expect(permits('did:web:b.example:x', version, 'did:web:a.example')).toBe(false);
  });
});

describe('images', () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><rect/></svg>');

  it('are stored once and named by their digest in the definition', async () => {
    const achievements = make();
    const image = await achievements.addImage({ ...who, bytes: svg, mediaType: 'image/svg+xml' });
    expect(image).toEqual({
      tenant: who.tenant,
      imageId: sha256Hex(svg),
      mediaType: 'image/svg+xml',
      bytes: Uint8Array.from(svg),
      width: 64,
      height: 32,
      createdAt: '2026-06-01T00:00:00Z',
    });
    now = new Date('2026-06-02T00:00:00Z');
    expect((await achievements.addImage({ ...who, bytes: svg })).createdAt).toBe('2026-06-01T00:00:00Z');
    const row = await achievements.create({ ...who, achievement: { ...plain(), image: image.imageId } });
    expect(row.document.image).toEqual({ id: `${PUBLIC}/images/${image.imageId}`, type: 'Image' });
  });

  it('are what their first bytes say', async () => {
    for (const [bytes, mediaType] of [
      [svg, 'image/png'],
      [Buffer.from('GIF89a'), 'image/png'],
      [Buffer.from('<html></html>'), 'image/svg+xml'],
      [Buffer.from(svg.toString().replace('<rect/>', '<script/>')), 'image/svg+xml'],
    ] as const) {
      expect((await problemOf(make().addImage({ ...who, bytes, mediaType }))).kind).toBe('invalid-image');
    }
    expect(await storage.reader.lastAudit()).toBeUndefined();
  });
});
