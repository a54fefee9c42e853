import { type ChainReason, type Judgement, judge, type Question, type TrustPolicy } from './chain.ts';
import { createClimber } from './climb.ts';
import { type AwardInQuestion, askEntitlement, type Entitlement } from './entitlement.ts';
import type { AccreditationRole, Grant, Register, Succession } from './model.ts';
import type { LocalRegisters } from './register/sources.ts';
import { judgeAward, type RegisterSource, type WalkResult, walkRegisters } from './walk.ts';

export interface CheckDeps {
  policy: TrustPolicy;
  registers: Pick<LocalRegisters, 'grantsTo' | 'atHand' | 'successionsTo'>;
}

export interface AccreditationCheck {
  /**
   * Was everybody entitled, at the award and now? By registers of this service and held ones: without the network.
   * @param source another way to registers, for instance one that fetches; default what is at hand
   */
  entitlement(award: AwardInQuestion, source?: RegisterSource): Promise<Entitlement>;
  /** The same about one party in one role. */
  party(party: string, role: AccreditationRole, award: AwardInQuestion, source?: RegisterSource): Promise<WalkResult>;
  /** Was this authority trusted to say something about such an award, when it said it? By registers of this service. */
  trusts(authority: string, award: Omit<Question, 'role'>, recordedAt: string): Promise<boolean>;
  /** Whose place this party took, as trusted authorities of this service recorded. */
  successionsTo(party: string, award: Omit<Question, 'role'>): Promise<Succession[]>;
  /** What stands above one grant, all its scope: the ids of the links, and whether they lead to an anchor. */
  backing(grant: Grant, moment: Pick<Question, 'at' | 'knownAt'>): Promise<Backing>;
  readonly policy: TrustPolicy;
}

export interface Backing {
  anchored: boolean;
  /** From the anchor down, without the grant itself. */
  chain: string[];
  reason?: ChainReason;
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
    const yes = (at: string, { matched, rejected, listedBy }: Judgement) => {
      return { answer: 'yes' as const, at, matched, rejected, listedBy };
    };
    return {
      atAward: yes(question.at, then),
      now: yes(later.at, now),
      registers: [...known.values()].map(({ accreditor, url, published }) => {
        return { accreditor, url, published, source: 'own' as const };
      }),
      unanswered: [],
      successions: await successionsTo(party, question),
    };
  }

  /** What authorities of this service recorded of the party and of those whose place it took, as far as they are believed. */
  async function successionsTo(party: string, award: Omit<Question, 'role'>): Promise<Succession[]> {
    const found: Succession[] = [];
    for (const { accreditor, successions } of await registers.successionsTo(party)) {
      for (const row of successions) if (await trusts(accreditor, award, row.recordedAt)) found.push(row);
    }
    return found;
  }

  const trusts: AccreditationCheck['trusts'] = async (authority, award, recordedAt) => {
    const climber = createClimber(await upwards(authority), policy, award);
    return climber.authority(authority, 0, recordedAt).ok;
  };

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
    trusts,
    successionsTo,
    async backing(grant, { at, knownAt }) {
      const climber = createClimber(
        await upwards(grant.accreditor),
        policy,
        { at, knownAt, facts: {} },
        grant.accredited,
      );
      const ups = grant.scope.map((item) => climber.above(grant, item));
      const held = ups.find((up) => up.ok);
      // Every alternative must fit: what is shown as one grant is read as one.
      const fault = ups.find((up) => !up.ok);
      return {
        anchored: held !== undefined && fault === undefined,
        chain: held?.chain ?? [],
        ...(fault ? { reason: fault.reason } : {}),
      };
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
