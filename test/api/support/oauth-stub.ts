import type { ApiDeps } from '#api';
import type { Role } from '#auth';

export const CLIENT_ID = 'tatak-system-0123456789abcdefghjkmnpqrs';

/** An authorisation server that answers whatever it is asked with an empty object. */
export function stubOAuth(deps: ApiDeps, said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>): void {
  const client = {
    ...{ tenant: 'abc', clientId: CLIENT_ID, role: 'issuer' as const, label: 'LMS' },
    createdAt: '2026-01-01T00:00:00Z',
  };
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  Object.assign(deps, {
    oauth: {
      answer: async ({ url }) =>
        url === '/oauth/revocation'
          ? { status: 200, headers: {}, body: Buffer.alloc(0) }
          : { status: 200, headers, body: Buffer.from('{}') },
      metadata: () => ({ issuer: deps.publicUrl }),
      async systemPrincipal(header) {
        const match = /^Bearer system-(\w+)\.(\w+)$/.exec(header ?? '');
        return match ? { tenant: match[1]!, keyId: CLIENT_ID, role: match[2] as Role } : undefined;
      },
    } satisfies ApiDeps['oauth'],
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
