import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';
import type { Accreditations, AccreditationView } from './accreditations.ts';
import type { TrustPolicy } from './chain.ts';
import { IN_FORCE, type Standing } from './lifecycle.ts';
import type { AccreditationScope } from './scope/dimension.ts';
import { scopeContains } from './scope/scope.ts';

export interface DependentsDeps {
  accreditations: Pick<Accreditations, 'get' | 'list'>;
  policy: Pick<TrustPolicy, 'anchors'>;
  /** The tenant that has this DID here; undefined for everybody else's. */
  tenantOf(did: string): string | undefined;
  /** Awards of an institution of this service since an instant, among its newest. */
  awardsSince(tenant: string, from: string, now: string): Promise<Omit<PartyAwards, 'did' | 'after'>>;
  clock: Clock;
}

/** What one institution awarded since it was let to by the grant in question. */
export interface PartyAwards {
  did: string;
  awards: number;
  /** Of them, those that stand. */
  standing: number;
  /** Of them, those of the day from which something is to have effect, or later. */
  after: number;
  /** False: at least so many. */
  complete: boolean;
}

/** What this service knows to depend on one grant. */
export interface Dependent {
  /** Grants in force or to come that would have nothing above them without it, nearest first. */
  grants: AccreditationView[];
  /** False when there are more than were looked at. */
  complete: boolean;
  /** Institutions that award under it or under those grants, with what they awarded since; the ones of other services are not known. */
  awards: PartyAwards[];
  /** Awarding parties that were not counted: elsewhere, or too many. */
  uncounted: string[];
}

/**
 * @param effectiveAt from when something is to have effect; instant
 * @throws Problem `not-found` for a grant that is not this authority's
 */
export type FindDependents = (tenant: string, accreditationId: string, effectiveAt: string) => Promise<Dependent>;

/** An officer reads them before a decision: more than these are not read by anybody, and each costs time. */
const GRANTS = 400;
const PARTIES = 20;

/** Whether it lets awards be made, or will. */
const COUNTS = (standing: Standing) => IN_FORCE[standing] || standing === 'not_yet' || standing === 'suspended';

/**
 * What rests on a grant: of a delegation, whatever was granted below it and is held by no other one (framework 6.3: a link
 * that does not hold takes what is below it along), and the awards of those who were let award by any of them.
 */
export function createDependents(deps: DependentsDeps): FindDependents {
  const { accreditations, policy, tenantOf } = deps;

  /** Everything of a list, as far as it goes. */
  async function all(filter: Parameters<Accreditations['list']>[0], atMost: number) {
    const items: AccreditationView[] = [];
    let cursor: string | undefined;
    do {
      const page = await accreditations.list(filter, {
        limit: LIMITS.pageSizeMax,
        ...(cursor === undefined ? {} : { cursor }),
      });
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined && items.length < atMost);
    return { items, complete: cursor === undefined };
  }

  /** Grants by the party of a delegation that hang on it alone. */
  async function below(delegation: AccreditationView, atMost: number) {
    const party = delegation.record.accredited;
    const tenant = tenantOf(party);
    if (tenant === undefined) return { items: [], complete: true };
    const [given, above] = await Promise.all([
      all({ tenant, verb: 'accredit' }, atMost),
      all({ accredited: party, role: 'Accredit', verb: 'accredit' }, GRANTS),
    ]);
    const others = above.items.filter(
      ({ record, standing }) => IN_FORCE[standing] && record.accreditationId !== delegation.record.accreditationId,
    );
    const items = given.items.filter(
      (one) => COUNTS(one.standing) && hangs(one, delegation, others, policy.anchors.includes(party)),
    );
    return { items, complete: given.complete && above.complete };
  }

  return async (tenant, accreditationId, effectiveAt) => {
    const root = await accreditations.get(accreditationId);
    if (!root || root.record.tenant !== tenant) throw new Problem('not-found', 'there is no such accreditation');
    const now = formatInstant(deps.clock.now());
    const grants: AccreditationView[] = [];
    const seen = new Set([accreditationId]);
    let complete = true;
    const delegations = delegates(root) ? [root] : [];
    // Grows while it is walked. There are no rings: a grant that would close one is refused (admission.ts).
    for (const delegation of delegations) {
      if (grants.length >= GRANTS) {
        complete = false;
        break;
      }
      const found = await below(delegation, GRANTS - grants.length);
      complete &&= found.complete;
      for (const one of found.items) {
        const { accreditationId: id } = one.record;
        if (seen.has(id)) continue;
        seen.add(id);
        grants.push(one);
        if (delegates(one)) delegations.push(one);
      }
    }
    const since = new Map<string, string>();
    for (const { record, grant } of [root, ...grants]) {
      if (record.role !== 'Award' || record.verb !== 'accredit') continue;
      const from = [grant.validFrom, root.grant.validFrom].sort().at(-1)!;
      const earlier = since.get(record.accredited);
      since.set(record.accredited, earlier !== undefined && earlier < from ? earlier : from);
    }
    const awards: PartyAwards[] = [];
    const uncounted: string[] = [];
    for (const [did, from] of since) {
      const of = tenantOf(did);
      if (of === undefined || awards.length >= PARTIES) uncounted.push(did);
      else {
        const after =
          effectiveAt <= now ? await deps.awardsSince(of, [from, effectiveAt].sort().at(-1)!, now) : undefined;
        awards.push({ did, ...(await deps.awardsSince(of, from, now)), after: after?.awards ?? 0 });
      }
    }
    return { grants, complete, awards, uncounted };
  };
}

const delegates = ({ record }: AccreditationView): boolean => record.role === 'Accredit' && record.verb === 'accredit';

/** Whether a grant below would have nothing above it without this delegation. */
function hangs(
  { grant }: AccreditationView,
  delegation: AccreditationView,
  others: readonly AccreditationView[],
  anchored: boolean,
): boolean {
  if (grant.parent !== undefined) return grant.parent === delegation.grant.id;
  // Whom a verifier trusts without asking anybody needs no delegation.
  if (anchored) return false;
  const held = (by: AccreditationView, item: AccreditationScope) =>
    by.grant.scope.some((outer) => scopeContains(outer, item));
  return grant.scope.some((item) => held(delegation, item) && !others.some((other) => held(other, item)));
}
