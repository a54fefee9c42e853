import type { Transaction } from 'kysely';
import type { AnyWrite } from '../storage.ts';
import type { Tables } from '../tables.ts';
import { accreditationWrites } from './accreditations.ts';
import { achievementWrites } from './achievements.ts';
import { apiKeyWrites } from './api-keys.ts';
import { approvalWrites } from './approvals.ts';
import { auditWrites } from './audit.ts';
import { awardStateWrites } from './award-states.ts';
import { batchWrites } from './batches.ts';
import { challengeWrites } from './challenges.ts';
import { conferralWrites } from './conferrals.ts';
import { consumerWrites } from './consumer.ts';
import { credentialWrites } from './credentials.ts';
import { equivalenceWrites } from './equivalences.ts';
import { exchangeWrites } from './exchanges.ts';
import { healthWrites } from './health.ts';
import { holderWrites } from './holders.ts';
import { importWrites } from './imports.ts';
import { institutionWrites } from './institutions.ts';
import { keptReportWrites } from './kept-reports.ts';
import { keystoreWrites } from './keystore.ts';
import { logWrites } from './log.ts';
import { mailWrites } from './mail.ts';
import { oauthWrites } from './oauth.ts';
import { offerWrites } from './offers.ts';
import { pathwayWrites } from './pathways.ts';
import { accountWrites, signInWrites } from './people.ts';
import { plainCredentialWrites } from './plain-credentials.ts';
import { platformWrites } from './platforms.ts';
import { presentationRequestWrites } from './presentation-requests.ts';
import { priorLearningWrites } from './prior-learning.ts';
import { privacyWrites } from './privacy.ts';
import { statusWrites } from './status.ts';
import { walletWrites } from './wallets.ts';
import { webhookWrites } from './webhooks.ts';
import type { WriteTable } from './write-table.ts';

const WRITES: WriteTable<AnyWrite['op']> = {
  ...institutionWrites,
  ...apiKeyWrites,
  ...achievementWrites,
  ...credentialWrites,
  ...plainCredentialWrites,
  ...challengeWrites,
  ...offerWrites,
  ...exchangeWrites,
  ...walletWrites,
  ...holderWrites,
  ...privacyWrites,
  ...oauthWrites,
  ...platformWrites,
  ...presentationRequestWrites,
  ...approvalWrites,
  ...priorLearningWrites,
  ...statusWrites,
  ...awardStateWrites,
  ...accreditationWrites,
  ...pathwayWrites,
  ...conferralWrites,
  ...equivalenceWrites,
  ...batchWrites,
  ...accountWrites,
  ...signInWrites,
  ...auditWrites,
  ...logWrites,
  ...keystoreWrites,
  ...keptReportWrites,
  ...importWrites,
  ...consumerWrites,
  ...mailWrites,
  ...webhookWrites,
  ...healthWrites,
};

/** @throws Error for an operation that no room knows: unknown means refuse */
export async function applyWrite(trx: Transaction<Tables>, write: AnyWrite): Promise<void> {
  if (!Object.hasOwn(WRITES, write.op)) throw new Error(`no write is called ${String(write.op)}`);
  await (WRITES[write.op] as (trx: Transaction<Tables>, write: AnyWrite) => Promise<void>)(trx, write);
}
