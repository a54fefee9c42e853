import type { ApiDeps } from '#api';
import type { Role } from '#auth';
import { type ConnectionRecord, type OAuthAnswer, OB_SCOPES } from '#oauth';

export const CLIENT_ID = 'tatak-system-0123456789abcdefghjkmnpqrs';

const CONNECTION: ConnectionRecord = {
  ...{ connectionId: '0123456789abcdefghjkmnpqrs', clientId: 'tatak-platform-x', scopes: [], grantSha256: 'g' },
  identifiers: [{ kind: 'email', value: 'amihan@students.example', provenAt: '2026-01-01T00:00:00Z' }],
  ...{ createdAt: '2026-01-01T00:00:00Z', expiresAt: '2026-07-01T00:00:00Z' },
};

/** An authorisation server that answers whatever it is asked with an empty object. */
export function stubOAuth(deps: ApiDeps, said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>): void {
  const client = {
    ...{ tenant: 'abc', clientId: CLIENT_ID, role: 'issuer' as const, label: 'LMS' },
    createdAt: '2026-01-01T00:00:00Z',
  };
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  Object.assign(deps, {
    oauth: {
      answer: async ({ url }): Promise<OAuthAnswer> =>
        url.startsWith('/oauth/authorize')
          ? { status: 303, headers: { location: 'https://wallet.example/cb' }, body: Buffer.alloc(0) }
          : url === '/oauth/revocation'
            ? { status: 200, headers: {}, body: Buffer.alloc(0) }
            : { status: url === '/oauth/par' ? 201 : 200, headers, body: Buffer.from('{}') },
      register: async () => ({ client_id: 'x' }),
      interactions: {
        read: async () => ({
          kind: 'offer',
          offer: {} as never,
          badge: { name: 'SPECIMEN Badge', issuer: 'Specimen abc', email: 'amihan@students.example' },
          wallet: { name: 'Wallet', destination: 'https://wallet.example' },
          next: 'consent',
        }),
        decide: async () => '/oauth/authorize/x',
      },
      registerPlatform: async () => ({ client_id: 'x' }),
      revokePlatformToken: async () => {},
      connections: { list: async () => [], end: async () => {} },
      async platformToken(header) {
        const [, which] = /^Bearer platform-(\w+)$/.exec(header ?? '') ?? [];
        if (which === undefined) return undefined;
        return { connection: CONNECTION, scopes: which === 'all' ? Object.values(OB_SCOPES) : [] };
      },
      metadata: () => ({ issuer: deps.publicUrl }),
      async systemPrincipal(header) {
        const match = /^Bearer system-(\w+)\.(\w+)$/.exec(header ?? '');
        return match ? { tenant: match[1]!, keyId: CLIENT_ID, role: match[2] as Role } : undefined;
      },
    } satisfies ApiDeps['oauth'],
    host: {
      credentials: async () => ({ total: 0, items: [] }),
      upsert: async () => 'created',
      profile: async () => ({ id: 'urn:uuid:1', type: ['Profile'] }),
      putProfile: async () => ({ id: 'urn:uuid:1', type: ['Profile'] }),
    } satisfies ApiDeps['host'],
    oauthClients: {
      create: said('oauthClients.create', { client, secret: 's' }),
      list: async (tenant: string | undefined) => {
        said('oauthClients.list', undefined)(tenant as never);
        return { items: tenant === 'abc' ? [client] : [] };
      },
      revoke: said('oauthClients.revoke', client),
    },
  });
}
