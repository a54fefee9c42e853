import { LIMITS } from '#kernel';
import { judge, type Matched, type Rejected } from './chain.ts';
import type { Question } from './match.ts';
import type { Register } from './model.ts';

/**
 * `not_covered`: no register within reach lists the issuer at all. That is not a "no": nobody who could know was asked.
 * `unknown`: a register that could have said yes did not answer.
 */
export type Answer = 'yes' | 'no' | 'unknown' | 'not_covered';

/** What the register of one authority answered; the signature is the fetcher's to verify. */
export type RegisterAnswer =
  | { outcome: 'ok'; register: Register }
  | { outcome: 'unknown'; code: string; detail: string };

export interface WalkInput {
  /** DIDs this verifier trusts to say who may accredit. */
  anchors: readonly string[];
  /** Fetches and verifies; must not throw for anything the network or the other side does. */
  fetchRegister: (authority: string) => Promise<RegisterAnswer>;
  issuer: string;
  /** `day` is the award day. */
  question: Question;
  today: string;
  maxDepth?: number;
}

export interface TimedAnswer {
  answer: Answer;
  day: string;
  matched: Matched[];
  rejected: Rejected[];
}

export interface WalkResult {
  atAward: TimedAnswer;
  now: TimedAnswer;
  /** Registers that answered. */
  registers: { accreditor: string; url: string; published: string }[];
  /** Registers that could have mattered and did not answer. */
  unanswered: { accreditor: string; code: string; detail: string }[];
}

/**
 * From the trust anchors down the grants of role Accredit. An unreachable, wrongly signed or expired register makes the
 * answer `unknown` unless a yes was found elsewhere; `no` needs a register that lists the issuer (framework 6.4).
 */
export async function walkRegisters(input: WalkInput): Promise<WalkResult> {
  const { anchors, fetchRegister, issuer, question, today } = input;
  const maxDepth = input.maxDepth ?? LIMITS.chainDepth;
  const known = new Map<string, Register>();
  const failed = new Map<string, { code: string; detail: string }>();
  const depth = new Map<string, number>(anchors.map((did) => [did, 1]));
  const judgeOn = (day: string) => judge(known, anchors, issuer, { ...question, day }, maxDepth);
  /** Could the register of this authority give a yes, at the award or now, as far as is known? */
  const mattering = () => {
    const [then, now] = [judgeOn(question.day), judgeOn(today)];
    return (authority: string) => then.couldAnswer(authority) || now.couldAnswer(authority);
  };

  const load = (dids: readonly string[]) =>
    Promise.all(
      dids.map(async (did) => {
        const answer = await fetchRegister(did);
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
        if (level > maxDepth) continue;
        for (const grant of register.grants) {
          if (grant.role !== 'Accredit' || depth.has(grant.accredited) || next.has(grant.accredited)) continue;
          if (follow(grant.accredited)) next.add(grant.accredited);
        }
        for (const target of next) if (!depth.has(target)) depth.set(target, level);
      }
      if (next.size === 0) return;
      await load([...next]);
    }
  };

  await load([...new Set(anchors)]);
  await expand(false);
  // Only to tell "listed, and no" from "not covered": authorities that could not have said yes are asked last.
  if (!judgeOn(question.day).listed) await expand(true);

  const answerOn = (day: string): TimedAnswer => {
    const { matched, rejected, listed, couldAnswer } = judgeOn(day);
    const open = [...failed.keys()].some(couldAnswer);
    const answer: Answer = matched.length > 0 ? 'yes' : open ? 'unknown' : listed ? 'no' : 'not_covered';
    return { answer, day, matched, rejected };
  };
  const mattered = mattering();
  return {
    atAward: answerOn(question.day),
    now: answerOn(today),
    registers: [...known.values()].map(({ accreditor, url, published }) => ({ accreditor, url, published })),
    unanswered: [...failed].filter(([did]) => mattered(did)).map(([accreditor, why]) => ({ accreditor, ...why })),
  };
}
