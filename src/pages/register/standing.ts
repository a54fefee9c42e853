import { IN_FORCE } from '#accreditation';
import { fill, type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { type Site, type Words, when, words } from '../layout.ts';
import { ACT, MAY, MEANING, STANDING } from '../words/standing.ts';
import { instrument } from './instruments.ts';
import { succeeded } from './successions.ts';
import type { EventView, GrantView } from './views.ts';

const TONES: Readonly<Record<GrantView['standing'], 'ok' | 'warn' | 'bad' | 'unk'>> = {
  not_recorded: 'unk',
  not_yet: 'unk',
  provisional: 'ok',
  active: 'ok',
  suspended: 'warn',
  expired: 'unk',
  withdrawn: 'bad',
  superseded: 'unk',
  annulled: 'bad',
  closed: 'bad',
};

/** Only an accreditation in force is green: an endorsement in force must not look like one. */
export function pill({ standing, grant }: GrantView, site: Site): Html {
  const tone = grant.verb === 'accredit' ? TONES[standing] : 'unk';
  const mark = grant.verb === 'accredit' && IN_FORCE[standing] ? '✓ ' : '';
  return html`<span class="pill tone-${tone}">${mark}${STANDING[standing][site.lang]}</span>`;
}

/** What it lets a party do now, or what it was for; the name of the act when it is no accreditation. */
export function act({ standing, grant }: GrantView, { lang }: Site): string {
  if (grant.verb !== 'accredit') return ACT[grant.verb][lang];
  return IN_FORCE[standing] ? MAY[grant.role][lang] : nameOnly('role', grant.role, lang);
}

/** How its box looks: only an accreditation in force has the full frame, and what is none has another one. */
export function frame({ standing, grant }: GrantView): string {
  if (grant.verb !== 'accredit') return 'grant other';
  return IN_FORCE[standing] ? 'grant' : 'grant off';
}

/** The event that put a grant where it stands. */
export function causeOf({ standing, events }: GrantView, at: string): EventView | undefined {
  const types: readonly string[] = standing === 'active' ? ['reinstated', 'activated'] : [standing];
  return events
    .filter((event) => types.includes(event.type) && event.effectiveAt <= at)
    .sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1))
    .at(-1);
}

const ENDS: ReadonlySet<string> = new Set(['expired', 'withdrawn', 'superseded', 'annulled']);

/** Until when it holds: the end that was granted, or the one that came before it. Half-open. */
export function endOf({ grant, events, closedBy }: GrantView, at: string): string | undefined {
  const ends = events.filter(({ type, effectiveAt }) => effectiveAt <= at && ENDS.has(type));
  return [...ends.map(({ effectiveAt }) => effectiveAt), closedBy?.effectiveAt, grant.validUntil]
    .filter((one) => one !== undefined)
    .sort()
    .at(0);
}

/** Why it stands as it does: since when, what that means, the reason that was recorded and what it rests on. */
export function because(view: GrantView, at: string, site: Site): Html {
  const w = words(site.lang);
  const cause = causeOf(view, at);
  const since =
    cause?.effectiveAt ??
    (view.standing === 'expired' ? view.grant.validUntil : undefined) ??
    (view.standing === 'closed' ? view.closedBy?.effectiveAt : undefined);
  return html`${pill(view, site)}${since && html` <span class="note">${fill(sinceWords(cause, w), { day: when(since, site.lang) })}</span>`}
${view.grant.verb === 'accredit' && view.standing !== 'active' && html`<p class="why">${MEANING[view.standing][site.lang]}</p>`}
${cause && view.standing !== 'active' && html`<p class="why"><span class="dim">${w.reason}:</span> ${cause.reason}${cause.legalInstrument && html` · ${instrument(cause.legalInstrument, site)}`}</p>`}
${view.closedBy && html`<p class="why">${succeeded(view.closedBy, site)} <span class="dim">${w.reason}:</span> ${view.closedBy.reason}</p>`}`;
}

/** In force again, or finally, is not in force since: that is when it was granted. */
function sinceWords(cause: EventView | undefined, w: Words): string {
  if (cause?.type === 'reinstated') return w.reinstated_on;
  return cause?.type === 'activated' ? w.confirmed_on : w.standing_since;
}
