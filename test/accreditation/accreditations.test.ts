import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GrantInput, readGrant, readRegister } from '#accreditation';
import { type JsonObject, Problem } from '#kernel';
import { createProofChecker } from '#proofs';
import {
  DID as did,
  loader,
  openRooms,
  PUBLIC,
  publicKeyMultibase,
  type Rooms,
  signer,
  TENANT,
} from './support/rooms.ts';

const checker = createProofChecker({ loader });

const INPUT: GrantInput = {
  accredited: 'did:web:school.example',
  role: 'Award',
  scope: [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 1, to: 3 } }],
  validFrom: '2026-01-01',
  validUntil: '2027-01-01',
  legalInstrument: { kind: 'TesdaCircular', number: '077', series: '2024' },
  decisionDate: '2025-12-15',
};

let rooms: Rooms;

beforeEach(async () => {
  rooms = await openRooms();
});
afterEach(() => rooms.storage.close());

const verifies = async (document: JsonObject) => {
  const method = { id: signer.verificationMethod, controller: did, publicKeyMultibase };
  const report = await checker.verify(document, { controller: did, purpose: 'assertionMethod' }, async () => {
    return { outcome: 'ok', method, document: { id: did } };
  });
  return report.code;
};
const grant = () => rooms.accreditations.grant(TENANT, INPUT, 'key:1');

describe('granting', () => {
  it('stores one signed grant and its audit entry together', async () => {
    const record = await grant();
    const document = JSON.parse(record.signed) as JsonObject;
    expect(await verifies(document)).toBe('signature_valid');
    expect(document).toMatchObject({
      id: `${PUBLIC}/accreditations/${record.accreditationId}`,
      issuer: did,
      validFrom: '2025-12-31T16:00:00Z',
      validUntil: '2026-12-31T15:59:59Z',
    });
    expect(readGrant(document)).toEqual({
      id: document.id,
      accreditor: did,
      accredited: INPUT.accredited,
      verb: 'accredit',
      role: 'Award',
      scope: INPUT.scope,
      validFrom: '2025-12-31T16:00:00Z',
      validUntil: '2026-12-31T16:00:00Z',
      recordedAt: rooms.now.at,
      provisional: false,
      maxDelegationDepth: 0,
      legalInstrument: [INPUT.legalInstrument],
      decisionDate: INPUT.decisionDate,
      condition: [],
    });
    expect(rooms.writes.map((write) => write.op)).toEqual(['accreditation.insert', 'audit.append']);
  });

  it('a grant whose period is over can still be recorded', async () => {
    const input = { ...INPUT, validFrom: '2020-01-01', validUntil: '2021-01-01' };
    const record = await rooms.accreditations.grant(TENANT, input, 'key:1');
    expect((await rooms.accreditations.get(record.accreditationId))!.standing).toBe('expired');
  });

  it.each<[string, unknown, string]>([
    ['not a DID', { accredited: 'https://school.example' }, '/accredited'],
    ['unknown verb', { verb: 'bless' }, '/verb'],
    ['unknown role', { role: 'Sell' }, '/role'],
    ['empty scope', { scope: [] }, '/scope'],
    ['empty item', { scope: [{}] }, '/scope/0'],
    ['unknown dimension', { scope: [{ region: ['NCR'] }] }, '/scope/0/region'],
    ['empty list', { scope: [{ awardType: [] }] }, '/scope/0/awardType'],
    ['twice', { scope: [{ awardType: ['License', 'License'] }] }, '/scope/0/awardType/1'],
    ['level 9', { scope: [{ pqfLevelRange: { from: 1, to: 9 } }] }, '/scope/0/pqfLevelRange/to'],
    ['range upside down', { scope: [{ pqfLevelRange: { from: 3, to: 2 } }] }, '/scope/0/pqfLevelRange/to'],
    ['relative achievement', { scope: [{ achievement: ['achievements/1'] }] }, '/scope/0/achievement/0'],
    ['impossible day', { validFrom: '2026-02-30' }, '/validFrom'],
    ['no days', { validUntil: '2026-01-01' }, '/validUntil'],
    ['unknown member', { extra: 1 }, '/extra'],
    ['instrument', { legalInstrument: { kind: 'x' } }, '/legalInstrument/kind'],
  ])('%s is refused with its pointer', async (_name, change, pointer) => {
    const input = { ...INPUT, ...(change as object) } as GrantInput;
    await expect(rooms.accreditations.grant(TENANT, input, 'key:1')).rejects.toSatisfy(
      (error) => error instanceof Problem && error.errors.some((one) => one.pointer === pointer),
    );
    expect(rooms.writes).toEqual([]);
  });

  it('an award type the context does not know is not signed', async () => {
    const input = { ...INPUT, scope: [{ awardType: ['Nonsense'] }] };
    await expect(rooms.accreditations.grant(TENANT, input, 'key:1')).rejects.toBeInstanceOf(Problem);
    expect(rooms.writes).toEqual([]);
  });
});

describe('events', () => {
  const record = (id: string, type: 'suspended' | 'reinstated' | 'withdrawn', effectiveAt: string, tenant = TENANT) =>
    rooms.accreditations.recordEvent(tenant, id, { type, effectiveAt, reason: 'for the test' }, 'key:1');

  it('are appended, and change the standing from their day on', async () => {
    const { accreditationId: id } = await grant();
    expect((await record(id, 'suspended', '2026-11-24')).standing).toBe('suspended');
    expect((await record(id, 'reinstated', '2026-11-25')).standing).toBe('suspended');
    rooms.now.at = '2026-11-24T16:00:00Z';
    expect((await rooms.accreditations.get(id))!.standing).toBe('active');
    expect((await record(id, 'withdrawn', '2026-11-25')).standing).toBe('withdrawn');
    expect((await rooms.accreditations.get(id))!.events).toHaveLength(3);
  });

  it('of another tenant, out of order or after a withdrawal are refused', async () => {
    const { accreditationId: id } = await grant();
    await expect(record(id, 'suspended', '2026-11-24', 'other')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(record(id, 'reinstated', '2026-11-24')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(record(id, 'suspended', '2025-12-31')).rejects.toMatchObject({ kind: 'invalid-request' });
    await record(id, 'withdrawn', '2026-11-24');
    await expect(record(id, 'suspended', '2026-11-25')).rejects.toMatchObject({ kind: 'conflict' });
    expect((await rooms.accreditations.get(id))!.events).toHaveLength(1);
  });
});

describe('the register', () => {
  it('is signed, holds every grant and event, and lasts a day', async () => {
    const { accreditationId } = await grant();
    await rooms.accreditations.recordEvent(
      TENANT,
      accreditationId,
      { type: 'suspended', effectiveAt: '2026-11-01', reason: 'for the test' },
      'key:1',
    );
    const document = JSON.parse(await rooms.publication.register(TENANT)) as JsonObject;
    expect(await verifies(document)).toBe('signature_valid');
    const register = readRegister(document)!;
    expect(register).toMatchObject({
      url: `${PUBLIC}/registry/specimen-authority`,
      accreditor: did,
      published: rooms.now.at,
      validUntil: '2026-11-25T01:00:00Z',
    });
    expect(register.grants).toHaveLength(1);
    expect(register.events).toMatchObject([{ grant: register.grants[0]!.id, type: 'suspended' }]);
    expect(JSON.stringify(document)).not.toContain('key:1');
  });

  it('is the same bytes until something changes or twelve hours have passed', async () => {
    const read = () => rooms.publication.register(TENANT);
    const first = await read();
    rooms.now.at = '2026-11-24T12:59:59Z';
    expect(await read()).toBe(first);
    await grant();
    const second = await read();
    expect(second).not.toBe(first);
    rooms.now.at = '2026-11-25T00:59:59Z';
    expect(await read()).not.toBe(second);
    expect(await rooms.accreditations.registerIndex()).toEqual([
      {
        tenant: TENANT,
        name: 'Specimen Skills Authority',
        accreditor: did,
        url: `${PUBLIC}/registry/specimen-authority`,
        grants: 1,
      },
    ]);
  });

  it('with a forged or unreadable part is refused', async () => {
    await grant();
    const text = await rooms.publication.register(TENANT);
    const change = (edit: (register: { grants: JsonObject[]; events: JsonObject[] }) => void) => {
      const copy = JSON.parse(text) as JsonObject;
      edit((copy.credentialSubject as JsonObject).register as never);
      return readRegister(copy);
    };
    expect(change(() => {})!.grants).toHaveLength(1);
    const otherIssuer = change(({ grants }) => {
      grants[0]!.issuer = 'did:web:x.example';
    });
    expect(otherIssuer!.grants).toEqual([]);
    const unknownDimension = change(({ grants }) => {
      ((grants[0]!.credentialSubject as JsonObject).scope as JsonObject[])[0]!.region = 'NCR';
    });
    expect(unknownDimension!.grants).toEqual([]);
    expect(change(({ events }) => events.push({ type: 'annulled' }))).toBeUndefined();
  });
});
