import {
  type Clock,
  fieldProblem,
  formatInstant,
  isWebAddress,
  Problem,
  type Random,
  randomToken,
  sha256Hex,
  type Transactor,
} from '#kernel';
import type { Officer } from './accounts.ts';
import { entry } from './audit.ts';
import { canonicalEmail } from './email.ts';
import type { OpenIdClient } from './openid-client.ts';
import { PEOPLE_LIMITS } from './policy.ts';
import type { OpenIdProviderRecord, PeopleCommit, PeopleReader } from './ports.ts';
import { decided, type OpenedSession, openedBy, opening } from './sessions.ts';
import { digestOf } from './tokens.ts';

export interface OpenIdProviders {
  /** @throws Problem `invalid-request`, `not-found` for an institution that is not there */
  set(input: { tenant: string; issuer: string; clientId: string }, by: Officer): Promise<OpenIdProviderRecord>;
  /** @throws Problem `not-found` */
  get(tenant: string): Promise<OpenIdProviderRecord>;
  list(): Promise<OpenIdProviderRecord[]>;
  /** @throws Problem `not-found` */
  remove(tenant: string, by: Officer): Promise<void>;
  /** Where the browser goes to sign in. @throws Problem `not-found`, `unavailable` when the provider does not answer */
  start(input: { tenant: string; browser: string }): Promise<URL>;
  /**
   * Back from there, with its answer in the query. Opens a session only for an account that has a role in the institution
   * already and whose address the provider says it has verified.
   * @returns undefined for whatever is wrong with it
   */
  finish(input: {
    query: string;
    browser: string | undefined;
    token: string | undefined;
  }): Promise<OpenedSession | undefined>;
}

export interface OpenIdDeps {
  reader: PeopleReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<PeopleCommit>;
  clock: Clock;
  random: Random;
  client: OpenIdClient;
  /** Providers on http: only where the service itself is on this machine. */
  insecure: boolean;
}

const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;

export function createOpenIdProviders(deps: OpenIdDeps): OpenIdProviders {
  const { reader, transactor, clock, random, client } = deps;

  async function mustGet(tenant: string): Promise<OpenIdProviderRecord> {
    const provider = await reader.openIdProvider(tenant);
    if (!provider) throw new Problem('not-found', 'this institution has no OpenID provider');
    return provider;
  }

  return {
    async set({ tenant, issuer, clientId }, by) {
      if (!(await reader.institution(tenant))) throw new Problem('not-found', 'there is no such institution');
      const url = isWebAddress(issuer) ? new URL(issuer) : undefined;
      if (!url || url.search || url.hash || (url.protocol !== 'https:' && !deps.insecure)) {
        throw fieldProblem('invalid-request', '/issuer', 'must be an https address without query and fragment');
      }
      if (!CLIENT_ID.test(clientId)) throw fieldProblem('invalid-request', '/clientId', 'must be printable ASCII');
      const at = formatInstant(clock.now());
      const row = { tenant, issuer, clientId, setAt: at, setBy: by.actor };
      const detail = { issuer, clientId };
      await transactor.commit([
        { op: 'openIdProvider.set', row },
        entry('openIdProvider.set', tenant, at, by.actor, { tenant, detail }),
      ]);
      return row;
    },

    get: mustGet,

    list: () => reader.openIdProviders(),

    async remove(tenant, by) {
      await mustGet(tenant);
      await transactor.commit([
        { op: 'openIdProvider.remove', tenant },
        entry('openIdProvider.remove', tenant, formatInstant(clock.now()), by.actor, { tenant }),
      ]);
    },

    async start({ tenant, browser }) {
      const provider = await mustGet(tenant);
      const [state, nonce, codeVerifier] = [randomToken(random), randomToken(random), randomToken(random)];
      const url = await client.authorizationUrl(provider, { state, nonce, codeVerifier });
      const now = clock.now();
      const row = {
        ...{ stateSha256: sha256Hex(state), tenant, browserSha256: digestOf(browser)!, nonce, codeVerifier },
        createdAt: formatInstant(now),
        expiresAt: formatInstant(new Date(now.getTime() + PEOPLE_LIMITS.openIdMs)),
      };
      await transactor.commit([{ op: 'openIdLogin.insert', row }]);
      return url;
    },

    async finish({ query, browser, token }) {
      const state = new URLSearchParams(query).get('state') ?? '';
      const [stateSha256, browserSha256] = [digestOf(state), digestOf(browser)];
      if (stateSha256 === undefined || browserSha256 === undefined) return undefined;
      const at = formatInstant(clock.now());
      const use = { op: 'openIdLogin.use', stateSha256, browserSha256, at } as const;
      if (!(await decided(transactor.commit([use]), 'openIdLogin.used'))) return undefined;
      const { tenant, nonce, codeVerifier } = (await reader.openIdLogin(stateSha256))!;
      const provider = await reader.openIdProvider(tenant);
      const claims = provider && (await client.claims(provider, query, { state, nonce, codeVerifier }));
      const email = claims?.emailVerified === true ? canonicalEmail(claims.email) : undefined;
      const account = email === undefined ? undefined : await reader.accountByEmail(email);
      if (!account || account.deactivatedAt !== undefined) return undefined;
      const roles = await reader.accountRoles(account.accountId);
      if (!roles.some((role) => role.tenant === tenant && role.revokedAt === undefined)) return undefined;
      const before = await openedBy(deps, token);
      const how = { assurance: 'openid', openIdTenant: tenant, instead: before?.session } as const;
      const { opened, writes } = await opening(deps, account, how);
      await transactor.commit(writes);
      return opened;
    },
  };
}
