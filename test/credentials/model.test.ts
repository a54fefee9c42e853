import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCredential } from '#credentials';
import type { JsonObject } from '#kernel';
import { readInstant } from '../../src/credentials/issue/dates.ts';
import { COMPILED } from '../support/start-flags.ts';
import { ACTOR, openWorld, seed, TENANT, type World } from './support/world.ts';

const STANDARDS = join(import.meta.dirname, '..', '..', '..', 'shared', 'standards', 'ob-v3p0');

describe('a released badge', () => {
  let world: World;
  let documents: JsonObject[];
  beforeAll(async () => {
    world = await openWorld();
    documents = [];
    for (const extension of [true, false]) {
      const { achievementId } = await seed(world, { extension });
      const full: JsonObject = {
        name: 'Niña Peñaflor',
        email: 'nina@students.example',
        include: ['name', 'hashedEmail'],
        validUntil: '2028-12-31',
        evidence: [{ id: 'https://evidence.example/1', name: 'Portfolio' }, { narrative: 'Twelve repairs.' }],
        result: [{ resultDescription: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d', value: 'A' }],
        source: { id: 'https://centre.example/1', name: 'Specimen Centre' },
      };
      const body = { achievementId, recipients: [{}, full] };
      for (const one of await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body })) {
        documents.push(JSON.parse(one.text));
      }
    }
  });
  afterAll(() => world.close());

  it.each(['canonical/achievementcredential.json', 'published/ob_v3p0_achievementcredential_schema.json'])(
    'satisfies the Open Badges schema %s',
    (name) => {
      const path = join(STANDARDS, `schema-${name}`);
      if (!existsSync(path)) return console.log(`not run: ${name} is not here`);
      const ajv = new Ajv2019({ strict: false, allErrors: true });
      (addFormats as unknown as (to: Ajv2019) => void)(ajv);
      const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
      for (const document of documents) {
        // One proof may be an object or a list of one; the canonical edition knows the list only.
        const proof = name.startsWith('canonical') ? [document.proof].flat() : document.proof;
        expect(validate({ ...document, proof }), JSON.stringify(validate.errors)).toBe(true);
      }
    },
  );

  it('accepts honest repetition (JL-8)', async () => {
    const { achievementId } = await seed(world);
    const evidence = Array.from({ length: 30 }, () => ({ name: 'Observed repair' }));
    const body = { achievementId, recipients: [{ evidence }] };
    const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    expect(await world.checkReleased(one!.text)).toMatchObject({ outcome: 'pass' });
  });
});

describe('the reading model', () => {
  it('does not trust types', () => {
    expect(readCredential({})).toBeUndefined();
    expect(readCredential({ credentialSubject: 'x' })).toBeUndefined();
    const odd = { id: 5, name: ['x'], issuer: 'did:web:a.example', credentialSubject: [{ achievement: { name: 7 } }] };
    expect(readCredential(odd as JsonObject)).toEqual({
      id: '',
      types: [],
      issuer: { id: 'did:web:a.example' },
      subject: { identifiers: [] },
      achievement: { id: '', name: '', document: { name: 7 } },
      evidence: [],
      results: [],
      ph: {},
    });
  });

  it('reads the dates of VC 1.1', () => {
    const document = {
      issuanceDate: '2020-01-01T00:00:00Z',
      expirationDate: '2021-01-01T00:00:00Z',
      credentialSubject: { achievement: {} },
    };
    expect(readCredential(document)).toMatchObject({
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: '2021-01-01T00:00:00Z',
    });
  });
});

describe('days (TM-1, TM-2, TM-4)', () => {
  it('begin and end in the zone of the institution', () => {
    expect(readInstant('2026-06-01', 'first')).toBe('2026-05-31T16:00:00Z');
    expect(readInstant('2026-06-01', 'last')).toBe('2026-06-01T15:59:59Z');
    // Twenty-three and twenty-five hours.
    expect(readInstant('2026-03-08', 'last', 'America/New_York')).toBe('2026-03-09T03:59:59Z');
    expect(readInstant('2026-11-01', 'first', 'America/New_York')).toBe('2026-11-01T04:00:00Z');
    expect(readInstant('2026-11-01', 'last', 'America/New_York')).toBe('2026-11-02T04:59:59Z');
  });

  it.each([
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:60Z',
    '10000-01-01T00:00:00Z',
    '2026-01-01T00:00:00.5Z',
    '2026-1-1',
    '1e400',
    '',
  ])('that do not exist are refused: %s', (text) => expect(readInstant(text, 'first')).toBeUndefined());

  it('are the same wherever the process runs', () => {
    const child = join(import.meta.dirname, 'support', 'zones-child.ts');
    const outputs = ['UTC', 'Asia/Manila', 'America/St_Johns'].map((zone) =>
      execFileSync(process.execPath, [child], { encoding: 'utf8', env: { ...COMPILED, TZ: zone } }),
    );
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toContain('validity-period');
  });
});
