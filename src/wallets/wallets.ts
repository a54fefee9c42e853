import { type JsonObject, Problem } from '#kernel';
import { credentialIssuerOf } from '#oauth';
import type { OfferRecord } from '#offers';
import { configurationId, configurationsOf, FORMATS } from './configurations.ts';
import type { WalletsDeps } from './deps.ts';
import { deferredCredential, notified } from './follow-up.ts';
import { type CredentialAnswer, issueToWallet, type WalletCall } from './issue.ts';
import type { Leniencies } from './leniencies.ts';
import { buildMetadata } from './metadata/build.ts';
import { signMetadata } from './metadata/sign.ts';
import { buildCredentialOffer } from './offer.ts';
import type { WalletCounter } from './ports.ts';
import { WalletRefusal } from './refusal.ts';

/** Every institution as a credential issuer of its own (OpenID4VCI 1.0). */
export interface Wallets {
  readonly leniencies: Leniencies;
  /** @throws Problem `not-found` */
  metadata(tenant: string): Promise<JsonObject>;
  /** As a token; undefined when nothing can be signed now. @throws Problem `not-found` */
  signedMetadata(tenant: string): Promise<string | undefined>;
  /** With a code of its own each time it is asked for. @throws Problem `not-found`; `gone` when it cannot be taken any more */
  credentialOffer(tenant: string, secret: string): Promise<JsonObject>;
  /** @throws Problem `not-found` as `credentialOffer` */
  openOffer(tenant: string, secret: string): Promise<OfferRecord>;
  /** @throws Problem `not-found` */
  nonce(tenant: string): Promise<string>;
  /** @throws WalletRefusal */
  credential(call: WalletCall): Promise<CredentialAnswer>;
  /** @throws WalletRefusal */
  deferred(call: WalletCall): Promise<CredentialAnswer>;
  /** @throws WalletRefusal */
  notification(call: WalletCall): Promise<void>;
}

type Endpoint = Parameters<WalletCounter['count']>[0];

export function createWallets(deps: WalletsDeps): Wallets {
  const { institutions, reader, offers, oauth, challenges, publicUrl, leniencies } = deps;
  const issuerOf = (tenant: string) => credentialIssuerOf(publicUrl, tenant);

  async function mustGet(tenant: string) {
    const institution = await institutions.get(tenant);
    if (!institution) throw new Problem('not-found', 'there is no such institution');
    return institution;
  }

  async function metadata(tenant: string): Promise<JsonObject> {
    const { profile } = await mustGet(tenant);
    const configurations = await configurationsOf(tenant, reader);
    const { token_endpoint: tokenEndpoint } = oauth.metadata() as { token_endpoint: string };
    const of = { publicUrl, issuer: issuerOf(tenant), name: profile.name, tokenEndpoint };
    return buildMetadata({ ...of, configurations, leniencies });
  }

  async function openOffer(tenant: string, secret: string): Promise<OfferRecord> {
    const offer = await offers.bySecret(secret);
    if (offer?.tenant !== tenant) throw new Problem('not-found', 'there is no such offer');
    if (!offers.isOpen(offer)) throw new Problem('not-found', 'this offer is over');
    return offer;
  }

  const counted = async <T>(endpoint: Endpoint, work: () => Promise<T>, outcome = (_: T) => 'ok'): Promise<T> => {
    try {
      const answer = await work();
      deps.counter?.count(endpoint, outcome(answer));
      return answer;
    } catch (error) {
      const refused = error instanceof WalletRefusal || (error instanceof Problem && !error.temporary);
      deps.counter?.count(endpoint, error instanceof WalletRefusal ? error.code : refused ? 'refused' : 'failed');
      throw error;
    }
  };
  const stateOf = ({ state }: CredentialAnswer) => (state === 'issued' ? 'ok' : 'deferred');

  return {
    leniencies,
    metadata,
    openOffer,

    async signedMetadata(tenant) {
      return signMetadata(await metadata(tenant), tenant, deps.authority, deps.clock);
    },

    credentialOffer: (tenant, secret) =>
      counted('offer', async () => {
        const { offerId, confirmation, credentialId } = await openOffer(tenant, secret);
        const credential = await reader.credential(credentialId);
        const listed = await configurationsOf(tenant, reader);
        const own = listed.some(({ achievement }) => achievement?.achievementId === credential?.achievementId);
        const name = own ? credential?.achievementId : undefined;
        const needsTxCode = confirmation === 'txCode';
        return buildCredentialOffer({
          issuer: issuerOf(tenant),
          configurations: FORMATS.map((format) => ({ id: configurationId(name, format) })),
          confirmation,
          issuerState: secret,
          ...(confirmation !== 'email' && {
            preAuthorizedCode: await oauth.createPreAuthorizedCode({ tenant, offerId, needsTxCode }),
          }),
        });
      }),

    nonce: (tenant) =>
      counted('nonce', async () => {
        await mustGet(tenant);
        return (await challenges.create(tenant, 'nonce')).challenge;
      }),

    credential: (call) =>
      counted('credential', () => issueToWallet(call, deps), stateOf).catch(async (error: unknown) => {
        if (error instanceof WalletRefusal && error.wantsNonce && leniencies.has('nonce-in-errors')) {
          error.cNonce = (await challenges.create(call.tenant, 'nonce')).challenge;
        }
        throw error;
      }),
    deferred: (call) => counted('deferred', () => deferredCredential(call, deps), stateOf),
    notification: (call) => counted('notification', () => notified(call, deps)),
  };
}
