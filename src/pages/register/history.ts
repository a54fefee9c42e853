import { type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { type Site, when, words } from '../layout.ts';
import { ACT } from '../words/standing.ts';
import { address, authority } from './address.ts';
import { instrument, instruments } from './instruments.ts';
import { awardKinds } from './scope.ts';
import { succeeded, successionKind } from './successions.ts';
import type { GrantView, SuccessionView } from './views.ts';

interface Entry {
  effectiveAt: string;
  recordedAt: string;
  /** Of two at one instant. */
  order: number;
  what: Html;
  more?: Html;
}

const TONES: Record<string, string> = { suspended: 'warn', withdrawn: 'bad', annulled: 'bad' };

/** Everything that happened, newest first, with both clocks. `alone`: of one grant, which need not be named each time. */
export function history(
  grants: readonly GrantView[],
  successions: readonly SuccessionView[],
  site: Site,
  options: { alone?: boolean; at: string },
): Html {
  const w = words(site.lang);
  const entries = [
    ...grants.flatMap((view) => ofGrant(view, site, options)),
    ...successions.map((row) => ofSuccession(row, site)),
  ];
  entries.sort(
    (a, b) => compare(b.effectiveAt, a.effectiveAt) || compare(b.recordedAt, a.recordedAt) || b.order - a.order,
  );
  return html`<ol class="timeline">${entries.map(
    (
      entry,
    ) => html`<li><div class="clocks"><div><small>${w.effective}</small> <span>${when(entry.effectiveAt, site.lang)}</span></div>
<div><small>${w.recorded}</small> <span>${when(entry.recordedAt, site.lang)}</span></div></div>
<div class="what">${entry.what}${entry.more}</div></li>`,
  )}</ol>`;
}

function ofGrant(view: GrantView, site: Site, { alone, at }: { alone?: boolean; at: string }): Entry[] {
  const w = words(site.lang);
  const { grant, events } = view;
  const subject = alone
    ? ''
    : html` <a href="${address(site, `/accreditations/${view.id}`)}">${ACT[grant.verb][site.lang]} · ${roleOf(view, site)}${awardKinds(grant.scope, site.lang)}</a>`;
  const cited = instruments(grant.legalInstrument, site);
  const entries: Entry[] = [
    {
      effectiveAt: grant.validFrom,
      recordedAt: grant.recordedAt,
      order: 0,
      what: html`<strong>${grant.provisional ? w.granted_provisionally : w.granted}</strong>${subject}`,
      more: html`<p class="why">${w.granted_by} ${authority(site, view.accreditor)}${cited && html` · ${cited}`}</p>`,
    },
  ];
  events.forEach((event, index) => {
    const tone = TONES[event.type];
    entries.push({
      effectiveAt: event.effectiveAt,
      recordedAt: event.recordedAt,
      order: index + 1,
      what: html`<strong${tone && html` class="ink-${tone}"`}>${nameOnly('eventType', event.type, site.lang)}</strong>${subject}`,
      more: html`<p class="why"><span class="dim">${w.reason}:</span> ${event.reason}${event.legalInstrument && html` · ${instrument(event.legalInstrument, site)}`}${event.supersededBy && html` · ${w.replaced_by} ${grantLink(event.supersededBy, w.later_grant, site)}`}</p>`,
    });
  });
  if (view.standing === 'expired' && grant.validUntil !== undefined && grant.validUntil <= at && !ended(view)) {
    const { validUntil: effectiveAt, recordedAt } = grant;
    entries.push({
      effectiveAt,
      recordedAt,
      order: events.length + 1,
      what: html`<strong>${w.ended_as_granted}</strong>${subject}`,
    });
  }
  return entries;
}

const roleOf = ({ grant }: GrantView, site: Site): string =>
  grant.verb === 'accredit' ? `${nameOnly('role', grant.role, site.lang)}: ` : '';

const ended = ({ events }: GrantView): boolean =>
  events.some(({ type }) => type === 'expired' || type === 'withdrawn' || type === 'superseded');

function ofSuccession(row: SuccessionView, site: Site): Entry {
  const w = words(site.lang);
  return {
    effectiveAt: row.effectiveAt,
    recordedAt: row.recordedAt,
    order: 0,
    what: html`<strong>${successionKind(row, site)}</strong> ${succeeded(row, site)}`,
    more: html`<p class="why"><span class="dim">${w.reason}:</span> ${row.reason} · ${w.recorded_by} ${authority(site, row.by)}${row.legalInstrument && html` · ${instrument(row.legalInstrument, site)}`}</p>`,
  };
}

/** A grant by its IRI: the last part of ours is its address here; somebody else's is only linked when it is on the web. */
export function grantLink(iri: string, label: string, site: Site): Html {
  const id = /\/accreditations\/([0-9a-hjkmnp-tv-z]{26})$/.exec(iri)?.[1];
  return id === undefined
    ? html`<span class="code">${iri}</span>`
    : html`<a href="${address(site, `/accreditations/${id}`)}">${label}</a>`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
