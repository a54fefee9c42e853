import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, Problem, sha256Hex, systemRandom, UniqueViolation } from '#kernel';
import { encodeMultikey, type Signer } from '#keystore';
import {
  computerSystemsServicingNcII,
  createPathways,
  type PathwayInput,
  type PathwayRecord,
  type Pathways,
  type PathwayWrite,
} from '#pathways';
import { CREDENTIALS_V2, createContextLoader, createProofChecker, createProofMaker, OPEN_BADGES_3_0_3 } from '#proofs';

const PUBLIC = 'https://tatak.example';
const PH = `${PUBLIC}/contexts/ph/v1-draft`;
const loader = createContextLoader({
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const checker = createProofChecker({ loader });
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const did = 'did:web:tatak.example:institutions:specimen-skills-authority';
const publicKeyMultibase = encodeMultikey(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
const signer: Signer = {
  verificationMethod: `${did}#key-1-assertion`,
  publicKeyMultibase,
  sign: async (data) => sign(null, data, privateKey),
};
const tenant = 'specimen-skills-authority';
const institution = { tenant, profile: { name: 'Specimen Skills Authority' }, createdAt: '2026-01-01T00:00:00Z' };

const INPUT: PathwayInput & { tenant: string; actor: string } = {
  name: 'SPECIMEN Computer Systems Servicing NC II',
  effectivePeriod: { from: '2026-01-01' },
  realism: 'Published',
  stackingRule: computerSystemsServicingNcII({ versions: ['1'] }) as unknown as JsonObject,
  tenant,
  actor: 'key:test',
};

let rows: PathwayRecord[];
let writes: PathwayWrite[];
let room: Pathways;

beforeEach(() => {
  [rows, writes] = [[], []];
  room = createPathways({
    publicUrl: PUBLIC,
    contexts: [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    specimen: true,
    signing: { forTenant: async () => ({ institution, did, keyId: 'key-1-assertion', signer }) },
    proofs: createProofMaker({ loader }),
    reader: {
      pathway: async (id, version) =>
        rows.findLast((row) => row.pathwayId === id && (version === undefined || row.version === version)),
      pathwayVersions: async () => [],
      pathways: async () => ({ items: rows }),
    },
    transactor: {
      commit: async (batch) => {
        for (const write of batch) {
          writes.push(write);
          if (write.op !== 'pathway.insert') continue;
          const { row } = write;
          if (rows.some((one) => one.pathwayId === row.pathwayId && one.version === row.version)) {
            throw new UniqueViolation('pathways');
          }
          rows.push(row);
        }
      },
    },
    clock: { now: () => new Date('2026-11-24T01:00:00.500Z') },
    random: systemRandom,
  });
});

const faults = (input: object): Promise<string[]> =>
  room.create({ ...INPUT, ...input }).then(
    () => [],
    (error: unknown) => {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).kind).toBe('invalid-request');
      return (error as Problem).errors.map(({ pointer }) => pointer);
    },
  );

describe('a published pathway', () => {
  it('is signed, its rules as one JSON value, and verifies', async () => {
    const row = await room.create(INPUT);
    const document = JSON.parse(row.signed) as JsonObject;
    const url = `${PUBLIC}/pathways/${row.pathwayId}`;
    expect(document).toMatchObject({
      id: `${url}?version=1`,
      type: ['VerifiableCredential', 'PhPathwayCredential'],
      issuer: did,
      validFrom: '2026-11-24T01:00:00Z',
      credentialSubject: {
        id: url,
        type: ['PhQualification'],
        conferrer: did,
        version: '1',
        effectivePeriod: { type: ['PhPeriod'], from: '2026-01-01' },
        // On a specimen instance nothing is signed as if it were the real thing.
        realism: 'Illustrative',
        stackingRule: INPUT.stackingRule,
      },
    });
    expect(row.sha256).toBe(sha256Hex(row.signed));
    const method = { id: signer.verificationMethod, controller: did, publicKeyMultibase };
    const check = (changed: JsonObject) =>
      checker.verify(changed, { controller: did, purpose: 'assertionMethod' }, async () => {
        return { outcome: 'ok', method, document: { id: did } };
      });
    expect((await check(document)).outcome).toBe('pass');
    const easier = structuredClone(document) as {
      credentialSubject: { stackingRule: { children: { items: unknown[] }[] } };
    };
    easier.credentialSubject.stackingRule.children[0]!.items.pop();
    expect((await check(easier as unknown as JsonObject)).outcome).toBe('fail');
  });

  it('has versions that are never edited, and one audit line each', async () => {
    const { pathwayId } = await room.create(INPUT);
    const second = await room.addVersion({ ...INPUT, name: 'SPECIMEN second', pathwayId });
    expect(second.version).toBe(2);
    expect((await room.get(pathwayId))!.version).toBe(2);
    expect((await room.get(pathwayId, 1))!.signed).toContain('"version":"1"');
    expect(writes.filter((write) => write.op === 'audit.append').map((write) => write.operation)).toEqual([
      'pathway.create',
      'pathway.addVersion',
    ]);
  });

  it('does not exist for another institution, and a race is a conflict', async () => {
    const { pathwayId } = await room.create(INPUT);
    await expect(room.addVersion({ ...INPUT, tenant: 'other', pathwayId })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(room.addVersion({ ...INPUT, pathwayId: 'none' })).rejects.toMatchObject({ kind: 'not-found' });
    const both = await Promise.allSettled([1, 2].map(() => room.addVersion({ ...INPUT, pathwayId })));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
  });

  it('names every bad field with its pointer, and stores nothing', async () => {
    expect(await faults({ name: 'e\u0301', conferrer: 'nobody', grade: 1 })).toEqual(
      expect.arrayContaining(['/name', '/conferrer', '/grade']),
    );
    expect(await faults({ effectivePeriod: { from: '2026-01-01', until: '2026-01-01' } })).toEqual([
      '/effectivePeriod/until',
    ]);
    expect(await faults({ stackingRule: { kind: 'anyOf' } })).toEqual(
      expect.arrayContaining(['/stackingRule/children']),
    );
    expect(rows).toEqual([]);
  });
});
