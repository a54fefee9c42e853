import type { AnyWrite } from '#storage';
import { at } from './records.ts';

/** Every operation on accounts, in an order in which they work; ids carry the tenant's name. */
export function peopleWrites(tenant: string): AnyWrite[] {
  const id = (name: string) => `${name}-${tenant}`;
  const accountId = id('acc');
  const sessionSha256 = id('session');
  const session = {
    ...{ sessionSha256, sessionId: id('sid'), accountId, assurance: 'link' as const },
    ...{ createdAt: at(), seenAt: at(), expiresAt: at(50) },
  };
  const passkey = (credentialId: string, first: boolean): AnyWrite => ({
    ...{ op: 'passkey.insert', first, sessionSha256 },
    row: { credentialId, accountId, publicKey: 'pk', counter: 0, name: 'Susi', createdAt: at() },
  });
  const challenge = { challengeSha256: id('ch'), purpose: 'use' as const, holderSha256: 'h' };
  const login = { stateSha256: id('state'), tenant, browserSha256: 'b', nonce: 'n', codeVerifier: 'v' };
  const role = { accountId, roleId: id('role'), tenant, role: 'issuer' as const };
  const link = { linkSha256: id('link'), emailSha256: id('mail'), browserSha256: 'b' };
  return [
    {
      op: 'account.insert',
      row: { accountId, email: `${tenant}@college.example`, createdAt: at(), createdBy: 'key:one' },
    },
    { op: 'account.setPerson', accountId, person: 's-1' },
    { op: 'accountRole.insert', row: { ...role, grantedAt: at(), grantedBy: 'key:one' } },
    { op: 'signInLink.insert', row: { ...link, createdAt: at(), expiresAt: at(9) }, most: 5, since: at() },
    { op: 'signInLink.send', linkSha256: link.linkSha256, accountId },
    { op: 'signInLink.use', linkSha256: link.linkSha256, browserSha256: 'b', at: at(1) },
    { op: 'officerSession.insert', row: session },
    { op: 'officerSession.insert', row: { ...session, sessionSha256: id('other'), sessionId: id('sid2') } },
    { op: 'officerSession.touch', sessionSha256, at: at(2) },
    { op: 'officerSession.actAs', sessionSha256, tenant, role: 'issuer' },
    { op: 'officerSession.end', accountId, sessionId: id('sid2'), at: at(2) },
    { op: 'passkeyChallenge.insert', row: { ...challenge, createdAt: at(), expiresAt: at(9) } },
    { op: 'passkeyChallenge.use', ...challenge, at: at(1) },
    passkey(id('k1'), true),
    passkey(id('k2'), false),
    { op: 'passkey.use', credentialId: id('k1'), from: 0, counter: 1, at: at(2) },
    { op: 'passkey.remove', accountId, credentialId: id('k2') },
    { op: 'account.recover', accountId, at: at(3), by: 'key:one', person: 's-2' },
    { op: 'account.confirm', accountId, recoveredAt: at(3), at: at(4), by: 'key:two' },
    { op: 'accountRole.revoke', accountId, roleId: id('role'), at: at(5), by: 'key:one' },
    { op: 'officerSession.endAll', accountId, at: at(5) },
    { op: 'account.deactivate', accountId, at: at(6) },
    {
      op: 'openIdProvider.set',
      row: { tenant, issuer: 'https://login.example', clientId: 'c', setAt: at(), setBy: 'key:one' },
    },
    { op: 'openIdProvider.remove', tenant },
    { op: 'openIdLogin.insert', row: { ...login, createdAt: at(), expiresAt: at(9) } },
    { op: 'openIdLogin.use', stateSha256: login.stateSha256, browserSha256: 'b', at: at(1) },
  ];
}
