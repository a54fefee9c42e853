import type { Logger } from 'pino';
import { createChallenges } from '#challenges';
import type { Issuer } from '#credentials';
import { createExchanges } from '#exchanges';
import { createGuardians, createHolders, createNameMatch, createPrivacy, createReleases } from '#holders';
import { createHost } from '#host';
import type { Identifiers } from '#identifiers';
import { createImports } from '#imports';
import type { Institutions, SigningAuthority } from '#institutions';
import { oneAfterAnother } from '#jobs';
import { createKeptReports } from '#kept-reports';
import type { Clock, Random } from '#kernel';
import type { Keystore } from '#keystore';
import type { GuardedFetch } from '#net';
import { createOAuthClients } from '#oauth';
import type { Counters } from '#observability';
import { createOffersByMail } from '#offers';
import { createPresentationRequests } from '#presentation-requests';
import type { Storage } from '#storage';
import type { Verifier } from '#verifier';
import { createWallets } from '#wallets';
import type { Config } from './config.ts';
import { openConsumer } from './consumer.ts';
import { derivedKey } from './derived-key.ts';
import type { createWebCopies } from './issuing-log.ts';
import { startLoops } from './loops.ts';
import { openMail } from './mail.ts';
import { openOAuth } from './oauth.ts';
import { createOfferedBadge } from './offered-badge.ts';
import { createOfferLink, openOffers } from './offers.ts';
import { openPeople } from './people.ts';
import type { Secrets } from './secrets.ts';
import { openWebhooks } from './webhooks.ts';

export interface DoorsDeps extends Pick<Storage, 'reader' | 'transactor'> {
  config: Config;
  smtp: Secrets['smtp'];
  logger: Logger;
  counters: Counters;
  keystore: Keystore;
  clock: Clock;
  random: Random;
  fetch: GuardedFetch;
  issuer: Issuer;
  institutions: Institutions;
  authority: SigningAuthority;
  identifiers: Identifiers;
  verifier: Verifier;
  webCopyOf: ReturnType<typeof createWebCopies>;
  sending?: Parameters<typeof openWebhooks>[0]['sending'] | undefined;
  /** Of those who look for mail and for hosts to ask, milliseconds; a second by default. */
  lookMs?: number | undefined;
}

/** Who comes in as a person, and by which ways an award leaves for its learner. All state is in the store. */
export function openDoors(deps: DoorsDeps) {
  const {
    config,
    logger,
    counters,
    reader,
    transactor,
    keystore,
    clock,
    random,
    fetch,
    issuer,
    institutions,
    verifier,
    webCopyOf,
    lookMs = 1_000,
  } = deps;
  const { publicUrl, didAuthority, didOrigin } = config;
  const { verifyPresentation } = verifier;
  const challenges = createChallenges({ reader, transactor, clock, random });
  const offers = openOffers({ reader, transactor, issuer, keystore, clock, random, counters });
  const mail = openMail(config, deps.smtp, logger, {
    ...{ reader, transactor, clock, random },
    offerLink: createOfferLink(offers, publicUrl),
  });
  const badgeOf = createOfferedBadge({ reader, institutions, clock });
  const oauth = openOAuth(
    { reader, transactor, keystore, clock, random, publicUrl, offers, badgeOf },
    logger,
    counters,
  );
  const presentationRequests = createPresentationRequests({
    ...{ reader, transactor, keystore, clock, random, verifier, webCopyOf, publicUrl, didAuthority },
    protocolOrigin: didOrigin,
    onResponse: (outcome) => counters.count('tatak_presentation_responses_total', outcome),
  });
  const keptReports = createKeptReports({ reader, transactor, clock, random });
  const holders = createHolders({ reader, transactor, mail, challenges, verifier, clock, random, publicUrl });
  const releases = createReleases({ holders, reader, transactor, clock });
  const imports = createImports({ reader, transactor, verifier, clock, random });
  const guardians = createGuardians({ holders, reader, offers, transactor, clock });
  const { webhooks, worker, pace } = openWebhooks({
    ...{ config, reader, transactor, keystore, clock, random, counters, logger, sending: deps.sending },
  });
  const { consumer, hostWorker } = openConsumer({ ...deps, imports, holders });
  return {
    webhooks,
    /** Lets what is being sent end. */
    closeSending: () => Promise.all([mail.close(), worker.close()]),
    ...{ challenges, mail, offers, oauth, presentationRequests, keptReports },
    offersByMail: createOffersByMail({ offers, mail, reader, transactor, clock }),
    oauthClients: createOAuthClients({ reader, transactor, clock, random }),
    people: openPeople({ reader, transactor, mail, clock, random, publicUrl, fetch }, logger, config.openIdSecrets),
    ...{ holders, releases, guardians, imports },
    host: createHost({
      ...{ reader, transactor, holders, imports, clock, publicUrl },
      profileKey: derivedKey({ reader, transactor, keystore, clock }, 'ids of profiles'),
    }),
    consumer,
    nameMatch: createNameMatch({ reader, releases, transactor, clock }),
    privacy: createPrivacy({ holders, reader, transactor, clock }),
    wallets: createWallets({
      ...{ reader, transactor, institutions, authority: deps.authority, challenges, clock, random, publicUrl },
      ...{ identifiers: deps.identifiers, offers, oauth, verifyPresentation, leniencies: config.walletLeniencies },
      counter: { count: (endpoint, outcome) => counters.count('tatak_wallet_requests_total', endpoint, outcome) },
    }),
    exchanges: createExchanges({
      ...{ reader, transactor, offers, clock, random, publicUrl, verifyPresentation },
      counter: { count: (outcome) => counters.count('tatak_exchange_messages_total', outcome) },
    }),
    /** Sends what is due, and forgets what is over. */
    startLoops() {
      // Those that only write, their first rounds one after the other: of the rest, each may wait for somebody elsewhere.
      const inTurn = oneAfterAnother();
      const started = startLoops(logger, [
        [mail.sendOnce, lookMs, 'mail could not be looked after'],
        [worker.workOnce, pace.lookMs, 'webhooks could not be looked after'],
        [inTurn(worker.forgetOnce), 600_000, 'old events could not be forgotten'],
        [inTurn(oauth.sweepOnce), 600_000, 'old tokens could not be forgotten'],
        [inTurn(presentationRequests.sweepOnce), 60_000, 'answers of wallets could not be forgotten'],
        [imports.retryOnce, 30_000, 'badges of elsewhere could not be verified again'],
        [inTurn(guardians.sweepOnce), 600_000, 'guardians could not be forgotten'],
        [hostWorker.workOnce, lookMs, 'hosts could not be asked'],
        [inTurn(hostWorker.sweepOnce), 600_000, 'old transfers could not be forgotten'],
        [inTurn(keptReports.sweepOnce), 600_000, 'kept reports could not be deleted'],
      ]);
      return [...started, { stop: () => hostWorker.close() }];
    },
  };
}
