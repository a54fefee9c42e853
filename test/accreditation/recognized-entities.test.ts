import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createRecognizedEntities,
  type Grant,
  type GrantEvent,
  MAX_ACTIONS,
  outputSchemaText,
  type Recognition,
  type Register,
  recognitionAt,
  recognizedEntitiesDocument,
  type Succession,
} from '#accreditation';
import { formatInstant, type JsonObject, Problem } from '#kernel';
import { encodeMultikey, type Signer } from '#keystore';
import {
  CREDENTIALS_V2,
  contextProblems,
  createContextLoader,
  createProofChecker,
  createProofMaker,
  OPEN_BADGES_3_0_3,
  profileOf,
} from '#proofs';
import { createBoundedCanonicalizer } from '../../src/proofs/canonical/bounded.ts';
import { createVerifyingCanonicalizer } from '../../src/proofs/canonical/canonicalize.ts';
import { libraryVerify } from '../proofs/library.ts';
import { openService, type TestService } from '../support/service.ts';

const PUBLIC = 'https://tatak.example';
const PH = `${PUBLIC}/contexts/ph/v1-draft`;
const AUTHORITY = 'did:web:tatak.example:institutions:authority';
const SCHOOL = 'did:web:school.example';
const NOW = '2026-11-02T01:00:00Z';
const SCOPE = [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 1, to: 3 } }];

let grants = 0;
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: `${PUBLIC}/accreditations/${String(++grants).padStart(26, '0')}`,
  accreditor: AUTHORITY,
  accredited: SCHOOL,
  verb: 'accredit',
  role: 'Award',
  scope: SCOPE,
  validFrom: '2026-01-01T00:00:00Z',
  recordedAt: '2025-12-01T00:00:00Z',
  provisional: false,
  maxDelegationDepth: 0,
  legalInstrument: [],
  condition: [],
  ...more,
});
const event = (of: Grant, type: GrantEvent['type'], effectiveAt: string): GrantEvent => ({
  grant: of.id,
  type,
  effectiveAt,
  recordedAt: '2026-10-01T00:00:00Z',
});
const recognize = (of: readonly Grant[], events: GrantEvent[] = [], successions: Succession[] = []): Recognition =>
  recognitionAt({ grants: of, events, successions }, NOW);
const idsOf = ({ recognized }: Recognition) => recognized.map((one) => one.grant.id);

describe('what is exported', () => {
  it('is a grant to award that is in force, and no other', () => {
    const held = grant();
    expect(idsOf(recognize([held]))).toEqual([held.id]);
    for (const verb of ['list', 'approve', 'endorse'] as const) {
      expect(recognize([grant({ verb })])).toEqual({ recognized: [], inForce: 0 });
    }
    for (const role of ['Train', 'Assess', 'Accredit'] as const) {
      expect(recognize([grant({ role })])).toEqual({ recognized: [], inForce: 1 });
    }
    for (const type of ['suspended', 'withdrawn', 'superseded', 'annulled', 'expired'] as const) {
      expect(idsOf(recognize([held], [event(held, type, '2026-11-02T01:00:00Z')]))).toEqual([]);
    }
    expect(idsOf(recognize([grant({ validUntil: NOW })]))).toEqual([]);
    expect(idsOf(recognize([grant({ validFrom: '2026-11-02T01:00:01Z' })]))).toEqual([]);
    expect(idsOf(recognize([grant({ recordedAt: '2026-11-02T01:00:01Z' })]))).toEqual([]);
  });

  it('is nothing of an empty scope, of one with a credit limit, or of what an authority grants itself', () => {
    const maxCredit = { system: 'CHED-UNIT', value: '3' };
    expect(idsOf(recognize([grant({ scope: [] })]))).toEqual([]);
    expect(idsOf(recognize([grant({ scope: [{ ...SCOPE[0], maxCredit }] })]))).toEqual([]);
    expect(idsOf(recognize([grant({ accredited: AUTHORITY })]))).toEqual([]);
  });

  it('is nothing of an institution that its accreditor says has closed', () => {
    const closed: Succession = {
      predecessor: SCHOOL,
      kind: 'Closure',
      mayAward: false,
      effectiveAt: '2026-06-01T00:00:00Z',
      recordedAt: '2026-06-01T00:00:00Z',
      reason: 'closed',
    };
    expect(idsOf(recognize([grant()], [], [closed]))).toEqual([]);
    expect(idsOf(recognize([grant()], [], [{ ...closed, kind: 'Custody' }]))).toHaveLength(1);
    const later = recognize([grant()], [], [{ ...closed, effectiveAt: '2026-12-01T00:00:00Z' }]);
    expect(later.recognized[0]!.until).toBe('2026-12-01T00:00:00Z');
  });

  it('ends when the grant is known to end, and says when it must be made again', () => {
    const held = grant({ validUntil: '2027-01-01T00:00:00Z' });
    expect(recognize([held])).toMatchObject({
      recognized: [{ until: '2027-01-01T00:00:00Z' }],
      next: '2027-01-01T00:00:00Z',
    });
    const events = [
      event(held, 'suspended', '2026-12-01T00:00:00Z'),
      event(held, 'reinstated', '2026-12-05T00:00:00Z'),
    ];
    expect(recognize([held], events)).toMatchObject({
      recognized: [{ until: '2026-12-01T00:00:00Z' }],
      next: '2026-12-01T00:00:00Z',
    });
    expect(recognize([grant({ validFrom: '2026-11-03T00:00:00Z' })]).next).toBe('2026-11-03T00:00:00Z');
    expect(recognize([grant()]).next).toBeUndefined();
  });
});

const loader = createContextLoader({
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signer: Signer = {
  verificationMethod: `${AUTHORITY}#key-1-assertion`,
  publicKeyMultibase: encodeMultikey(publicKey.export({ format: 'der', type: 'spki' }).subarray(12)),
  sign: async (data) => sign(null, data, privateKey),
};
const { publicKeyMultibase } = signer;
const method = { id: signer.verificationMethod, type: 'Multikey', controller: AUTHORITY, publicKeyMultibase };
const maker = createProofMaker({ loader });
const settings = { publicUrl: PUBLIC, contexts: [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH], specimen: true };
const published = new Date(NOW);
const registerUrl = `${PUBLIC}/registry/authority`;
const documentOf = (recognition: Recognition, more: object = {}) =>
  recognizedEntitiesDocument(settings, {
    ...{ registerUrl, accreditor: AUTHORITY, recognition, published },
    names: new Map([[AUTHORITY, 'Specimen Authority']]),
    ...more,
  });

// A loaded test machine is not what is measured here, so the thread has more time than a service gives it.
const canonicalizer = createVerifyingCanonicalizer(loader, createBoundedCanonicalizer(loader.source, 20_000));
const checker = createProofChecker({ loader, canonicalizer, clock: { now: () => published } });
afterAll(() => checker.close());

async function proofOf(document: JsonObject): Promise<string> {
  const expected = { controller: AUTHORITY, purpose: 'assertionMethod' } as const;
  const report = await checker.verify(document, expected, async () => ({
    outcome: 'ok',
    method,
    document: { id: AUTHORITY, verificationMethod: [method], assertionMethod: [method.id] },
  }));
  return report.outcome;
}

describe('the document', () => {
  it('has one entity a party and one action a grant, each with a schema and its digest', () => {
    const other = 'did:web:other.example';
    const [a, b, c] = [
      grant({ validUntil: '2027-01-01T00:00:00Z' }),
      grant({ accredited: other }),
      grant({ provisional: true }),
    ];
    const document = documentOf(recognize([a, b, c]), { above: `${PUBLIC}/registry/ministry` });
    expect(document).toMatchObject({
      id: `${registerUrl}/recognized-entities`,
      type: ['VerifiableCredential', 'RecognizedEntityCredential'],
      issuer: {
        id: AUTHORITY,
        type: 'RecognizedIssuer',
        name: 'Specimen Authority',
        recognizedIn: { id: `${PUBLIC}/registry/ministry`, type: 'PhAccreditationRegisterCredential' },
      },
      validFrom: NOW,
      validUntil: '2026-11-03T01:00:00Z',
    });
    const entities = document.credentialSubject as { id: string; recognizedTo: JsonObject[] }[];
    expect(entities.map(({ id, recognizedTo }) => [id, recognizedTo.length])).toEqual([
      [SCHOOL, 2],
      [other, 1],
    ]);
    const digest = createHash('sha256').update(outputSchemaText(a)!).digest();
    expect(entities[0]!.recognizedTo[0]).toEqual({
      id: `${a.id}#issue`,
      type: 'RecognizedAction',
      action: 'issue',
      recognizedBy: AUTHORITY,
      validFrom: a.validFrom,
      validUntil: '2026-12-31T23:59:59Z',
      outputValidation: {
        id: `${a.id}/output-schema`,
        type: 'JsonSchema',
        digestMultibase: `u${Buffer.concat([Buffer.from('1220', 'hex'), digest]).toString('base64url')}`,
      },
    });
    expect(String(entities[0]!.recognizedTo[1]!.description)).toContain('Provisional');
    expect(document.description).toContain('States 3 of 3');
    expect(document.description).toContain(registerUrl);
  });

  it('verifies here and with the reference library, as large as it gets, and not when an action is changed', async () => {
    const names = new Map<string, string>();
    const many = Array.from({ length: MAX_ACTIONS + 5 }, (_, index) => {
      const accredited = `did:web:school-${index}.example`;
      names.set(accredited, `Specimen School ${index} of the Philippines`);
      return grant({ accredited, provisional: true, validUntil: '2030-01-01T00:00:00Z' });
    });
    const recognition = recognize(many);
    expect(recognition).toMatchObject({ inForce: MAX_ACTIONS + 5, recognized: { length: MAX_ACTIONS } });
    const unsigned = documentOf(recognition, { names, part: { number: 2, of: 4 } });
    expect(unsigned.description).toContain(`Part 2 of 4. States ${MAX_ACTIONS} of ${MAX_ACTIONS + 5}`);
    expect(contextProblems(unsigned, profileOf(unsigned), loader)).toEqual([]);
    const signed = await maker.sign(unsigned, signer, NOW);
    expect(JSON.stringify(signed).length).toBeLessThan(256 * 1024);
    expect(await proofOf(signed)).toBe('pass');
    expect(await libraryVerify(loader, signed, method)).toBe(true);
    for (const change of [{ action: 'verify' }, { validFrom: '2020-01-01T00:00:00Z' }, { recognizedBy: SCHOOL }]) {
      const forged = structuredClone(signed) as unknown as { credentialSubject: { recognizedTo: object[] }[] };
      Object.assign(forged.credentialSubject[3]!.recognizedTo[0]!, change);
      expect(await proofOf(forged as unknown as JsonObject)).toBe('fail');
    }
    const other = structuredClone(signed) as unknown as {
      credentialSubject: { recognizedTo: { outputValidation: { digestMultibase: string } }[] }[];
    };
    other.credentialSubject[3]!.recognizedTo[0]!.outputValidation.digestMultibase = `u${'A'.repeat(46)}`;
    expect(await proofOf(other as unknown as JsonObject)).toBe('fail');
  });
});

describe('publication', () => {
  function room(register: Pick<Register, 'grants' | 'events' | 'successions'>, size = register.grants.length) {
    const state = { now: NOW, signed: 0, size, above: [] as Register[], asked: [] as number[][] };
    const all = { url: registerUrl, accreditor: AUTHORITY, published: NOW, validUntil: NOW, ...register };
    const profile = { tenant: 'authority', profile: { name: 'Specimen Authority' }, createdAt: NOW };
    const party = { institution: profile, did: AUTHORITY, keyId: 'key-1-assertion', signer };
    const entities = createRecognizedEntities({
      ...settings,
      authority: { forTenant: async () => party, forKey: async () => party },
      proofs: {
        ...maker,
        sign: async (...input: Parameters<typeof maker.sign>) => {
          state.signed++;
          return maker.sign(...input);
        },
      },
      reader: {
        accreditation: async () => undefined,
        registerSize: async () => ({ grants: state.size, events: register.events.length, successions: 0 }),
        institution: async () => profile,
      },
      registers: {
        part: async (_tenant, _accreditor, from, to) => {
          state.asked.push([from, to]);
          return all;
        },
        grantsTo: async () => state.above,
      },
      tenantOf: (did) => (did === AUTHORITY ? 'authority' : undefined),
      clock: { now: () => new Date(state.now) },
    });
    return { entities, state };
  }
  const none = { events: [], successions: [] };

  it('keeps the signed text for twelve hours, and makes it again when something is added', async () => {
    const { entities, state } = room({ grants: [grant()], ...none });
    const [first, second] = await Promise.all([entities.credential('authority'), entities.credential('authority')]);
    expect(second).toBe(first);
    state.now = '2026-11-02T12:59:59Z';
    expect(await entities.credential('authority')).toBe(first);
    expect(state.signed).toBe(1);
    state.now = '2026-11-02T13:00:00Z';
    expect(await entities.credential('authority')).not.toBe(first);
    state.size = 2;
    await entities.credential('authority');
    expect(state.signed).toBe(3);
  });

  it('makes it again the moment a grant ends, and then has nothing to state', async () => {
    const { entities, state } = room({ grants: [grant({ validUntil: '2026-11-02T03:00:00Z' })], ...none });
    const text = await entities.credential('authority');
    expect(text).toContain('"validUntil":"2026-11-02T02:59:59Z"');
    state.now = '2026-11-02T03:00:00Z';
    await expect(entities.credential('authority')).rejects.toThrow(Problem);
    expect(state.signed).toBe(1);
  });

  it('asks for a part of a large register, and covers all of it', async () => {
    const { entities, state } = room({ grants: [grant()], ...none }, MAX_ACTIONS + 1);
    for (const part of [undefined, 0, 5]) {
      await expect(entities.credential('authority', part)).rejects.toMatchObject({ kind: 'invalid-request' });
    }
    for (const part of [1, 2, 3, 4]) {
      const { id } = JSON.parse(await entities.credential('authority', part)) as { id: string };
      expect(id).toBe(`${registerUrl}/recognized-entities?part=${part}`);
    }
    expect(state.asked).toEqual([0, 1, 2, 3].map((part) => [part * 16_384, (part + 1) * 16_384]));
  });

  it('points to the register with its own delegation, while that is in force', async () => {
    const { entities, state } = room({ grants: [grant()], ...none });
    const ministry = 'did:web:ministry.example';
    const url = `${PUBLIC}/registry/ministry`;
    const delegation = grant({ accreditor: ministry, accredited: AUTHORITY, role: 'Accredit' });
    const register = { url, accreditor: ministry, published: NOW, validUntil: NOW, ...none };
    const issuer = async () => {
      state.size++;
      return (JSON.parse(await entities.credential('authority')) as { issuer: JsonObject }).issuer;
    };
    state.above = [{ ...register, grants: [delegation] }];
    expect((await issuer()).recognizedIn).toEqual({ id: url, type: 'PhAccreditationRegisterCredential' });
    state.above = [{ ...register, grants: [delegation], events: [event(delegation, 'suspended', NOW)] }];
    expect(await issuer()).not.toHaveProperty('recognizedIn');
    state.above = [{ ...register, grants: [{ ...delegation, verb: 'endorse' }] }];
    expect(await issuer()).not.toHaveProperty('recognizedIn');
  });
});

describe('the addresses', () => {
  let service: TestService;
  let now = Date.now();
  beforeAll(async () => {
    service = await openService({ clock: { now: () => new Date(now) } });
  });
  afterAll(() => service.close());

  it('serve a credential that verifies, schemas with the digest it states, and nothing after a withdrawal', async () => {
    const { did, authority } = await service.institution('export-authority', 'Specimen Export Authority');
    const school = await service.institution('export-school', 'Specimen Export School');
    const url = '/registry/export-authority/recognized-entities';
    expect((await service.call('GET', url)).status).toBe(404);
    const made = await service.call<{ id: string }>('POST', '/v1/accreditations', {
      key: authority,
      body: { accredited: school.did, role: 'Award', scope: SCOPE, validFrom: '2026-01-01' },
    });
    expect(made.status).toBe(201);

    const { status, body } = await service.call<JsonObject>('GET', url);
    expect(status).toBe(200);
    expect(body).toMatchObject({ issuer: { id: did, name: 'Specimen Export Authority' } });
    const [entity] = body.credentialSubject as unknown as [
      { id: string; name: string; recognizedTo: { outputValidation: { id: string; digestMultibase: string } }[] },
    ];
    expect(entity).toMatchObject({ id: school.did, name: 'Specimen Export School' });
    const document = (await service.call<JsonObject>('GET', '/institutions/export-authority/did.json')).body;
    const [key] = document.verificationMethod as unknown as [typeof method];
    expect(key.id).toBe((body.proof as JsonObject).verificationMethod);

    const { outputValidation } = entity.recognizedTo[0]!;
    const schema = await service.call<JsonObject>('GET', outputValidation.id.slice(service.publicUrl.length));
    expect(schema.status).toBe(200);
    const digest = createHash('sha256').update(schema.text).digest('hex');
    expect(Buffer.from(outputValidation.digestMultibase.slice(1), 'base64url').toString('hex')).toBe(`1220${digest}`);
    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(schema.text));
    const badge = (pqfLevel: number) => ({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSubject: { achievement: { id: 'urn:a', awardType: 'TvetMicroCredential', pqfLevel } },
    });
    expect([valid(badge(3)), valid(badge(4))]).toEqual([true, false]);

    now += 60_000;
    const withdrawn = await service.call('POST', `/v1/accreditations/${made.body.id}/events`, {
      key: authority,
      body: { type: 'withdrawn', effectiveAt: formatInstant(new Date(now)), reason: 'specimen withdrawal' },
    });
    expect(withdrawn.status).toBe(201);
    expect((await service.call('GET', url)).status).toBe(404);
    expect((await service.call('GET', `${url}?part=2`)).status).toBe(400);
    expect((await service.call('GET', '/registry/nobody/recognized-entities')).status).toBe(404);
    const endorsed = await service.call<{ id: string }>('POST', '/v1/accreditations', {
      key: authority,
      body: { accredited: school.did, verb: 'endorse', role: 'Award', scope: SCOPE, validFrom: '2026-01-01' },
    });
    expect((await service.call('GET', `/accreditations/${endorsed.body.id}/output-schema`)).status).toBe(404);
    expect((await service.call('GET', url)).status).toBe(404);
  });
});
