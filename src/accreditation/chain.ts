import { type Climber, createClimber, type Entry, type Up } from './climb.ts';
import { IN_FORCE, type Standing } from './lifecycle.ts';
import type { AccreditationRole, AccreditationVerb, LegalInstrument, Register } from './model.ts';
import type { AwardFacts } from './scope/dimension.ts';
import { scopeMismatch } from './scope/scope.ts';

/** "Was it entitled to do this, at this instant, as far as was known at that one?" Instants are whole-second UTC text. */
export interface Question {
  role: AccreditationRole;
  at: string;
  knownAt: string;
  facts: AwardFacts;
}

/** Whom this verifier believes without asking anybody, in order of precedence, and how far what they say may be handed on. */
export interface TrustPolicy {
  anchors: readonly string[];
  /** Authorities in a chain, the anchor included. */
  maxDepth: number;
  /** Fewer of them below this anchor. */
  depthBelow?: ReadonlyMap<string, number>;
}

export type NotInForce = Exclude<Standing, 'active' | 'provisional'>;

export type ChainReason =
  | 'verb'
  | 'role'
  | 'scope_empty'
  | `scope_${string}`
  | NotInForce
  | 'self_granted'
  | 'wider_than_parent'
  | 'loop'
  | 'too_deep'
  | 'delegation_depth'
  | 'no_parent'
  | 'parent_verb'
  | `parent_${NotInForce}`
  | 'recorded_too_late';

export interface Matched {
  grant: string;
  accreditor: string;
  standing: 'active' | 'provisional';
  /** The trust anchor it rests on. */
  anchor: string;
  /** Ids of the grants from the trust anchor down to this one. */
  chain: string[];
  validFrom: string;
  validUntil?: string;
  legalInstrument: readonly LegalInstrument[];
}

export interface Rejected {
  grant: string;
  accreditor: string;
  verb: AccreditationVerb;
  role: AccreditationRole;
  reason: ChainReason;
  /** The grant further up that does not hold, when it is not this one. */
  link?: string;
}

export interface Judgement {
  matched: Matched[];
  rejected: Rejected[];
  /** Authorities an anchor vouches for that list the party, with whatever grant. */
  listedBy: string[];
  /** Whether a register of this authority, had it answered, could have given a yes. */
  couldAnswer(authority: string): boolean;
  /** Whether what this authority recorded at that instant about such an award is believed. */
  believes(authority: string, recordedAt: string): boolean;
}

/** What follows from these registers about one party. Pure; deny by default. */
export function judge(
  known: ReadonlyMap<string, Register>,
  policy: TrustPolicy,
  party: string,
  question: Question,
): Judgement {
  const climber = createClimber(known, policy, question, party);
  const entries = climber.entriesTo(party);
  const outcomes = entries.map((entry) => judgeOne(climber, policy, party, question, entry));
  const precedence = (one: Matched) => policy.anchors.indexOf(one.anchor);
  const below = question.role === 'Accredit' ? 1 : 0;
  return {
    matched: outcomes
      .filter((one): one is Matched => 'chain' in one)
      .sort((a, b) => precedence(a) - precedence(b) || (a.grant < b.grant ? -1 : 1)),
    rejected: outcomes.filter((one): one is Rejected => 'reason' in one),
    listedBy: [...new Set(entries.filter(climber.vouched).map(({ grant }) => grant.accreditor))],
    couldAnswer: (authority) => climber.authority(authority, below).ok,
    believes: (authority, recordedAt) => climber.authority(authority, 0, recordedAt).ok,
  };
}

function judgeOne(
  climber: Climber,
  policy: TrustPolicy,
  party: string,
  { role: asked, facts }: Question,
  entry: Entry,
): Matched | Rejected {
  const { grant } = entry;
  const { id, accreditor, verb, role } = grant;
  const no = (reason: ChainReason, link?: string): Rejected => ({
    ...{ grant: id, accreditor, verb, role, reason },
    ...(link !== undefined && link !== id ? { link } : {}),
  });
  if (accreditor === party && !policy.anchors.includes(party)) return no('self_granted');
  // Only the verb `accredit` accredits: listing, approving and endorsing are other acts (framework 6.1).
  if (verb !== 'accredit') return no('verb');
  if (role !== asked) return no('role');
  const state = climber.standing(entry);
  if (!IN_FORCE[state]) return no(state as NotInForce);
  let reason: ChainReason = 'scope_empty';
  let link: string | undefined;
  for (const item of grant.scope) {
    const mismatch = scopeMismatch(item, facts);
    const up: Up = mismatch ? { ok: false, reason: mismatch } : climber.above(grant, item);
    if (up.ok) {
      const { validFrom, validUntil, legalInstrument } = grant;
      return {
        ...{ grant: id, accreditor, standing: state as Matched['standing'], anchor: up.anchor },
        ...{ chain: [...up.chain, id], validFrom, legalInstrument },
        ...(validUntil ? { validUntil } : {}),
      };
    }
    // Nearest to a yes: an item that matches but whose chain does not hold says more than one that does not match.
    if (!mismatch || reason === 'scope_empty' || reason.startsWith('scope_')) [reason, link] = [up.reason, up.link];
  }
  return no(reason, link);
}
