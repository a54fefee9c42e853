import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface TestProvider {
  issuer: string;
  /** What it says of whoever signs in there. */
  claims: { email: string; email_verified: boolean };
  /** Follows its redirects as a browser does. @returns the address of ours that it comes back to */
  signIn(start: string): Promise<string>;
  close(): Promise<void>;
}

/** A real OpenID provider on this machine that signs in whoever comes, as one client knows it. */
export async function openProvider(redirectUri: string, secret?: string): Promise<TestProvider> {
  const http = createServer();
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`;
  const test: TestProvider = {
    issuer,
    claims: { email: '', email_verified: true },
    async signIn(start) {
      const jar = new Map<string, string>();
      let url = start;
      for (let hops = 0; hops < 12; hops++) {
        if (url.startsWith(redirectUri)) return url;
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [name, value] = line.split(';')[0]!.split('=') as [string, string];
          jar.set(name, value);
        }
        const location = answer.headers.get('location');
        if (!location) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
        url = new URL(location, url).href;
      }
      throw new Error('no way back');
    },
    close: () => new Promise((done) => http.close(() => done())),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{
          client_id: 'tatak',
          redirect_uris: [redirectUri],
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
        ...(secret === undefined ? { token_endpoint_auth_method: 'none' } : { client_secret: secret }),
      },
    ],
    pkce: { required: () => true },
    claims: { email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/in/${interaction.uid}` },
    cookies: { keys: ['k'] },
    findAccount: async (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...test.claims }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session!.accountId!,
        clientId: ctx.oidc.client!.clientId,
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  http.on('request', async (request, response) => {
    if (!request.url?.startsWith('/in/')) return callback(request, response);
    return provider.interactionFinished(request, response, { login: { accountId: 'somebody' } });
  });
  return test;
}
