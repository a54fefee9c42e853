import type { Kysely } from 'kysely';
import { shareReads } from '../shared-reads.ts';
import type { AnyReader } from '../storage.ts';
import type { Tables } from '../tables.ts';
import { accreditationReader } from './accreditations.ts';
import { achievementReader } from './achievements.ts';
import { apiKeyReader } from './api-keys.ts';
import { approvalReader } from './approvals.ts';
import { auditReader } from './audit.ts';
import { awardStatesReader } from './award-states.ts';
import { batchReader } from './batches.ts';
import { challengeReader } from './challenges.ts';
import { conferralReader } from './conferrals.ts';
import { consumerReader } from './consumer.ts';
import { credentialReader } from './credentials.ts';
import { endorsementReader } from './endorsements.ts';
import { equivalenceReader } from './equivalences.ts';
import { exchangeReader } from './exchanges.ts';
import { healthReader } from './health.ts';
import { holderReader } from './holders.ts';
import { importReader } from './imports.ts';
import { institutionReader } from './institutions.ts';
import { keptReportReader } from './kept-reports.ts';
import { keystoreReader } from './keystore.ts';
import { logReader } from './log.ts';
import { mailReader } from './mail.ts';
import { oauthReader } from './oauth.ts';
import { offerReader } from './offers.ts';
import { pathwayReader } from './pathways.ts';
import { peopleReader } from './people.ts';
import { plainCredentialReader } from './plain-credentials.ts';
import { platformReader } from './platforms.ts';
import { presentationRequestReader } from './presentation-requests.ts';
import { priorLearningReader } from './prior-learning.ts';
import { privacyReader } from './privacy.ts';
import { registerSearchReader } from './register-search.ts';
import { standingReader } from './standing.ts';
import { statisticsReader } from './statistics.ts';
import { statusReader } from './status.ts';
import { walletReader } from './wallets.ts';
import { webhookReader } from './webhooks.ts';

export function createReader(db: Kysely<Tables>): AnyReader {
  return shareReads({
    ...institutionReader(db),
    ...apiKeyReader(db),
    ...achievementReader(db),
    ...credentialReader(db),
    ...plainCredentialReader(db),
    ...endorsementReader(db),
    ...challengeReader(db),
    ...offerReader(db),
    ...exchangeReader(db),
    ...walletReader(db),
    ...holderReader(db),
    ...privacyReader(db),
    ...oauthReader(db),
    ...platformReader(db),
    ...presentationRequestReader(db),
    ...approvalReader(db),
    ...priorLearningReader(db),
    ...statusReader(db),
    ...awardStatesReader(db),
    ...accreditationReader(db),
    ...registerSearchReader(db),
    ...standingReader(db),
    ...pathwayReader(db),
    ...conferralReader(db),
    ...equivalenceReader(db),
    ...batchReader(db),
    ...peopleReader(db),
    ...auditReader(db),
    ...logReader(db),
    ...keystoreReader(db),
    ...keptReportReader(db),
    ...importReader(db),
    ...consumerReader(db),
    ...statisticsReader(db),
    ...mailReader(db),
    ...webhookReader(db),
    ...healthReader(db),
  });
}
