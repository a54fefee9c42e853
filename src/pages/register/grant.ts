import { IN_FORCE } from '#accreditation';
import { type Html, html, type Part } from '../html.ts';
import { facts, type Site, when, words } from '../layout.ts';
import { NOT_ACCREDITED } from '../words/standing.ts';
import { address, authority } from './address.ts';
import { lastDay } from './dates.ts';
import { instruments } from './instruments.ts';
import { awardKinds, scopeInWords } from './scope.ts';
import { because, endOf, frame } from './standing.ts';
import type { GrantView, MomentView } from './views.ts';

type Rows = (readonly [string, Part])[];

/** Since and until when, by which instrument, under which conditions: what anybody asks of a grant first. */
export function grantRows(view: GrantView, moment: MomentView, site: Site, kindsSaid = false): Rows {
  const w = words(site.lang);
  const { grant } = view;
  const accredits = grant.verb === 'accredit';
  const until = endOf(view, moment.at);
  return [
    [accredits ? w.levels_limits : w.about, scopeInWords(grant.scope, site.lang, view.titles, kindsSaid)],
    [IN_FORCE[view.standing] ? w.since : w.from_day, when(grant.validFrom, site.lang)],
    [w.until_incl, ending(grant.validFrom, until, site)],
    [w.by_instrument, instruments(grant.legalInstrument, site) ?? html`<span class="note">${w.no_instrument}</span>`],
    [
      w.conditions,
      grant.condition.length > 0 &&
        html`<ul class="limits">${grant.condition.map((one) => html`<li>${one}</li>`)}</ul>`,
    ],
  ];
}

/** What was void from its first day has no last one. */
function ending(from: string, until: string | undefined, site: Site): Html {
  const w = words(site.lang);
  if (until === undefined) return html`<span class="note">${w.no_end}</span>`;
  return until <= from ? html`${w.void_from_start}` : lastDay(until, site);
}

/** One grant in a list of an institution: what for, where it stands, who says so. */
export function grantCard(view: GrantView, moment: MomentView, site: Site, heading: 'h3' | 'h4' = 'h4'): Html {
  const w = words(site.lang);
  const { verb } = view.grant;
  const [limits, ...rest] = grantRows(view, moment, site, true);
  const title = html`${awardKinds(view.grant.scope, site.lang)}`;
  return html`<article class="${frame(view)}">
${heading === 'h3' ? html`<h3>${title}</h3>` : html`<h4>${title}</h4>`}
${verb !== 'accredit' && html`<p class="why">${NOT_ACCREDITED[verb][site.lang]}</p>`}
<div class="standing">${because(view, moment.at, site)}</div>
${unbacked(view, site)}
${facts([limits!, [w.granted_by, authority(site, view.accreditor, moment)], ...rest])}
<p class="note"><a href="${address(site, `/accreditations/${view.id}`, moment.asked)}">${verb === 'accredit' ? w.whole_grant : w.whole_statement}</a></p>
</article>`;
}

/** Said wherever such a grant is shown: what nobody trusted stands behind must not look like what somebody does. */
export function unbacked(view: GrantView, site: Site): Html | undefined {
  if (view.backed || view.grant.verb !== 'accredit') return undefined;
  return html`<p class="caution">${words(site.lang).unbacked}</p>`;
}
