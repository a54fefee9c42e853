import { hashSecret } from '#auth';
import { type Clock, formatInstant, type Random, randomId, randomToken, type Transactor } from '#kernel';
import type { Keystore } from '#keystore';
import type { Offers } from '#offers';
import { callProvider } from './call.ts';
import { createConnections } from './connections.ts';
import { createInteractions, type InteractionsDeps } from './interactions.ts';
import { authorizationServerMetadata } from './metadata.ts';
import { ANONYMOUS, LIFE, PATHS, PRE_AUTHORIZED } from './names.ts';
import type { OAuthOutcome } from './outcomes.ts';
import { revokePlatformToken } from './platform-revocation.ts';
import { platformIdOf, readPlatform } from './platforms.ts';
import type { OAuth, OAuthReader, OAuthRequest, OAuthWrite } from './ports.ts';
import { createCode } from './pre-authorized.ts';
import { type MadeProvider, makeProvider } from './provider.ts';
import { createRecords } from './records.ts';
import { type OAuthSecrets, openSecrets } from './secrets.ts';
import { readPlatformToken, readSystemPrincipal, readWalletToken } from './tokens.ts';
import { keptHere } from './unconfirmed.ts';
import { readRegistration, walletIdOf, walletMetadata } from './wallets.ts';
import { withScope } from './with-scope.ts';

export interface OAuthDeps {
  reader: OAuthReader;
  transactor: Transactor<OAuthWrite>;
  keystore: Keystore;
  clock: Clock;
  random: Random;
  publicUrl: string;
  offers: Pick<Offers, 'tryTxCode' | 'bySecret' | 'isOpen'>;
  badgeOf: InteractionsDeps['badgeOf'];
  onOutcome?: (outcome: OAuthOutcome) => void;
}

/** The one authorisation server of this service: for wallets of learners, for badge platforms and for systems of institutions. */
export function createOAuth(deps: OAuthDeps): OAuth {
  const { reader, transactor, clock, publicUrl } = deps;
  const secrets = once(() => openSecrets(deps));
  const records = createRecords(deps, async () => (await secrets()).records);
  const parts = { ...deps, records };
  const made = once<MadeProvider>(async () => makeProvider(parts, (await secrets()) as OAuthSecrets));

  return {
    async answer(request) {
      const { callback } = await made();
      const answer = await callProvider(callback, publicUrl, withClient(request));
      if (pathOf(request) === PATHS.authorization) return keptHere(publicUrl, answer);
      return request.url.startsWith(`${PATHS.authorization}/`) ? withScope(records, answer) : answer;
    },
    async register(body) {
      const wallet = readRegistration(body);
      const { application_type: _, ...metadata } = walletMetadata(
        walletIdOf(wallet, (await secrets()).clients),
        wallet,
      );
      return { ...metadata, client_id_issued_at: Math.floor(clock.now().getTime() / 1000) };
    },
    async registerPlatform(body) {
      const metadata = readPlatform(body);
      const clientId = platformIdOf(randomId(deps.random));
      const secret = randomToken(deps.random);
      const now = clock.now();
      const row = { clientId, secretSha256: hashSecret(secret), metadata, createdAt: formatInstant(now) };
      await transactor.commit([{ op: 'platform.insert', row }]);
      return {
        ...{ client_id: clientId, client_secret: secret, ...metadata },
        client_id_issued_at: Math.floor(now.getTime() / 1000),
        // RFC 7591, 3.2.1: never.
        client_secret_expires_at: 0,
      };
    },
    revokePlatformToken: (request) => revokePlatformToken(request, parts),
    interactions: createInteractions({ ...deps, made }),
    connections: createConnections(deps),
    metadata: () => authorizationServerMetadata(publicUrl),
    createPreAuthorizedCode: (of) => createCode(parts, of),
    walletToken: (authorization, issuer) => readWalletToken(records, publicUrl, authorization, issuer),
    platformToken: (authorization) =>
      readPlatformToken(records, reader, { publicUrl, now: formatInstant(clock.now()) }, authorization),
    systemPrincipal: (authorization) => readSystemPrincipal(records, reader, publicUrl, authorization),
    async sweepOnce() {
      const now = clock.now();
      const unusedBefore = formatInstant(new Date(now.getTime() - LIFE.unusedPlatform * 1_000));
      await transactor.commit([{ op: 'oauth.sweep', at: formatInstant(now), unusedBefore }]);
      return false;
    },
  };
}

/** A failure is not kept: the next caller tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

const pathOf = ({ url }: OAuthRequest) => url.split('?')[0];

/** OpenID4VCI 1.0, 6.1: who redeems a pre-authorised code need not say who it is; the library wants a name. */
function withClient(request: OAuthRequest): OAuthRequest {
  const { form, headers } = request;
  const path = pathOf(request);
  const redeems = path === PATHS.token && form?.get('grant_type') === PRE_AUTHORIZED.grantType;
  if (!form || !(redeems || path === PATHS.revocation)) return request;
  if (headers.authorization !== undefined || form.get('client_id')) return request;
  const named = new URLSearchParams(form);
  named.set('client_id', ANONYMOUS);
  return { ...request, form: named };
}
