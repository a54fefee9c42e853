import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration, KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { matchesHash } from '#auth';
import type { JsonObject } from '#kernel';
import type { Offers } from '#offers';
import { createAdapter } from './adapter.ts';
import { CONFIGURATION_ID, detailsOf, grantDetails, OPENID_CREDENTIAL } from './authorization-details.ts';
import { systemClient, unregisteredClient } from './clients.ts';
import { connectionIdOf } from './connections.ts';
import { LIFE, PATHS, PRE_AUTHORIZED, WALLET_SCOPE } from './names.ts';
import { type OAuthOutcome, tellOutcomes } from './outcomes.ts';
import { checkPlatformRequest } from './platform-request.ts';
import { isPlatformId, obScopesOf, platformClient } from './platforms.ts';
import { credentialIssuerOf, type OAuthReader } from './ports.ts';
import { type PreAuthorizedDeps, preAuthorizedGrant } from './pre-authorized.ts';
import { type Params, resourceOfRequest } from './resources.ts';
import type { OAuthSecrets } from './secrets.ts';
import { managementApiOf, openBadgesApiOf, subjectOf, tenantOfIssuer } from './subject.ts';
import { walletMetadata, walletOfId } from './wallets.ts';

export interface ProviderDeps extends PreAuthorizedDeps {
  reader: Pick<OAuthReader, 'oauthClient' | 'platform' | 'connection'>;
  offers: Pick<Offers, 'tryTxCode' | 'bySecret' | 'isOpen'>;
  onOutcome?: ((outcome: OAuthOutcome) => void) | undefined;
}

export interface MadeProvider {
  provider: Provider;
  callback(req: IncomingMessage, res: ServerResponse): unknown;
}

/** The library, configured for tokens only. Loaded here: it is large, and most processes are never asked for a token. */
export async function makeProvider(deps: ProviderDeps, secrets: OAuthSecrets): Promise<MadeProvider> {
  const { Provider, errors, interactionPolicy } = await import('oidc-provider');
  const { offers, publicUrl } = deps;
  const apiUrl = managementApiOf(publicUrl);

  async function findClient(clientId: string): Promise<JsonObject | undefined> {
    const known = (await systemClient(deps.reader, clientId)) ?? (await platformClient(deps.reader, clientId));
    if (known) return known;
    const wallet = walletOfId(clientId, secrets.clients);
    if (wallet) return walletMetadata(clientId, wallet);
    const ctx = Provider.ctx as KoaContextWithOIDC | undefined;
    const redeems = ctx?.oidc?.params?.grant_type === PRE_AUTHORIZED.grantType;
    return redeems || ctx?.oidc?.route === 'revocation' ? unregisteredClient(clientId) : undefined;
  }

  const isSystem = (client: { grantTypeAllowed(type: string): boolean }) =>
    client.grantTypeAllowed('client_credentials');

  const configuration: Configuration = {
    adapter: createAdapter(deps.records, findClient, () => new errors.InvalidGrant('used already, or over')),
    cookies: { keys: [secrets.cookies] },
    jwks: { keys: [secrets.signing as never] },
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' } as never,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    responseTypes: ['code'],
    scopes: ['offline_access'],
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] } as never,
    claims: { openid: ['sub'] },
    routes: {
      authorization: PATHS.authorization,
      pushed_authorization_request: PATHS.pushed,
      token: PATHS.token,
      revocation: PATHS.revocation,
      jwks: PATHS.jwks,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        // RFC 7009 2.1: to whom a token was not issued learns nothing of it.
        allowedPolicy: async (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) =>
          token.clientId === client.clientId,
      } as never,
      pushedAuthorizationRequests: { enabled: true },
      resourceIndicators: {
        enabled: true,
        async defaultResource(ctx, client) {
          if (isSystem(client as never)) return apiUrl;
          if (isPlatformId(client.clientId)) return openBadgesApiOf(publicUrl);
          return (await resourceOfRequest(ctx.oidc.params as Params, deps)) as string;
        },
        async getResourceServerInfo(_ctx, resource, client) {
          if (isPlatformId(client.clientId)) {
            if (resource !== openBadgesApiOf(publicUrl)) throw new errors.InvalidTarget();
            const { metadata } = (await deps.reader.platform(client.clientId)) ?? {};
            const scope = obScopesOf(metadata?.scope).join(' ');
            return { audience: resource, scope, accessTokenTTL: LIFE.platformToken, accessTokenFormat: 'opaque' };
          }
          const system = isSystem(client as never);
          const known = system ? resource === apiUrl : tenantOfIssuer(publicUrl, resource) !== undefined;
          if (!known) throw new errors.InvalidTarget();
          const life = system ? LIFE.systemToken : LIFE.accessToken;
          return {
            audience: resource,
            scope: system ? '' : WALLET_SCOPE,
            accessTokenTTL: life,
            accessTokenFormat: 'opaque',
          };
        },
      },
      richAuthorizationRequests: {
        enabled: true,
        types: {
          [OPENID_CREDENTIAL]: {
            validate(_ctx: unknown, detail: JsonObject) {
              const { credential_configuration_id: id } = detail;
              if (typeof id === 'string' && CONFIGURATION_ID.test(id)) return;
              throw new errors.InvalidAuthorizationDetails("'credential_configuration_id' must be an id");
            },
          },
        },
        authorizationDetailsForGrantSource: (ctx: KoaContextWithOIDC) =>
          detailsOf((ctx.oidc.params as JsonObject).authorization_details),
        authorizationDetailsForAccessToken: (
          _ctx: unknown,
          token: { accountId: string },
          source: { rar?: JsonObject[] },
        ) => grantDetails(source.rar ?? [], subjectOf(token.accountId)?.offerId ?? ''),
        authorizationDetailsForIntrospection: (_ctx: unknown, token: { rar?: JsonObject[] }) => token.rar,
      } as never,
    },
    async findAccount(_ctx, accountId) {
      const connectionId = connectionIdOf(accountId);
      const known = connectionId === undefined ? subjectOf(accountId) : await deps.reader.connection(connectionId);
      return known && { accountId, claims: async () => ({ sub: accountId }) };
    },
    pkce: { required: () => true },
    extraParams: {
      // It names the offer and is the wallet's word: the learner is asked about that offer, and has to be its recipient.
      async issuer_state(ctx: KoaContextWithOIDC, value: unknown) {
        if (isPlatformId(ctx.oidc.client?.clientId)) return checkPlatformRequest(ctx, value, errors, deps.reader);
        const offer = typeof value === 'string' ? await offers.bySecret(value) : undefined;
        if (!offer || !offers.isOpen(offer)) throw new errors.InvalidRequest('issuer_state must name an open offer');
        const { resource, response_mode: mode = 'query' } = ctx.oidc.params as Params;
        if (mode !== 'query') throw new errors.InvalidRequest('response_mode must be query');
        // Whoever reads the mail of the recipient may have the link from it: that is no way around the code.
        if (offer.confirmation === 'txCode') throw new errors.InvalidRequest('this offer is taken with its code only');
        if (resource !== credentialIssuerOf(publicUrl, offer.tenant)) throw new errors.InvalidTarget();
      },
    } as never,
    interactions: {
      // Asked each time, about each offer.
      policy: [
        new interactionPolicy.Prompt(
          { name: 'consent', requestable: true },
          new interactionPolicy.Check(
            'offer',
            'the holder has to agree',
            'interaction_required',
            (ctx) => (ctx.oidc as { result?: { consent?: unknown } }).result?.consent === undefined,
          ),
        ),
      ],
      url: (_ctx, interaction) => `${PATHS.interaction}/${interaction.uid}`,
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: (_ctx, _token, client) => (isPlatformId(client.clientId) ? LIFE.platformToken : LIFE.accessToken),
      AuthorizationCode: (_ctx, _code, client) =>
        isPlatformId(client.clientId) ? LIFE.platformCode : LIFE.authorizationCode,
      ClientCredentials: LIFE.systemToken,
      Grant: LIFE.grant,
      Interaction: LIFE.interaction,
      // A renewed one ends when the first would have.
      RefreshToken(ctx, _token, client) {
        const rotated = ctx.oidc.entities.RotatedRefreshToken as { remainingTTL: number } | undefined;
        return rotated?.remainingTTL ?? (isPlatformId(client.clientId) ? LIFE.connection : LIFE.grant);
      },
      Session: LIFE.session,
    },
    // The page is ours: see `answer`.
    renderError: async (ctx, out) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
  };

  const provider = new Provider(publicUrl, configuration);
  // What stands for the secret of a client here is its digest.
  Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
    value(this: { clientSecret: string }, secret: string) {
      return matchesHash(secret, this.clientSecret);
    },
  });
  provider.registerGrantType(
    PRE_AUTHORIZED.grantType,
    preAuthorizedGrant(provider, errors, deps) as never,
    ['pre-authorized_code', 'tx_code', 'resource', 'authorization_details'],
    ['resource'],
  );
  // RFC 6749 5.1: the type in any case. Some wallets compare it with `bearer`, and none minds.
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { token_type?: unknown } | undefined;
    // OB 3.0 writes `Bearer` for platforms.
    if (isPlatformId((ctx as KoaContextWithOIDC).oidc?.client?.clientId)) return;
    if (ctx.path === PATHS.token && body?.token_type === 'Bearer') body.token_type = 'bearer';
  });
  // The only proxy is `callProvider`.
  provider.proxy = true;
  if (deps.onOutcome) tellOutcomes(provider, deps.onOutcome);
  return { provider, callback: provider.callback() };
}
