import { createHash } from 'node:crypto';
import { type Clock, formatInstant } from '#kernel';
import type { FetchedDocument, GuardedFetch } from '#net';
import { callHost, errorOf, jsonOf } from './client.ts';
import type { HostConnection, KnownHost } from './ports.ts';
import { CALLBACK, secretPlace } from './register.ts';
import { scopesOf } from './scopes.ts';
import type { Seal } from './seal.ts';

export interface TokensDeps {
  fetch: GuardedFetch;
  seal: Seal;
  clock: Clock;
  publicUrl: string;
}

/** What a host gave: `scope` is what was granted. */
export interface Granted {
  access: string;
  refresh?: string;
  scope: string;
  accessExpiresAt: string;
}

/** `grown`: more than was asked for, so nothing of it is used. `refused`: by the host's own words. */
export type TokenAnswer =
  | { granted: Granted }
  | { failed: 'grown' | 'not_understood' }
  | { failed: 'refused'; error: string; said: string }
  | { failed: 'busy'; answer: FetchedDocument };

export interface Tokens {
  authorizationUrl(host: KnownHost, asked: { state: string; verifier: string; scope: string }): string;
  redeem(host: KnownHost, asked: { code: string; verifier: string; scope: string }): Promise<TokenAnswer>;
  /** For what was granted, and for no more (OB 3.0, 7.2). */
  renew(host: KnownHost, refresh: string, scope: string, signal: AbortSignal): Promise<TokenAnswer>;
  /** RFC 7009. @returns whether the host said that it is done; false as well where it names no address for it */
  revoke(host: KnownHost, connection: HostConnection): Promise<boolean>;
}

/** Of tokens whose host does not say how long they live (RFC 6749, 5.1: recommended, not required). Seconds. */
const USUAL_LIFE = 3_600;
const LONGEST_LIFE = 366 * 86_400;

export const tokensPlace = ({
  hostId,
  keeperKind,
  keeperValue,
}: Pick<HostConnection, 'hostId' | 'keeperKind' | 'keeperValue'>) =>
  `host tokens ${JSON.stringify([hostId, keeperKind, keeperValue])}`;

export function createTokens({ fetch, seal, clock, publicUrl }: TokensDeps): Tokens {
  const redirectUri = publicUrl + CALLBACK;

  async function post(host: KnownHost, url: string, form: Record<string, string>, signal?: AbortSignal) {
    const secret = await seal.open(secretPlace(host.hostId), host.clientSecret);
    // RFC 6749, 2.3.1: both are written as in a form first.
    const pair = [host.clientId, secret].map((one) => new URLSearchParams({ '': one }).toString().slice(1)).join(':');
    const headers = {
      authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const body = new URLSearchParams(form).toString();
    return callHost(fetch, url, { method: 'POST', headers, body, ...(signal ? { signal } : {}) });
  }

  function read(answer: FetchedDocument, asked: string): TokenAnswer {
    if (answer.status === 429 || answer.status >= 500) return { failed: 'busy', answer };
    if (answer.status !== 200) return { failed: 'refused', ...errorOf(answer) };
    const said = jsonOf(answer) ?? {};
    const { access_token: access, token_type: type, refresh_token: refresh, scope = asked } = said;
    if (!isToken(access) || typeof type !== 'string' || type.toLowerCase() !== 'bearer')
      return { failed: 'not_understood' };
    if (typeof scope !== 'string' || (refresh !== undefined && !isToken(refresh))) return { failed: 'not_understood' };
    const allowed = new Set(scopesOf(asked));
    if (scopesOf(scope).some((one) => !allowed.has(one))) return { failed: 'grown' };
    const life = typeof said.expires_in === 'number' && said.expires_in > 0 ? said.expires_in : USUAL_LIFE;
    const expires = new Date(clock.now().getTime() + Math.min(life, LONGEST_LIFE) * 1_000);
    const accessExpiresAt = formatInstant(expires);
    return { granted: { access, ...(refresh === undefined ? {} : { refresh }), scope, accessExpiresAt } };
  }

  return {
    authorizationUrl({ description, clientId }, { state, verifier, scope }) {
      const url = new URL(description.authorizationUrl);
      const parameters = {
        ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state },
        ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },

    async redeem(host, { code, verifier, scope }) {
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        scope,
        code_verifier: verifier,
      };
      return read(await post(host, host.description.tokenUrl, form), scope);
    },

    async renew(host, refresh, scope, signal) {
      const form = { grant_type: 'refresh_token', refresh_token: refresh, scope };
      return read(await post(host, host.description.refreshUrl, form, signal), scope);
    },

    async revoke(host, connection) {
      const { revocationUrl } = host.description;
      if (revocationUrl === undefined) return false;
      const { access, refresh } = readTokens(await seal.open(tokensPlace(connection), connection.tokens));
      const given =
        refresh === undefined ? { token: access, hint: 'access_token' } : { token: refresh, hint: 'refresh_token' };
      const { status } = await post(host, revocationUrl, { token: given.token, token_type_hint: given.hint });
      return status === 200;
    },
  };
}

/** RFC 6750, 2.1: what may stand in the header, and no more than is stored. */
const isToken = (value: unknown): value is string => typeof value === 'string' && /^[\w.~+/-]{1,8000}=*$/.test(value);

export const readTokens = (text: string) => JSON.parse(text) as Pick<Granted, 'access' | 'refresh'>;

export const writeTokens = ({ access, refresh }: Pick<Granted, 'access' | 'refresh'>): string =>
  JSON.stringify({ access, refresh });
