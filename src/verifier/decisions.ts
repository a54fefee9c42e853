import { idOf } from '#accreditation';
import { type PublishedDecision, readDecision } from '#equivalences';
import { fieldProblem, type JsonObject } from '#kernel';
import type { EquivalenceDecision, RuleNode } from '#pathways';
import { checkValidity } from './checks/validity.ts';
import { at, loadInput } from './input/load.ts';
import type { Verdict } from './report.ts';
import type { Session } from './session.ts';

/** What was found out about one decision. */
export interface DecisionFinding {
  /** Its address. */
  id?: string;
  /** Position in the request, of one that the caller gave. */
  index?: number;
  verdict: Verdict;
  /** Why it is not valid; of a valid one how it stands on the day. */
  code: string;
  /** Only when it is valid. */
  decision?: PublishedDecision['decision'];
  /** The document as it was fetched. */
  text?: string;
  specimen: boolean;
  /** Whether the pathway accepts it. */
  accepted: boolean;
  /** Not valid, and what it would say is not known: it may matter. */
  unknown: boolean;
}

/** Decisions of one request that are looked up; what a pathway names beyond is left unknown. */
export const MAX_DECISIONS = 50;

type Looked = Pick<DecisionFinding, 'verdict' | 'code' | 'decision' | 'text' | 'specimen'>;
type Rule = { decisions?: readonly string[]; decidedBy?: readonly string[] };

/**
 * Looks up every decision that the pathway names, and those that the caller gives where the pathway accepts any. A decision
 * is what its own address says now: a document that somebody hands over may have been withdrawn since, and only says where
 * to look.
 * @throws Problem `invalid-request` or `malformed-json` for something given that is no decision at all
 */
export async function findDecisions(
  root: RuleNode,
  given: readonly (string | JsonObject)[],
  date: string,
  session: Session,
): Promise<DecisionFinding[]> {
  const rules = equivalencesOf(root);
  const looked = new Map<string, Promise<Looked>>();
  const look = (address: string): Promise<Looked> => {
    const known = looked.get(address);
    if (known) return known;
    const work = looked.size < MAX_DECISIONS ? lookUp(address, session) : none('undetermined', 'budget');
    looked.set(address, work);
    return work;
  };
  const finding = (id: string, looked: Looked, more: { index?: number }): DecisionFinding => {
    const { decision } = looked;
    const accepted = decision ? accepts(rules, decision) : rules.some((rule) => rule.decisions?.includes(id) ?? true);
    const code = !decision ? looked.code : accepted ? standing(decision, date) : 'not_accepted';
    return { ...more, id, ...looked, code, accepted, unknown: !decision };
  };
  const ofCaller = given.map(async (one, index): Promise<DecisionFinding> => {
    const { id, document, found } = await at(`/decisions/${index}`, claimOf(one, session));
    const not = { index, specimen: false, accepted: false };
    if (rules.length === 0) return { ...not, verdict: 'undetermined', code: 'not_asked', unknown: false };
    const fault = found && (await proofFault(document, found, session));
    if (fault?.verdict === 'invalid') return { ...not, ...fault, unknown: false };
    if (fault) return { ...not, ...fault, id, unknown: true };
    return finding(id, await look(id), { index });
  });
  const found = await Promise.all(ofCaller);
  const seen = new Set(found.flatMap(({ id, decision, unknown }) => (decision || unknown ? [id] : [])));
  const named = [...new Set(rules.flatMap(({ decisions = [] }) => decisions))].filter((id) => !seen.has(id));
  const ofPathway = await Promise.all(named.map(async (id) => finding(id, await look(id), {})));
  return distinct([...found, ...ofPathway]);
}

/** What an address says now. Anything but a decision that holds leaves it unknown: it has not said that it is none. */
async function lookUp(address: string, session: Session): Promise<Looked> {
  if (!/^https?:\/\//i.test(address)) return none('undetermined', 'no_address');
  const fetched = await session.json(address);
  if (!fetched.ok) return none('undetermined', fetched.code);
  const { document } = fetched;
  const found = readDecision(document);
  if (!found) return none('invalid', 'not_a_decision');
  if (found.decision.id !== address) return none('invalid', 'other_address');
  const bad = await proofFault(document, found, session);
  return bad ? none(bad.verdict, bad.code) : { verdict: 'valid', code: '', ...found, text: fetched.text() };
}

/** The signature of the body that decided, over a statement that has begun to hold. */
async function proofFault(
  document: JsonObject,
  { decision }: PublishedDecision,
  session: Session,
): Promise<{ verdict: 'invalid' | 'undetermined'; code: string } | undefined> {
  if (idOf(document.issuer) !== decision.decidedBy) return { verdict: 'invalid', code: 'other_decider' };
  const proof = await session.proof(document, decision.decidedBy);
  if (proof.outcome !== 'pass') {
    return { verdict: proof.outcome === 'fail' ? 'invalid' : 'undetermined', code: proof.code };
  }
  // Its last day is read as a day, because an evaluation may be for an earlier one.
  const { validFrom } = document;
  const dates = checkValidity(typeof validFrom === 'string' ? { validFrom } : {}, session.now);
  return dates.result === 'pass' ? undefined : { verdict: 'invalid', code: dates.code };
}

/** Where something given says that the decision is; a document says so itself. */
async function claimOf(
  given: string | JsonObject,
  session: Session,
): Promise<{ id: string; document: JsonObject; found?: PublishedDecision }> {
  if (typeof given === 'string' && /^\s*https?:\/\/\S+\s*$/i.test(given)) return { id: given.trim(), document: {} };
  const source = typeof given === 'string' ? { text: given } : { document: given };
  const loaded = await loadInput(source, session.deps.fetch, session.budget);
  const found = loaded.kind === 'document' ? readDecision(loaded.document) : undefined;
  if (!found || loaded.kind !== 'document') {
    throw fieldProblem('invalid-request', '', 'this is not an equivalence decision');
  }
  return { id: found.decision.id, document: loaded.document, found };
}

const none = async (verdict: Verdict, code: string): Promise<Looked> => ({ verdict, code, specimen: false });

function standing({ validFrom, validUntil }: EquivalenceDecision, date: string): string {
  if (date < validFrom) return 'not_yet_in_force';
  return validUntil !== undefined && date > validUntil ? 'no_longer_in_force' : 'in_force';
}

const accepts = (rules: readonly Rule[], { id, decidedBy }: PublishedDecision['decision']): boolean =>
  rules.some((rule) => (rule.decisions?.includes(id) ?? true) && (rule.decidedBy?.includes(decidedBy) ?? true));

function equivalencesOf(node: RuleNode): Rule[] {
  if (node.kind === 'equivalence') return [node];
  return 'children' in node ? node.children.flatMap(equivalencesOf) : [];
}

/** The same decision given twice is one; what did not hold is said for each. */
function distinct(findings: readonly DecisionFinding[]): DecisionFinding[] {
  const valid = new Set<string>();
  return findings.filter(({ id, decision }) => {
    if (!decision) return true;
    if (valid.has(id!)) return false;
    valid.add(id!);
    return true;
  });
}
