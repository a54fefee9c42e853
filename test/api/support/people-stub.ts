import type { ApiDeps } from '#api';
import type { Principal, Role } from '#auth';
import type { AccountView, OfficerView } from '#people';

const at = '2026-01-01T00:00:00Z';

/** Accounts that are what they are asked to be: the cookie of a session is `TENANT.ROLE`. */
export function stubPeople(
  deps: ApiDeps,
  id: string,
  says: <T>(name: string, value: T) => (...args: unknown[]) => Promise<T>,
): void {
  const account = {
    accountId: id,
    email: 'registrar@college.example',
    person: 's-17',
    createdAt: at,
    createdBy: 'key:x',
  };
  const role = { accountId: id, roleId: id, tenant: 'abc', role: 'issuer' as const, grantedAt: at, grantedBy: 'key:x' };
  const whole: AccountView = { ...account, recoveredAt: at, confirmedAt: at, roles: [role], passkeys: [] };
  const session = {
    ...{ sessionSha256: 'aa', sessionId: id, accountId: id, assurance: 'passkey' as const },
    ...{ tenant: 'abc', role: 'issuer' as const, createdAt: at, seenAt: at, expiresAt: at },
  };
  const view: OfficerView = {
    session,
    account,
    roles: [{ tenant: 'abc', role: 'issuer' }],
    passkeys: [],
    sessions: [session],
  };
  const opened = { token: 'A'.repeat(43), session };
  const provider = {
    tenant: 'abc',
    issuer: 'https://login.college.example',
    clientId: 'tatak',
    setAt: at,
    setBy: 'key:x',
  };
  const accounts = ['invite', 'setPerson', 'grant', 'revoke', 'deactivate', 'recover', 'confirmRecovery'].map(
    (name) => [name, says(`accounts.${name}`, whole)] as const,
  );
  Object.assign(deps, {
    people: {
      accounts: { ...Object.fromEntries(accounts), get: async () => whole, list: async () => ({ items: [whole] }) },
      signIn: { ask: async () => {}, useLink: async () => opened, settled: async () => {} },
      passkeys: {
        ...{ options: async () => ({ challenge: 'AA' }), add: async () => opened },
        ...{ use: async () => opened, remove: async () => {} },
      },
      sessions: {
        view: async () => view,
        async principal(token: string | undefined): Promise<Principal | undefined> {
          const match = /^(\w+)\.(\w+)$/.exec(token ?? '');
          return match ? { tenant: match[1]!, accountId: id, role: match[2] as Role } : undefined;
        },
        ...{ actAs: async () => view, end: async () => {}, signOut: async () => {} },
      },
      openId: {
        ...{ set: says('openId.set', provider), get: async () => provider, list: async () => [provider] },
        ...{
          remove: says('openId.remove', undefined),
          start: async () => new URL('https://login.college.example/auth'),
        },
        finish: async () => opened,
      },
      newBrowser: () => 'B'.repeat(43),
    },
  });
}
