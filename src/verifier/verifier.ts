import { idOf, type Question, walkRegisters } from '#accreditation';
import { dayIn, type FieldError, formatInstant, type JsonObject } from '#kernel';
import type { ProofReport } from '#proofs';
import { type BudgetLimits, createBudget, VERIFY_LIMITS } from './budget.ts';
import { type Asked, checkAccreditation } from './checks/accreditation.ts';
import { checkAchievement } from './checks/achievement.ts';
import { checkDocument } from './checks/document.ts';
import { checkEndorsements } from './checks/endorsements.ts';
import { checkIssuer } from './checks/issuer.ts';
import { checkProof } from './checks/proof.ts';
import { checkRecipient, type RecipientClaim } from './checks/recipient.ts';
import { checkStackability } from './checks/stackability.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { createDocumentSchema } from './document-schema.ts';
import { type CredentialInput, loadInput, type UnreadForm } from './input.ts';
import { readBadge, readPh, reportCredential, type VerifiedBadge } from './model.ts';
import { CHECKS, type Check, type CheckName, check, type Report } from './report.ts';
import { ACCEPT_JSON, createSession, type Fetched, type Session, type SessionDeps } from './session.ts';
import { evaluateStack, type StackInput, type StackReport, stackLimits } from './stack.ts';
import { decideStanding, decideVerdict, type StandingFacts, sentence } from './verdict.ts';

export interface VerifierDeps extends SessionDeps {
  /** DIDs trusted to say who may accredit. */
  trustAnchors: readonly string[];
  /** Faults of the ph terms of a badge, by our own schema; empty for a badge without them. */
  phErrors: (document: JsonObject) => FieldError[];
  /** Milliseconds that never jump, for the budget; default the platform's. */
  monotonic?: () => number;
  limits?: BudgetLimits;
}

export type VerifyInput = CredentialInput & {
  /** When given, `recipient` becomes part of the verdict. */
  recipient?: RecipientClaim | string;
};

export interface Verifier {
  /**
   * One report. Bad input throws; whatever is wrong with, or cannot be found out about, a badge is in the report.
   * @throws Problem `invalid-request`, `malformed-json`, `payload-too-large`, `fetch-refused`, `fetch-failed`
   */
  verify(input: VerifyInput): Promise<Report>;
  /** Verifies a pathway and badges of one person, and evaluates what they add up to. @throws Problem as `verify` */
  evaluateStack(input: StackInput): Promise<StackReport>;
}

/** What one verification found, before it is put into words. */
export interface Verified {
  report: Report;
  /** Present when proof and document hold. */
  badge?: VerifiedBadge;
  standing?: StandingFacts;
  /** Where the ph terms of the award stand: in the badge, or without the extension in the published definition. */
  definition?: JsonObject;
}

export function createVerifier(deps: VerifierDeps): Verifier {
  const schemaErrors = createDocumentSchema();
  const limits = deps.limits ?? VERIFY_LIMITS;
  const budget = (most = limits) => createBudget(most, deps.monotonic ?? (() => performance.now()));

  const verifyInput = async (input: VerifyInput, session: Session): Promise<Verified> => {
    const loaded = await loadInput(input, deps.fetch, session.budget);
    if (loaded.kind === 'unread') return { report: unread(loaded.form, session.now) };
    const { document } = loaded;
    const proof = await proofOf(document, session);
    const first = [checkDocument(document, proof, { ...deps, schemaErrors }), checkProof(proof)];
    // Until proof and shape hold, nothing in it is looked up: its addresses are a stranger's.
    const holds = proof.outcome === 'pass' && first[0]!.result !== 'fail' && first[0]!.result !== 'unknown';
    const badge = holds ? readBadge(document) : undefined;
    if (!badge) return { report: assemble([...first, ...notChecked(first)], undefined, session.now) };
    const recipient = typeof input.recipient === 'string' ? { identifier: input.recipient } : input.recipient;
    const { checks, ...found } = await checkBadge(badge, recipient, session, deps.trustAnchors);
    return { report: assemble([...first, ...checks], { badge, ...found }, session.now), badge, ...found };
  };

  return {
    verify: async (input) => (await verifyInput(input, createSession(deps, budget()))).report,
    evaluateStack: (input) =>
      evaluateStack(input, (credentials) => createSession(deps, budget(stackLimits(limits, credentials))), verifyInput),
  };
}

async function proofOf(document: JsonObject, session: Session): Promise<ProofReport> {
  const controller = idOf(document.issuer);
  if (controller) return session.proof(document, controller);
  return { outcome: 'fail', code: 'no_issuer', detail: 'the document names no issuer', proofs: [] };
}

/** Everything that is asked of a badge that is genuine; what does not depend on one another runs side by side. */
async function checkBadge(
  badge: VerifiedBadge,
  recipient: RecipientClaim | undefined,
  session: Session,
  trustAnchors: readonly string[],
): Promise<{ checks: Check[]; standing: StandingFacts; definition: JsonObject }> {
  const { model, document } = badge;
  const address = model.achievement.id;
  const definition = definitionOf(session, address, model.achievement.version);

  const walk = (issuer: string, question: Question): Promise<Asked> =>
    walkRegisters({
      anchors: trustAnchors,
      fetchRegister: session.register,
      issuer,
      question,
      today: dayIn(session.now),
    }).then((result) => ({ party: issuer, question, walk: result }));

  // A badge without the extension leaves its kind and level to the definition of its version at its own address.
  const stating = async () => {
    const fetched = badge.awardType === undefined ? await definition : undefined;
    const same =
      fetched?.ok && fetched.document.id === address && fetched.document.version === model.achievement.version;
    return same ? fetched.document : model.achievement.document;
  };

  const entitlement = async () => {
    const ph = readPh(await stating());
    const question: Omit<Question, 'role'> = {
      // What a register will say on a day to come nobody knows: the badge was made by today at the latest.
      day: dayIn(badge.awarded < session.now ? badge.awarded : session.now),
      achievementId: address,
      ...(ph.awardType ? { awardType: ph.awardType } : {}),
      ...(ph.pqfLevel ? { pqfLevel: ph.pqfLevel } : {}),
    };
    const centre = ph.regime === 'TESDA' ? model.source?.id : undefined;
    return Promise.all([
      walk(model.issuer.id, { ...question, role: 'Award' }),
      centre ? walk(centre, { ...question, role: 'Assess' }) : undefined,
    ]);
  };

  const [status, [issuer, centre], fetched, endorsements] = await Promise.all([
    checkStatus(document.credentialStatus, model.issuer.id, session),
    entitlement(),
    definition,
    checkEndorsements(badge, session),
  ]);
  const { atAward, now, ...accreditation } = checkAccreditation(issuer, centre);
  const achievement = checkAchievement(badge, fetched);
  return {
    checks: [
      checkValidity(model, session.now),
      status,
      checkIssuer(model.issuer.id, issuer.walk, trustAnchors),
      accreditation,
      achievement,
      checkRecipient(badge, recipient),
      endorsements,
      checkStackability(badge),
    ],
    standing: { atAward, now, permitted: achievement.result },
    definition: await stating(),
  };
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

function unread(form: UnreadForm, now: Date): Report {
  const message = {
    en: `This form of a badge (${form.toUpperCase()}) is not read yet. Ask its holder for the JSON file or its web address.`,
    fil: `Hindi pa nababasa rito ang ganitong anyo ng badge (${form.toUpperCase()}). Humingi sa may-ari ng JSON file o ng adres nito sa web.`,
  };
  const first = check('document', 'unknown', 'unsupported', message, { form });
  return assemble([first, ...notChecked([first])], undefined, now);
}

function assemble(
  checks: Check[],
  found: { badge: VerifiedBadge; standing: StandingFacts } | undefined,
  now: Date,
): Report {
  const verdict = decideVerdict(checks);
  const { recognition, reason } = decideStanding(found?.standing);
  const specimen = found?.badge.specimen ?? false;
  return {
    verdict,
    recognition,
    sentence: sentence(checks, verdict, reason, specimen),
    profile: 'openbadge',
    checkedAt: formatInstant(now),
    specimen,
    ...(found ? { credential: reportCredential(found.badge) } : {}),
    checks: CHECKS.map((name) => checks.find((one) => one.check === name)!),
  };
}
