import type { ChainReason, NotInForce, Question, TrustPolicy } from './chain.ts';
import { IN_FORCE, type Standing, standing } from './lifecycle.ts';
import type { Grant, Register } from './model.ts';
import type { AccreditationScope } from './scope/dimension.ts';
import { scopeContains, scopeMismatch } from './scope/scope.ts';

/** A grant and the register it stands in: only its own register says what happened to it. */
export interface Entry {
  grant: Grant;
  register: Register;
}

/** The way up to an anchor, or the first link that does not hold. */
export type Up = { ok: true; chain: string[]; anchor: string } | { ok: false; reason: ChainReason; link?: string };

/** What follows from registers about one instant, as known at one. */
export interface Climber {
  entriesTo(party: string): readonly Entry[];
  standing(entry: Entry): Standing;
  /** Above one item of a grant: every link in force, of sufficient depth, containing what is below it. */
  above(grant: Grant, item: AccreditationScope): Up;
  /** Above an authority, for an award that the question describes; `recordedAt` is when it said what it said. */
  authority(authority: string, below: number, recordedAt?: string): Up;
  /** Whether whoever granted it could accredit anything at all when it was recorded, as an anchor says or lets be said. */
  vouched(entry: Entry): boolean;
}

/**
 * @param party whoever is asked about: nobody is accredited through a delegation of its own
 */
export function createClimber(
  known: ReadonlyMap<string, Register>,
  policy: TrustPolicy,
  { at, knownAt, facts }: Omit<Question, 'role'>,
  party?: string,
): Climber {
  const held = index(known, knownAt);
  const entriesTo = (did: string) => held.get(did) ?? [];
  const isAnchor = (did: string) => policy.anchors.includes(did);
  const standingAt = ({ grant, register }: Entry, when: string): Standing => {
    const state = standing(grant, register.events, when, knownAt);
    return IN_FORCE[state] && isClosed(grant.accredited, register, when, knownAt) ? 'closed' : state;
  };
  // By the grant itself, never by its id: an id is whatever its signer wrote.
  const climbed = new Map<Grant, Map<string, Up>>();
  const vouchedFor = new Map<string, boolean>();

  /** @param below number of delegations between this authority and the grant in question */
  const climb = (
    authority: string,
    inner: AccreditationScope | undefined,
    below: number,
    parent: string | undefined,
    recordedAt: string | undefined,
  ): Up => {
    const near = below + 1 <= (policy.depthBelow?.get(authority) ?? policy.maxDepth);
    if (near && parent === undefined && isAnchor(authority)) return { ok: true, chain: [], anchor: authority };
    if (authority === party && !isAnchor(authority)) return { ok: false, reason: 'self_granted' };
    if (below + 1 >= policy.maxDepth) return { ok: false, reason: 'too_deep' };
    const ways = entriesTo(authority).filter(
      ({ grant }) => grant.role === 'Accredit' && (parent === undefined || grant.id === parent),
    );
    return best(ways, (entry) => through(entry, inner, below, recordedAt), { ok: false, reason: 'no_parent' });
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
  const through = (
    entry: Entry,
    inner: AccreditationScope | undefined,
    below: number,
    recordedAt: string | undefined,
  ): Up => {
    const { grant } = entry;
    const no = (reason: ChainReason): Up => ({ ok: false, reason, link: grant.id });
    if (grant.accreditor === grant.accredited) return no('loop');
    if (grant.verb !== 'accredit') return no('parent_verb');
    // In force at the award, and when what rests on it was written down: who has lost its authority cannot grant into the past.
    for (const when of recordedAt === undefined ? [at] : [at, recordedAt]) {
      const state = standingAt(entry, when);
      if (!IN_FORCE[state]) return no(`parent_${state as NotInForce}`);
    }
    if (grant.maxDelegationDepth < below) return no('delegation_depth');
    const fitting = grant.scope.filter((outer) =>
      inner === undefined ? !scopeMismatch(outer, facts) : scopeContains(outer, inner),
    );
    return best(fitting, (outer) => higher(grant, outer, below), no('wider_than_parent'));
  };

  /** The same link from the same height always climbs alike, so that rings and thick meshes cost no more than they have links. */
  const higher = (grant: Grant, outer: AccreditationScope, below: number): Up => {
    const remembered = climbed.get(grant) ?? new Map<string, Up>();
    climbed.set(grant, remembered);
    const name = `${below} ${grant.scope.indexOf(outer)}`;
    const up = remembered.get(name) ?? climb(grant.accreditor, outer, below + 1, grant.parent, grant.recordedAt);
    remembered.set(name, up);
    return up.ok ? { ...up, chain: [...up.chain, grant.id] } : up;
  };

  const vouched = (authority: string, when: string, steps = 1): boolean => {
    if (isAnchor(authority)) return true;
    if (steps >= policy.maxDepth) return false;
    const name = `${steps} ${when} ${authority}`;
    const found =
      vouchedFor.get(name) ??
      entriesTo(authority).some((entry) => {
        const { role, verb, accreditor, recordedAt } = entry.grant;
        const accredits = role === 'Accredit' && verb === 'accredit' && IN_FORCE[standingAt(entry, when)];
        return accredits && vouched(accreditor, recordedAt, steps + 1);
      });
    vouchedFor.set(name, found);
    return found;
  };

  return {
    entriesTo,
    standing: (entry) => standingAt(entry, at),
    above(grant, item) {
      const up = climb(grant.accreditor, item, grant.role === 'Accredit' ? 1 : 0, grant.parent, grant.recordedAt);
      if (up.ok || up.reason !== 'too_deep' || !isRing(held, policy, grant.accreditor)) return up;
      return { ...up, reason: 'loop' };
    },
    authority: (authority, below, recordedAt) => climb(authority, undefined, below, undefined, recordedAt),
    vouched: ({ grant }) => vouched(grant.accreditor, grant.recordedAt),
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
