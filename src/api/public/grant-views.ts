import { type AccreditationView, IN_FORCE, isClosed, type SuccessionRecord } from '#accreditation';
import { LIMITS } from '#kernel';
import type { GrantView, MomentView, PartyView, SuccessionView } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { showAccreditation } from '../manage/accreditations.ts';
import { showSuccession } from '../manage/standing.ts';
import { nameOf } from './names.ts';

/** Names of achievements that one page looks up; further ones stay addresses. */
const TITLES = 200;

/** What stands above an authority: delegations from the top down, and whether they begin at a trust anchor. */
export interface Above {
  links: AccreditationView[];
  anchored: boolean;
}

/** Everything that pages and answers show of grants, as of one moment. For one request: it remembers whom it looked up. */
export function grantViews(deps: ApiDeps, moment: MomentView) {
  const { accreditations, accreditation, successions, institutions, reader, publicUrl } = deps;
  const { anchors, maxDepth, depthBelow } = accreditation.policy;
  const own = institutions.didOf('');
  const parties = new Map<string, Promise<PartyView>>();
  const chains = new Map<string, Promise<Above>>();
  const titles = new Map<string, Promise<string | undefined>>();

  const remembered = <T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const held = map.get(key) ?? make();
    map.set(key, held);
    return held;
  };

  const party = (did: string): Promise<PartyView> =>
    remembered(parties, did, async () => {
      const name = await nameOf(did, deps);
      // Whoever has a name of ours has pages.
      return { did, name, ...(did.startsWith(own) && name !== did ? { slug: did.slice(own.length) } : {}) };
    });

  /**
   * As registers kept here tell it, without regard to scope: that is only tested with an award.
   * @param steps authorities from this one down to the award in question
   */
  const above = (did: string, parent?: string, steps = 1): Promise<Above> =>
    remembered(chains, `${steps} ${did} ${parent ?? ''}`, async () => {
      if (anchors.includes(did) && parent === undefined) {
        return { links: [], anchored: steps <= (depthBelow?.get(did) ?? maxDepth) };
      }
      if (steps >= maxDepth) return { links: [], anchored: false };
      const filter = { accredited: did, role: 'Accredit', verb: 'accredit' } as const;
      const { items } = await accreditations.list(filter, { limit: LIMITS.pageSizeMax }, moment);
      let best: Above = { links: [], anchored: false };
      for (const one of items) {
        if (!IN_FORCE[one.standing] || (parent !== undefined && one.grant.id !== parent)) continue;
        if (one.grant.maxDelegationDepth < steps - 1) continue;
        const { links, anchored } = await above(one.record.accreditor, one.grant.parent, steps + 1);
        if (anchored) return { links: [...links, one], anchored };
        if (best.links.length === 0) best = { links: [...links, one], anchored };
      }
      return best;
    });

  const title = async (iri: string): Promise<[string, string][]> => {
    const prefix = `${publicUrl}/achievements/`;
    if (!iri.startsWith(prefix) || (titles.size >= TITLES && !titles.has(iri))) return [];
    const name = await remembered(titles, iri, async () => {
      const row = await reader.achievement(iri.slice(prefix.length));
      return row && String(row.document.name);
    });
    return name === undefined ? [] : [[iri, name]];
  };

  const titlesOf = async ({ grant }: AccreditationView): Promise<Record<string, string>> => {
    const iris = grant.scope.flatMap(({ achievement = [], achievementVersion = [] }) => [
      ...achievement,
      ...achievementVersion.map((range) => range.achievement),
    ]);
    return Object.fromEntries((await Promise.all([...new Set(iris)].map(title))).flat());
  };

  const succession = async (row: SuccessionRecord): Promise<SuccessionView> => {
    const { tenant, successionId: _, by: __, predecessor, successor, ...rest } = row;
    return {
      ...rest,
      predecessor: await party(predecessor),
      ...(successor === undefined ? {} : { successor: await party(successor) }),
      by: await party(institutions.didOf(tenant)),
    };
  };

  const closedBy = async ({ record, standing }: AccreditationView): Promise<{ closedBy?: SuccessionView }> => {
    if (standing !== 'closed') return {};
    const rows = (await successions.of(record.accredited)).filter((row) => row.tenant === record.tenant);
    const row = rows.find((one) => isClosed(record.accredited, { successions: [one] }, moment.at, moment.knownAt));
    return row ? { closedBy: await succession(row) } : {};
  };

  return {
    party,
    succession,
    above,
    /** What stands above one grant. */
    aboveGrant: (one: AccreditationView) => above(one.record.accreditor, one.grant.parent, stepsTo(one)),

    /** What was recorded of this party by the moment that is known about. */
    async successionsOf(did: string): Promise<SuccessionRecord[]> {
      return (await successions.of(did)).filter((row) => row.recordedAt <= moment.knownAt);
    },

    async page(one: AccreditationView): Promise<GrantView> {
      const { record, grant, events, standing } = one;
      const { anchored } = await above(record.accreditor, grant.parent, stepsTo(one));
      return {
        id: record.accreditationId,
        accreditor: await party(record.accreditor),
        accredited: await party(record.accredited),
        ...{ grant, standing, backed: anchored },
        events: events.map(({ tenant: _, accreditationId: __, by: ___, ...event }) => event),
        titles: await titlesOf(one),
        ...(await closedBy(one)),
      };
    },

    /** For programs. Who of an authority's staff recorded an event is its own affair. */
    async row(one: AccreditationView) {
      const { events, ...shown } = showAccreditation(one, publicUrl);
      return {
        accredited: asParty(await party(one.record.accredited)),
        accreditor: asParty(await party(one.record.accreditor)),
        accreditorAccredited: (await above(one.record.accreditor, one.grant.parent, stepsTo(one))).anchored,
        accreditation: { ...shown, events: events.map(({ by: _, ...event }) => event) },
      };
    },

    asParty,
    successionRow: showSuccession,
  };

  function asParty({ did, name, slug }: PartyView) {
    return { did, name, ...(slug === undefined ? {} : { url: `${publicUrl}/institutions/${slug}` }) };
  }
}

/** A delegation is itself one step above what it lets be awarded. */
const stepsTo = ({ grant }: AccreditationView): number => (grant.role === 'Accredit' ? 2 : 1);
