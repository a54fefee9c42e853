import { IN_FORCE, type Standing, standing } from './lifecycle.ts';
import type { AccreditationRole, AccreditationVerb, Grant, LegalInstrument, Register } from './model.ts';
import type { AccreditationScope, AwardFacts } from './scope/dimension.ts';
import { scopeContains, scopeMismatch } from './scope/scope.ts';

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

type NotInForce = Exclude<Standing, 'active' | 'provisional'>;

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
  /** The party stands in at least one register, with whatever grant. */
  listed: boolean;
  /** Whether a register of this authority, had it answered, could have given a yes. */
  couldAnswer(authority: string): boolean;
}

interface Entry {
  grant: Grant;
  register: Register;
}
type Up = { ok: true; chain: string[]; anchor: string } | { ok: false; reason: ChainReason; link?: string };

/** What follows from these registers about one party. Pure; deny by default. */
export function judge(
  known: ReadonlyMap<string, Register>,
  policy: TrustPolicy,
  party: string,
  question: Question,
): Judgement {
  const { at, knownAt } = question;
  const held = index(known, knownAt);
  const stand = ({ grant, register }: Entry): Standing => {
    const state = standing(grant, register.events, at, knownAt);
    return IN_FORCE[state] && isClosed(grant.accredited, register, at, knownAt) ? 'closed' : state;
  };
  const climbed = new Map<string, Up>();

  /**
   * From an authority up to a trust anchor: every link in force, of sufficient depth, and containing the scope below it.
   * @param below number of delegations between this authority and the grant in question
   */
  const climb = (authority: string, inner: AccreditationScope | undefined, below: number, parent?: string): Up => {
    const near = below + 1 <= (policy.depthBelow?.get(authority) ?? policy.maxDepth);
    if (near && parent === undefined && policy.anchors.includes(authority)) {
      return { ok: true, chain: [], anchor: authority };
    }
    if (below + 1 >= policy.maxDepth) return { ok: false, reason: 'too_deep' };
    const up = (held.get(authority) ?? []).filter(
      ({ grant }) => grant.role === 'Accredit' && (parent === undefined || grant.id === parent),
    );
    return best(up, (entry) => rest(entry, inner, below), { ok: false, reason: 'no_parent' });
  };

  /** The way to the anchor of highest precedence; nothing more is looked at once that is the first one. */
  const best = <T>(ways: readonly T[], follow: (way: T) => Up, otherwise: Up): Up => {
    const precedence = (up: Up) => (up.ok ? policy.anchors.indexOf(up.anchor) : policy.anchors.length);
    let found = otherwise;
    for (const way of ways) {
      const up = follow(way);
      if (!found.ok || precedence(up) < precedence(found)) found = up;
      if (precedence(found) === 0) break;
    }
    return found;
  };

  /** One delegation and everything above it. */
  const rest = (entry: Entry, inner: AccreditationScope | undefined, below: number): Up => {
    const { grant } = entry;
    const no = (reason: ChainReason): Up => ({ ok: false, reason, link: grant.id });
    if (grant.accreditor === grant.accredited) return no('loop');
    if (grant.verb !== 'accredit') return no('parent_verb');
    const state = stand(entry);
    if (!IN_FORCE[state]) return no(`parent_${state as NotInForce}`);
    if (grant.maxDelegationDepth < below) return no('delegation_depth');
    const fitting = grant.scope.filter((outer) =>
      inner === undefined ? !scopeMismatch(outer, question.facts) : scopeContains(outer, inner),
    );
    const follow = (outer: AccreditationScope): Up => {
      // The same link from the same height always climbs alike, so that rings and thick meshes cost no more than they have links.
      const name = `${below} ${grant.id} ${grant.scope.indexOf(outer)}`;
      const up = climbed.get(name) ?? climb(grant.accreditor, outer, below + 1, grant.parent);
      climbed.set(name, up);
      return up.ok ? { ...up, chain: [...up.chain, grant.id] } : up;
    };
    return best(fitting, follow, no('wider_than_parent'));
  };

  const judgeOne = (entry: Entry): Matched | Rejected => {
    const { grant } = entry;
    const { id, accreditor, verb, role } = grant;
    const no = (reason: ChainReason, link?: string): Rejected => ({
      ...{ grant: id, accreditor, verb, role, reason },
      ...(link !== undefined && link !== id ? { link } : {}),
    });
    if (accreditor === party && !policy.anchors.includes(party)) return no('self_granted');
    // Only the verb `accredit` accredits: listing, approving and endorsing are other acts (framework 6.1).
    if (verb !== 'accredit') return no('verb');
    if (role !== question.role) return no('role');
    const state = stand(entry);
    if (!IN_FORCE[state]) return no(state as NotInForce);
    let reason: ChainReason = 'scope_empty';
    let link: string | undefined;
    for (const item of grant.scope) {
      const mismatch = scopeMismatch(item, question.facts);
      const up: Up = mismatch
        ? { ok: false, reason: mismatch }
        : climb(accreditor, item, role === 'Accredit' ? 1 : 0, grant.parent);
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
    return no(reason === 'too_deep' && isRing(held, policy, accreditor) ? 'loop' : reason, link);
  };

  const outcomes = (held.get(party) ?? []).map(judgeOne);
  const precedence = (one: Matched) => policy.anchors.indexOf(one.anchor);
  return {
    matched: outcomes
      .filter((one): one is Matched => 'chain' in one)
      .sort((a, b) => precedence(a) - precedence(b) || (a.grant < b.grant ? -1 : 1)),
    rejected: outcomes.filter((one): one is Rejected => 'reason' in one),
    listed: outcomes.length > 0,
    couldAnswer: (authority) => climb(authority, undefined, question.role === 'Accredit' ? 1 : 0).ok,
  };
}

/** An institution that its accreditor says has merged or closed awards nothing from then on, whatever stands beside it. */
export function isClosed(party: string, register: Pick<Register, 'successions'>, at: string, knownAt: string): boolean {
  return register.successions.some(
    (row) => row.predecessor === party && row.kind !== 'Custody' && row.effectiveAt <= at && row.recordedAt <= knownAt,
  );
}

/** Delegations that only lead back to where they came from, never to an anchor. */
function isRing(held: ReadonlyMap<string, readonly Entry[]>, policy: TrustPolicy, from: string): boolean {
  const seen = new Set([from]);
  let ring = false;
  for (const authority of seen) {
    if (policy.anchors.includes(authority)) return false;
    for (const { grant } of held.get(authority) ?? []) {
      if (grant.role !== 'Accredit') continue;
      if (seen.has(grant.accreditor)) ring = true;
      seen.add(grant.accreditor);
    }
  }
  return ring;
}

/** Every grant that was written down by then, by the party it is about: what came later changes no earlier answer. */
function index(known: ReadonlyMap<string, Register>, knownAt: string): Map<string, Entry[]> {
  const held = new Map<string, Entry[]>();
  for (const register of known.values()) {
    for (const grant of register.grants) {
      if (grant.recordedAt > knownAt) continue;
      const list = held.get(grant.accredited);
      if (list) list.push({ grant, register });
      else held.set(grant.accredited, [{ grant, register }]);
    }
  }
  return held;
}
