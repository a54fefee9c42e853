import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type CredentialRecord, type CredentialState, decodeBitstring, getBit, type StatusAction } from '#credentials';
import { LIMITS, mirrorOf, pairOf, systemRandom } from '#kernel';
import { drawIndexes } from '../../src/credentials/status/allocate.ts';
import { nextState } from '../../src/credentials/status/transitions.ts';
import { problem } from './support/problem.ts';
import {
  ACTOR,
  auditOf,
  DID,
  OTHER,
  openWorld,
  PUBLIC,
  type SetClock,
  seed,
  TENANT,
  type World,
} from './support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

const DRAWS = 3_000;
const RUNS = 15;

const bitsIn = (text: string) =>
  decodeBitstring(JSON.parse(text).credentialSubject.encodedList, { bits: LIMITS.statusListEntries });
const setOf = (text: string) => {
  const bits = bitsIn(text);
  return new Set(Array.from({ length: bits.length * 8 }, (_, index) => index).filter((index) => getBit(bits, index)));
};

async function issueOne(world: World, achievementId: string) {
  const body = { achievementId, recipients: [{}] };
  const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
  return (await world.reader.credential(one!.credentialId))!;
}

describe('transitions', () => {
  const actions: StatusAction[] = ['revoke', 'suspend', 'reinstate'];
  const states: CredentialState[] = ['active', 'suspended', 'revoked'];
  const outcome = (action: StatusAction, state: CredentialState, purpose: 'revocation' | 'suspension') => {
    try {
      return nextState(action, state, purpose);
    } catch (error) {
      return (error as { kind: string }).kind;
    }
  };

  it('are exactly these', () => {
    const table = (purpose: 'revocation' | 'suspension') =>
      actions.map((action) => states.map((state) => outcome(action, state, purpose)));
    expect(table('suspension')).toEqual([
      ['revoked', 'revoked', 'conflict'],
      ['suspended', 'conflict', 'conflict'],
      ['conflict', 'active', 'conflict'],
    ]);
    expect(table('revocation')).toEqual([
      ['revoked', 'revoked', 'conflict'],
      ['status-purpose', 'status-purpose', 'status-purpose'],
      ['status-purpose', 'status-purpose', 'status-purpose'],
    ]);
  });
});

describe('indexes (ST-1, ST-8)', () => {
  it('are drawn one of each mirrored pair, over the whole list', () => {
    const drawn = drawIndexes(DRAWS, LIMITS.statusListEntries, systemRandom);
    expect(new Set(drawn.map(pairOf)).size).toBe(DRAWS);
    expect(drawn.some((index) => drawn.includes(mirrorOf(index)))).toBe(false);
    // Wald-Wolfowitz runs test about the median: order says nothing about time.
    const above = drawn.map((index) => index >= LIMITS.statusListEntries / 2);
    const runs = above.filter((side, at) => at > 0 && side !== above[at - 1]).length + 1;
    const [n, m] = [above.filter(Boolean).length, above.filter((side) => !side).length];
    const mean = (2 * n * m) / (n + m) + 1;
    const deviation = Math.sqrt(((mean - 1) * (mean - 2)) / (n + m - 1));
    expect(Math.abs(runs - mean) / deviation).toBeLessThan(5);
  });

  it('are found although a list is filling, and a new list is opened at half', async () => {
    const world = await openWorld();
    await seed(world);
    const list = await world.status.ensureList(TENANT, 'revocation');
    const small = { ...list, length: 64 };
    const taken = new Set<number>();
    const crowded = {
      ...world.reader,
      takenStatusIndexes: async (_: string, at: readonly number[]) => at.filter((i) => taken.has(pairOf(i))),
    };
    const { createStatus } = await import('#credentials');
    const status = createStatus({ ...world.deps, reader: crowded });
    for (let round = 0; round < 16; round++) {
      const [index] = await status.drawFree(small, 1);
      expect(taken.has(pairOf(index!))).toBe(false);
      taken.add(pairOf(index!));
    }
    const full = createStatus({
      ...world.deps,
      reader: { ...world.reader, openStatusList: async () => ({ ...list, reserved: list.length / 4 }) },
    });
    await full.ensureList(TENANT, 'revocation');
    expect((await auditOf(world)).filter((entry) => entry.operation === 'statusList.create')).toHaveLength(2);
    expect(await world.status.ensureList(TENANT, 'revocation')).toMatchObject({ purpose: 'revocation', reserved: 0 });
    await world.close();
  });
});

describe('a list that is wanted by many', () => {
  const many = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, ask));
  const createdIn = async (world: World) =>
    (await auditOf(world)).filter((entry) => entry.operation === 'statusList.create').length;

  it('is made once, of each purpose and kind, and once more when it is half given out', async () => {
    const world = await openWorld();
    await seed(world);
    const { ensureList } = world.status;
    const [revocation, suspension, revocations] = await Promise.all([
      many(() => ensureList(TENANT, 'revocation')),
      many(() => ensureList(TENANT, 'suspension')),
      many(() => ensureList(TENANT, 'revocation', 'revocations')),
    ]);
    const ids = [revocation, suspension, revocations].map((lists) => new Set(lists.map(({ listId }) => listId)));
    expect(ids.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(ids.flatMap((one) => [...one])).size).toBe(3);
    expect(await createdIn(world)).toBe(3);
    const [list] = revocation;
    let isFull = true;
    const { createStatus } = await import('#credentials');
    const filling = createStatus({
      ...world.deps,
      reader: {
        ...world.reader,
        openStatusList: async () => (isFull ? { ...list!, reserved: list!.length / 4 } : { ...list!, reserved: 0 }),
      },
      transactor: {
        commit: async (writes) => {
          await world.deps.transactor.commit(writes);
          isFull = false;
        },
      },
    });
    await many(() => filling.ensureList(TENANT, 'revocation'));
    expect(await createdIn(world)).toBe(4);
    await world.close();
  });

  it('that cannot be made is tried once for all of them, and again for who comes later', async () => {
    const world = await openWorld();
    await seed(world);
    let tries = 0;
    const { createStatus } = await import('#credentials');
    const status = createStatus({
      ...world.deps,
      transactor: {
        commit: async (writes) => {
          if (++tries === 1) throw new Error('the disk is full');
          await world.deps.transactor.commit(writes);
        },
      },
    });
    const outcomes = await many(() => status.ensureList(TENANT, 'revocation').catch((error: Error) => error.message));
    expect(new Set(outcomes)).toEqual(new Set(['the disk is full']));
    expect(tries).toBe(1);
    expect(await status.ensureList(TENANT, 'revocation')).toMatchObject({ reserved: 0 });
    expect([tries, await createdIn(world)]).toEqual([2, 1]);
    await world.close();
  });
});

describe('a list of a million entries', () => {
  it('gives out places beyond the usual length, and is published whole', async () => {
    const world = await openWorld({ statusListLength: LIMITS.statusListEntriesMax });
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: Array.from({ length: 20 }, () => ({})) };
    const issued = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    const rows = await world.reader.credentialsByIds(
      TENANT,
      issued.map((one) => one.credentialId),
    );
    expect(rows.some(({ statusListIndex }) => statusListIndex >= LIMITS.statusListEntries)).toBe(true);
    const [{ credentialId, statusListId, statusListIndex }] = rows as [CredentialRecord];
    await world.status.change({ tenant: TENANT, credentialId, action: 'revoke', reason: 'x', actor: ACTOR });
    const { published, length } = (await world.reader.statusList(statusListId))!;
    const bits = decodeBitstring(JSON.parse(published!).credentialSubject.encodedList, { bits: length });
    expect([length, getBit(bits, statusListIndex)]).toEqual([LIMITS.statusListEntriesMax, true]);
    expect(bits.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)).toBe(1);
    expect(await world.checkReleased(published!)).toMatchObject({ outcome: 'pass' });
    await world.close();
  });
});

describe('status', () => {
  it('of a revoked credential is public before the change is acknowledged', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const record = await issueOne(world, achievementId);
    const before = await world.status.listCredential(record.statusListId);
    expect(setOf(before)).toEqual(new Set());
    expect(JSON.parse(before)).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: `${PUBLIC}/status/${record.statusListId}`,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: DID,
      validFrom: '2026-06-01T08:00:00Z',
      validUntil: '2026-06-02T08:00:00Z',
      credentialSubject: {
        id: `${PUBLIC}/status/${record.statusListId}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        ttl: 60_000,
      },
      proof: { verificationMethod: `${DID}#key-1-status` },
    });
    expect(await world.checkReleased(before)).toMatchObject({ outcome: 'pass' });

    const { credentialId, tenant } = record;
    const change = { tenant, credentialId, action: 'revoke', reason: 'Issued in error', actor: ACTOR } as const;
    expect(await world.status.change(change)).toMatchObject({ state: 'revoked', published: true });
    const after = (await world.reader.statusList(record.statusListId))!.published!;
    expect(setOf(after)).toEqual(new Set([record.statusListIndex, mirrorOf(record.statusListIndex)]));
    expect(await world.status.listCredential(record.statusListId)).toBe(after);
    expect(await world.checkReleased(after)).toMatchObject({ outcome: 'pass' });
    expect((await problem(world.status.change(change))).kind).toBe('conflict');
    expect((await world.reader.statusEvents(credentialId)).map((event) => event.action)).toEqual(['revoke']);
    expect((await auditOf(world)).map((entry) => entry.operation)).toContain('credential.revoke');
    await world.close();
  });

  it('of somebody else cannot be changed (ST-9), nor without a reason', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const { credentialId } = await issueOne(world, achievementId);
    const change = { tenant: OTHER, credentialId, action: 'revoke', reason: 'x', actor: ACTOR } as const;
    expect((await problem(world.status.change(change))).kind).toBe('not-found');
    const mine = { ...change, tenant: TENANT };
    for (const reason of ['', '  ', 'x'.repeat(501), 'a\u202eb']) {
      expect((await problem(world.status.change({ ...mine, reason }))).errors[0]!.pointer).toBe('/reason');
    }
    const bad = { ...mine, action: 'toString' as never };
    expect((await problem(world.status.change(bad))).errors[0]!.pointer).toBe('/action');
    expect((await problem(world.status.change({ ...mine, action: 'suspend' }))).kind).toBe('status-purpose');
    expect((await problem(world.status.listCredential('nothing'))).kind).toBe('not-found');
    await world.close();
  });

  it('changed twice at once is changed once', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { statusPurpose: 'suspension' });
    const { credentialId } = await issueOne(world, achievementId);
    const change = { tenant: TENANT, credentialId, action: 'suspend', reason: 'Inquiry', actor: ACTOR } as const;
    const ended = await Promise.allSettled([world.status.change(change), world.status.change(change)]);
    expect(ended.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await world.close();
  });

  it('of many at once is published together, each before it is answered (BK-3)', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: Array.from({ length: 12 }, () => ({})) };
    const issued = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    const { statusListId } = (await world.reader.credential(issued[0]!.credentialId))!;
    const publications = async () =>
      (await auditOf(world)).filter(({ operation }) => operation === 'statusList.publish').length;
    const before = await publications();
    const work = issued.map(async ({ credentialId }) => {
      const change = { tenant: TENANT, credentialId, action: 'revoke', reason: 'Stolen key', actor: ACTOR } as const;
      expect(await world.status.change(change)).toMatchObject({ state: 'revoked', published: true });
      const { statusListIndex } = (await world.reader.credential(credentialId))!;
      expect(setOf((await world.reader.statusList(statusListId))!.published!)).toContain(statusListIndex);
    });
    await Promise.all(work);
    expect((await publications()) - before).toBeLessThanOrEqual(5);
    await world.close();
  });

  it('is published after a crash between change and publication', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const record = await issueOne(world, achievementId);
    await world.status.listCredential(record.statusListId);
    const { tenant, credentialId } = record;
    await world.transactor.commit([
      { op: 'credential.changeState', tenant, credentialId, from: 'active', to: 'revoked' },
    ]);
    expect(setOf(await world.status.listCredential(record.statusListId))).toContain(record.statusListIndex);
    await world.close();
  });

  it('is stored although the list cannot be signed, and published at the next look', async () => {
    let down = false;
    const world = await openWorld();
    const { createStatus } = await import('#credentials');
    const status = createStatus({
      ...world.deps,
      proofs: {
        sign: (...args) => {
          if (down) throw new Error('no signer');
          return world.deps.proofs.sign(...args);
        },
      },
    });
    const { achievementId } = await seed(world);
    const record = await issueOne(world, achievementId);
    const list = await status.listCredential(record.statusListId);
    down = true;
    (world.clock as SetClock).advance(13 * 3_600_000);
    // True and still valid: served although it cannot be renewed.
    expect(await status.listCredential(record.statusListId)).toBe(list);
    const { tenant, credentialId } = record;
    const changed = await status.change({ tenant, credentialId, action: 'revoke', reason: 'x', actor: ACTOR });
    expect(changed).toMatchObject({ state: 'revoked', published: false });
    // No longer true: not served.
    await expect(status.listCredential(record.statusListId)).rejects.toThrow('no signer');
    down = false;
    expect(setOf(await status.listCredential(record.statusListId)).size).toBe(2);
    await world.close();
  });

  it('lists are signed again after twelve hours, not before', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const { statusListId } = await issueOne(world, achievementId);
    const first = await world.status.listCredential(statusListId);
    (world.clock as SetClock).advance(12 * 3_600_000 - 1_000);
    expect(await world.status.listCredential(statusListId)).toBe(first);
    (world.clock as SetClock).advance(1_000);
    const second = await world.status.listCredential(statusListId);
    expect(JSON.parse(second).validFrom).toBe('2026-06-01T20:00:00Z');
    await world.close();
  });

  it('a wrong bit never leaves the house', async () => {
    const world = await openWorld();
    const { createStatus } = await import('#credentials');
    const { achievementId } = await seed(world);
    const { statusListId } = await issueOne(world, achievementId);
    const lying = createStatus({
      ...world.deps,
      proofs: {
        sign: async (document, ...rest) => {
          const subject = document.credentialSubject as { ttl: number };
          return world.deps.proofs.sign({ ...document, credentialSubject: { ...subject, ttl: 1 } }, ...rest);
        },
      },
    });
    expect((await problem(lying.publish(statusListId))).kind).toBe('signing-stopped');
    expect((await world.reader.statusList(statusListId))!.published).toBeUndefined();
    await world.close();
  });

  it('a bit that is set stays set until an audited reinstatement (ST-6)', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { statusPurpose: 'suspension' });
    const records: CredentialRecord[] = [];
    for (let at = 0; at < 4; at++) records.push(await issueOne(world, achievementId));
    const listId = records[0]!.statusListId;
    const operation = fc.record({
      which: fc.nat(records.length - 1),
      action: fc.constantFrom<StatusAction>('revoke', 'suspend', 'reinstate'),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 6 }), async (operations) => {
        let before = setOf(await world.status.listCredential(listId));
        for (const { which, action } of operations) {
          const { credentialId, statusListIndex } = records[which]!;
          const change = { tenant: TENANT, credentialId, action, reason: 'x', actor: ACTOR };
          const changed = await world.status.change(change).catch(() => undefined);
          const after = setOf(await world.status.listCredential(listId));
          const cleared = [...before].filter((index) => !after.has(index));
          const allowed = changed && action === 'reinstate' ? [statusListIndex, mirrorOf(statusListIndex)] : [];
          expect(cleared.sort()).toEqual(allowed.sort());
          before = after;
        }
      }),
      { numRuns: RUNS },
    );
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });
});
