import { describe, expect, it } from 'vitest';
import { holderSession, limitedUse, mailCode } from '../support/holder-records.ts';
import { at, credential } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function holderContract(open: Open): void {
  describe('holders', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const identify = (sessionId: string, value: string, n: number, kind: 'email' | 'did' = 'email') =>
      commit({ op: 'holder.identify', sessionId, identifier: { kind, value, provenAt: at(n) } });
    const many = async (n: number, one: (n: number) => Promise<void>) => {
      const done = await Promise.allSettled(Array.from({ length: n }, (_, at) => one(at)));
      return done.filter(({ status }) => status === 'fulfilled').length;
    };

    it('a session is found by its token, with what it proved in that order', async () => {
      await commit({ op: 'holder.insert', row: holderSession('h1', 't1') });
      await identify('h1', 'b@x.example', 1);
      await identify('h1', 'did:key:z', 2, 'did');
      await identify('h1', 'a@x.example', 3);
      const { reader } = store();
      expect(await reader.holderSession('t1')).toEqual({
        ...holderSession('h1', 't1'),
        identifiers: [
          { kind: 'email', value: 'b@x.example', provenAt: at(1) },
          { kind: 'did', value: 'did:key:z', provenAt: at(2) },
          { kind: 'email', value: 'a@x.example', provenAt: at(3) },
        ],
      });
      await identify('h1', 'b@x.example', 4);
      expect((await reader.holderSession('t1'))!.identifiers.at(-1)).toMatchObject({
        value: 'b@x.example',
        provenAt: at(4),
      });
      expect(await reader.holderSession('h1')).toBeUndefined();
    });

    it('proves nothing once it is over, and no number that an institution did not vouch for', async () => {
      await expect(identify('h1', 'c@x.example', 30)).rejects.toMatchObject({ table: 'holder.session' });
      await expect(identify('nobody', 'c@x.example', 1)).rejects.toMatchObject({ table: 'holder.session' });
      const identifier = { kind: 'studentNumber' as const, value: '1', vouchedBy: 'uno', provenAt: at(1) };
      await expect(commit({ op: 'holder.identify', sessionId: 'h1', identifier })).rejects.toThrow(/vouch|says so/);
      const proven = holderSession('h9', 't9');
      await expect(commit({ op: 'holder.insert', row: { ...proven, identifiers: [identifier] } })).rejects.toThrow();
    });

    it('one of several renewals wins', async () => {
      const renew = (n: number) =>
        commit({ op: 'holder.renew', sessionId: 'h1', from: 't1', tokenSha256: `next-${n}` });
      expect(await many(8, renew)).toBe(1);
      await expect(renew(9)).rejects.toMatchObject({ table: 'holder.token' });
      expect(await store().reader.holderSession('t1')).toBeUndefined();
    });

    it('two sessions never have one token', async () => {
      await commit({ op: 'holder.insert', row: holderSession('h2', 't2') });
      await expect(commit({ op: 'holder.insert', row: holderSession('h3', 't2') })).rejects.toMatchObject({
        table: 'holder_sessions',
      });
    });

    it('of fifty comparisons with one code five are counted, and one use', async () => {
      await commit({ op: 'mailCode.insert', row: mailCode('h2', 'a@x.example'), uses: [] });
      const of = { sessionId: 'h2', email: 'a@x.example', mac: 'ab'.repeat(32), at: at(2) };
      expect(await many(50, () => commit({ op: 'mailCode.try', ...of, most: 5 }))).toBe(5);
      expect((await store().reader.mailCode('h2', 'a@x.example'))!.tries).toBe(5);
      expect(await many(10, () => commit({ op: 'mailCode.use', ...of }))).toBe(1);
      expect((await store().reader.mailCode('h2', 'a@x.example'))!.usedAt).toBe(at(2));
    });

    it('a code that was replaced, used or is over is not compared', async () => {
      const row = mailCode('h2', 'a@x.example', { mac: 'cd'.repeat(32) });
      await commit({ op: 'mailCode.insert', row, uses: [] });
      const attempt = (more: object) =>
        commit({
          ...{ op: 'mailCode.try', sessionId: 'h2', email: 'a@x.example', mac: row.mac, at: at(2), most: 5 },
          ...more,
        });
      for (const more of [{ mac: 'ab'.repeat(32) }, { at: at(20) }, { sessionId: 'h1' }, { email: 'b@x.example' }]) {
        await expect(attempt(more)).rejects.toMatchObject({ table: 'mailCode.tries' });
      }
      await attempt({});
      await commit({ op: 'mailCode.use', sessionId: 'h2', email: 'a@x.example', mac: row.mac, at: at(3) });
      await expect(attempt({})).rejects.toMatchObject({ table: 'mailCode.tries' });
    });

    it('limits hold for many at once, by span, and count nothing when one of them is reached', async () => {
      const ask = (uses: ReturnType<typeof limitedUse>[], n = 0) =>
        commit({ op: 'mailCode.insert', row: mailCode('h2', `n${n}@x.example`), uses });
      expect(await many(30, (n) => ask([limitedUse('address', 5)], n))).toBe(5);
      expect(await many(5, () => ask([limitedUse('other', 9), limitedUse('address', 5)]))).toBe(0);
      expect(await many(30, (n) => ask([limitedUse('other', 9)], n))).toBe(9);
      await expect(ask([limitedUse('address', 5)])).rejects.toMatchObject({ table: 'mailCode.limit' });
      await ask([limitedUse('address', 5, 10)]);
    });

    it('nothing of a session is left when it ends, and what is over is forgotten when the next begins', async () => {
      const { reader } = store();
      await commit({ op: 'holder.end', sessionId: 'h2' });
      expect(await reader.holderSession('t2')).toBeUndefined();
      expect(await reader.mailCode('h2', 'a@x.example')).toBeUndefined();
      await commit({ op: 'holder.insert', row: holderSession('h4', 't4') });
      await commit({ op: 'mailCode.insert', row: mailCode('h4', 'a@x.example'), uses: [] });
      await identify('h4', 'a@x.example', 1);
      await commit({ op: 'holder.insert', row: holderSession('h5', 't5', 40) });
      expect(await reader.holderSession('t4')).toBeUndefined();
      expect(await reader.mailCode('h4', 'a@x.example')).toBeUndefined();
    });
  });

  describe('badges of a holder', () => {
    const store = opened(open, 'uno', 'dos');
    let index = 0;
    const issue = async (tenant: string, id: string, recipient: object, n: number, issued = true) => {
      const row = credential(tenant, id, 16 * index++);
      await store().transactor.commit([
        { op: 'credential.prepare', row: { ...row, recipient: { subjectId: `urn:uuid:${id}`, ...recipient } } },
        ...(issued
          ? [
              {
                ...{ op: 'credential.issue' as const, tenant, credentialId: id, signed: '{}', sha256: 's' },
                issuedAt: at(n),
              },
            ]
          : []),
      ]);
    };
    const found = async (kind: 'email' | 'did' | 'studentNumber', value: string, vouchedBy?: string) =>
      (await store().reader.credentialsOfIdentifier({ kind, value, ...(vouchedBy ? { vouchedBy } : {}) }, 9)).map(
        ({ credentialId }) => credentialId,
      );

    it('are found by address over all institutions, newest first, however it was typed', async () => {
      await issue('uno', 'e1', { email: 'a@x.example' }, 1);
      await issue('dos', 'e2', { email: 'A@X.Example', studentNumber: '7' }, 2);
      await issue('uno', 'e3', { email: 'b@x.example' }, 3);
      await issue('uno', 'e4', { email: 'a@x.example' }, 4, false);
      expect(await found('email', 'a@x.example')).toEqual(['e2', 'e1']);
      expect(await found('email', 'A@X.Example')).toEqual([]);
      const [first] = await store().reader.credentialsOfIdentifier({ kind: 'email', value: 'a@x.example' }, 1);
      expect(first).toMatchObject({ tenant: 'dos', credentialId: 'e2', edition: 1, state: 'active', issuedAt: at(2) });
    });

    it('are found by key', async () => {
      await issue('uno', 'd1', { subjectId: 'did:key:z1' }, 5);
      await issue('uno', 'd2', { subjectId: 'did:key:z1', email: 'c@x.example' }, 6);
      expect(await found('did', 'did:key:z1')).toEqual(['d2', 'd1']);
    });

    it('are found by number only where it was given, and where nothing else says whose they are', async () => {
      await issue('uno', 's1', { studentNumber: '7' }, 7);
      await issue('dos', 's2', { studentNumber: '7' }, 8);
      await issue('dos', 's3', { studentNumber: '7', email: 'b@x.example' }, 9);
      await issue('dos', 's4', { studentNumber: '7', email: 'no address' }, 9);
      await issue('dos', 's5', { studentNumber: '7', subjectId: 'did:key:z2' }, 9);
      expect(await found('studentNumber', '7', 'dos')).toEqual(['s2']);
      expect(await found('studentNumber', '7', 'uno')).toEqual(['s1']);
      expect(await found('studentNumber', '7')).toEqual([]);
    });

    it('numbers stand with an address in a badge in force, once each', async () => {
      await issue('dos', 'v1', { email: 'a@x.example', studentNumber: '7' }, 10);
      await issue('uno', 'v2', { email: 'a@x.example', studentNumber: '8' }, 11);
      await issue('uno', 'v3', { email: 'a@x.example', studentNumber: '9' }, 12);
      await issue('uno', 'v4', { email: 'a@x.example', studentNumber: '10' }, 13, false);
      const change = { op: 'credential.changeState' as const, tenant: 'uno', credentialId: 'v3' };
      await store().transactor.commit([{ ...change, from: 'active', to: 'revoked' }]);
      expect(await store().reader.studentNumbersOf('a@x.example')).toEqual([
        { tenant: 'dos', studentNumber: '7' },
        { tenant: 'uno', studentNumber: '8' },
      ]);
      expect(await store().reader.studentNumbersOf('b@x.example')).toEqual([{ tenant: 'dos', studentNumber: '7' }]);
    });
  });
}
