import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLocalRegisters, type HeldRegisters, type LocalRegisters, type RegisterFile } from '#accreditation';
import type { JsonObject } from '#kernel';
import { createRegisterAccess } from '#verifier';
import { onlyFetching, type World } from '../verifier/world.ts';
import { openLarge, pagesOf, publishPages, REGISTER, schoolsNamed, worldWith } from './support/large-register.ts';
import { DID, openRooms, PUBLIC, type Rooms, TENANT } from './support/rooms.ts';

const schools = schoolsNamed('school');
let [older, newer]: RegisterFile[] = [];
let pages: Map<string, string>;
let here: Rooms;
let on: World & { badges: JsonObject[] };
let held: HeldRegisters;
let registers: LocalRegisters;

beforeAll(async () => {
  const there = await openLarge(schools, 300);
  const snapshot = async () => JSON.parse(await there.publication.snapshot(TENANT)) as RegisterFile;
  there.now.at = '2026-11-24T00:30:00Z';
  older = await snapshot();
  pages = await pagesOf(there);
  there.now.at = '2026-11-24T00:45:00Z';
  const event = { type: 'withdrawn' as const, effectiveAt: '2026-03-01', reason: 'for the test' };
  await there.accreditations.recordEvent(TENANT, there.granted[0]!.accreditationId, event, 'key:1');
  newer = await snapshot();
  await there.storage.close();
}, 60_000);

beforeEach(async () => {
  here = await openRooms();
  const { reader } = here.storage;
  const clock = { now: () => new Date(here.now.at) };
  // This service is not the authority's: nothing of it is its own.
  registers = createLocalRegisters({ reader, clock, publicUrl: PUBLIC, tenantOf: () => undefined });
  on = await worldWith(schools, { registers });
  held = here.held(createRegisterAccess(on.looking));
});
afterEach(() => here.storage.close());

const at = (instant: string) => {
  here.now.at = instant;
  on.now.at = instant;
};
const verify = async () => {
  const report = await on.verifier.verify({ document: on.badges[0]! });
  const { code, evidence } = report.checks.find(({ check }) => check === 'accreditation')!;
  return { recognition: report.recognition, code, ...(evidence as { registers: object[]; unanswered: object[] }) };
};
const hold = (more: object) => held.hold('system-held', { accreditor: DID, ...more }, 'key:1');
const held_ = async () => (await held.list()).map(({ published, consult }) => [published, consult]);

describe('a held register', () => {
  it('had from the network with its parts, answers when the network does not, and says its age', async () => {
    publishPages(on, pages);
    await hold({ consult: true, maxAgeDays: 7 });
    for (const url of pages.keys()) on.pages.delete(url);
    expect(await verify()).toMatchObject({
      ...{ recognition: 'recognised', code: 'accredited' },
      registers: [{ accreditor: DID, source: 'held', published: '2026-11-24T00:30:00Z', ageSeconds: 1_800 }],
    });
    at('2026-11-25T00:30:00Z');
    expect((await verify()).registers).toMatchObject([{ source: 'held', ageSeconds: 86_400 }]);
  });

  it('is never asked unless it may be consulted', async () => {
    await hold({ file: older });
    expect(await held_()).toEqual([['2026-11-24T00:30:00Z', false]]);
    expect(await verify()).toMatchObject({ recognition: 'not_shown', unanswered: [{ code: 'register_unreachable' }] });
  });

  it('does not speak while the network answers', async () => {
    await hold({ file: newer, consult: true });
    publishPages(on, pages);
    // The network has the older one here, which shows which was asked.
    expect(await verify()).toMatchObject({ recognition: 'recognised', registers: [{ source: 'fetched' }] });
    on.pages.delete(REGISTER);
    expect(await verify()).toMatchObject({ recognition: 'not_recognised', registers: [{ source: 'held' }] });
  });

  it('that is too old is unknown, to the second', async () => {
    await hold({ file: older, consult: true, maxAgeDays: 7 });
    at('2026-12-01T00:30:00Z');
    expect((await verify()).recognition).toBe('recognised');
    at('2026-12-01T00:30:01Z');
    expect(await verify()).toMatchObject({ recognition: 'not_shown', unanswered: [{ code: 'held_register_too_old' }] });
  });

  it('is replaced by a newer one, and never by an older one', async () => {
    await hold({ file: older, consult: true });
    await hold({ file: newer, consult: true });
    expect((await verify()).recognition).toBe('not_recognised');
    await expect(hold({ file: older, consult: true })).rejects.toMatchObject({
      kind: 'conflict',
      errors: [{ code: 'older' }],
    });
    expect(await held_()).toEqual([['2026-11-24T00:45:00Z', true]]);
  });

  it('may be set aside by holding it again', async () => {
    await hold({ file: older, consult: true });
    await hold({ file: older, consult: false });
    expect((await verify()).recognition).toBe('not_shown');
  });

  const changed = (change: (file: RegisterFile) => unknown): RegisterFile => {
    const copy = structuredClone(older!);
    change(copy);
    return copy;
  };
  const tampered: [string, () => object, string][] = [
    [
      'with an end moved',
      () => changed(({ register }) => Object.assign(register, { validUntil: '2030-01-01T00:00:00Z' })),
      'signature_invalid',
    ],
    ['without a proof', () => changed(({ register }) => void delete register.proof), 'no_proof'],
    [
      'of somebody else',
      () => changed(({ register }) => Object.assign(register, { issuer: 'did:web:x.example' })),
      'register_malformed',
    ],
    [
      'with a changed part',
      () => changed(({ parts }) => parts.splice(0, 1, parts[0]!.replace('TvetMicroCredential', 'License'))),
      'digest',
    ],
    ['with parts exchanged', () => changed(({ parts }) => void parts.reverse()), 'digest'],
    ['without a part', () => changed(({ parts }) => void parts.pop()), 'incomplete'],
    ['that is no register', () => ({ register: {}, parts: [] }), 'register_malformed'],
  ];
  it.each(tampered)('%s is refused, and nothing is stored', async (_name, file, code) => {
    await expect(hold({ file: file(), consult: true })).rejects.toMatchObject({
      ...{ kind: 'invalid-request', errors: [{ code }] },
    });
    expect([await held_(), here.writes]).toEqual([[], []]);
  });

  it('is not trusted for being held: only a chain from an anchor counts', async () => {
    await hold({ file: older, consult: true });
    expect((await verify()).recognition).toBe('recognised');
    const accreditation = onlyFetching(['did:web:another-anchor.example']);
    const { verifier, badges } = await worldWith(schools, { registers, accreditation });
    expect((await verifier.verify({ document: badges[0]! })).recognition).toBe('not_shown');
  });
});
