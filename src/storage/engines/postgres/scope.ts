import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyReader, AnyWrite } from '../../storage.ts';

/**
 * For whom the database is asked: the rows of one tenant, or those of all. The second wall behind the conditions of each
 * query: policies (guard.ts) show a connection only what was said here, whatever the query forgot.
 */
type Scope = string;

/** All tenants: public look-ups by an id that is unique, verification, workers, operators. No slug is written like this. */
export const EVERY_TENANT: Scope = '*';
/** Nobody said anything: nothing is seen. */
export const NOBODY: Scope = '';
/** The setting of a session that the policies read. */
export const SETTING = 'tatak.tenant';

const said = new AsyncLocalStorage<Scope>();

/** All that `work` reads is read for this tenant. */
export const readFor = <T>(scope: Scope, work: () => T): T => said.run(scope, work);

/** What the code around said. */
export const scopeSaid = (): Scope => said.getStore() ?? NOBODY;

const everyone = (): Scope => EVERY_TENANT;
const first = (tenant: string | undefined): Scope => tenant ?? EVERY_TENANT;
const named = ({ tenant }: { tenant?: string }): Scope => tenant ?? EVERY_TENANT;

/** A reader that is not here does not compile: whoever adds one says who may be seen by it. */
const READS: { [M in keyof AnyReader]: (...args: Parameters<AnyReader[M]>) => Scope } = {
  // Of the institution that is named.
  institution: first,
  signingKeys: first,
  openSigningStops: everyone,
  didDocuments: first,
  lastDidDocument: first,
  achievements: first,
  credentialsByIds: first,
  statesOf: first,
  formStates: first,
  awardsIn: named,
  countAwardedSince: first,
  newestAwardedSince: first,
  credentials: named,
  formsOf: first,
  credentialsOfSubject: first,
  idempotency: first,
  plainCredential: first,
  plainCredentialsNamed: first,
  endorsements: named,
  offers: named,
  offersOf: first,
  approval: first,
  approvalByIdempotencyKey: first,
  approvals: named,
  priorLearningCase: first,
  priorLearningCases: named,
  priorLearningEntries: first,
  openStatusList: first,
  statusOwners: everyone,
  delegationsOf: first,
  registerPart: first,
  registerSize: first,
  successionsBy: first,
  issuingDecisions: first,
  issuingDecision: first,
  evaluation: first,
  evaluations: named,
  conferral: first,
  conferralOfEvaluation: first,
  conferrals: named,
  components: first,
  equivalences: named,
  batch: first,
  batches: first,
  latestBatches: named,
  batchByIdempotencyKey: first,
  batchRows: first,
  batchRowsIn: first,
  batchCredentials: first,
  credentialsOfRows: first,
  openIdProvider: first,
  mailAbout: named,
  lastMailAbout: first,
  webhook: first,
  webhooks: first,
  entriesAfter: first,
  entryBefore: first,
  credentialsOfEvents: first,
  pendingDeliveries: first,
  dueDeliveries: first,
  delivery: first,
  deliveries: named,
  latestDeliveries: named,
  // Of one institution, or of all where an operator or a register asks.
  apiKeys: first,
  oauthClients: first,
  accreditations: named,
  grantsTo: (_, only) => named(only ?? {}),
  pathways: first,
  auditEntries: first,
  erasures: first,
  // By an id or a secret that is unique across tenants: whoever asks learns the tenant by it.
  apiKey: everyone,
  achievement: everyone,
  achievementVersions: everyone,
  image: everyone,
  credential: everyone,
  endorsement: everyone,
  endorsementsOf: everyone,
  challenge: everyone,
  offer: everyone,
  offerBySecret: everyone,
  exchange: everyone,
  walletIssuance: everyone,
  walletIssuancesOf: everyone,
  oauthClient: everyone,
  presentationRequest: everyone,
  keptReport: everyone,
  imported: everyone,
  statusList: everyone,
  setStatusIndexes: everyone,
  takenStatusIndexes: everyone,
  revokedCredentials: everyone,
  statusEvents: everyone,
  accreditation: everyone,
  accreditationEvents: everyone,
  pathway: everyone,
  pathwayVersions: everyone,
  conferralOfCredential: everyone,
  equivalence: everyone,
  equivalenceEdition: everyone,
  equivalenceEvents: everyone,
  mail: everyone,
  openIdLogin: everyone,
  // A learner's own, whoever issued it.
  credentialsOfIdentifier: everyone,
  studentNumbersOf: everyone,
  importedByIdentity: everyone,
  importsOf: everyone,
  importsToCount: everyone,
  usedFor: everyone,
  // Public registers and lists of all of them.
  institutions: everyone,
  registers: everyone,
  searchAccreditations: everyone,
  successionsOf: everyone,
  heldRegisters: everyone,
  heldRegister: everyone,
  openIdProviders: everyone,
  awardCounts: everyone,
  // Workers, which take what is due whoever has it.
  preparedCredentials: everyone,
  preparedPlainCredentials: everyone,
  importsToRetry: everyone,
  workableTransfer: everyone,
  approvedApprovals: everyone,
  awardingCases: everyone,
  unfinishedConferrals: everyone,
  conferralsToReopen: everyone,
  conferralsUncheckedSince: everyone,
  runnableBatches: everyone,
  staleUploads: everyone,
  dueMail: everyone,
  workableWebhooks: everyone,
  // Of the service itself: people, sessions, keys, the log.
  anyApiKeyExists: everyone,
  holderSession: everyone,
  releaseChoice: everyone,
  personalData: everyone,
  guardiansOver: everyone,
  mailCode: everyone,
  oauthRecord: everyone,
  oauthRecordByUid: everyone,
  oauthKey: everyone,
  platform: everyone,
  connection: everyone,
  connectionsOf: everyone,
  holderProfile: everyone,
  knownHost: everyone,
  knownHostById: everyone,
  hostAuthorization: everyone,
  hostConnection: everyone,
  hostConnectionsOf: everyone,
  hostTransfersOf: everyone,
  waitingTransfer: everyone,
  verifierKey: everyone,
  account: everyone,
  accountByEmail: everyone,
  accounts: everyone,
  accountRoles: everyone,
  signInLink: everyone,
  passkey: everyone,
  passkeys: everyone,
  officerSession: everyone,
  officerSessions: everyone,
  lastAudit: everyone,
  lastAuditAt: everyone,
  logKey: everyone,
  latestCheckpoint: everyone,
  checkpoints: everyone,
  logBlocks: everyone,
  auditHashes: everyone,
  auditAfter: everyone,
  auditOf: everyone,
  keystoreHead: everyone,
  schemaReady: everyone,
  oldestUnpublishedChange: everyone,
};

/** @throws Error for a reader that nobody declared */
export function scopeOfRead(name: string, args: readonly unknown[]): Scope {
  const scope = Object.hasOwn(READS, name) ? READS[name as keyof AnyReader] : undefined;
  if (!scope) throw new Error(`nobody said whose rows ${name} reads`);
  return (scope as (...args: readonly unknown[]) => Scope)(...args);
}

/** Writes that name a tenant and must look further, each with what it looks at. */
const WIDE: ReadonlySet<string> = new Set<AnyWrite['op']>([
  // An id belongs to one tenant for ever, so the last version of it is looked for among all.
  'achievement.insertVersion',
  'equivalenceEdition.insert',
  'pathway.insert',
  // No other institution may count the same award.
  'conferral.insert',
  'apiKey.first',
  // One chain over all tenants.
  'audit.append',
  // Sessions are of the service, and messages of whoever sent them.
  'personal.erase',
  // Sweep out what is over, whoever had it.
  'challenge.insert',
  'walletIssuance.insert',
  'openIdLogin.insert',
  'mail.queue',
  // Accounts are of the service; a role in an institution is of the account.
  'accountRole.insert',
  'officerSession.insert',
  'officerSession.actAs',
]);

/** A write that names its tenant touches nothing of another; one by a unique id alone is of the service. */
export function scopeOfWrite(write: AnyWrite): Scope {
  if (WIDE.has(write.op)) return EVERY_TENANT;
  const { tenant, row } = write as { tenant?: unknown; row?: { tenant?: unknown } };
  const name = tenant ?? row?.tenant;
  return typeof name === 'string' && name !== NOBODY ? name : EVERY_TENANT;
}
