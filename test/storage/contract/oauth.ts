import { describe, expect, it } from 'vitest';
import type { OAuthRecord } from '#oauth';
import { connection, platform } from '../support/platform-records.ts';
import { at, oauthClient, oauthRecord } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function oauthContract(open: Open): void {
  describe('what the authorisation server keeps', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const put = (idSha256: string, more: Partial<OAuthRecord> = {}, until = 9) =>
      commit({ op: 'oauth.upsert', row: { ...oauthRecord(idSha256, until), ...more } });
    const consume = (idSha256: string, n = 1) => commit({ op: 'oauth.consume', model: 'Code', idSha256, at: at(n) });
    const find = (idSha256: string, model = 'Code') => store().reader.oauthRecord(model, idSha256);

    it('comes back as it went in, by kind and id', async () => {
      await put('a', { grantSha256: 'g', uidSha256: 'u' });
      expect(await find('a')).toEqual({ ...oauthRecord('a', 9), grantSha256: 'g', uidSha256: 'u' });
      expect(await find('a', 'Token')).toBeUndefined();
      expect((await store().reader.oauthRecordByUid('Code', 'u'))?.idSha256).toBe('a');
      expect(await store().reader.oauthRecordByUid('Token', 'u')).toBeUndefined();
    });

    it('is consumed once, also by many at once, and stays so when written again', async () => {
      await put('b');
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => consume('b')));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await put('b', { payload: 'other' }, 20);
      expect(await find('b')).toEqual({ ...oauthRecord('b', 20), payload: 'other', consumedAt: at(1) });
      await expect(consume('b', 2)).rejects.toMatchObject({ table: 'oauth.consumed' });
    });

    it('is not consumed when it is over or was never there', async () => {
      await put('c');
      for (const late of [9, 10]) await expect(consume('c', late)).rejects.toMatchObject({ table: 'oauth.consumed' });
      await expect(consume('nothing')).rejects.toMatchObject({ table: 'oauth.consumed' });
    });

    it('goes with its grant, by itself, or when it is over', async () => {
      await put('d1', { grantSha256: 'd' });
      await put('d2', { grantSha256: 'd', model: 'Token' });
      await put('d3', { grantSha256: 'other' });
      await commit({ op: 'oauth.revokeGrant', grantSha256: 'd' });
      expect([await find('d1'), await find('d2', 'Token'), (await find('d3'))?.idSha256]).toEqual([
        undefined,
        undefined,
        'd3',
      ]);
      await commit({ op: 'oauth.remove', model: 'Code', idSha256: 'd3' });
      expect(await find('d3')).toBeUndefined();
      await put('e', {}, 30);
      await put('f', {}, 31);
      await commit({ op: 'oauth.sweep', at: at(30), unusedBefore: at() });
      expect([await find('e'), (await find('f'))?.idSha256]).toEqual([undefined, 'f']);
    });

    it('keeps what a learner allowed a platform until the grant ends, the learner ends it, or it is over', async () => {
      const { reader } = store();
      await commit({ op: 'platform.insert', row: platform('p1') });
      expect(await reader.platform('p1')).toEqual(platform('p1'));
      expect(await reader.platform('p2')).toBeUndefined();
      const allow = (id: string, email: string, until?: number) =>
        commit({ op: 'connection.insert', row: connection(id, 'p1', email, until) });
      const of = async (value: string) =>
        (await reader.connectionsOf([{ kind: 'email', value }])).map(({ connectionId }) => connectionId);
      await allow('a', 'maria@x.example');
      await allow('b', 'maria@x.example');
      await allow('c', 'juan@x.example', 20);
      expect(await reader.connection('a')).toEqual(connection('a', 'p1', 'maria@x.example'));
      expect((await reader.platform('p1'))?.usedAt).toBe(at(1));
      expect([await of('maria@x.example'), await of('juan@x.example')]).toEqual([['a', 'b'], ['c']]);
      expect([await of('nobody@x.example'), await reader.connectionsOf([])]).toEqual([[], []]);
      expect(await reader.connectionsOf([{ kind: 'did', value: 'maria@x.example' }])).toEqual([]);

      await put('t1', { grantSha256: 'grant-a', model: 'AccessToken' });
      await put('grant-a', { model: 'Grant' });
      await put('t2', { grantSha256: 'grant-b', model: 'AccessToken' });
      await commit({ op: 'connection.end', connectionId: 'a' });
      expect([await find('t1', 'AccessToken'), await find('grant-a', 'Grant')]).toEqual([undefined, undefined]);
      expect([await of('maria@x.example'), (await find('t2', 'AccessToken'))?.idSha256]).toEqual([['b'], 't2']);
      await commit({ op: 'connection.end', connectionId: 'a' });
      await commit({ op: 'oauth.revokeGrant', grantSha256: 'grant-b' });
      expect(await of('maria@x.example')).toEqual([]);
      await commit({ op: 'oauth.sweep', at: at(19), unusedBefore: at() });
      expect(await of('juan@x.example')).toEqual(['c']);
      await commit({ op: 'oauth.sweep', at: at(20), unusedBefore: at() });
      expect(await of('juan@x.example')).toEqual([]);
    });

    it('forgets platforms that nobody let in, and no other', async () => {
      await commit({ op: 'platform.insert', row: platform('old', 1) });
      await commit({ op: 'platform.insert', row: platform('young', 5) });
      await commit({ op: 'platform.insert', row: platform('used', 1) });
      await commit({ op: 'connection.insert', row: connection('u', 'used', 'maria@x.example') });
      await commit({ op: 'oauth.sweep', at: at(2), unusedBefore: at(5) });
      const { reader } = store();
      const there = await Promise.all(['old', 'young', 'used'].map((id) => reader.platform(id)));
      expect(there.map((one) => one?.clientId)).toEqual([undefined, 'young', 'used']);
      const gone = commit({ op: 'connection.insert', row: connection('o', 'old', 'maria@x.example') });
      await expect(gone).rejects.toMatchObject({ table: 'platform.gone' });
    });

    it('keeps one profile for an address, the last', async () => {
      const row = (document: string) => ({
        email: 'maria@x.example',
        profileId: 'urn:uuid:1',
        document,
        updatedAt: at(),
      });
      await commit({ op: 'holderProfile.put', row: row('{}') });
      await commit({ op: 'holderProfile.put', row: row('{"name":"Niño"}') });
      expect(await store().reader.holderProfile('maria@x.example')).toEqual(row('{"name":"Niño"}'));
      expect(await store().reader.holderProfile('juan@x.example')).toBeUndefined();
    });

    it('has one key for good', async () => {
      const row = { keyId: 'oauth-1', publicKeyMultibase: 'z6Mk', wrappedPrivateKey: 'w', createdAt: at() };
      expect(await store().reader.oauthKey()).toBeUndefined();
      await commit({ op: 'oauth.key', row });
      await expect(commit({ op: 'oauth.key', row })).rejects.toMatchObject({ table: 'oauth_keys' });
      expect(await store().reader.oauthKey()).toEqual(row);
    });

    it('keeps systems of institutions, revoked once, by id and by institution', async () => {
      await commit({ op: 'oauthClient.insert', row: oauthClient('uno', 's1') });
      await commit({ op: 'oauthClient.insert', row: oauthClient('dos', 's2') });
      const { reader } = store();
      expect(await reader.oauthClient('s1')).toEqual(oauthClient('uno', 's1'));
      expect((await reader.oauthClients('dos', { limit: 9 })).items).toEqual([oauthClient('dos', 's2')]);
      expect((await reader.oauthClients(undefined, { limit: 9 })).items).toHaveLength(2);
      const taken = commit({ op: 'oauthClient.insert', row: oauthClient('dos', 's1') });
      await expect(taken).rejects.toMatchObject({ table: 'oauth_clients' });
      const revoke = (tenant: string, n: number) =>
        commit({ op: 'oauthClient.revoke', tenant, clientId: 's1', revokedAt: at(n) });
      await expect(revoke('dos', 1)).rejects.toMatchObject({ kind: 'not-found' });
      await revoke('uno', 1);
      await revoke('uno', 2);
      expect((await reader.oauthClient('s1'))?.revokedAt).toBe(at(1));
    });
  });
}
