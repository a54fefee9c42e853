import { formatInstant, LIMITS } from '#kernel';
import { type Judgement, judge, type Matched, type Question, type Rejected, type TrustPolicy } from './chain.ts';
import type { Register, Succession } from './model.ts';

/**
 * `not_covered`: no register within reach lists the party at all. That is not a "no": nobody who could know was asked.
 * `unknown`: a register that could have said yes did not answer.
 */
export type Answer = 'yes' | 'no' | 'unknown' | 'not_covered';

/** What the register of one authority answered; the signature is the source's to verify. */
export type RegisterAnswer =
  | { outcome: 'ok'; register: Register }
  | { outcome: 'unknown'; code: string; detail: string };

/**
 * Everything this authority delegated, and everything it says about this party. Must not throw for anything the network
 * or the other side does.
 */
export type RegisterSource = (authority: string, about: string) => Promise<RegisterAnswer>;

export interface WalkInput {
  policy: TrustPolicy;
  source: RegisterSource;
  party: string;
  /** `at` is the award, `knownAt` when it is asked, or an earlier instant as of which it is to be answered. */
  question: Question;
  /** When the issuing service recorded the award, where its log is known. */
  recordedAt?: string;
}

export interface TimedAnswer {
  answer: Answer;
  at: string;
  matched: Matched[];
  rejected: Rejected[];
}

/** A register that was asked and answered; its age is the time since `published`. */
export interface Consulted {
  accreditor: string;
  url: string;
  published: string;
  source: NonNullable<Register['source']>;
}

export interface WalkResult {
  atAward: TimedAnswer;
  now: TimedAnswer;
  registers: Consulted[];
  /** Registers that could have mattered and did not answer. */
  unanswered: { accreditor: string; code: string; detail: string }[];
  /** What trusted authorities say became of institutions. */
  successions: Succession[];
}

/**
 * From the trust anchors down the grants of role Accredit. An unreachable, wrongly signed or expired register makes the
 * answer `unknown` unless a yes was found elsewhere; `no` needs a register that lists the party (framework 6.4).
 */
export async function walkRegisters(input: WalkInput): Promise<WalkResult> {
  const { policy, source, party, question, recordedAt } = input;
  const known = new Map<string, Register>();
  const failed = new Map<string, { code: string; detail: string }>();
  const depth = new Map<string, number>(policy.anchors.map((did) => [did, 1]));
  const later = { ...question, at: question.knownAt };
  const ask = (one: Question) => judge(known, policy, party, one);
  /** Could the register of this authority give a yes, at the award or now, as far as is known? */
  const mattering = () => {
    const [then, now] = [ask(question), ask(later)];
    return (authority: string) => then.couldAnswer(authority) || now.couldAnswer(authority);
  };

  const load = (dids: readonly string[]) =>
    Promise.all(
      dids.map(async (did) => {
        const answer = await source(did, party);
        // A register that speaks for somebody else is no answer.
        if (answer.outcome === 'ok' && answer.register.accreditor === did) known.set(did, answer.register);
        else if (answer.outcome === 'ok') failed.set(did, { code: 'register_other_accreditor', detail: did });
        else failed.set(did, { code: answer.code, detail: answer.detail });
      }),
    );

  /** Breadth first; every authority is asked once, so loops end. */
  const expand = async (everything: boolean) => {
    for (;;) {
      const follow = everything ? () => true : mattering();
      const next = new Set<string>();
      for (const [did, register] of known) {
        const level = depth.get(did)! + 1;
        if (level > policy.maxDepth) continue;
        for (const grant of register.grants) {
          if (grant.recordedAt > question.knownAt) continue;
          if (grant.role !== 'Accredit' || depth.has(grant.accredited) || next.has(grant.accredited)) continue;
          if (follow(grant.accredited)) next.add(grant.accredited);
        }
        for (const target of next) if (!depth.has(target)) depth.set(target, level);
      }
      if (next.size === 0) return;
      await load([...next]);
    }
  };

  await load([...new Set(policy.anchors)]);
  await expand(false);
  // Only to tell "listed, and no" from "not covered": authorities that could not have said yes are asked last.
  if (!ask(question).listed) await expand(true);

  const mattered = mattering();
  return {
    atAward: timed(question, judgeAward(known, policy, party, question, recordedAt), failed),
    now: timed(later, ask(later), failed),
    registers: [...known.values()].map(({ accreditor, url, published, source: from = 'fetched' }) => {
      return { accreditor, url, published, source: from };
    }),
    unanswered: [...failed].filter(([did]) => mattered(did)).map(([accreditor, why]) => ({ accreditor, ...why })),
    successions: [...known.values()].flatMap((one) => (mattered(one.accreditor) ? one.successions : [])),
  };
}

function timed(question: Question, judged: Judgement, failed: ReadonlyMap<string, unknown>): TimedAnswer {
  const { matched, rejected, listed, couldAnswer } = judged;
  const open = [...failed.keys()].some(couldAnswer);
  const answer: Answer = matched.length > 0 ? 'yes' : open ? 'unknown' : listed ? 'no' : 'not_covered';
  return { answer, at: question.at, matched, rejected };
}

/**
 * A claimed date can be written by an issuer that has lost its accreditation since (framework 3, time rule). So what was
 * recorded later than the grace after the award must have been recorded while the party was still entitled.
 */
export function judgeAward(
  known: ReadonlyMap<string, Register>,
  policy: TrustPolicy,
  party: string,
  question: Question,
  recordedAt: string | undefined,
): Judgement {
  const judged = judge(known, policy, party, question);
  if (recordedAt === undefined || judged.matched.length === 0) return judged;
  const latest = formatInstant(new Date(Date.parse(recordedAt) - LIMITS.backdatingGraceDays * 86_400_000));
  if (latest <= question.at) return judged;
  if (judge(known, policy, party, { ...question, at: latest }).matched.length > 0) return judged;
  const late = judged.matched.map(({ grant, accreditor }) => {
    const { verb, role } = [...known.values()].flatMap((one) => one.grants).find((one) => one.id === grant)!;
    return { grant, accreditor, verb, role, reason: 'recorded_too_late' as const };
  });
  return { ...judged, matched: [], rejected: [...late, ...judged.rejected] };
}
