import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  BitstringError,
  type CredentialWrite,
  createBitstring,
  createStatus,
  decodeBitstring,
  setBit,
} from '#credentials';
import { mirrorOf, pairOf, systemRandom, UniqueViolation } from '#kernel';
import { drawIndexes } from '../../src/credentials/status/allocate.ts';
import { encodeBitstring, getValue } from '../../src/credentials/status/bitstring.ts';
import { problem } from './support/problem.ts';
import { ACTOR, openWorld, PLAIN, PUBLIC, seed, TENANT, type World } from './support/world.ts';

describe('a list of bits', () => {
  const faultOf = (gzip: Uint8Array) => {
    try {
      decodeBitstring(`u${Buffer.from(gzip).toString('base64url')}`);
      return 'read';
    } catch (error) {
      expect(error).toBeInstanceOf(BitstringError);
      expect(error).toMatchObject({ name: 'BitstringError', message: expect.stringContaining('encodedList: ') });
      return (error as BitstringError).code;
    }
  };

  it('has whole bytes', () => {
    for (const length of [0, -8, 7, 12, 8.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createBitstring(length), String(length)).toThrow(RangeError);
    }
    expect(createBitstring(8)).toHaveLength(1);
  });

  it.each([1, 2, 4, 8])('of entries of %i bits reads the most significant first', (size) => {
    const values = Array.from({ length: 16 }, (_, at) => (at * 37) % 2 ** size);
    const text = values.map((value) => value.toString(2).padStart(size, '0')).join('');
    const bits = createBitstring(text.length);
    for (const [at, bit] of [...text].entries()) if (bit === '1') setBit(bits, at);
    expect(values.map((_, index) => getValue(bits, index, size))).toEqual(values);
    expect(() => getValue(bits, values.length, size)).toThrow(RangeError);
  });

  it('begins with what GZIP begins with', () => {
    const good = gzipSync(Buffer.alloc(64));
    expect(faultOf(good)).toBe('read');
    for (const at of [0, 1, 2]) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1;
      expect(faultOf(bad), `byte ${at}`).toBe('gzip');
    }
    for (const flags of [32, 64, 128]) {
      const bad = Buffer.from(good);
      bad[3] = flags;
      expect(faultOf(bad), `flags ${flags}`).toBe('gzip');
    }
    const text = `u${good.toString('base64url')}`;
    for (const around of [` ${text}`, `${text}\n`, `x${text}`, `${text}=`]) {
      expect(() => decodeBitstring(around)).toThrow(expect.objectContaining({ code: 'multibase' }));
    }
  });

  it.each([8, 16])('a header text without an end (flag %i) is cut off', (flag) => {
    const header = Buffer.from([0x1f, 0x8b, 8, flag, 0, 0, 0, 0, 0, 255]);
    expect(faultOf(Buffer.concat([header, Buffer.from('no end here')]))).toBe('gzip');
  });

  it('a header that leaves no place for the rest is cut off', () => {
    const body = Buffer.alloc(8);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(body), 0);
    trailer.writeUInt32LE(body.length, 4);
    const header = (flags: number, more: number[]) => Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255, ...more]);
    const member = (flags: number, more: number[]) =>
      Buffer.concat([header(flags, more), deflateRawSync(body), trailer]);
    expect(faultOf(member(1, []))).toBe('read');
    expect(faultOf(member(2, [0, 0]))).toBe('read');
    expect(faultOf(member(4, [2, 0, 7, 7]))).toBe('read');
    expect(faultOf(member(4, [255, 255]))).toBe('gzip');
  });

  it.each([0, 0.01, 0.03, 0.05, 0.5, 0.97, 1])(
    'with a share of %f set is written nearly as small as it can be',
    (share) => {
      const bits = createBitstring(131_072);
      for (let at = 0; at < 131_072; at += 8) {
        for (const low of [0, 1, 2, 3]) {
          if (Math.random() >= share) continue;
          setBit(bits, at + low);
          setBit(bits, at + (low ^ 7));
        }
      }
      const smallest = gzipSync(bits, { level: 9 }).toString('base64url').length;
      expect(encodeBitstring(bits).length).toBeLessThan(1.25 * smallest + 16);
    },
  );

  it('gives out no more than a quarter of its indexes at once', () => {
    expect(drawIndexes(16, 64, systemRandom)).toHaveLength(16);
    expect(() => drawIndexes(17, 64, systemRandom)).toThrow(RangeError);
    expect([pairOf(8), pairOf(15), mirrorOf(8)]).toEqual([8, 8, 15]);
  });
});

describe('when something else happens at the same time', () => {
  /** Commits of this operation fail as they do when another process was first. */
  const faulty = (world: World, op: string, times: number, error: Error = new UniqueViolation('x')) => {
    let left = times;
    const commit = async (writes: readonly { op: string }[]) => {
      if (writes.some((one) => one.op === op) && left-- > 0) throw error;
      return world.transactor.commit(writes as readonly CredentialWrite[]);
    };
    return { commit };
  };
  const losing = (world: World, op: string, times: number, error?: Error) =>
    createStatus({ ...world.deps, transactor: faulty(world, op, times, error) });
  const issued = async (world: World) => {
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: [{}] };
    const [one] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    return (await world.reader.credential(one!.credentialId))!;
  };
  const revoking = (credentialId: string) =>
    ({ tenant: TENANT, credentialId, action: 'revoke', reason: 'x', actor: ACTOR }) as const;

  it('an index that was taken is drawn again, eight times', async () => {
    const world = await openWorld();
    await seed(world);
    const issue = (times: number, error?: Error) =>
      world.plain({ transactor: faulty(world, 'plain.prepare', times, error) }).issue({
        ...{ tenant: TENANT, actor: ACTOR, instance: 'eddsa-rdfc-2022+revocation', body: { credential: PLAIN } },
      });
    expect(await issue(7)).toMatchObject({ phase: 'issued', statusListIndex: expect.any(Number) });
    expect((await problem(issue(8))).kind).toBe('unavailable');
    await expect(issue(1, new Error('disk full'))).rejects.toThrow('disk full');
    await world.close();
  });

  it('a status that somebody else changed is told, as is another fault', async () => {
    const world = await openWorld();
    const { credentialId } = await issued(world);
    const change = (error?: Error) => losing(world, 'credential.changeState', 1, error).change(revoking(credentialId));
    expect((await problem(change())).kind).toBe('conflict');
    await expect(change(new Error('disk full'))).rejects.toThrow('disk full');
    expect(await world.reader.credential(credentialId)).toMatchObject({ state: 'active' });
    await world.close();
  });

  it('a list that cannot be signed is told, and the change stays', async () => {
    const world = await openWorld();
    const { credentialId } = await issued(world);
    const silent = createStatus({
      ...world.deps,
      proofs: {
        sign: async () => {
          throw new Error('no signer');
        },
      },
    });
    expect(await silent.change(revoking(credentialId))).toMatchObject({ state: 'revoked', published: false });
    expect(await world.reader.credential(credentialId)).toMatchObject({ state: 'revoked' });
    await world.close();
  });

  it('a list published by somebody else is looked at; one that never settles is not served', async () => {
    const world = await openWorld();
    const { statusListId: listId } = await issued(world);
    expect((await problem(world.status.publish('nothing'))).kind).toBe('not-found');
    expect((await problem(losing(world, 'statusList.publish', 9).publish(listId))).kind).toBe('unavailable');
    await expect(losing(world, 'statusList.publish', 1, new Error('disk full')).publish(listId)).rejects.toThrow(
      'disk full',
    );
    expect(JSON.parse(await losing(world, 'statusList.publish', 3).publish(listId)).id).toBe(
      `${PUBLIC}/status/${listId}`,
    );
    // What another one published meanwhile says the same: it is served as it is.
    const theirs = await world.status.listCredential(listId);
    expect(await losing(world, 'statusList.publish', 1).publish(listId)).toBe(theirs);
    expect((await problem(world.status.revocationList(listId))).kind).toBe('not-found');
    await world.close();
  });

  it('a list that does not pass its own check is not served, whatever it says', async () => {
    const world = await openWorld();
    const { statusListId: listId } = await issued(world);
    for (const outcome of ['fail', 'unknown'] as const) {
      const doubting = createStatus({
        ...world.deps,
        checkReleased: async () => ({ outcome, code: 'signature_invalid', proofs: [] }),
      });
      expect((await problem(doubting.publish(listId))).kind).toBe('signing-stopped');
    }
    expect((await world.reader.statusList(listId))!.published).toBeUndefined();
    await world.close();
  });
});
