import { judge, type Question, type TrustPolicy } from './chain.ts';
import { type AwardInQuestion, askEntitlement, type Entitlement } from './entitlement.ts';
import type { AccreditationRole, Register } from './model.ts';
import type { LocalRegisters } from './register/sources.ts';
import { judgeAward, type RegisterSource, type WalkResult, walkRegisters } from './walk.ts';

export interface CheckDeps {
  policy: TrustPolicy;
  registers: Pick<LocalRegisters, 'grantsTo' | 'atHand'>;
}

export interface AccreditationCheck {
  /**
   * Was everybody entitled, at the award and now? By registers of this service and held ones: without the network.
   * @param source another way to registers, for instance one that fetches; default what is at hand
   */
  entitlement(award: AwardInQuestion, source?: RegisterSource): Promise<Entitlement>;
  /** The same about one party in one role. */
  party(party: string, role: AccreditationRole, award: AwardInQuestion, source?: RegisterSource): Promise<WalkResult>;
  /** Is this authority trusted to speak about such an award? By registers of this service. */
  trusts(authority: string, award: Pick<AwardInQuestion, 'at' | 'knownAt' | 'facts'>): Promise<boolean>;
  readonly policy: TrustPolicy;
}

/** One check for issuing, for verifying and for anybody who asks. */
export function createAccreditationCheck(deps: CheckDeps): AccreditationCheck {
  const { policy, registers } = deps;

  /** Everything own registers say from this party upwards: a handful of indexed look-ups, however large they are. */
  async function upwards(party: string): Promise<Map<string, Register>> {
    const known = new Map<string, Register>();
    let frontier: readonly string[] = [party];
    for (let level = 0; level <= policy.maxDepth && frontier.length > 0; level++) {
      const found = await registers.grantsTo(frontier, level === 0 ? undefined : 'Accredit');
      for (const register of found) known.set(register.accreditor, merged(known.get(register.accreditor), register));
      frontier = found.map(({ accreditor }) => accreditor).filter((did) => !policy.anchors.includes(did));
    }
    return known;
  }

  /** It can only find a yes; without one the question is asked again from the anchors down, which also knows why not. */
  async function quick(party: string, question: Question, recordedAt?: string): Promise<WalkResult | undefined> {
    const known = await upwards(party);
    const then = judgeAward(known, policy, party, question, recordedAt);
    const later = { ...question, at: question.knownAt };
    const now = judge(known, policy, party, later);
    if (then.matched.length === 0 || now.matched.length === 0) return undefined;
    const { matched, rejected } = then;
    return {
      atAward: { answer: 'yes', at: question.at, matched, rejected },
      now: { answer: 'yes', at: later.at, matched: now.matched, rejected: now.rejected },
      registers: [...known.values()].map(({ accreditor, url, published }) => {
        return { accreditor, url, published, source: 'own' as const };
      }),
      unanswered: [],
      successions: [...known.values()].flatMap((one) => (now.couldAnswer(one.accreditor) ? one.successions : [])),
    };
  }

  const party: AccreditationCheck['party'] = async (of, role, award, source) => {
    const { facts, recordedAt, knownAt } = award;
    const askAt = async (at: string): Promise<WalkResult> => {
      const question: Question = { role, at, knownAt, facts };
      const found = await quick(of, question, recordedAt);
      if (found) return found;
      return walkRegisters({
        ...{ policy, party: of, question, source: source ?? registers.atHand },
        ...(recordedAt === undefined ? {} : { recordedAt }),
      });
    };
    if (award.at <= knownAt) return askAt(award.at);
    // Of a day to come: the award is made at the moment of asking at the latest, and must lie before every end known now.
    const made = await askAt(knownAt);
    return made.atAward.answer === 'yes' ? askAt(award.at) : made;
  };

  return {
    policy,
    party,
    async trusts(authority, { at, knownAt, facts }) {
      const known = await upwards(authority);
      return judge(known, policy, authority, { role: 'Award', at, knownAt, facts }).couldAnswer(authority);
    },
    entitlement: (award, source) => askEntitlement(award, (of, role, own) => party(of, role, own, source)),
  };
}

function merged(a: Register | undefined, b: Register): Register {
  if (!a) return b;
  const seen = new Set(a.grants.map(({ id }) => id));
  return {
    ...a,
    grants: [...a.grants, ...b.grants.filter(({ id }) => !seen.has(id))],
    events: [...a.events, ...b.events.filter((event) => !seen.has(event.grant))],
  };
}
