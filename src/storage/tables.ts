import type {
  AccreditationEventRecord,
  AccreditationRecord,
  HeldRegisterRecord,
  IssuingDecisionRecord,
  SuccessionRecord,
} from '#accreditation';
import type { AchievementVersion, ImageRecord } from '#achievements';
import type { ApiKeyRecord } from '#auth';
import type { ChallengeRecord } from '#challenges';
import type { ComponentRecord, ConferralRecord, EvaluationRecord } from '#conferrals';
import type { HostAuthorization, HostConnection, KnownHost, Transfer } from '#consumer';
import type {
  ApprovalRecord,
  CredentialRecord,
  EndorsementRecord,
  IdempotencyRecord,
  PlainCredentialRecord,
  StatusEventRecord,
  StatusListRecord,
} from '#credentials';
import type { MailRecord } from '#delivery';
import type { EquivalenceEditionRecord, EquivalenceEventRecord, EquivalenceRecord } from '#equivalences';
import type { ExchangeRecord } from '#exchanges';
import type {
  ErasureRecord,
  HolderIdentifier,
  HolderSessionRecord,
  LimitedUse,
  MailCodeRecord,
  ReleaseChoice,
} from '#holders';
import type { HolderProfileRecord } from '#host';
import type { ImportedCredential } from '#imports';
import type { DidDocumentRecord, Institution, SigningKeyRecord, SigningStop } from '#institutions';
import type { BatchRecord, BatchRowRecord } from '#jobs';
import type { KeptReportRecord } from '#kept-reports';
import type { KeystoreHead } from '#keystore';
import type { ConnectionRecord, OAuthClientRecord, OAuthKeyRecord, OAuthRecord, PlatformRecord } from '#oauth';
import type { AuditEntry, CheckpointRecord, LogBlockRecord, LogKeyRecord } from '#observability';
import type { OfferRecord } from '#offers';
import type { PathwayRecord } from '#pathways';
import type {
  AccountRecord,
  AccountRoleRecord,
  OfficerSessionRecord,
  OpenIdLoginRecord,
  OpenIdProviderRecord,
  PasskeyChallengeRecord,
  PasskeyRecord,
  SignInLinkRecord,
} from '#people';
import type { PresentationRequestRecord, VerifierKeyRecord } from '#presentation-requests';
import type { CaseEntry, CaseRecord } from '#prior-learning';
import type { WalletIssuanceRecord } from '#wallets';
import type { DeliveryRecord, WebhookRecord } from '#webhooks';

/** A stored value: JSON members as text, flags as 0 or 1, absent members as null. */
type Cell<V, IsJson> = V extends undefined ? null : IsJson extends true ? string : V extends boolean ? number : V;

/** The columns of a record of the ports; `J` names the members kept as JSON text. */
export type Columns<R, J extends keyof R = never> = {
  [K in keyof R]-?: Cell<R[K] | (undefined extends R[K] ? undefined : never), K extends J ? true : false>;
};

/**
 * Shared by all engines. Names here are camel case; in SQL they are snake case. Instants and days are text, which sorts
 * as time does because every instant is whole-second UTC.
 */
export interface Tables {
  institutions: Columns<Institution, 'profile'> & { searchName: string | null };
  signingKeys: Columns<Omit<SigningKeyRecord, 'stoppedAt'>>;
  signingStops: Columns<SigningStop, 'suspects'>;
  didDocuments: Columns<DidDocumentRecord>;
  apiKeys: Columns<ApiKeyRecord>;
  achievementVersions: Columns<AchievementVersion, 'document' | 'permittedIssuers'>;
  images: Columns<ImageRecord>;
  credentials: Columns<CredentialRecord, 'recipient'> & {
    abandonedAt: string | null;
    subjectId: string | null;
  } & WhoseColumns;
  /** Kept by the engine: every credential that is prepared and not settled. */
  openIntents: Pick<CredentialRecord, 'tenant' | 'preparedAt' | 'credentialId'>;
  statusLists: Columns<StatusListRecord>;
  statusEntries: StatusEntryColumns;
  /** Statuses that were published by a store of which this one is a restored copy, of entries it cannot change otherwise. */
  carriedStatuses: { listId: string; entry: string; carriedAt: string };
  statusEvents: Columns<StatusEventRecord> & { seq: number };
  plainCredentials: Columns<PlainCredentialRecord, 'mandatoryPointers'> & { abandonedAt: string | null };
  plainStatusEntries: StatusEntryColumns;
  endorsements: Columns<EndorsementRecord>;
  challenges: Columns<ChallengeRecord>;
  offers: Columns<OfferRecord, 'holders'>;
  exchanges: Columns<ExchangeRecord>;
  walletIssuances: Columns<WalletIssuanceRecord, 'holders'>;
  holderSessions: Columns<Omit<HolderSessionRecord, 'identifiers'>>;
  holderIdentifiers: Columns<Omit<HolderIdentifier, 'vouchedBy'>> & { sessionId: string };
  mailCodes: Columns<MailCodeRecord>;
  releaseChoices: Columns<ReleaseChoice>;
  erasures: Columns<ErasureRecord>;
  limitedUses: Columns<Omit<LimitedUse, 'most'>> & { used: number };
  oauthRecords: Columns<OAuthRecord>;
  oauthKeys: Columns<OAuthKeyRecord>;
  oauthClients: Columns<OAuthClientRecord>;
  platforms: Columns<PlatformRecord, 'metadata'>;
  connections: Columns<Omit<ConnectionRecord, 'identifiers'>, 'scopes'>;
  connectionIdentifiers: Columns<Omit<HolderIdentifier, 'vouchedBy'>> & { connectionId: string };
  holderProfiles: Columns<HolderProfileRecord>;
  knownHosts: Columns<KnownHost, 'description'>;
  hostAuthorizations: Columns<HostAuthorization>;
  hostConnections: Columns<HostConnection>;
  hostTransfers: Columns<Transfer, 'badges' | 'problem'>;
  presentationRequests: Columns<PresentationRequestRecord, 'question' | 'query'>;
  verifierKeys: Columns<VerifierKeyRecord>;
  keptReports: Columns<KeptReportRecord>;
  importedCredentials: Columns<ImportedCredential, 'subject' | 'sentence'> & { receivedBytes: number };
  idempotency: Columns<IdempotencyRecord, 'credentialIds'>;
  accreditations: Columns<AccreditationRecord, 'scope'> & { bucket: number; awardTypes: string | null };
  accreditationEvents: Columns<AccreditationEventRecord, 'legalInstrument'> & { seq: number };
  successions: Columns<SuccessionRecord, 'legalInstrument'>;
  heldRegisters: Columns<HeldRegisterRecord>;
  issuingDecisions: Columns<IssuingDecisionRecord, 'legalInstrument'>;
  pathways: Columns<PathwayRecord>;
  evaluations: Columns<EvaluationRecord, 'report' | 'sources'>;
  conferrals: Columns<ConferralRecord, 'problem' | 'findings'>;
  conferralComponents: Columns<ComponentRecord>;
  equivalences: Columns<EquivalenceRecord, 'input'>;
  equivalenceEditions: Columns<EquivalenceEditionRecord>;
  equivalenceEvents: Columns<EquivalenceEventRecord, 'legalInstrument'> & { seq: number };
  approvals: Columns<ApprovalRecord, 'body' | 'credentialIds' | 'problem'>;
  priorLearningCases: Columns<CaseRecord, 'candidate' | 'award'>;
  priorLearningEntries: Columns<CaseEntry>;
  accounts: Columns<AccountRecord>;
  accountRoles: Columns<AccountRoleRecord>;
  signInLinks: Columns<SignInLinkRecord>;
  passkeys: Columns<PasskeyRecord, 'transports'>;
  passkeyChallenges: Columns<PasskeyChallengeRecord>;
  officerSessions: Columns<OfficerSessionRecord>;
  openIdProviders: Columns<OpenIdProviderRecord>;
  openIdLogins: Columns<OpenIdLoginRecord>;
  batches: Columns<BatchRecord, 'options'>;
  batchRows: Columns<BatchRowRecord, 'input' | 'errors'>;
  audit: Columns<AuditEntry, 'detail'>;
  logKeys: Columns<LogKeyRecord>;
  checkpoints: Columns<CheckpointRecord>;
  logSubtrees: Columns<LogBlockRecord>;
  keystoreHeads: Columns<KeystoreHead> & { name: string };
  mail: Columns<MailRecord>;
  webhooks: Columns<WebhookRecord, 'eventTypes'>;
  webhookDeliveries: Columns<DeliveryRecord>;
  heartbeats: { name: string; at: string };
}

/** Of the recipient, to be found by: addresses as `emailKey` writes them. */
interface WhoseColumns {
  email: string | null;
  studentNumber: string | null;
  guardianEmail: string | null;
  guardianUntil: string | null;
}

/**
 * A reserved index. `pair` is the smaller of the index and its mirror in the byte (index XOR 7): readers that number bits
 * from the other end of a byte then see the same status, because nobody else gets the mirror.
 */
interface StatusEntryColumns {
  tenant: string;
  listId: string;
  pair: number;
  index: number;
  credentialId: string;
}
