import type { ApiDeps } from '#api';

/** An authorisation server that answers whatever it is asked with an empty object. */
export function stubOAuth(deps: ApiDeps): void {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  Object.assign(deps, {
    oauth: {
      answer: async ({ url }) =>
        url === '/oauth/revocation'
          ? { status: 200, headers: {}, body: Buffer.alloc(0) }
          : { status: 200, headers, body: Buffer.from('{}') },
      metadata: () => ({ issuer: deps.publicUrl }),
      systemPrincipal: async () => undefined,
    } satisfies ApiDeps['oauth'],
  });
}
