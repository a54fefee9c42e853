import {
  type AccreditationCheck,
  type AwardInQuestion,
  awardFacts,
  type Entitlement,
  idOf,
  successorsOf,
} from '#accreditation';
import { dayIn, type FieldError, formatInstant, type JsonObject, LIMITS } from '#kernel';
import type { Holding } from '#pathways';
import type { ProofReport } from '#proofs';
import { type AccreditationAnswer, answerOf, type Logged } from './accreditation-answer.ts';
import { type Arrival, arrivalOf } from './arrival.ts';
import { assemble } from './assemble.ts';
import { type BudgetLimits, createBudget, VERIFY_LIMITS } from './budget.ts';
import { checkAccreditation } from './checks/accreditation.ts';
import { checkAchievement } from './checks/achievement.ts';
import { withCrossChecks } from './checks/cross-checks.ts';
import { checkDocument } from './checks/document.ts';
import { checkEndorsements, type EndorsementFinding, verifyEndorsement } from './checks/endorsements.ts';
import { checkUnread, withOrigin } from './checks/form.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkProof } from './checks/proof.ts';
import { checkRecipient, type RecipientClaim } from './checks/recipient.ts';
import { checkRelatedResources } from './checks/related-resource.ts';
import { checkStackability, stackabilityIn } from './checks/stackability.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { createDocumentSchema } from './document-schema.ts';
import { type HandedOver, type HandedOverVerified, verifyHandedOver } from './handed-over.ts';
import { holdingOf } from './holding.ts';
import { fromEnvelope } from './input/json.ts';
import { readJwt } from './input/jwt.ts';
import { loadInput } from './input/load.ts';
import type { CredentialInput, Loaded, Readable } from './input/model.ts';
import { askIssuingLog } from './issuing-log.ts';
import { isSpecimen, placeCodes, readBadge, readPh, reportCredential, type VerifiedBadge } from './model.ts';
import { asShown, isPartial } from './not-shown.ts';
import { checkPlain, plainCredential } from './plain-credential.ts';
import { profileFor } from './profile.ts';
import { type Judged, refreshed } from './refresh.ts';
import { CHECKS, type Check, type CheckName, check, type Profile, type Report } from './report.ts';
import { ACCEPT_JSON, createSession, type Fetched, type Session, type SessionDeps } from './session.ts';
import { evaluateStack, type Stack, type StackInput, stackLimits, type WebCopyOf } from './stack.ts';
import type { StackReport } from './stack-report.ts';
import { isStandalone, reportStandalone } from './standalone.ts';
import type { StandingFacts } from './verdict.ts';
import {
  type MemberChecks,
  type PresentationInput,
  type PresentationVerified,
  verifyPresentation,
} from './verify-presentation.ts';

export interface VerifierDeps extends SessionDeps {
  /** Whom this verifier trusts, and how it asks. */
  accreditation: AccreditationCheck;
  /** This service's own log: when it recorded a credential; `not_asked` for everybody else's, whose logs are fetched. */
  issuingLog?: (credentialId: string, issuer: string) => Promise<Logged>;
  /** Award id -> targets (IRIs) that have consumed it already, as far as this service knows. */
  usedFor?: (awardIds: readonly string[], except: string) => Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Of a credential that this service issued as a form of an award: the id of the web copy, by which an award counts that has
   * no `awardId` in its documents; undefined for any other.
   */
  webCopyOf?: WebCopyOf;
  /** Faults of the ph terms of a badge, by our own schema; empty for a badge without them. */
  phErrors: (document: JsonObject) => FieldError[];
  /** Told the verdict on each credential. */
  onVerdict?: (verdict: Report['verdict']) => void;
  /** Milliseconds that never jump, for the budget; default the platform's. */
  monotonic?: () => number;
  limits?: BudgetLimits;
  /** Members of documents whose values are data; default those of the base context. */
  jsonTerms?: ReadonlySet<string>;
}

export type VerifyInput = CredentialInput & {
  /** Rules to read it by; without, those of its types: Open Badges and their kin by theirs, every other credential by `vc`. */
  profile?: Profile;
  /** Rules for what names none of these types; default `openbadge`. */
  otherwise?: Profile;
  /** When given, `recipient` becomes part of the verdict. */
  recipient?: RecipientClaim | string;
  /** Whole-second UTC instant in the past: accreditation is answered as far as was known then. */
  knownAt?: string;
  /** Told document and proof as soon as they are known, before anybody else is asked about the rest. */
  onJudged?: (checks: readonly Check[]) => void;
  /** Address, text or document of a signed pathway: the check `stackability` says whether the badge serves in it today. */
  pathway?: string | JsonObject;
};

/** What is asked of a document, wherever it came from. */
type Asked = Pick<VerifyInput, 'profile' | 'otherwise' | 'recipient' | 'knownAt' | 'pathway' | 'onJudged'>;

/** A report, and the badge as the pathways see it; without it the badge is not genuine. */
export interface VerifiedHolding {
  report: Report;
  holding?: Holding;
}

export interface Verifier {
  /**
   * One report. Bad input throws; whatever is wrong with, or cannot be found out about, a badge is in the report.
   * @throws Problem `invalid-request`, `malformed-json`, `payload-too-large`, `fetch-refused`, `fetch-failed`
   */
  verify(input: VerifyInput): Promise<Report>;
  /**
   * What a holder hands over: the presentation by itself, and a report of each credential in it, within one budget.
   * @throws Problem as `verify`, and `invalid-request` for more credentials than are looked at
   */
  verifyPresentation(input: PresentationInput): Promise<PresentationVerified>;
  /** Several of them and bare credentials that come in one answer, within one budget. @throws Problem as `verifyPresentation` */
  verifyHandedOver(items: readonly HandedOver[]): Promise<HandedOverVerified[]>;
  /** As `verify`, with the facts that pathways ask about. @throws Problem as `verify` */
  verifyHolding(input: VerifyInput): Promise<VerifiedHolding>;
  /** As `verify`, of what somebody keeps that was made elsewhere. @throws Problem as `verify` */
  verifyArrival(input: CredentialInput): Promise<Arrival>;
  /** Verifies a pathway and badges of one person, and evaluates what they add up to. @throws Problem as `verify` */
  evaluateStack(input: StackInput): Promise<StackReport>;
  /** The same, with what it rests on: for whoever keeps an evaluation, or acts on it. @throws Problem as `verify` */
  stack(input: StackInput): Promise<Stack>;
  /** One endorsement as it would be judged inside the thing of this id. */
  verifyEndorsement(document: JsonObject, carrier: string): Promise<EndorsementFinding>;
  /** Who was entitled, without any badge: registers are fetched where they are not at hand. */
  checkAccreditation(award: AwardInQuestion): Promise<AccreditationAnswer>;
}

/** What one verification found, before it is put into words. */
export interface Verified {
  report: Report;
  /** Present when proof and document hold. */
  badge?: VerifiedBadge;
  /** The badge exactly as it was fetched or given. */
  text?: () => string;
  standing?: StandingFacts;
  /** Where the ph terms of the award stand: in the badge, or without the extension in the published definition. */
  definition?: JsonObject;
}

export function createVerifier(deps: VerifierDeps): Verifier {
  const schemaErrors = createDocumentSchema();
  const limits = deps.limits ?? VERIFY_LIMITS;
  const budget = (most = limits) => createBudget(most, deps.monotonic ?? (() => performance.now()));

  /** Document and proof, which come before anything in it is looked up. */
  const judge = async (
    loaded: Readable,
    profile: Profile,
    session: Session,
    secured?: ProofReport,
  ): Promise<Judged> => {
    const { document, text } = loaded;
    const proof = secured ?? (await proofOf(loaded, profile, session));
    const looked = withOrigin(checkDocument(document, proof, { ...deps, schemaErrors }, profile), loaded);
    const shape = proof.outcome === 'pass' ? await checkRelatedResources(document, looked, session) : looked;
    const checks = [withCrossChecks(shape, document), checkProof(proof)];
    // Until proof and shape hold, nothing in it is looked up: its addresses are a stranger's.
    const holds = proof.outcome === 'pass' && shape.result !== 'fail' && shape.result !== 'unknown';
    const badge = holds && profile === 'openbadge' ? readBadge(document) : undefined;
    const partial = loaded.kind === 'document' && isPartial(proof);
    return { text, checks, holds, partial, ...(badge ? { badge } : {}) };
  };

  const told = <T extends Report>(report: T): T => {
    deps.onVerdict?.(report.verdict);
    return report;
  };

  const verifyInput = async (input: VerifyInput, session: Session): Promise<Verified> => {
    const verified = await verifyRead(await loadInput(input, deps.fetch, session.budget), input, session);
    told(verified.report);
    return verified;
  };

  const verifyRead = async (loaded: Loaded, input: Asked, session: Session): Promise<Verified> => {
    if (loaded.kind !== 'unread') return verifyLoaded(loaded, input, session);
    const first = checkUnread(loaded.form, loaded.origin);
    return {
      report: assemble(
        [first, ...notChecked([first])],
        loaded.form === 'cose' ? 'vc' : 'openbadge',
        undefined,
        session.now,
      ),
    };
  };

  /** @param secured what secures the document, when that is not a proof of its own */
  const verifyLoaded = async (
    loaded: Readable,
    input: Asked,
    session: Session,
    secured?: ProofReport,
  ): Promise<Verified> => {
    const profile = profileFor(loaded.document, input.profile, input.otherwise);
    const given = await judge(loaded, profile, session, secured);
    input.onJudged?.(given.checks);
    const again = (document: JsonObject, text: () => string) =>
      judge({ kind: 'document', document, text, origin: {} }, profile, session);
    const judged = given.badge ? await refreshed({ ...given, badge: given.badge }, again, session) : given;
    const { checks: first, badge, text, partial } = judged;
    const recipient = typeof input.recipient === 'string' ? { identifier: input.recipient } : input.recipient;
    if (judged.holds && profile === 'vc') {
      const { document } = loaded;
      const checks = [...first, ...asShown(await checkPlain(document, recipient, session), partial)];
      const found = { credential: plainCredential(document), specimen: isSpecimen(document) };
      return { report: assemble(checks, profile, { ...found, reason: 'not_a_badge' }, session.now), text };
    }
    if (!badge && judged.holds && isStandalone(loaded.document)) {
      // Whose it is, is asked of each: anybody can collect the badges of others under his own name.
      const whose = recipient ? { recipient } : {};
      const member = async (document: JsonObject) => (await verifyLoaded(asLoaded(document), whose, session)).report;
      return { report: await reportStandalone(loaded.document, first, recipient, session, member, partial), text };
    }
    if (!badge) return { report: assemble([...first, ...notChecked(first)], profile, undefined, session.now) };
    const knownAt = input.knownAt ?? formatInstant(session.now);
    const { checks, ...found } = await checkBadge(badge, { recipient, knownAt, partial }, session, deps);
    const knownOn = input.knownAt === undefined ? undefined : dayIn(new Date(input.knownAt));
    const shown = { credential: reportCredential(badge), specimen: badge.specimen, standing: found.standing };
    const report = assemble([...first, ...asShown(checks, partial)], profile, shown, session.now, knownOn);
    if (input.pathway === undefined) return { report, badge, text, ...found };
    const stacked = await stackabilityIn(input.pathway, holdingOf(badge, found.definition, report), session);
    const asked = report.checks.map((one) => (one.check === 'stackability' ? stacked : one));
    return { report: { ...report, checks: asked }, badge, text, ...found };
  };

  const stack = (input: StackInput) =>
    evaluateStack(
      input,
      (credentials) => createSession(deps, budget(stackLimits(limits, credentials))),
      // What is no badge counts toward nothing.
      (one, session) => verifyInput({ ...one, profile: 'openbadge' }, session),
      deps,
    );

  const members: MemberChecks = {
    document: async (document, profile, session, secured) => {
      return told((await verifyLoaded(asLoaded(document), asMember(profile), session, secured)).report);
    },
    // An address where a token should be is no reason to fetch anything.
    enveloped: async (held, profile, session) => {
      const loaded = typeof held === 'string' ? readJwt(held, {}) : fromEnvelope(held, {});
      return told((await verifyRead(loaded, asMember(profile), session)).report);
    },
    refused: (found, session) => told(assemble([found, ...notChecked([found])], 'vc', undefined, session.now)),
  };
  const failing = { failures: LIMITS.verifyFailedFetches };

  return {
    async checkAccreditation(award) {
      const session = createSession(deps, budget());
      const entitlement = await deps.accreditation.entitlement(award, session.register);
      return answerOf(entitlement, { outcome: 'not_asked' }, { ...award, now: session.now });
    },
    verifyEndorsement: (value, carrier) =>
      verifyEndorsement(
        { on: 'other', pointer: '', carrier, value, context: undefined },
        createSession(deps, budget()),
      ),
    verify: async (input) => (await verifyInput(input, createSession(deps, budget()))).report,
    verifyPresentation: (input) =>
      verifyPresentation(input, createSession(deps, budget({ ...failing, ...limits })), deps, members),
    verifyHandedOver: (items) => {
      const most = { ...failing, ...stackLimits(limits, items.length) };
      return verifyHandedOver(items, createSession(deps, budget(most)), deps, members);
    },
    async verifyHolding(input) {
      const { report, badge, definition } = await verifyInput(input, createSession(deps, budget()));
      return { report, ...(badge && definition ? { holding: holdingOf(badge, definition, report) } : {}) };
    },
    async verifyArrival(input) {
      const session = createSession(deps, budget());
      const loaded = await loadInput(input, deps.fetch, session.budget);
      const { report, badge } = await verifyRead(loaded, { profile: 'openbadge' }, session);
      return arrivalOf(loaded, told(report), badge !== undefined, session);
    },
    stack,
    evaluateStack: async (input) => (await stack(input)).report,
  };
}

/** Of a presentation: holds credentials, of which some are badges. */
const asMember = (profile?: Profile): Asked => ({ otherwise: 'vc', ...(profile && { profile }) });

/** A document that stands in another one. */
const asLoaded = (document: JsonObject): Readable => {
  return { kind: 'document', document, text: () => JSON.stringify(document), origin: {} };
};

async function proofOf(loaded: Readable, profile: Profile, session: Session): Promise<ProofReport> {
  const controller = idOf(loaded.document.issuer);
  const contexts = profile === 'vc' ? profile : undefined;
  if (controller) return session.proofOf(loaded, controller, contexts);
  return { outcome: 'fail', code: 'no_issuer', detail: 'the document names no issuer', proofs: [] };
}

/** Everything that is asked of a badge that is genuine; what does not depend on one another runs side by side. */
async function checkBadge(
  badge: VerifiedBadge,
  asked: { recipient: RecipientClaim | undefined; knownAt: string; partial: boolean },
  session: Session,
  deps: VerifierDeps,
): Promise<{ checks: Check[]; standing: StandingFacts; definition: JsonObject }> {
  const { model, document } = badge;
  const address = model.achievement.id;
  const definition = definitionOf(session, address, model.achievement.version);
  const at = formatInstant(badge.awarded);

  // A badge without the extension leaves its kind and level to the definition of its version at its own address.
  const stating = async () => {
    const fetched = badge.awardType === undefined ? await definition : undefined;
    const same =
      fetched?.ok && fetched.document.id === address && fetched.document.version === model.achievement.version;
    return same ? fetched.document : model.achievement.document;
  };

  const [status, [logged, entitlement], fetched, endorsements] = await Promise.all([
    checkStatus(document.credentialStatus, { id: model.id, issuer: model.issuer.id }, session),
    stating().then((stated) => askAccreditation(badge, stated, at, asked, session, deps)),
    definition,
    checkEndorsements(document, session),
  ]);
  const { atAward, now, ...accreditation } = checkAccreditation(entitlement, logged, {
    at,
    knownAt: asked.knownAt,
    now: session.now,
  });
  const walk = entitlement.parties[0]!.walk!;
  const heirs = (owner: string) => successorsOf(owner, walk.successions, at, asked.knownAt);
  const achievement = checkAchievement(badge, fetched, heirs);
  return {
    checks: [
      checkValidity(model, session.now),
      status,
      checkIssuer(model.issuer.id, walk, deps.accreditation.policy.anchors),
      accreditation,
      achievement,
      checkRecipient(model.subject, asked.recipient),
      endorsements,
      checkStackability(badge),
    ],
    standing: { atAward, now, permitted: achievement.result },
    definition: await stating(),
  };
}

/** Who was entitled, of all the parties that the regime needs, by the registers within reach and the log of the issuer. */
async function askAccreditation(
  badge: VerifiedBadge,
  stated: JsonObject,
  at: string,
  { knownAt, partial }: { knownAt: string; partial: boolean },
  session: Session,
  { accreditation, issuingLog }: VerifierDeps,
): Promise<[Logged, Entitlement]> {
  const { model } = badge;
  // Its own log this service reads itself.
  const own = await issuingLog?.(model.id, model.issuer.id);
  const asked = own && own.outcome !== 'not_asked' ? own : await askIssuingLog(session, badge);
  // The day it holds from is later than the award when a badge was issued again: a holder could choose between them.
  const logged: Logged = partial && model.awardedDate === undefined ? { outcome: 'day_not_shown' } : asked;
  const { regime } = readPh(stated);
  const { source, ph, issuer } = model;
  const codes = placeCodes(badge.document);
  const places = [source?.id, ph.trainingProvider].filter((one) => one !== undefined);
  const award = {
    parties: {
      issuer: issuer.id,
      ...(source?.id === undefined ? {} : { source: source.id }),
      ...(ph.trainingProvider === undefined ? {} : { trainingProvider: ph.trainingProvider }),
    },
    ...(regime === undefined ? {} : { regime }),
    at,
    knownAt,
    ...(logged.outcome === 'recorded' ? { recordedAt: logged.recordedAt } : {}),
    psgcOf: { source: codes.source },
    // What the definition states is read under the id that was awarded.
    facts: awardFacts(
      { ...stated, id: model.achievement.id },
      {
        site: places,
        psgc: codes.issuer,
        ...(ph.learningRoute === undefined ? {} : { learningRoute: ph.learningRoute }),
      },
    ),
  };
  return [logged, await accreditation.entitlement(award, session.register)];
}

/** The definition as its address shows it: of the version that was awarded where that can be had, else the latest. */
async function definitionOf(session: Session, address: string, version?: string): Promise<Fetched | undefined> {
  if (!/^https?:\/\//.test(address)) return undefined;
  const latest = await session.json(address, ACCEPT_JSON);
  const url = URL.parse(address);
  if (!latest.ok || !url || latest.document.version === version || !/^[1-9]\d{0,5}$/.test(version ?? '')) return latest;
  url.searchParams.set('version', version!);
  const own = await session.json(url.href, ACCEPT_JSON);
  return own.ok && own.document.id === address && own.document.version === version ? own : latest;
}

/** The rest of the report when proof or document do not hold: not looked into, and no claim repeated. */
function notChecked(done: readonly Check[]): Check[] {
  const message = {
    en: 'Not looked into, because the document itself does not hold or could not be read.',
    fil: 'Hindi na siniyasat, dahil hindi totoo o hindi mabasa ang dokumento mismo.',
  };
  const names = new Set<CheckName>(done.map((one) => one.check));
  return CHECKS.filter((name) => !names.has(name)).map((name) => check(name, 'unknown', 'not_checked', message));
}
