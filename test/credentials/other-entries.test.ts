import { describe, expect, it } from 'vitest';
import { decodeBitstring, getBit } from '#credentials';
import { LIMITS } from '#kernel';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, OTHER, openWorld, PUBLIC, seed, TENANT } from './support/world.ts';

const of = (credentialId: string, purpose: 'revocation' | 'suspension' | 'refresh' = 'revocation') => ({
  tenant: TENANT,
  credentialId,
  purpose,
  actor: ACTOR,
});
const bitOf = (text: string, index: number) =>
  getBit(decodeBitstring(JSON.parse(text).credentialSubject.encodedList, { bits: LIMITS.statusListEntries }), index);

describe('status of credentials that are no badges', () => {
  it('has an entry for each purpose, the same whenever it is asked for', async () => {
    const world = await openWorld();
    await seed(world);
    const first = await world.status.entryFor(of('urn:uuid:1'));
    const list = first.statusListCredential as string;
    const index = first.statusListIndex as string;
    expect(first).toEqual({
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
      statusListCredential: expect.stringMatching(new RegExp(`^${PUBLIC}/status/[0-9a-z]{26}$`)),
    });
    expect(await world.status.entryFor(of('urn:uuid:1'))).toEqual(first);
    const other = await world.status.entryFor(of('urn:uuid:1', 'suspension'));
    expect(other.statusListCredential).not.toBe(first.statusListCredential);
    // Not among the badges: their lists are their own.
    expect(await world.reader.openStatusList(TENANT, 'revocation')).toBeUndefined();
    await world.close();
  });

  it('asked for at the same time takes one index', async () => {
    const world = await openWorld();
    await seed(world);
    const entries = await Promise.all(Array.from({ length: 5 }, () => world.status.entryFor(of('urn:uuid:1'))));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(1);
    await world.close();
  });

  it('is published as it is set, and a revocation is never taken back', async () => {
    const world = await openWorld();
    await seed(world);
    const entry = await world.status.entryFor(of('urn:uuid:1'));
    const listId = String(entry.statusListCredential).split('/').at(-1)!;
    const index = Number(entry.statusListIndex);
    expect(bitOf(await world.status.listCredential(listId), index)).toBe(false);
    expect(await world.status.setEntry(of('urn:uuid:1'), true)).toEqual({ isSet: true, published: true });
    const text = await world.status.listCredential(listId);
    expect([bitOf(text, index), bitOf(text, index ^ 7)]).toEqual([true, true]);
    expect(await world.checkReleased(text)).toMatchObject({ outcome: 'pass' });
    expect(await world.status.setEntry(of('urn:uuid:1'), true)).toEqual({ isSet: true, published: true });
    expect((await problem(world.status.setEntry(of('urn:uuid:1'), false))).kind).toBe('status-purpose');
    const operations = (await auditOf(world)).map(({ operation }) => operation);
    expect(operations.filter((one) => one.startsWith('statusEntry'))).toEqual([
      'statusEntry.reserve',
      'statusEntry.set',
    ]);
    await world.close();
  });

  it.each(['suspension', 'refresh'] as const)('a %s is set and cleared', async (purpose) => {
    const world = await openWorld();
    await seed(world);
    const entry = await world.status.entryFor(of('urn:uuid:1', purpose));
    const listId = String(entry.statusListCredential).split('/').at(-1)!;
    for (const isSet of [true, false]) {
      await world.status.setEntry(of('urn:uuid:1', purpose), isSet);
      expect(bitOf(await world.status.listCredential(listId), Number(entry.statusListIndex))).toBe(isSet);
    }
    await world.close();
  });

  it('of somebody else, or for another purpose, does not exist', async () => {
    const world = await openWorld();
    await seed(world);
    await world.status.entryFor(of('urn:uuid:1'));
    expect((await problem(world.status.setEntry({ ...of('urn:uuid:1'), tenant: OTHER }, true))).kind).toBe('not-found');
    expect((await problem(world.status.setEntry(of('urn:uuid:1', 'suspension'), true))).kind).toBe('not-found');
    const message = { ...of('x'), purpose: 'message' as never };
    expect((await problem(world.status.entryFor(message))).errors[0]!.pointer).toBe('/statusPurpose');
    expect((await problem(world.status.createEntryList(TENANT, 'message' as never))).kind).toBe('invalid-request');
    for (const id of ['', 'x'.repeat(2_049)]) {
      expect((await problem(world.status.entryFor(of(id)))).errors[0]!.pointer).toBe('/credentialId');
    }
    await world.close();
  });

  it('a new list takes the entries that follow', async () => {
    const world = await openWorld();
    await seed(world);
    const list = await world.status.createEntryList(TENANT, 'revocation');
    const entry = await world.status.entryFor(of('urn:uuid:1'));
    expect(entry.statusListCredential).toBe(`${PUBLIC}/status/${list.listId}`);
    await world.close();
  });
});
