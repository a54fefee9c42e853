import { Problem } from '#kernel';
import type { ChainReason, TrustPolicy } from './chain.ts';
import type { CheckedGrant } from './inputs/grant.ts';
import { IN_FORCE, standing } from './lifecycle.ts';
import type { Grant, Register } from './model.ts';
import { scopeContains } from './scope/scope.ts';

/** What is known about who accredited this authority, and those above it. */
export interface Above {
  /** Registers with grants to these parties. */
  grantsTo(parties: readonly string[], role: 'Accredit'): Promise<readonly Register[]>;
}

interface Link {
  grant: Grant;
  register: Register;
}

/**
 * Before a grant is signed: it must fit under what its accreditor was given. An authority that nobody known here has
 * delegated to may be a trust anchor of others, and is not refused; whoever does not trust it will not believe it.
 * @throws Problem `invalid-request` with the field, a code, and the id of the link that does not hold as `link`
 */
export async function assertAdmissible(
  above: Above,
  policy: TrustPolicy,
  accreditor: string,
  input: CheckedGrant,
  now: string,
): Promise<void> {
  if (input.accredited === accreditor && (input.role === 'Accredit' || !policy.anchors.includes(accreditor))) {
    throw refusal('/accredited', 'self_granted', 'an authority does not accredit itself');
  }
  const chain = await linksAbove(above, policy, accreditor);
  const ring = chain.find(({ grant }) => grant.accreditor === input.accredited);
  if (ring && (input.role === 'Accredit' || !policy.anchors.includes(input.accredited))) {
    throw refusal('/accredited', 'loop', 'this party stands above its own accreditor', ring.grant.id);
  }
  const links = chain.filter(({ grant }) => grant.accredited === accreditor);
  if (input.parent !== undefined) {
    const link = links.find(({ grant }) => grant.id === input.parent);
    if (!link) throw refusal('/parent', 'gap', 'is no delegation to this accreditor that is known here', input.parent);
    const fault = faultUnder(link, input, now);
    if (fault) throw refusal(...fault, link.grant.id);
    return;
  }
  if (policy.anchors.includes(accreditor) || links.length === 0) return;
  const faults = links.map((link) => ({ link, fault: faultUnder(link, input, now) }));
  if (faults.some(({ fault }) => !fault)) return;
  const { link, fault } = faults[0]!;
  throw refusal(...fault!, link.grant.id);
}

type Fault = [pointer: string, code: ChainReason | 'gap', detail: string];

function faultUnder({ grant: parent, register }: Link, input: CheckedGrant, now: string): Fault | undefined {
  if (parent.verb !== 'accredit') return ['/parent', 'parent_verb', 'the parent does not accredit'];
  const state = standing(parent, register.events, input.validFrom, now);
  if (!IN_FORCE[state]) {
    return ['/validFrom', 'gap', `the parent is ${state.replace('_', ' ')} when this grant would begin`];
  }
  const today = standing(parent, register.events, now, now);
  if (!IN_FORCE[today]) return ['/parent', `parent_${today}` as ChainReason, 'the parent is not in force now'];
  if (parent.validUntil !== undefined && (input.validUntil === undefined || input.validUntil > parent.validUntil)) {
    return ['/validUntil', 'gap', `must not be later than ${parent.validUntil}, when the parent ends`];
  }
  if (input.role === 'Accredit' && parent.maxDelegationDepth < input.maxDelegationDepth + 1) {
    return ['/maxDelegationDepth', 'delegation_depth', 'the parent does not let its authority be handed on so far'];
  }
  const wide = input.scope.findIndex((item) => !parent.scope.some((outer) => scopeContains(outer, item)));
  if (wide >= 0) return [`/scope/${wide}`, 'wider_than_parent', 'is wider than what the parent gives'];
  return undefined;
}

async function linksAbove(above: Above, policy: TrustPolicy, accreditor: string): Promise<Link[]> {
  const links: Link[] = [];
  const seen = new Set<string>();
  let frontier = [accreditor];
  // One more level than a chain may have: a ring must be seen before it is closed.
  for (let level = 0; level <= policy.maxDepth && frontier.length > 0; level++) {
    for (const did of frontier) seen.add(did);
    const found = await above.grantsTo(frontier, 'Accredit');
    links.push(...found.flatMap((register) => register.grants.map((grant) => ({ grant, register }))));
    frontier = [...new Set(found.map(({ accreditor: did }) => did))].filter((did) => !seen.has(did));
  }
  return links;
}

function refusal(pointer: string, code: string, detail: string, link?: string): Problem {
  return new Problem('invalid-request', link === undefined ? detail : `${detail} (${link})`, {
    errors: [{ pointer, detail, code }],
    ...(link === undefined ? {} : { extensions: { link } }),
  });
}
