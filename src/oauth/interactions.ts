import type { HolderSessionRecord } from '#holders';
import { exchangeOf } from './call.ts';
import { PATHS } from './names.ts';
import { decideOffer, type OfferInteraction, type OfferPartyDeps, readOffer } from './offer-interaction.ts';
import {
  decidePlatform,
  type PlatformInteraction,
  type PlatformPartyDeps,
  readPlatformRequest,
} from './platform-interaction.ts';
import { isPlatformId } from './platforms.ts';
import type { OAuthRequest } from './ports.ts';
import type { MadeProvider } from './provider.ts';
import { over, type Waiting } from './waiting.ts';

export type Interaction = OfferInteraction | PlatformInteraction;

export interface InteractionsDeps extends OfferPartyDeps, PlatformPartyDeps {
  made: () => Promise<MadeProvider>;
}

export interface Interactions {
  /** @throws Problem `gone` when it is over, of another browser, or the offer is */
  read(request: OAuthRequest, uid: string, session: HolderSessionRecord | undefined): Promise<Interaction>;
  /**
   * @param actor of the learner, for the audit log
   * @returns where the browser goes on
   * @throws Problem as `read`; `forbidden` when the session does not show the address: nobody agrees for somebody else
   */
  decide(
    request: OAuthRequest,
    uid: string,
    by: { session: HolderSessionRecord | undefined; actor: string },
    decision: 'allow' | 'deny',
  ): Promise<string>;
}

/** The part of an authorization that a person sees. The library holds its state; the cookie of its browser opens it. */
export function createInteractions(deps: InteractionsDeps): Interactions {
  const { made, publicUrl } = deps;

  async function find(request: OAuthRequest, uid: string) {
    const { provider } = await made();
    const { incoming, response } = exchangeOf(publicUrl, request);
    const details = await provider.interactionDetails(incoming, response).catch(() => undefined);
    const params = details?.params as Record<string, string> | undefined;
    if (details?.uid !== uid || !params) throw over('this request is over: start again where you came from');
    const client = await provider.Client.find(params.client_id!);
    if (!client) throw over('this request is over: start again where you came from');
    const { clientId, clientName } = client;
    const waiting: Waiting = { provider, clientId, params, ...(clientName === undefined ? {} : { clientName }) };
    return { incoming, response, waiting };
  }

  return {
    async read(request, uid, session) {
      const { waiting } = await find(request, uid);
      return isPlatformId(waiting.clientId)
        ? readPlatformRequest(deps, waiting, session)
        : readOffer(deps, waiting, session);
    },

    async decide(request, uid, { session, actor }, decision) {
      const { incoming, response, waiting } = await find(request, uid);
      const { provider } = waiting;
      if (decision === 'deny') {
        const refusal = { error: 'access_denied', error_description: 'the holder did not agree' };
        return ownPath(await provider.interactionResult(incoming, response, refusal));
      }
      const { accountId, grantId } = isPlatformId(waiting.clientId)
        ? await decidePlatform(deps, waiting, session, actor)
        : await decideOffer(deps, waiting, session);
      const result = { login: { accountId, remember: false }, consent: { grantId } };
      return ownPath(await provider.interactionResult(incoming, response, result));
    },
  };

  function ownPath(returnTo: string): string {
    const { pathname } = new URL(returnTo, publicUrl);
    if (!pathname.startsWith(`${PATHS.authorization}/`)) throw new Error('an interaction would go on elsewhere');
    return pathname;
  }
}
