import type { AccreditationReader, AccreditationWrite } from '#accreditation';
import type { AchievementReader, AchievementWrite } from '#achievements';
import type { ApiKeyReader, ApiKeyWrite } from '#auth';
import type { ChallengeReader, ChallengeWrite } from '#challenges';
import type { ConferralReader, ConferralWrite } from '#conferrals';
import type { ConsumerReader, ConsumerWrite } from '#consumer';
import type {
  ApprovalReader,
  ApprovalWrite,
  CredentialReader,
  CredentialWrite,
  EndorsementReader,
  PlainCredentialReader,
  PlainCredentialWrite,
} from '#credentials';
import type { MailReader, MailWrite } from '#delivery';
import type { EquivalenceReader, EquivalenceWrite } from '#equivalences';
import type { ExchangeReader, ExchangeWrite } from '#exchanges';
import type { HolderReader, HolderWrite, PrivacyReader, PrivacyWrite } from '#holders';
import type { HostReader, HostWrite } from '#host';
import type { ImportReader, ImportWrite } from '#imports';
import type { InstitutionReader, InstitutionWrite } from '#institutions';
import type { BatchReader, BatchWrite } from '#jobs';
import type { KeptReportReader, KeptReportWrite } from '#kept-reports';
import type { Transactor } from '#kernel';
import type { KeystoreReader, KeystoreWrite } from '#keystore';
import type { OAuthReader, OAuthWrite } from '#oauth';
import type { AuditReader, HealthReader, HealthWrite, LogReader, LogWrite } from '#observability';
import type { OfferReader, OfferWrite } from '#offers';
import type { PathwayReader, PathwayWrite } from '#pathways';
import type { PeopleReader, PeopleWrite } from '#people';
import type { PresentationRequestReader, PresentationRequestWrite } from '#presentation-requests';
import type { PriorLearningReader, PriorLearningWrite } from '#prior-learning';
import type { StatisticsReader } from '#statistics';
import type { WalletIssuanceReader, WalletIssuanceWrite } from '#wallets';
import type { WebhookReader, WebhookWrite } from '#webhooks';

export type AnyReader = InstitutionReader &
  ApiKeyReader &
  AchievementReader &
  CredentialReader &
  PlainCredentialReader &
  EndorsementReader &
  ChallengeReader &
  OfferReader &
  ExchangeReader &
  WalletIssuanceReader &
  HolderReader &
  PrivacyReader &
  OAuthReader &
  HostReader &
  PresentationRequestReader &
  ApprovalReader &
  PriorLearningReader &
  AccreditationReader &
  PathwayReader &
  ConferralReader &
  EquivalenceReader &
  BatchReader &
  PeopleReader &
  AuditReader &
  LogReader &
  HealthReader &
  KeystoreReader &
  KeptReportReader &
  ImportReader &
  ConsumerReader &
  StatisticsReader &
  MailReader &
  WebhookReader;

export type AnyWrite =
  | InstitutionWrite
  | ApiKeyWrite
  | AchievementWrite
  | CredentialWrite
  | PlainCredentialWrite
  | ChallengeWrite
  | WalletIssuanceWrite
  | HolderWrite
  | PrivacyWrite
  | OAuthWrite
  | HostWrite
  | PresentationRequestWrite
  | ApprovalWrite
  | PriorLearningWrite
  | AccreditationWrite
  | PathwayWrite
  | ConferralWrite
  | EquivalenceWrite
  | BatchWrite
  | LogWrite
  | HealthWrite
  | KeystoreWrite
  | KeptReportWrite
  | ImportWrite
  | ConsumerWrite
  | MailWrite
  | WebhookWrite
  | OfferWrite
  | ExchangeWrite
  | PeopleWrite;

/**
 * One opened store, whatever the engine.
 *
 * `transactor.commit` makes all writes durable together and in order, or none. It rejects with
 * - `UniqueViolation(table)` when a unique constraint decides against the writer (`table` is the SQL name: `credentials`,
 *   `status_entries`, `idempotency`, ...), and when what is stored is no longer what the write says it changes
 *   (`credential.state`, `credential.phase`, `credential.formOf`, `batch.fence`, `batch.state`, `batchRow.state`,
 *   `statusList.published`, `approval.state`, `priorLearning.revision`, `equivalence.revision`, `equivalence.state`,
 *   `conferral.state`, `conferral.usedFor`, `conferral.learnerRecord`, `plain.phase`, `plain.state`,
 *   `plain.removed`, `challenge.used`, `offer.state`, `offer.tries`, `exchange.sequence`, `mail.state`,
 *   `holder.token`, `holder.session`, `personal.busy`, `mailCode.limit`, `mailCode.tries`, `mailCode.used`, `oauth.consumed`, `platform.gone`,
 *   `account.person`, `account.state`, `account.recovery`, `accountRole.state`, `signInLink.rate`,
 *   `signInLink.used`, `passkey.first`, `passkey.session`, `passkey.counter`, `passkey.last`,
 *   `passkeyChallenge.used`, `openIdLogin.used`, `presentationRequest.state`, `apiKey.first`,
 *   `import.quota`, `import.newer`, `webhook.fence`, `hostAuthorization.used`, `hostConnection.fence`),
 *   or when a row of a batch has a credential already (`credential.batchRow`);
 * - `Problem` `not-found` when the thing to change does not exist in that tenant;
 * - `Problem` `unavailable` when other writers held the store for the whole waiting time.
 */
export interface Storage {
  reader: AnyReader;
  transactor: Transactor<AnyWrite>;
  /**
   * The engine itself keeps the rows of tenants apart, whatever a query forgot: PostgreSQL, for a role that does not own the
   * tables. Otherwise only the queries do.
   */
  readonly rowSecurity: boolean;
  /**
   * The store's own consistency: the engine's check, foreign keys, the audit chain and its checkpoints, and the agreement of
   * credentials, status entries, list counters and batch counters. Reads everything: a job for quiet hours.
   * @returns one sentence a finding, empty when all is well; ids only, no personal data
   */
  integrity(): Promise<string[]>;
  /** Connections to the server by pool; absent for an engine that has none. */
  connections?(): { pool: string; total: number; idle: number; waiting: number }[];
  close(): Promise<void>;
}
