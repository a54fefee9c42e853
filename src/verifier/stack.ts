import { dayIn, fieldProblem, formatInstant, isDay, type JsonObject, sha256Hex } from '#kernel';
import { type EvaluationInput, evaluate, type Holding, inEffect, type Pathway } from '#pathways';
import type { BudgetLimits } from './budget.ts';
import { decisionSentence } from './decision-words.ts';
import { type DecisionFinding, findDecisions, MAX_DECISIONS } from './decisions.ts';
import { holdingOf } from './holding.ts';
import { at } from './input/load.ts';
import { oneSubject } from './one-subject.ts';
import { type PathwayFinding, readPathway } from './pathway.ts';
import { type Binding, bindingOf, type ProvenIdentifier, type StackPerson } from './person.ts';
import { readPresentation } from './presentation.ts';
import type { Session } from './session.ts';
import { type StackCredential, type StackDecision, type StackReport, stackSentence } from './stack-report.ts';
import type { Verified, VerifyInput } from './verifier.ts';

export interface StackInput {
  /** Address of a signed pathway, its text, or the document. */
  pathway: string | JsonObject;
  /** Addresses, texts or documents of badges of one person. */
  credentials?: readonly (string | JsonObject)[];
  /** Badges handed over by their holder, who signed for `challenge`: all badges must then be the holder's. */
  presentation?: string | JsonObject;
  challenge?: string;
  domain?: string;
  /** Instead of a presentation: badges bound to whatever this person has proven are of one person. */
  person?: StackPerson;
  /** Evaluation day in Asia/Manila; default today. */
  date?: string;
  /** Addresses, texts or documents of equivalence decisions, used where the pathway accepts them. */
  decisions?: readonly (string | JsonObject)[];
  /** System -> decimal text: credit from an earlier target, as the caller states it. */
  carried?: Readonly<Record<string, string>>;
  /** DID of the institution that asks with its own key: what the conferrer itself states is not merely stated. */
  vouchedBy?: string;
}

/** A document an answer rests on: `sha256` is of `document`, which is the text exactly as it was fetched or given. */
export interface StackSource {
  id: string;
  sha256: string;
  document: string;
}

/** A report, and all that is needed to reach the same evaluation again without asking anybody. */
export interface Stack {
  report: StackReport;
  /** Absent when nothing was evaluated. */
  input?: EvaluationInput;
  /** Only what was relied on: a document that is not genuine is not kept. */
  sources: {
    pathway?: StackSource & { version: string };
    /** `index`: position in the request. */
    credentials: (StackSource & { index: number })[];
    decisions: StackSource[];
  };
}

const MAX_CREDENTIALS = 100;
const TOO_MANY = `must have 1 to ${MAX_CREDENTIALS} items`;

/** A stack may take longer and fetch more than one badge, but answers within the time a request has. */
export function stackLimits(one: BudgetLimits, credentials: number): BudgetLimits {
  const fetches = one.fetches + 6 * credentials + 2 * MAX_DECISIONS;
  return { ...one, ms: Math.floor(one.ms * 1.5), fetches };
}

/**
 * Verifies a pathway and the badges of one person, and says what they add up to. It confers nothing.
 * @throws Problem `invalid-request` with the pointer: no pathway, badges of different people, one id with two contents;
 *   and whatever getting the documents throws, at `/credentials/N`
 */
export async function evaluateStack(
  asked: StackInput,
  newSession: (credentials: number) => Session,
  verify: (input: VerifyInput, session: Session) => Promise<Verified>,
  known: { usedFor?: UsedFor; webCopyOf?: WebCopyOf } = {},
): Promise<Stack> {
  const { decisions: named = [], carried } = asked;
  if (named.length > MAX_DECISIONS) {
    throw fieldProblem('invalid-request', '/decisions', `must have at most ${MAX_DECISIONS} items`);
  }
  if (asked.date !== undefined && !isDay(asked.date)) throw fieldProblem('invalid-request', '/date', 'must be a day');
  const listed = (asked.credentials?.length ?? 0) + (asked.person?.records.length ?? 0);
  if (listed > MAX_CREDENTIALS) throw fieldProblem('invalid-request', '/credentials', TOO_MANY);
  const session = newSession(Math.max(listed, 1));
  const date = asked.date ?? dayIn(session.now);
  const handed = await presented(asked, session);
  const given = [...(asked.credentials ?? []), ...(handed?.credentials ?? [])];
  const records = asked.person?.records ?? [];
  const credentials = [...given, ...records.map(({ document }) => document)];
  if (credentials.length === 0 || credentials.length > MAX_CREDENTIALS) {
    throw fieldProblem('invalid-request', '/credentials', TOO_MANY);
  }
  const pathwayAndDecisions = async () => {
    const found = await at('/pathway', readPathway(asked.pathway, session));
    // Only a pathway that holds may say what is looked up.
    return { found, decisions: found.pathway ? await findDecisions(found.pathway.root, named, date, session) : [] };
  };
  const [{ found, decisions }, ...verified] = await Promise.all([
    pathwayAndDecisions(),
    ...credentials.map((one, index) =>
      at(`/credentials/${index}`, verify(typeof one === 'string' ? { text: one } : { document: one }, session)),
    ),
  ]);
  const bound = asked.person && bindings(verified, asked.person, (index) => records[index - given.length]?.boundBy);
  const subjectId = bound ? undefined : oneSubject(verified, handed?.holder);
  const once = await byAward(holdingsOf(verified), known.webCopyOf);
  const holdings = await withUses(once, found.pathway, known.usedFor);
  // By id: the same question again has the same inputs, whoever named a decision first.
  const used = decisions
    .filter(({ decision, accepted }) => decision && accepted)
    .sort((a, b) => (a.id! < b.id! ? -1 : 1));
  const unknownDecisions = new Set(decisions.flatMap(({ id, unknown }) => (unknown && id !== undefined ? [id] : [])));
  const input: EvaluationInput | undefined = found.pathway && {
    ...{ pathway: found.pathway, holdings, date },
    decisions: used.map(({ decision }) => decision!),
    ...(unknownDecisions.size > 0 ? { unknownDecisions: [...unknownDecisions].sort() } : {}),
    ...(carried ? { [asked.vouchedBy === found.pathway.conferrer ? 'carried' : 'carriedStated']: carried } : {}),
  };
  const evaluation = input && evaluate(input);
  const specimen = [found, ...used, ...verified.map(({ report }) => report)].some((one) => one.specimen);
  const outcome = evaluation?.state ?? 'undetermined';
  const report: StackReport = {
    outcome,
    sentence: stackSentence(outcome, specimen),
    checkedAt: formatInstant(session.now),
    date,
    specimen,
    pathway: describe(found, date),
    ...(subjectId ? { subjectId } : {}),
    ...(handed ? { holder: handed.holder } : {}),
    ...(asked.person ? { person: { identifiers: [...asked.person.identifiers] } } : {}),
    credentials: verified.map((one, index) => ({
      ...summary(one, index),
      ...(bound?.[index] ? { boundBy: bound[index] } : {}),
    })),
    decisions: decisions.map(describeDecision),
    ...(carried ? { carried } : {}),
    ...(evaluation ? { evaluation } : {}),
  };
  return { report, ...(input ? { input } : {}), sources: sourcesOf(found, verified, used) };
}

function sourcesOf(
  { pathway, text }: PathwayFinding,
  verified: readonly Verified[],
  used: readonly DecisionFinding[],
): Stack['sources'] {
  const source = (id: string, document: string): StackSource => ({ id, sha256: sha256Hex(document), document });
  return {
    ...(pathway ? { pathway: { ...source(pathway.id, text!), version: pathway.version } } : {}),
    credentials: verified.flatMap(({ badge, text }, index) =>
      badge ? [{ index, ...source(badge.model.id, text!()) }] : [],
    ),
    decisions: used.map(({ id, text }) => source(id!, text!)),
  };
}

/** @throws Problem at the field: a presentation needs its challenge, and a challenge its presentation */
async function presented({ presentation, challenge, domain, person }: StackInput, session: Session) {
  if (presentation !== undefined && person) {
    throw fieldProblem('invalid-request', '/presentation', 'is not taken together with what a session has proven');
  }
  if (presentation === undefined) {
    if (challenge === undefined && domain === undefined) return undefined;
    throw fieldProblem('invalid-request', '/presentation', 'is required with challenge and domain');
  }
  if (challenge === undefined) throw fieldProblem('invalid-request', '/challenge', 'is required with a presentation');
  return readPresentation({ presentation, challenge, ...(domain === undefined ? {} : { domain }) }, session);
}

/** Of each badge that is genuine. @throws Problem `invalid-request` for one that is bound to nothing proven */
function bindings(
  verified: readonly Verified[],
  person: StackPerson,
  recordOf: (index: number) => ProvenIdentifier | undefined,
): (Binding | undefined)[] {
  return verified.map(({ badge }, index) => badge && bindingOf(badge, person, recordOf(index), index));
}

/** One holding for each id; the same badge given twice counts once. */
function holdingsOf(verified: readonly Verified[]): Holding[] {
  const held = new Map<string, { holding: Holding; proof: string }>();
  for (const [index, { badge, definition, report }] of verified.entries()) {
    if (!badge || !definition) continue;
    const proof = JSON.stringify(badge.document.proof);
    const known = held.get(badge.model.id);
    if (known && known.proof !== proof) {
      throw fieldProblem('invalid-request', `/credentials/${index}`, 'two different badges have this id');
    }
    if (!known) held.set(badge.model.id, { holding: holdingOf(badge, definition, report), proof });
  }
  return [...held.values()].map(({ holding }) => holding);
}

export type WebCopyOf = (credentialId: string, issuer: string) => Promise<string | undefined>;

/** Without a signed award id a badge is its own award, unless the service that issued it knows better. */
async function byAward(holdings: Holding[], webCopyOf: WebCopyOf | undefined): Promise<Holding[]> {
  if (!webCopyOf) return holdings;
  return Promise.all(
    holdings.map(async (holding) => {
      if (holding.awardId !== holding.id) return holding;
      const awardId = await webCopyOf(holding.id, holding.provider);
      return awardId === undefined ? holding : { ...holding, awardId };
    }),
  );
}

type UsedFor = (awardIds: readonly string[], except: string) => Promise<ReadonlyMap<string, readonly string[]>>;

/**
 * Inside one pathway single use needs no rule (stacking A4, singleUse): its own uses are not another target's. Only what the
 * pathway asks about is told: for what else a badge has served is nobody's business here.
 */
async function withUses(
  holdings: Holding[],
  pathway: Pathway | undefined,
  usedFor: UsedFor | undefined,
): Promise<Holding[]> {
  const asked = new Set(pathway ? targetsOf(pathway.root) : []);
  if (!usedFor || !pathway || holdings.length === 0 || asked.size === 0) return holdings;
  const uses = await usedFor(
    holdings.map(({ awardId }) => awardId),
    pathway.id,
  );
  return holdings.map((holding) => {
    const others = [...new Set(uses.get(holding.awardId))].filter((target) => asked.has(target)).sort();
    return others.length > 0 ? { ...holding, usedFor: others } : holding;
  });
}

function targetsOf(node: Pathway['root']): readonly string[] {
  if (node.kind === 'singleUse') return node.across;
  return 'children' in node ? node.children.flatMap(targetsOf) : [];
}

function summary({ report, badge }: Verified, index: number): StackCredential {
  const { verdict, recognition, sentence } = report;
  const { id, name, awardId, issuerId } = report.credential ?? {};
  return {
    index,
    ...(id ? { id } : {}),
    ...(name ? { name } : {}),
    ...(awardId ? { awardId } : {}),
    ...(issuerId ? { issuerId } : {}),
    verdict,
    recognition,
    sentence,
    evaluated: badge !== undefined,
  };
}

function describeDecision({ id, index, verdict, code, decision, accepted }: DecisionFinding): StackDecision {
  return {
    ...(id === undefined ? {} : { id }),
    ...(index === undefined ? {} : { index }),
    ...{ verdict, code, sentence: decisionSentence({ verdict, code }) },
    ...(decision ? { decidedBy: decision.decidedBy } : {}),
    ...(decision?.validUntil === undefined ? {} : { validUntil: decision.validUntil }),
    accepted,
  };
}

function describe({ verdict, code, issuer, pathway }: PathwayFinding, date: string): StackReport['pathway'] {
  if (!pathway) return { verdict, code, ...(issuer ? { issuer } : {}) };
  const { id, version, name, conferrer } = pathway;
  const about = { id, version, name, conferrer, inEffect: inEffect(pathway, date) };
  return { verdict, code, ...(issuer ? { issuer } : {}), ...about };
}
