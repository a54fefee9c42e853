import type { ConsumerWrite, HostAuthorization, HostConnection, KnownHost, Transfer } from '#consumer';
import { at } from './records.ts';

export const knownHost = (hostId: string, more: Partial<KnownHost> = {}): KnownHost => ({
  ...{ hostId, discoveryUrl: `https://${hostId}.example/ims/ob/v3p0/discovery`, clientId: 'client' },
  description: {
    ...{ title: 'SPECIMEN Backpack ni Niño', apiUrl: 'https://h.example/ims/ob/v3p0', scopes: ['a', 'b'] },
    ...{ registrationUrl: 'https://h.example/r', authorizationUrl: 'https://h.example/a' },
    ...{ tokenUrl: 'https://h.example/t', refreshUrl: 'https://h.example/t' },
  },
  ...{ clientSecret: 'sealed', scope: 'a b', registeredAt: at() },
  ...more,
});

export const hostAuthorization = (stateSha256: string, hostId: string, second = 9): HostAuthorization => ({
  ...{
    stateSha256,
    hostId,
    sessionId: 'session',
    verifier: 'sealed',
    scope: 'a b',
    lang: 'fil',
    expiresAt: at(second),
  },
});

export const hostConnection = (
  connectionId: string,
  hostId: string,
  keeperValue: string,
  more: Partial<HostConnection> = {},
): HostConnection => ({
  ...{ connectionId, hostId, keeperKind: 'email', keeperValue, scope: 'a b', tokens: 'sealed' },
  ...{ accessExpiresAt: at(20), connectedAt: at(1), fence: 0 },
  ...more,
});

export const transfer = (transferId: string, connectionId: string, more: Partial<Transfer> = {}): Transfer => ({
  ...{ transferId, connectionId, kind: 'pull', credentialId: '', form: 'document', state: 'waiting' },
  ...{ attempts: 0, tries: 0, dueAt: at(2), pages: 0, badges: [], createdAt: at(2) },
  ...more,
});

/** Every write about hosts of others, in an order in which they work; ids end with the tenant's name. */
export function consumerWrites(tenant: string): ConsumerWrite[] {
  const id = (name: string) => `${name}-${tenant}`;
  const kept = { connectionId: id('host-connection') };
  const email = `a@${tenant}.example`;
  return [
    { op: 'knownHost.insert', row: knownHost(id('host')) },
    { op: 'knownHost.update', row: knownHost(id('host'), { secretExpiresAt: at(9) }) },
    { op: 'hostAuthorization.insert', row: hostAuthorization(id('state'), id('host')) },
    { op: 'hostAuthorization.use', stateSha256: id('state') },
    { op: 'hostAuthorization.insert', row: hostAuthorization(id('state that waits'), id('host')) },
    { op: 'hostConnection.put', row: hostConnection(kept.connectionId, id('host'), email) },
    { op: 'hostTransfer.insert', row: transfer(id('transfer'), kept.connectionId) },
    { op: 'hostConnection.lease', ...kept, fence: 0, at: at(3), until: at(5) },
    { op: 'hostConnection.hold', ...kept, fence: 1, until: at(6) },
    { op: 'hostConnection.tokens', ...kept, fence: 2, tokens: 'sealed anew', accessExpiresAt: at(30) },
    {
      op: 'hostTransfer.update',
      row: transfer(id('transfer'), kept.connectionId, {
        state: 'done',
        settledAt: at(4),
        badges: [{ outcome: 'created' }],
      }),
    },
    { op: 'hostConnection.release', ...kept, fence: 3, pulledAt: at(2) },
    { op: 'hostConnection.put', row: hostConnection(id('gone'), id('host'), `b@${tenant}.example`) },
    { op: 'hostConnection.remove', connectionId: id('gone') },
    { op: 'hosts.sweep', at: at(1), settledBefore: at(1) },
  ];
}
