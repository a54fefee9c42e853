import type { EquivalenceInput, EquivalenceView } from '#equivalences';
import { dayIn, Problem } from '#kernel';
import { type EquivalencePage, type NamedAchievement, renderEquivalence } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms, SIGNED, splitSuffix } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';

export function publicEquivalences(deps: ApiDeps): Handlers<'getEquivalence'> {
  const { equivalences, institutions, reader, publicUrl, specimen } = deps;

  /** Its own name for an achievement of this service; else what the decision calls it, else its address. */
  async function named(achievement: string, more: { title?: string; version?: readonly string[] }) {
    const prefix = `${publicUrl}/achievements/`;
    const own = achievement.startsWith(prefix) ? await reader.achievement(achievement.slice(prefix.length)) : undefined;
    const { title = achievement, version } = more;
    const name = own ? String(own.document.name) : title;
    return { iri: achievement, name, ...(own ? { own: true } : {}), ...(version ? { version } : {}) };
  }

  function targets({ to }: EquivalenceInput): Promise<NamedAchievement[]> {
    if (to.mode === 'unspecified') return Promise.resolve([]);
    if (to.mode === 'block') return Promise.all(to.achievements.map((iri) => named(iri, {})));
    const { achievement, title, version } = to;
    const more = { ...(title ? { title } : {}), ...(version ? { version: [version] } : {}) };
    return named(achievement, more).then((one) => [one]);
  }

  async function pageOf({ record, events, standing, appealOpen }: EquivalenceView): Promise<EquivalencePage> {
    const { tenant, equivalenceId: id, input, validFrom, validUntil, decidedAt } = record;
    const { from, to, category } = input;
    const name = (await institutions.get(tenant))?.profile.name ?? tenant;
    return {
      id,
      decidedBy: { did: institutions.didOf(tenant), name, slug: tenant },
      from: await named(from.achievement, from),
      mode: to.mode,
      to: await targets(input),
      category: to.mode === 'unspecified' ? to.category : category,
      decision: input,
      decidedOn: input.decisionDate ?? dayIn(new Date(decidedAt!)),
      validFrom: validFrom!,
      validUntil,
      standing,
      appealOpen,
      // What somebody appealed with, and who recorded it, is nobody else's affair.
      events: events.map(({ type, day, recordedAt, reason, legalInstrument, supersededBy }) => ({
        ...{ type, day, recordedAt },
        ...(type === 'appealed' ? {} : { reason }),
        ...(legalInstrument ? { legalInstrument } : {}),
        ...(supersededBy ? { supersededBy } : {}),
      })),
      specimen: specimen || input.realism === 'Illustrative',
    };
  }

  return {
    async getEquivalence(request, reply) {
      const { id, jsonOnly } = splitSuffix((request.params as { equivalenceId: string }).equivalenceId);
      const { edition } = request.query as { edition?: string };
      const row = await reader.equivalenceEdition(id, edition === undefined ? undefined : Number(edition));
      if (!row) throw new Problem('not-found', 'there is no such decision');
      return publishForms(request, reply, jsonOnly, {
        json: row.signed,
        types: SIGNED,
        // An end must be seen at once.
        cache: 'fresh',
        page: async () => renderEquivalence(siteOf(request, specimen), await pageOf((await equivalences.get(id))!)),
      });
    },
  };
}
