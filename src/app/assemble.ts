import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream } from 'pino';
import {
  createAccreditationCheck,
  createAccreditations,
  createDependents,
  createHeirCheck,
  createHeldRegisters,
  createIssuingDecisions,
  createIssuingGate,
  createLocalRegisters,
  createPublication,
  createRecognizedEntities,
  createSuccessions,
} from '#accreditation';
import { createAchievements } from '#achievements';
import { createServer, type RateLimits, type SheddingLimits } from '#api';
import { createApiKeys } from '#auth';
import { createConferrals, createEvaluations } from '#conferrals';
import {
  createApprovals,
  createEndorsementCheck,
  createEndorsements,
  createIssuer,
  createPlainCredentials,
  createPlainIssuance,
  createSampled,
  createStatus,
  type IssuerDeps,
  type PlainDeps,
  phContextUrl,
  reconcile,
  reconcilePlain,
} from '#credentials';
import { createPapers } from '#documents';
import { createEquivalences } from '#equivalences';
import { phAchievementErrors, phDocumentErrors } from '#framework';
import { createIdentifiers } from '#identifiers';
import { createArchive, createInstitutions, createSigningAuthority } from '#institutions';
import { createBatches, startCheckpoints } from '#jobs';
import { ascending, type Clock, formatInstant, LIMITS, type Random, systemClock, systemRandom } from '#kernel';
import { createRemoteKeystore, throwawaySigner } from '#keystore';
import { createGuardedFetch, type LoopbackOrigin } from '#net';
import type { OAuth } from '#oauth';
import { createLog } from '#observability';
import type { Offers } from '#offers';
import { createMatches, createPathways } from '#pathways';
import { createPriorLearning } from '#prior-learning';
import {
  assertHardened,
  CLR_2_0_1,
  CREDENTIALS_V2,
  contextRules,
  createLibraryCheck,
  hardenPrototypes,
  OPEN_BADGES_3_0_3,
  withoutHttpClient,
} from '#proofs';
import { createStatistics } from '#statistics';
import { openStorage, type Storage } from '#storage';
import { createRegisterAccess, createVerifier } from '#verifier';
import { openAttestations } from './attestations.ts';
import { createReleasedByLibrary, createSignedCheck } from './check-released.ts';
import type { Config } from './config.ts';
import { readDidArchive } from './did-archive.ts';
import { type DoorsDeps, openDoors } from './doors.ts';
import type { HeadStart } from './head-start.ts';
import { createIssuingLog, createWebCopies } from './issuing-log.ts';
import { beingOpened, openKeys } from './keys.ts';
import { headInStore, type OpeningKeys } from './keystore-file.ts';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { loadOrCreateLoopbackCertificate } from './loopback-tls.ts';
import { type Loop, startLoops } from './loops.ts';
import { openOwnContexts } from './own-contexts.ts';
import { ownOrigin } from './own-origin.ts';
import { openProving } from './proving.ts';
import { frameworkDocuments, readPublished } from './published.ts';
import { createReadiness } from './readiness.ts';
import type { Secrets } from './secrets.ts';
import { openWatch } from './watch.ts';
import { watchFetch } from './watch-fetch.ts';
import { readGauges } from './watch-gauges.ts';

/** What tests and the demonstration may put in place of the real thing. No setting reaches these. */
export interface Overrides {
  clock?: Clock;
  random?: Random;
  /** Further origins of this machine that may be fetched. */
  loopbackOrigins?: readonly LoopbackOrigin[];
  onStep?: IssuerDeps['onStep'];
  onPlainStep?: PlainDeps['onStep'];
  /** What deriving the key of the keystore costs: see `KeystoreOptions`. */
  keys?: Pick<OpeningKeys, 'cost'>;
  rateLimits?: Partial<RateLimits>;
  shedding?: Partial<SheddingLimits>;
  /** Of webhooks: shorter waits, another resolver. */
  sending?: DoorsDeps['sending'];
  /** Milliseconds after which whoever found no mail, no class list and no host to ask looks again. */
  lookMs?: number;
  /** The log, instead of standard output. */
  logTo?: DestinationStream;
  /** Sees the server before it listens. */
  onServer?: (server: FastifyInstance) => void;
}

export interface App {
  server: FastifyInstance;
  storage: Storage;
  oauth: OAuth;
  offers: Offers;
  /** Reconciles what a crash left, makes the first operator key and the key of the log, listens, starts the workers. */
  start(): Promise<{ operatorKey?: string }>;
  /**
   * From now on `/health/ready` says no and every answer ends its connection; resolves when whoever sends requests here has
   * had the time to see that.
   */
  drain(): Promise<void>;
  /** Finishes what is in flight, then releases everything. */
  close(): Promise<void>;
}

/** The one place where the parts meet. @param headStart what `main.ts` has begun */
export async function assemble(
  config: Config,
  secrets: Secrets,
  overrides: Overrides = {},
  headStart?: HeadStart,
): Promise<App> {
  hardenPrototypes();
  withoutHttpClient();
  assertHardened();
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? systemRandom;
  const { publicUrl, specimen, didAuthority, didOrigin } = config;
  const logger = createLogger(config.logLevel, overrides.logTo);

  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  const storage = await openStorage(config);
  const watch = await openWatch(config, storage);
  const { metrics, tracer, transactor } = watch;
  const { reader } = storage;
  // Other processes may be at work on the same database.
  const shared = config.databaseUrl !== undefined;
  if (shared && !storage.rowSecurity) {
    logger.warn('row-level security is not in force: the user of the database owns its tables (deploy/README.md)');
  }
  const remote = config.signerSocket === undefined ? undefined : createRemoteKeystore({ path: config.signerSocket });
  const place = shared ? headInStore(storage) : undefined;
  const opening = remote ?? openKeys(config, secrets, { random, place, ...overrides.keys }, headStart);
  const keystore = opening instanceof Promise ? beingOpened(opening) : opening;
  const certificate = config.loopback
    ? await loadOrCreateLoopbackCertificate({ directory: config.dataDirectory, clock })
    : undefined;

  const log = createLog({
    ...{ reader, transactor, keystore, clock },
    origin: `${new URL(publicUrl).host}/log`,
    onFork: (detail) => logger.fatal({ detail }, 'the log does not continue what was signed'),
  });

  const published = readPublished();
  const contexts = [CREDENTIALS_V2, OPEN_BADGES_3_0_3, phContextUrl(publicUrl)];
  const loader = openOwnContexts(config, published);
  const proving = openProving({ ...{ loader, clock, random, logger }, counters: metrics });
  const { proofs, tokenMaker, checker, tokens } = proving;

  let server: FastifyInstance | undefined;
  const guarded = createGuardedFetch({
    clock,
    local: ownOrigin(() => server, [...new Set([publicUrl, didOrigin])], clock),
    loopbackOrigins: overrides.loopbackOrigins ?? [],
  });
  const { fetch, underWay } = watchFetch(guarded, metrics, tracer);
  const authority = createSigningAuthority({
    ...{ reader, keystore, clock, didAuthority },
    lastAuditAt: () => reader.lastAuditAt(),
  });
  const institutions = createInstitutions({
    ...{ reader, transactor, keystore, clock, didAuthority, didOrigin },
    logVerifierKey: () => log.verifierKey(),
  });
  const ownDid = `did:web:${didAuthority}:institutions:`;
  const tenantOf = (did: string) => (did.startsWith(ownDid) ? did.slice(ownDid.length) : undefined);
  const atHand = {
    clock,
    archived: createArchive(readDidArchive(config.dataDirectory)),
    local: async (did: string) => {
      const tenant = tenantOf(did);
      return tenant ? institutions.findDidDocument(tenant) : undefined;
    },
  };
  const identifiers = createIdentifiers({ ...atHand, fetch });
  const elsewhere = proving.releasedBy(identifiers);
  const checkReleased = elsewhere.check;

  const status = createStatus({
    reader,
    transactor,
    authority,
    proofs,
    checkReleased,
    clock,
    random,
    publicUrl,
    listLength: config.statusListLength,
  });
  const plain: PlainDeps = {
    ...{
      reader,
      transactor,
      authority,
      proofs,
      clock,
      random,
      publicUrl,
      contexts: { ...contextRules(loader), kind: loader.kind },
    },
    tokens: tokenMaker,
    throwaway: throwawaySigner,
    checkSigned: createSignedCheck(checker, proofs, tokens, identifiers),
    status,
    ...(overrides.onPlainStep ? { onStep: overrides.onPlainStep } : {}),
  };
  const plainIssuance = createPlainIssuance(plain);
  const plainCredentials = createPlainCredentials(plain, plainIssuance);
  const endorsements = createEndorsements({ ...plain, reader, tenantOf, specimen }, plainIssuance);
  const registers = createLocalRegisters({ reader, clock, publicUrl, tenantOf, didOf: institutions.didOf });
  const policy = { anchors: config.trustAnchors, maxDepth: LIMITS.chainDepth, depthBelow: config.trustDepth };
  const accreditation = createAccreditationCheck({ policy, registers });
  const sampled = createSampled({
    ...{ transactor, authority, clock, random },
    libraryVerifies: createReleasedByLibrary(elsewhere.byLibrary(createLibraryCheck(loader)), identifiers),
  });
  const issuing: IssuerDeps = {
    stored: sampled.stored,
    entitled: createIssuingGate({ check: accreditation, reader }),
    inherits: createHeirCheck(accreditation),
    ...{ reader, transactor, authority, proofs, tokens: tokenMaker, checkReleased, status, clock },
    ...{ random, publicUrl, specimen, learnt: proving.learnt },
    ids: { credential: ascending(random), award: ascending(random), subject: ascending(random) },
    ...watch.onStep(overrides.onStep),
  };
  const issuer = createIssuer(issuing);
  const approvals = createApprovals({ reader, transactor, issuer, clock, random, publicUrl });
  const priorLearning = createPriorLearning({ reader, transactor, issuer, approvals, clock, random });
  const common = { authority, proofs, reader, transactor, clock, random, publicUrl, contexts, specimen };
  const looking = {
    proofs: checker,
    tokens,
    identifiers,
    fetch,
    clock,
    registers,
    ...contextRules(loader),
  };
  const webCopyOf = createWebCopies(reader, publicUrl, tenantOf);
  const verifier = createVerifier({
    ...looking,
    accreditation,
    issuingLog: createIssuingLog(reader, publicUrl, tenantOf),
    phErrors: phDocumentErrors,
    webCopyOf,
    usedFor: (awardIds, except) => reader.usedFor(awardIds, except),
    onVerdict: (verdict) => metrics.count('tatak_verifications_total', verdict),
  });
  const endorsementErrors = createEndorsementCheck({
    ...{ contexts: plain.contexts, clock },
    verify: verifier.verifyEndorsement,
  });
  const stacking = { reader, transactor, stack: verifier.stack, clock, random };
  const conferrals = createConferrals({
    ...{ ...stacking, approvals, authority, status, proofs, checkReleased, publicUrl },
    learnerRecords: loader.isPinned(CLR_2_0_1),
  });
  const doors = openDoors({
    ...{ config, logger, counters: metrics, reader, transactor, keystore, clock, random, fetch, smtp: secrets.smtp },
    ...{ issuer, institutions, authority, identifiers, verifier, webCopyOf, sending: overrides.sending },
    lookMs: overrides.lookMs,
  });
  const { offers, offersByMail, oauth } = doors;
  const batches = createBatches({
    ...{ reader, transactor, issuer, clock, random, publicUrl },
    ...{ offers: offersByMail, links: offers },
  });
  const apiKeys = createApiKeys({ reader, transactor, clock, random });

  let stopping = false;
  const ready = createReadiness({
    ...{ reader, transactor, clock, remote, log },
    maySign: async () => (await issuer.ready()) && (await plainCredentials.ready()),
    stopping: () => stopping,
  });
  readGauges(metrics, { reader, storage, clock, log, ready });

  const accreditations = createAccreditations({
    ...{ ...common, institutions: reader, registers, policy },
    issuedSince: async (did, from) => {
      const tenant = tenantOf(did);
      return tenant === undefined ? undefined : reader.countAwardedSince(tenant, from);
    },
  });
  const papers = createPapers();
  const app = await createServer({
    publicUrl,
    specimen,
    ...(config.privacyContact ? { privacyContact: config.privacyContact } : {}),
    ...(config.trustedProxies.length > 0 ? { trustedProxies: config.trustedProxies } : {}),
    clock,
    random,
    logger,
    rateLimits: { ...config.rateLimits, ...overrides.rateLimits },
    ...(overrides.shedding ? { shedding: overrides.shedding } : {}),
    lateMs: watch.lateMs,
    fetching: underWay,
    // Hooks must be there before the routes are made.
    ...(overrides.onServer ? { onServer: overrides.onServer } : {}),
    health: ready,
    alarms: async () => ({ keys: (await reader.openSigningStops()).length === 0 }),
    stopping: () => stopping,
    metrics,
    ...(tracer ? { tracer } : {}),
    published: (path) => published.get(path),
    operator: config.operator,
    framework: frameworkDocuments(config.operator.correctionsContact),
    reader,
    apiKeys,
    institutions,
    achievements: createAchievements({
      ...{ reader, transactor, clock, random, publicUrl, rules: phAchievementErrors },
      endorsementErrors: (document, { id, tenant }) =>
        endorsementErrors(document, { id, owner: institutions.didOf(tenant) }),
    }),
    approvals,
    status,
    priorLearning,
    batches,
    accreditations,
    dependents: createDependents({
      ...{ accreditations, policy, tenantOf, clock },
      awardsSince: (tenant, from, now) => reader.newestAwardedSince(tenant, from, now, LIMITS.awardsSearched),
    }),
    accreditation,
    publication: createPublication({ ...common, didDocument: atHand.local }),
    recognizedEntities: createRecognizedEntities({ ...common, registers, tenantOf }),
    successions: createSuccessions(common),
    issuingDecisions: createIssuingDecisions({ reader, transactor, clock, random }),
    heldRegisters: createHeldRegisters({ reader, transactor, clock, random, ...createRegisterAccess(looking) }),
    pathways: createPathways({ ...common, signing: authority }),
    evaluations: createEvaluations(stacking),
    conferrals,
    equivalences: createEquivalences(common),
    matches: createMatches({ reader }),
    statistics: createStatistics({ reader, clock }),
    verifier,
    attestations: openAttestations(common, atHand, institutions, tenantOf),
    plainCredentials,
    endorsements,
    ...doors,
    papers,
    derive: (document, options) => proofs.deriveCredential(document, options),
    ...(config.vcApiOpen === undefined ? {} : { vcApiOpen: config.vcApiOpen }),
    log,
  });
  server = app;

  let listening: { close(): Promise<void> } | undefined;
  let workers: { stop(): Promise<void> }[] = [];
  const assembled: App = {
    server: app,
    storage,
    oauth,
    offers,
    async start() {
      logger.info(await settleInterrupted(), 'reconciled');
      const operatorKey = await apiKeys.ensureOperatorKey();
      await log.verifierKey();
      await institutions.recordDidDocuments();
      listening = await listen(app, config, certificate);
      const loops: Loop[] = [
        [batches.sweepOnce, 30_000, 'what broken uploads left could not be taken away'],
        [finishApproved, 5_000, 'approved requests could not be issued'],
        [conferrals.watchOnce, 5_000, 'awards could not be looked at again'],
        // The key is stopped by then.
        [sampled.checkOnce, 1_000, 'a released credential could not be verified by the library', 'fatal'],
      ];
      // What a replica that died leaves behind is found by the others.
      if (shared) loops.push([settleAgain, 30_000, 'what was interrupted could not be settled']);
      workers = [
        batches.startWorker({ intervalMs: overrides.lookMs ?? 500 }),
        startCheckpoints(log, unsigned),
        ...startLoops(logger, loops),
        ...doors.startLoops(),
      ];
      return operatorKey ? { operatorKey } : {};
    },
    async drain() {
      stopping = true;
      await setTimeout(config.drainMs);
    },
    async close() {
      stopping = true;
      await Promise.all([...workers.map((worker) => worker.stop()), doors.closeSending()]);
      await (listening ?? { close: () => app.close() }).close();
      if (listening) await log.checkpoint().catch(unsigned);
      await papers.close();
      await proving.close();
      await storage.close();
      remote?.close();
      await watch.close();
    },
  };
  try {
    await opening;
  } catch (error) {
    await assembled.close();
    throw error;
  }
  return assembled;

  /** Beside other replicas only what none of them can still be issuing. */
  async function settleInterrupted() {
    const before = formatInstant(new Date(clock.now().getTime() - LIMITS.issuingMs));
    const preparedBefore = shared ? before : undefined;
    return { ...(await reconcile(issuing, preparedBefore)), plain: await reconcilePlain(plain, preparedBefore) };
  }

  async function settleAgain(): Promise<boolean> {
    await settleInterrupted();
    return false;
  }

  /** What a crash left comes first; afterwards what the service could not sign for a while. */
  async function finishApproved(): Promise<boolean> {
    // A fault of the one does not keep the other waiting.
    await approvals.finishApproved().finally(() => priorLearning.finishAwards());
    return false;
  }

  /** A log that cannot be signed now is signed at the next attempt, or never and says so in `/health`. */
  function unsigned(error: unknown): void {
    logger.error({ err: error }, 'no checkpoint of the log');
  }
}
