import type { HolderSessionRecord } from '#holders';
import { emailKey } from '#holders';
import { Problem } from '#kernel';
import type { OfferRecord, Offers } from '#offers';
import { exchangeOf } from './call.ts';
import { PATHS, WALLET_SCOPE } from './names.ts';
import { credentialIssuerOf, type OAuthRequest } from './ports.ts';
import type { MadeProvider } from './provider.ts';
import { accountIdOf } from './subject.ts';

/** What the learner is asked about: a badge, and a wallet that wants it. */
export interface Interaction {
  offer: OfferRecord;
  badge: OfferedBadge;
  wallet: {
    /** As it calls itself; nobody checked that. */
    name?: string;
    /** Where it is sent: `https://wallet.example`, or the scheme of an app. */
    destination: string;
  };
  /** `address`: the session does not show that mail to the recorded address reaches whoever asks. */
  next: 'address' | 'consent';
}

/** What is said of an offered badge, and to whom it was awarded. */
export interface OfferedBadge {
  name: string;
  issuer: string;
  /** Recorded by the institution; absent: nobody can be asked. */
  email?: string;
}

export interface InteractionsDeps {
  made: () => Promise<MadeProvider>;
  publicUrl: string;
  offers: Pick<Offers, 'bySecret' | 'isOpen'>;
  badgeOf(offer: OfferRecord): Promise<OfferedBadge | undefined>;
}

export interface Interactions {
  /** @throws Problem `gone` when it is over, of another browser, or the offer is */
  read(request: OAuthRequest, uid: string, session: HolderSessionRecord | undefined): Promise<Interaction>;
  /**
   * @returns where the browser goes on
   * @throws Problem as `read`; `forbidden` when the session does not show the address: nobody agrees for somebody else
   */
  decide(
    request: OAuthRequest,
    uid: string,
    session: HolderSessionRecord | undefined,
    decision: 'allow' | 'deny',
  ): Promise<string>;
}

/** The part of an authorization that a person sees. The library holds its state; the cookie of its browser opens it. */
export function createInteractions({ made, publicUrl, offers, badgeOf }: InteractionsDeps): Interactions {
  async function find(request: OAuthRequest, uid: string) {
    const { provider } = await made();
    const { incoming, response } = exchangeOf(publicUrl, request);
    const details = await provider.interactionDetails(incoming, response).catch(() => undefined);
    const params = details?.params as Record<string, string> | undefined;
    if (details?.uid !== uid || !params) throw over('this request of a wallet is over: start again there');
    const offer = await offers.bySecret(params.issuer_state ?? '');
    if (!offer || !offers.isOpen(offer)) throw over('this offer is over');
    const client = await provider.Client.find(params.client_id!);
    const badge = await badgeOf(offer);
    if (!client || !badge) throw over('this request of a wallet is over: start again there');
    const wallet = {
      ...(client.clientName === undefined ? {} : { name: client.clientName }),
      destination: destinationOf(params.redirect_uri!),
    };
    return { provider, incoming, response, client, params, offer, badge, wallet };
  }

  return {
    async read(request, uid, session) {
      const { offer, badge, wallet } = await find(request, uid);
      return { offer, badge, wallet, next: shows(session, badge) ? 'consent' : 'address' };
    },

    async decide(request, uid, session, decision) {
      const { provider, incoming, response, client, offer, badge } = await find(request, uid);
      if (decision === 'deny') {
        const refusal = { error: 'access_denied', error_description: 'the holder did not agree' };
        return ownPath(await provider.interactionResult(incoming, response, refusal));
      }
      if (!shows(session, badge)) {
        throw new Problem('forbidden', 'confirm the address first', { extensions: { code: 'wallet_not_holder' } });
      }
      const accountId = accountIdOf(offer);
      const grant = new provider.Grant({ accountId, clientId: client.clientId });
      grant.addResourceScope(credentialIssuerOf(publicUrl, offer.tenant), WALLET_SCOPE);
      const result = { login: { accountId, remember: false }, consent: { grantId: await grant.save() } };
      return ownPath(await provider.interactionResult(incoming, response, result));
    },
  };

  function ownPath(returnTo: string): string {
    const { pathname } = new URL(returnTo, publicUrl);
    if (!pathname.startsWith(`${PATHS.authorization}/`)) throw new Error('an interaction would go on elsewhere');
    return pathname;
  }
}

const over = (detail: string) => new Problem('gone', detail, { extensions: { code: 'wallet_over' } });

function shows(session: HolderSessionRecord | undefined, { email }: OfferedBadge): boolean {
  if (session === undefined || email === undefined) return false;
  return session.identifiers.some(({ kind, value }) => kind === 'email' && value === emailKey(email));
}

function destinationOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return /^https?:$/.test(url.protocol) ? url.origin : url.protocol;
}
