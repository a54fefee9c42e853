import type { HolderSessionRecord } from '#holders';
import { emailKey, Problem } from '#kernel';
import type { OfferRecord, Offers } from '#offers';
import { WALLET_SCOPE } from './names.ts';
import { credentialIssuerOf } from './ports.ts';
import { accountIdOf } from './subject.ts';
import { destinationOf, over, type Waiting } from './waiting.ts';

/** What the learner is asked about: a badge, and a wallet that wants it. */
export interface OfferInteraction {
  kind: 'offer';
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

export interface OfferPartyDeps {
  publicUrl: string;
  offers: Pick<Offers, 'bySecret' | 'isOpen'>;
  badgeOf(offer: OfferRecord): Promise<OfferedBadge | undefined>;
}

/** @throws Problem `gone` */
export async function readOffer(
  { offers, badgeOf }: OfferPartyDeps,
  { clientName, params }: Waiting,
  session: HolderSessionRecord | undefined,
): Promise<OfferInteraction> {
  const offer = await offers.bySecret(params.issuer_state ?? '');
  if (!offer || !offers.isOpen(offer)) throw over('this offer is over');
  const badge = await badgeOf(offer);
  if (!badge) throw over('this request of a wallet is over: start again there');
  const wallet = {
    ...(clientName === undefined ? {} : { name: clientName }),
    destination: destinationOf(params.redirect_uri!),
  };
  return { kind: 'offer', offer, badge, wallet, next: shows(session, badge) ? 'consent' : 'address' };
}

/** @throws Problem `gone`; `forbidden` when the session does not show the recorded address */
export async function decideOffer(deps: OfferPartyDeps, waiting: Waiting, session: HolderSessionRecord | undefined) {
  const { offer, next } = await readOffer(deps, waiting, session);
  if (next === 'address') {
    throw new Problem('forbidden', 'confirm the address first', { extensions: { code: 'wallet_not_holder' } });
  }
  const accountId = accountIdOf(offer);
  const grant = new waiting.provider.Grant({ accountId, clientId: waiting.clientId });
  grant.addResourceScope(credentialIssuerOf(deps.publicUrl, offer.tenant), WALLET_SCOPE);
  return { accountId, grantId: await grant.save() };
}

function shows(session: HolderSessionRecord | undefined, { email }: OfferedBadge): boolean {
  if (session === undefined || email === undefined) return false;
  return session.identifiers.some(({ kind, value }) => kind === 'email' && value === emailKey(email));
}
