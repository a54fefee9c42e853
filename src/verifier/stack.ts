import { dayIn, fieldProblem, formatInstant, isDay, type JsonObject, Problem, type Text } from '#kernel';
import { type Evaluation, evaluate, type Holding } from '#pathways';
import type { BudgetLimits } from './budget.ts';
import { holdingOf } from './holding.ts';
import { type PathwayFinding, readPathway } from './pathway.ts';
import type { Recognition, Verdict } from './report.ts';
import type { Session } from './session.ts';
import type { Verified, VerifyInput } from './verifier.ts';

export interface StackInput {
  /** Address of a signed pathway, its text, or the document. */
  pathway: string | JsonObject;
  /** Addresses, texts or documents of badges of one person. */
  credentials: readonly (string | JsonObject)[];
  /** Evaluation day in Asia/Manila; default today. */
  date?: string;
}

export interface StackCredential {
  /** Position in the request. */
  index: number;
  /** Only when its proof holds. */
  id?: string;
  name?: string;
  awardId?: string;
  issuerId?: string;
  verdict: Verdict;
  recognition: Recognition;
  sentence: Text;
  /** Whether the pathway was asked about it at all: a badge that is not genuine is not a holding. */
  evaluated: boolean;
}

export interface StackReport {
  /** `undecided`: more combinations than were tried; `undetermined`: the pathway itself could not be relied on. */
  outcome: 'met' | 'unmet' | 'pending' | 'undecided' | 'undetermined';
  sentence: Text;
  /** Whole-second UTC instant. */
  checkedAt: string;
  /** The day for which it was evaluated. */
  date: string;
  specimen: boolean;
  pathway: {
    verdict: Verdict;
    code: string;
    issuer?: string;
    id?: string;
    version?: string;
    name?: string;
    conferrer?: string;
    /** Whether the evaluation day is inside its own effective period; it is evaluated all the same. */
    inEffect?: boolean;
  };
  /** The one subject all badges are of. */
  subjectId?: string;
  credentials: StackCredential[];
  evaluation?: Evaluation;
}

const MAX_CREDENTIALS = 100;

/** A stack may take longer and fetch more than one badge, but answers within the time a request has. */
export function stackLimits(one: BudgetLimits, credentials: number): BudgetLimits {
  return { ...one, ms: Math.floor(one.ms * 1.5), fetches: one.fetches + 6 * credentials };
}

/**
 * Verifies a pathway and the badges of one person, and says what they add up to. It confers nothing.
 * @throws Problem `invalid-request` with the pointer: no pathway, badges of different people, one id with two contents;
 *   and whatever getting the documents throws, at `/credentials/N`
 */
export async function evaluateStack(
  input: StackInput,
  newSession: (credentials: number) => Session,
  verify: (input: VerifyInput, session: Session) => Promise<Verified>,
): Promise<StackReport> {
  const { credentials } = input;
  if (credentials.length === 0 || credentials.length > MAX_CREDENTIALS) {
    throw fieldProblem('invalid-request', '/credentials', `must have 1 to ${MAX_CREDENTIALS} items`);
  }
  if (input.date !== undefined && !isDay(input.date)) throw fieldProblem('invalid-request', '/date', 'must be a day');
  const session = newSession(credentials.length);
  const date = input.date ?? dayIn(session.now);
  const [found, ...verified] = await Promise.all([
    at('/pathway', readPathway(input.pathway, session)),
    ...credentials.map((one, index) =>
      at(`/credentials/${index}`, verify(typeof one === 'string' ? { text: one } : { document: one }, session)),
    ),
  ]);
  const subjectId = oneSubject(verified);
  const holdings = holdingsOf(verified);
  const evaluation = found.pathway && evaluate({ pathway: found.pathway, holdings, date });
  const specimen = found.specimen || verified.some((one) => one.report.specimen);
  const outcome = evaluation?.state ?? 'undetermined';
  return {
    outcome,
    sentence: sentenceOf(outcome, found, specimen),
    checkedAt: formatInstant(session.now),
    date,
    specimen,
    pathway: describe(found, date),
    ...(subjectId ? { subjectId } : {}),
    credentials: verified.map(summary),
    ...(evaluation ? { evaluation } : {}),
  };
}

/** Holdings of different people never add up; a badge without subject id cannot be shown to be of the same person. */
function oneSubject(verified: readonly Verified[]): string | undefined {
  let subject: string | undefined;
  for (const [index, { badge }] of verified.entries()) {
    if (!badge) continue;
    const id = badge.model.subject.id;
    if (id === undefined) {
      throw fieldProblem('invalid-request', `/credentials/${index}`, 'this badge does not name its subject by an id');
    }
    subject ??= id;
    if (id !== subject) {
      throw fieldProblem('invalid-request', `/credentials/${index}`, 'this badge is of another subject than the first');
    }
  }
  return subject;
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

function describe({ verdict, code, issuer, pathway }: PathwayFinding, date: string): StackReport['pathway'] {
  if (!pathway) return { verdict, code, ...(issuer ? { issuer } : {}) };
  const { id, version, name, conferrer, effectivePeriod: period } = pathway;
  const inEffect = !period || (date >= period.from && (period.until === undefined || date < period.until));
  return { verdict, code, ...(issuer ? { issuer } : {}), id, version, name, conferrer, inEffect };
}

const SENTENCES: Record<StackReport['outcome'], Text> = {
  met: {
    en: 'Every requirement of the pathway is met; the qualification itself is for its awarding body to confer.',
    fil: 'Natugunan ang lahat ng kahingian ng landas; ang nagkakaloob na institusyon ang magbibigay ng kuwalipikasyon.',
  },
  unmet: {
    en: 'Not every requirement of the pathway is met yet.',
    fil: 'Hindi pa natutugunan ang lahat ng kahingian ng landas.',
  },
  pending: {
    en: 'It cannot be decided yet: something about at least one badge could not be found out.',
    fil: 'Hindi pa mapagpasiyahan: may hindi natiyak tungkol sa isa o higit pang badge.',
  },
  undecided: {
    en: 'It was not decided: the badges can be combined in more ways than were tried.',
    fil: 'Hindi napagpasiyahan: mas marami ang paraan ng pagsasama ng mga badge kaysa nasubok.',
  },
  undetermined: {
    en: 'Nothing was evaluated, because the pathway itself could not be relied on.',
    fil: 'Walang tinaya, dahil hindi maaasahan ang landas mismo.',
  },
};

function sentenceOf(outcome: StackReport['outcome'], found: PathwayFinding, specimen: boolean): Text {
  const text = SENTENCES[found.pathway ? outcome : 'undetermined'];
  if (!specimen) return text;
  const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);
  return { en: `Specimen: ${lower(text.en)}`, fil: `Specimen: ${lower(text.fil)}` };
}

/** Says which item of the request it was. */
async function at<T>(pointer: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Problem) || error.errors[0]?.pointer === pointer) throw error;
    const { kind, message, extensions } = error;
    throw new Problem(kind, message, { errors: [{ pointer, detail: message }], cause: error, extensions });
  }
}
