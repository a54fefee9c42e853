import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStatus, decodeBitstring, getBit, type ManyChange, readTarget } from '#credentials';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, OTHER, openWorld, seed, TENANT, type World } from './support/world.ts';

vi.setConfig({ testTimeout: 60_000 });

const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const NOBODY = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';

describe('the status of many (BK-3)', () => {
  let world: World;
  let fail: ((sql: string) => boolean) | undefined;
  beforeEach(async () => {
    fail = undefined;
    world = await openWorld({
      intercept: (sql) => {
        if (fail?.(sql)) throw new Error('the disk is full');
      },
    });
  });
  afterEach(() => world.close());

  async function awarded(count: number, definition: Parameters<typeof seed>[1] = {}) {
    const { achievementId } = await seed(world, definition);
    const body = { achievementId, recipients: Array.from({ length: count }, () => ({})) };
    return (await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body })).map((one) => one.credentialId);
  }
  const change = (of: ManyChange['of'], more: Partial<ManyChange> = {}) =>
    world.status.changeMany({ tenant: TENANT, action: 'revoke', reason: 'mali', actor: ACTOR, of, ...more });
  const rowOf = async (id: string) => (await world.reader.credential(id))!;
  const isSet = async (id: string) => {
    const { statusListId, statusListIndex } = await rowOf(id);
    const { published, length } = (await world.reader.statusList(statusListId))!;
    const list = JSON.parse(published!).credentialSubject.encodedList;
    return getBit(decodeBitstring(list, { bits: length }), statusListIndex);
  };
  const events = async (id: string) => (await world.reader.statusEvents(id)).map(({ action }) => action);
  const audited = async () =>
    (await auditOf(world)).filter(({ operation }) => operation === 'credential.revoke').map(({ object }) => object);
  const publications = async () =>
    (await auditOf(world)).filter(({ operation }) => operation === 'statusList.publish').length;

  it('changes with one publication, an event and an audit entry each', async () => {
    const ids = await awarded(12);
    await world.status.publish((await rowOf(ids[0]!)).statusListId);
    const [before, revoked] = [await publications(), ids.slice(0, 10)];
    const done = await change({ credentialIds: revoked });
    expect(done).toEqual({
      at: '2026-06-01T08:00:00Z',
      rows: revoked.map((credentialId) => ({ credentialId, outcome: 'changed', state: 'revoked' })),
      more: false,
      published: true,
    });
    expect(await publications()).toBe(before + 1);
    for (const id of ids) expect(await isSet(id), id).toBe(revoked.includes(id));
    for (const id of revoked) expect(await events(id)).toEqual(['revoke']);
    expect(await audited()).toEqual([...revoked].sort());
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('tells of each what became of it, and what cannot be changed keeps nothing from the others', async () => {
    const [gone, good, final] = [...(await awarded(2)), ...(await awarded(1, { statusPurpose: 'suspension' }))];
    await change({ credentialIds: [gone!] });
    const { rows } = await change({ credentialIds: [NOBODY, gone!, good!, final!] });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['not_found', 'unchanged', 'changed', 'changed']);
    expect(await events(gone!)).toEqual(['revoke']);
    const [fixed, loose] = [...(await awarded(1)), ...(await awarded(1, { statusPurpose: 'suspension' }))];
    const suspended = await change({ credentialIds: [fixed!, gone!, loose!] }, { action: 'suspend' });
    expect(suspended.rows.map(({ outcome, state }) => [outcome, state])).toEqual([
      ['refused', 'active'],
      ['refused', 'revoked'],
      ['changed', 'suspended'],
    ]);
    expect(suspended.rows[0]!.detail).toContain('purpose revocation');
    const lifted = await change({ credentialIds: [loose!] }, { action: 'reinstate' });
    expect([lifted.rows[0]!.outcome, await isSet(loose!)]).toEqual(['changed', false]);
    expect(await events(loose!)).toEqual(['suspend', 'reinstate']);
  });

  it('of another institution are not found, and nothing is changed without a reason', async () => {
    const [id] = await awarded(1);
    const { rows } = await change({ credentialIds: [id!] }, { tenant: OTHER });
    expect(rows).toEqual([{ credentialId: id, outcome: 'not_found' }]);
    expect((await problem(change({ credentialIds: [id!] }, { reason: ' ' }))).kind).toBe('invalid-request');
    expect((await problem(change({ credentialIds: [id!] }, { action: 'forget' as never }))).kind).toBe(
      'invalid-request',
    );
    expect((await rowOf(id!)).state).toBe('active');
  });

  it('changes all forms of an award, whichever is named, and an award once', async () => {
    const [web, other] = await awarded(2);
    const [form] = await world.issuer.issueForms({
      ...{ tenant: TENANT, actor: 'offer:one', credentialId: web!, holders: [HOLDER], offerId: 'one' },
    });
    const { rows } = await change({ credentialIds: [form!.credentialId, web!] });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['changed', 'changed']);
    for (const id of [web!, form!.credentialId]) {
      expect([await isSet(id), await events(id)]).toEqual([true, ['revoke']]);
    }
    expect(await isSet(other!)).toBe(false);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('of one key are found by it, in as many requests as it takes', async () => {
    const ids = await awarded(3);
    const { keyId } = await rowOf(ids[0]!);
    const [form] = await world.issuer.issueForms({
      ...{ tenant: TENANT, actor: 'offer:one', credentialId: ids[0]!, holders: [HOLDER], offerId: 'one' },
    });
    const few = createStatus({
      ...world.deps,
      reader: {
        ...world.reader,
        awardsIn: (of, states, _, suspendable) => world.reader.awardsIn(of, states, 10_001, suspendable),
      },
    });
    expect((await world.reader.awardsIn({ tenant: TENANT, keyId }, ['active'], 2)).length).toBe(2);
    const done = await few.changeMany({
      ...{ tenant: TENANT, action: 'revoke', reason: 'The key was compromised', actor: ACTOR, of: { keyId } },
    });
    expect(done.rows.map(({ credentialId }) => credentialId)).toEqual([...ids].sort());
    expect(done.more).toBe(false);
    expect((await rowOf(form!.credentialId)).state).toBe('revoked');
    expect((await change({ keyId })).rows).toEqual([]);
    expect((await change({ keyId: 'key-9-assertion' })).rows).toEqual([]);
  });

  it('with a key of the caller is answered once, whatever happened between', async () => {
    const ids = await awarded(3);
    await change({ credentialIds: [ids[2]!] });
    const more = { idempotencyKey: 'mass-1' };
    const first = await change({ credentialIds: ids }, more);
    expect(await change({ credentialIds: ids }, more)).toEqual(first);
    const [one, two] = await Promise.all([
      change({ credentialIds: ids }, { idempotencyKey: 'mass-2' }),
      change({ credentialIds: ids }, { idempotencyKey: 'mass-2' }),
    ]);
    expect(one).toEqual(two);
    expect((await problem(change({ credentialIds: [ids[0]!] }, more))).kind).toBe('idempotency-mismatch');
    for (const id of ids) expect(await events(id)).toEqual(['revoke']);
  });

  it('that could not be published is stored, and is published when it is asked for again', async () => {
    const ids = await awarded(2);
    await world.status.publish((await rowOf(ids[0]!)).statusListId);
    // As when the process is killed between the commit and the publication.
    fail = (sql) => sql.includes('update "status_lists"');
    const more = { idempotencyKey: 'mass-3' };
    expect(await change({ credentialIds: ids }, more)).toMatchObject({ published: false });
    expect(await isSet(ids[0]!)).toBe(false);
    fail = undefined;
    expect(await change({ credentialIds: ids }, more)).toMatchObject({ published: true });
    expect(await isSet(ids[0]!)).toBe(true);
    expect(await events(ids[0]!)).toEqual(['revoke']);
  });

  it('is changed altogether or not at all, wherever it is cut off', async () => {
    const ids = await awarded(3);
    let statements = 0;
    for (let cut = 1; ; cut++) {
      statements = 0;
      fail = () => ++statements === cut;
      const outcome = await change({ credentialIds: ids }).catch(() => 'failed' as const);
      fail = undefined;
      const states = new Set(await Promise.all(ids.map(async (id) => (await rowOf(id)).state)));
      expect(states.size).toBe(1);
      if (outcome !== 'failed') break;
      expect(states).toEqual(new Set(['active']));
      expect(await audited()).toEqual([]);
      for (const id of ids) expect(await events(id)).toEqual([]);
    }
    expect(statements).toBeGreaterThan(5);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('two at once revoke each award once', async () => {
    const ids = await awarded(6);
    await Promise.all([change({ credentialIds: ids.slice(0, 4) }), change({ credentialIds: ids.slice(2) })]);
    for (const id of ids) expect([await events(id), await isSet(id)]).toEqual([['revoke'], true]);
    expect((await audited()).length).toBe(6);
  });

  it('that are found changed by others at every look are left to them', async () => {
    const ids = await awarded(1);
    const stale = await world.reader.statesOf(TENANT, ids);
    await change({ credentialIds: ids });
    const late = createStatus({ ...world.deps, reader: { ...world.reader, statesOf: async () => stale } });
    const asked = { tenant: TENANT, action: 'revoke', reason: 'x', actor: ACTOR, of: { credentialIds: ids } } as const;
    expect((await problem(late.changeMany(asked))).kind).toBe('conflict');
  });

  it('are named in exactly one way', () => {
    expect(readTarget({ credentials: ['a'] })).toEqual({ credentialIds: ['a'] });
    expect(readTarget({ batchId: 'b' })).toEqual({ batchId: 'b' });
    expect(readTarget({ keyId: 'k' })).toEqual({ keyId: 'k' });
    for (const body of [{}, { batchId: 'b', keyId: 'k' }, { credentials: ['a'], batchId: 'b' }]) {
      expect(() => readTarget(body)).toThrow('exactly one');
    }
  });
});
