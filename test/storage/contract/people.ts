import { describe, expect, it } from 'vitest';
import type { AccountRecord, OfficerSessionRecord, SignInLinkRecord } from '#people';
import { at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function peopleContract(open: Open): void {
  describe('people', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const violates = (work: Promise<void>, table: string) =>
      expect(work).rejects.toMatchObject({ name: 'UniqueViolation', table });
    const account = (accountId: string, n = 0): AccountRecord => ({
      ...{ accountId, email: `${accountId}@college.example`, createdAt: at(n), createdBy: 'key:one' },
    });
    const session = (accountId: string, name: string): OfficerSessionRecord => ({
      ...{ sessionSha256: `sha-${name}`, sessionId: name, accountId, assurance: 'link' as const },
      ...{ createdAt: at(), seenAt: at(), expiresAt: at(50) },
    });
    const made = async (accountId: string, n = 0): Promise<void> => {
      await commit(
        { op: 'account.insert', row: account(accountId, n) },
        { op: 'officerSession.insert', row: session(accountId, `s-${accountId}`) },
      );
    };
    const passkey = (accountId: string, credentialId: string, first = false) => ({
      ...{ op: 'passkey.insert' as const, first, sessionSha256: `sha-s-${accountId}` },
      row: {
        ...{ credentialId, accountId, publicKey: 'pk', counter: 4_294_967_295, name: 'Key', createdAt: at() },
        transports: ['internal'],
      },
    });

    it('keeps accounts, one for each address, somebody once and for all', async () => {
      await made('a1', 2);
      await made('a0', 1);
      const { reader } = store();
      expect(await reader.account('a1')).toEqual(account('a1', 2));
      expect(await reader.accountByEmail('a1@college.example')).toEqual(account('a1', 2));
      expect((await reader.accounts({ limit: 9 })).items.map(({ accountId }) => accountId)).toEqual(['a0', 'a1']);
      await violates(
        commit({ op: 'account.insert', row: { ...account('a9'), email: 'a1@college.example' } }),
        'accounts',
      );
      await commit({ op: 'account.setPerson', accountId: 'a1', person: 's-1' });
      await violates(commit({ op: 'account.setPerson', accountId: 'a1', person: 's-2' }), 'account.person');
      expect((await reader.account('a1'))?.person).toBe('s-1');
    });

    it('grants a role once at a time; taking it back ends the sessions', async () => {
      await made('b1');
      const row = (roleId: string) => ({
        ...{ accountId: 'b1', roleId, tenant: 'uno', role: 'issuer' as const, grantedAt: at(1), grantedBy: 'key:one' },
      });
      await commit({ op: 'accountRole.insert', row: row('r1') });
      await violates(commit({ op: 'accountRole.insert', row: row('r2') }), 'account_roles');
      const revoke = { op: 'accountRole.revoke' as const, accountId: 'b1', roleId: 'r1', at: at(2), by: 'key:two' };
      await commit(revoke);
      await violates(commit(revoke), 'accountRole.state');
      await commit({ op: 'accountRole.insert', row: row('r2') });
      const { reader } = store();
      expect(await reader.accountRoles('b1')).toEqual([
        { ...row('r1'), revokedAt: at(2), revokedBy: 'key:two' },
        row('r2'),
      ]);
      expect(await reader.officerSessions('b1')).toEqual([]);
      expect((await reader.officerSession('sha-s-b1'))?.endedAt).toBe(at(2));
    });

    it('counts links of an address, and uses each once, in its browser, once it was sent', async () => {
      await made('c1');
      const link = (name: string, n: number, emailSha256 = 'mail'): Omit<SignInLinkRecord, 'ordinal'> => ({
        ...{ linkSha256: name, emailSha256, browserSha256: 'here', createdAt: at(n), expiresAt: at(n + 10) },
      });
      const insert = (name: string, n: number, since = at(0), email = 'mail') =>
        commit({ op: 'signInLink.insert', row: link(name, n, email), most: 2, since });
      await insert('l1', 1);
      await insert('l2', 2);
      await violates(insert('l3', 3), 'signInLink.rate');
      await insert('l3', 3, at(0), 'another');
      const use = (linkSha256: string, browserSha256 = 'here', n = 5) =>
        commit({ op: 'signInLink.use', linkSha256, browserSha256, at: at(n) });
      await violates(use('l1'), 'signInLink.used');
      await commit({ op: 'signInLink.send', linkSha256: 'l1', accountId: 'c1' });
      await violates(use('l1', 'elsewhere'), 'signInLink.used');
      await violates(use('l1', 'here', 11), 'signInLink.used');
      const both = await Promise.allSettled([use('l1'), use('l1')]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await store().reader.signInLink('l1')).toMatchObject({ accountId: 'c1', ordinal: 1, usedAt: at(5) });
      await insert('l4', 20, at(2));
    });

    it('keeps passkeys: the first by a live session, the last for good, the counter as it was read', async () => {
      await made('d1');
      await commit(passkey('d1', 'k1', true));
      await violates(commit(passkey('d1', 'k2', true)), 'passkey.first');
      await violates(commit(passkey('d1', 'k1')), 'passkeys');
      await violates(commit({ op: 'passkey.remove', accountId: 'd1', credentialId: 'k1' }), 'passkey.last');
      await commit(passkey('d1', 'k2'));
      await expect(commit({ op: 'passkey.remove', accountId: 'd1', credentialId: 'k9' })).rejects.toMatchObject({
        kind: 'not-found',
      });
      const use = (counter: number) =>
        commit({ op: 'passkey.use', credentialId: 'k1', from: 4_294_967_295, counter, at: at(3) });
      await use(7);
      await violates(use(8), 'passkey.counter');
      const { reader } = store();
      expect(await reader.passkey('k1')).toEqual({ ...passkey('d1', 'k1').row, counter: 7, lastUsedAt: at(3) });
      const both = await Promise.allSettled(
        ['k1', 'k2'].map((credentialId) => commit({ op: 'passkey.remove', accountId: 'd1', credentialId })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await reader.passkeys('d1')).toHaveLength(1);
      await commit({ op: 'officerSession.endAll', accountId: 'd1', at: at(4) });
      await violates(commit(passkey('d1', 'k3')), 'passkey.session');
    });

    it('recovers an account: passkeys and sessions go, and one confirmation of it counts', async () => {
      await made('e1');
      await commit(passkey('e1', 'k5', true));
      const confirm = (recoveredAt: string) =>
        commit({ op: 'account.confirm', accountId: 'e1', recoveredAt, at: at(6), by: 'account:x' });
      await violates(confirm(at(5)), 'account.recovery');
      await commit({ op: 'account.recover', accountId: 'e1', at: at(5), by: 'key:one', person: 's-9' });
      const { reader } = store();
      expect(await reader.passkeys('e1')).toEqual([]);
      expect(await reader.officerSessions('e1')).toEqual([]);
      await violates(confirm(at(4)), 'account.recovery');
      await confirm(at(5));
      await violates(confirm(at(5)), 'account.recovery');
      await commit({ op: 'account.recover', accountId: 'e1', at: at(7), by: 'key:one' });
      expect(await reader.account('e1')).toEqual({ ...account('e1'), recoveredAt: at(7), recoveredBy: 'key:one' });
      await commit({ op: 'account.deactivate', accountId: 'e1', at: at(8) });
      await violates(commit({ op: 'account.deactivate', accountId: 'e1', at: at(9) }), 'account.state');
      await violates(commit({ op: 'account.recover', accountId: 'e1', at: at(9), by: 'key:one' }), 'account.state');
    });

    it('uses a challenge and a sign-in elsewhere once, by whom they were given to', async () => {
      const row = {
        challengeSha256: 'ch',
        purpose: 'use' as const,
        holderSha256: 'h',
        createdAt: at(),
        expiresAt: at(9),
      };
      await commit({ op: 'passkeyChallenge.insert', row });
      const use = (more: object = {}) =>
        commit({
          op: 'passkeyChallenge.use',
          challengeSha256: 'ch',
          purpose: 'use',
          holderSha256: 'h',
          at: at(1),
          ...more,
        });
      for (const more of [{ holderSha256: 'x' }, { purpose: 'add' }, { at: at(9) }])
        await violates(use(more), 'passkeyChallenge.used');
      await use();
      await violates(use(), 'passkeyChallenge.used');
      const login = { stateSha256: 'st', tenant: 'uno', browserSha256: 'b', nonce: 'n', codeVerifier: 'v' };
      await commit({ op: 'openIdLogin.insert', row: { ...login, createdAt: at(), expiresAt: at(9) } });
      const finish = (browserSha256: string, n = 1) =>
        commit({ op: 'openIdLogin.use', stateSha256: 'st', browserSha256, at: at(n) });
      await violates(finish('x'), 'openIdLogin.used');
      await violates(finish('b', 9), 'openIdLogin.used');
      await finish('b');
      await violates(finish('b'), 'openIdLogin.used');
    });

    it('keeps sessions and providers', async () => {
      await made('f1');
      const { reader } = store();
      await commit({ op: 'officerSession.actAs', sessionSha256: 'sha-s-f1', tenant: 'uno', role: 'auditor' });
      await commit({ op: 'officerSession.touch', sessionSha256: 'sha-s-f1', at: at(3) });
      await commit({ op: 'officerSession.touch', sessionSha256: 'sha-s-f1', at: at(2) });
      expect(await reader.officerSession('sha-s-f1')).toEqual({
        ...session('f1', 's-f1'),
        ...{ tenant: 'uno', role: 'auditor', seenAt: at(3) },
      });
      const end = (accountId: string) => commit({ op: 'officerSession.end', accountId, sessionId: 's-f1', at: at(4) });
      await expect(end('a1')).rejects.toMatchObject({ kind: 'not-found' });
      await end('f1');
      const provider = { tenant: 'uno', issuer: 'https://login.example', clientId: 'c', setAt: at(), setBy: 'key:one' };
      await commit({ op: 'openIdProvider.set', row: provider });
      await commit({ op: 'openIdProvider.set', row: { ...provider, clientId: 'd' } });
      expect(await reader.openIdProvider('uno')).toEqual({ ...provider, clientId: 'd' });
      expect(await reader.openIdProvider('dos')).toBeUndefined();
      await commit({ op: 'openIdProvider.remove', tenant: 'uno' });
      expect(await reader.openIdProviders()).toEqual([]);
      expect(await store().integrity()).toEqual([]);
    });
  });
}
