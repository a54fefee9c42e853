import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type {
  AccreditationCheck,
  AccreditationReader,
  Accreditations,
  FindDependents,
  HeldRegisters,
  IssuingDecisions,
  Publication,
  RecognizedEntities,
  Successions,
} from '#accreditation';
import type { AchievementReader, Achievements } from '#achievements';
import type { AttestationReader, Attestations } from '#attestations';
import type { ApiKeys } from '#auth';
import type { Challenges } from '#challenges';
import type { ConferralReader, Conferrals, Evaluations } from '#conferrals';
import type { Consumer } from '#consumer';
import type {
  ApprovalReader,
  Approvals,
  CredentialReader,
  EndorsementReader,
  Endorsements,
  PlainCredentials,
  Status,
} from '#credentials';
import type { Papers } from '#documents';
import type { EquivalenceReader, Equivalences } from '#equivalences';
import type { Exchanges } from '#exchanges';
import type { Guardians, Holders, NameMatch, Privacy, PrivacyReader, Releases } from '#holders';
import type { Host } from '#host';
import type { Imports } from '#imports';
import type { Institutions } from '#institutions';
import type { Batches, BatchReader } from '#jobs';
import type { KeptReports } from '#kept-reports';
import type { Clock, Random } from '#kernel';
import type { OAuth, OAuthClients } from '#oauth';
import type { AuditReader, Log, Metrics, Tracer } from '#observability';
import type { Offers, OffersByMail } from '#offers';
import type { Site } from '#pages';
import type { Matches, PathwayReader, Pathways } from '#pathways';
import type { People } from '#people';
import type { PresentationRequests } from '#presentation-requests';
import type { PriorLearning, PriorLearningReader } from '#prior-learning';
import type { CredentialDeriver } from '#proofs';
import type { Statistics } from '#statistics';
import type { Verifier } from '#verifier';
import type { Wallets } from '#wallets';
import type { Webhooks } from '#webhooks';
import type { RateLimits } from './http/rate.ts';
import type { SheddingLimits } from './http/shedding.ts';

type OAuthUses =
  | ('answer' | 'metadata' | 'register' | 'interactions' | 'systemPrincipal')
  | ('registerPlatform' | 'revokePlatformToken' | 'platformToken' | 'connections');

/** Everything the HTTP layer needs; the composition root fills it. */
export interface ApiDeps {
  /** No trailing slash. */
  publicUrl: string;
  /** Every page says that its badges are fictitious. */
  specimen: boolean;
  privacyContact?: string;
  /** Who answers for the data, and who takes corrections of the comparative map. */
  operator: { name?: string; address?: string; correctionsContact?: string };
  clock: Clock;
  random: Random;
  logger?: FastifyBaseLogger;
  rateLimits?: Partial<RateLimits>;
  /** Aborted when the service stops: what would be told without end ends. */
  closing?: AbortSignal;
  /** Absent: nothing is traced. */
  tracer?: Pick<Tracer, 'begin'>;
  shedding?: Partial<SheddingLimits>;
  /** Milliseconds that this thread is late with its work; default never. */
  lateMs?: () => number;
  /** Addresses of others that are being fetched at this moment; default none. */
  fetching?: () => number;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. Default none: the socket's own address counts. */
  trustedProxies?: readonly string[];
  /** Sees the server before its routes are made, which is the last moment for hooks. */
  onServer?: (server: FastifyInstance) => void;
  /** Each check by name; `false` is not ready. */
  health(): Promise<Record<string, boolean>>;
  /** The same of what a person has to look at, while the process answers as well as any other; default nothing. */
  alarms?: () => Promise<Record<string, boolean>>;
  /** Whether the process is about to end. */
  stopping?: () => boolean;
  /** Cited data, and its page; without it those addresses are nobody's. */
  framework?: Record<'framework' | 'crosswalk', { data: object; page(site: Site): string }>;
  /** Fixed documents by path, e.g. `/contexts/ph/v1-draft`; undefined for a path that is none. */
  published(path: string): string | undefined;
  reader: AchievementReader &
    CredentialReader &
    EndorsementReader &
    ApprovalReader &
    BatchReader &
    PriorLearningReader &
    PathwayReader &
    ConferralReader &
    EquivalenceReader &
    AccreditationReader &
    AuditReader &
    Pick<PrivacyReader, 'erasures'>;
  apiKeys: Pick<ApiKeys, 'authenticate' | 'create' | 'list' | 'revoke'>;
  institutions: Pick<
    Institutions,
    | 'create'
    | 'updateProfile'
    | 'setApproval'
    | 'setRetention'
    | 'get'
    | 'list'
    | 'keys'
    | 'createKey'
    | 'rotateKey'
    | 'retireKey'
    | 'resumeKey'
    | 'revokeKey'
    | 'didDocument'
    | 'didHistory'
    | 'keySet'
    | 'keySets'
    | 'profileDocument'
    | 'didOf'
  >;
  achievements: Pick<Achievements, 'create' | 'addVersion' | 'addImage'>;
  /** The only way to a credential from here; the issuer itself is not at hand. */
  approvals: Pick<Approvals, 'submit' | 'decide'>;
  status: Pick<Status, 'change' | 'changeMany' | 'listCredential' | 'revocationList'>;
  batches: Pick<Batches, 'create' | 'start' | 'cancel' | 'credentials' | 'exportCsv' | 'errorsCsv'>;
  priorLearning: Omit<PriorLearning, 'finishAwards'>;
  accreditations: Accreditations;
  dependents: FindDependents;
  accreditation: AccreditationCheck;
  publication: Publication;
  recognizedEntities: RecognizedEntities;
  successions: Successions;
  issuingDecisions: IssuingDecisions;
  heldRegisters: HeldRegisters;
  pathways: Pick<Pathways, 'create' | 'addVersion'>;
  evaluations: Evaluations;
  conferrals: Pick<Conferrals, 'confer' | 'review' | 'learnerRecord'>;
  equivalences: Equivalences;
  matches: Matches;
  verifier: Verifier;
  keptReports: Omit<KeptReports, 'sweepOnce'>;
  imports: Omit<Imports, 'retryOnce'>;
  statistics: Statistics;
  papers: Papers;
  attestations: Attestations & AttestationReader;
  plainCredentials: Omit<PlainCredentials, 'ready'>;
  endorsements: Endorsements;
  challenges: Challenges;
  holders: Holders;
  nameMatch: NameMatch;
  releases: Releases;
  guardians: Guardians;
  privacy: Privacy;
  offers: Offers;
  oauthClients: OAuthClients;
  offersByMail: OffersByMail;
  exchanges: Exchanges;
  metrics: Pick<Metrics, 'count' | 'observe' | 'read' | 'text'>;
  oauth: Pick<OAuth, OAuthUses>;
  host: Host;
  consumer: Consumer;
  wallets: Wallets;
  webhooks: Webhooks;
  presentationRequests: Omit<PresentationRequests, 'sweepOnce'>;
  /** What a holder shows of a credential whose proof allows that. */
  derive: CredentialDeriver['deriveCredential'];
  /** Slug of the institution whose name the VC API uses for requests without a key; only in development. */
  vcApiOpen?: string;
  people: People;
  log: Pick<Log, 'latest' | 'verifierKey' | 'consistency' | 'receipt'>;
}
