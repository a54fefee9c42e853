import { Problem } from '#kernel';
import type { GuardedFetch } from '#net';
import type { OpenIdProviderRecord } from './ports.ts';

export interface OpenIdChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** OpenID Connect Core 1.0, code flow with PKCE (RFC 7636), as relying party. */
export interface OpenIdClient {
  /** @throws Problem `unavailable` when the provider does not answer as one */
  authorizationUrl(provider: OpenIdProviderRecord, checks: OpenIdChecks): Promise<URL>;
  /** Of the ID token, when the answer and the token hold; undefined otherwise. */
  claims(
    provider: OpenIdProviderRecord,
    query: string,
    checks: OpenIdChecks,
  ): Promise<{ email: unknown; emailVerified: unknown } | undefined>;
}

export interface OpenIdClientOptions {
  /** No trailing slash. */
  publicUrl: string;
  fetch: GuardedFetch;
  /** Of the client at that institution's provider; undefined for a public client. */
  secret(tenant: string): string | undefined;
  onError(error: unknown): void;
}

export const OPENID_CALLBACK = '/sign-in/openid/callback';

/** The library decides about answers and tokens; every byte comes and goes by the guarded fetch. */
export function createOpenIdClient({ publicUrl, fetch, secret, onError }: OpenIdClientOptions): OpenIdClient {
  const callback = `${publicUrl}${OPENID_CALLBACK}`;

  async function configured({ tenant, issuer, clientId }: OpenIdProviderRecord) {
    const client = await import('openid-client');
    const text = secret(tenant);
    const authentication = text === undefined ? client.None() : client.ClientSecretBasic(text);
    const config = await client.discovery(new URL(issuer), clientId, undefined, authentication, {
      [client.customFetch]: guarded(fetch),
      // An issuer that is not https is one of this machine, or the guarded fetch refuses it.
      ...(issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}),
    });
    return { client, config };
  }

  return {
    async authorizationUrl(provider, { state, nonce, codeVerifier }) {
      const { client, config } = await configured(provider).catch((error: unknown) => {
        onError(error);
        throw new Problem('unavailable', "the institution's OpenID provider does not answer", { cause: error });
      });
      return client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: callback, scope: 'openid email', state, nonce, prompt: 'login' },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' },
      });
    },

    async claims(provider, query, { state, nonce, codeVerifier }) {
      try {
        const { client, config } = await configured(provider);
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        };
        const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${query}`), checks);
        const claims = tokens.claims();
        return claims && { email: claims.email, emailVerified: claims.email_verified };
      } catch (error) {
        onError(error);
        return undefined;
      }
    },
  };
}

interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** The library's fetch, by ours: JSON in the answer, a form in the request and nothing else. */
function guarded(fetch: GuardedFetch) {
  return async (url: string, { method, headers, body }: Sent): Promise<Response> => {
    const authorization = headers.authorization === undefined ? {} : { authorization: headers.authorization };
    const form = method === 'POST' ? { form: { text: String(body), ...authorization } } : {};
    if (method !== 'GET' && method !== 'POST') throw new Error(`the OpenID client wants to ${method}`);
    const { status, contentType, bytes } = await fetch(url, { accept: 'application/json', ...form });
    return new Response(new Uint8Array(bytes), { status, headers: { 'content-type': contentType } });
  };
}
