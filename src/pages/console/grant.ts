import type { Standing } from '#accreditation';
import { type Html, html, type Part } from '../html.ts';
import { named, nameOnly } from '../labels.ts';
import { facts, langQuery, type Site, when, words } from '../layout.ts';
import { grantRows, unbacked } from '../register/grant.ts';
import { grantLink, history } from '../register/history.ts';
import { awardKinds } from '../register/scope.ts';
import { because } from '../register/standing.ts';
import { EVENT_ACTS, EVENT_NOTES, GRANTS } from '../words/authority.ts';
import { ACT } from '../words/standing.ts';
import type { GrantEventType, GrantPage } from './authority-views.ts';
import { areaField, type Field, problemBanner, type Shown, textField } from './fields.ts';
import { at, consolePage } from './frame.ts';
import { askGrantEvent } from './grant-confirm.ts';
import { instrumentFields, instrumentForm } from './instrument-fields.ts';
import type { Officer } from './views.ts';

/** What can be recorded of a grant that stands so (framework 6.3); an annulment is possible from every state that had begun. */
const POSSIBLE: Readonly<Record<Standing, readonly GrantEventType[]>> = {
  not_recorded: [],
  not_yet: ['suspended', 'withdrawn'],
  provisional: ['activated', 'suspended', 'withdrawn', 'annulled'],
  active: ['suspended', 'withdrawn', 'annulled'],
  suspended: ['reinstated', 'withdrawn', 'annulled'],
  expired: ['annulled'],
  withdrawn: ['annulled'],
  superseded: ['annulled'],
  closed: ['withdrawn', 'annulled'],
  annulled: [],
};
const GOOD: ReadonlySet<GrantEventType> = new Set(['activated', 'reinstated']);

/** `/console/grants/{accreditationId}`: one grant, its history, and what can be recorded of it. */
export function renderGrant(site: Site, officer: Officer, data: GrantPage): string {
  const { lang } = site;
  const { grant: view, moment, confirm } = data;
  const w = words(lang);
  const { grant } = view;
  const title = `${ACT[grant.verb][lang]} · ${view.accredited.name}`;
  if (confirm) return consolePage(site, officer, title, askGrantEvent(site, data, confirm));
  const fields = eventFields(site);
  const forWhat = grant.verb === 'accredit' ? ` · ${nameOnly('role', grant.role, lang)}` : '';
  return consolePage(
    site,
    officer,
    title,
    html`${problemBanner(data.problem, lang, [...fields, ...instrumentFields(site)])}
<p class="kicker">${ACT[grant.verb][lang]}${forWhat}</p><h1>${view.accredited.name}</h1>
<p class="lead">${awardKinds(grant.scope, lang)}</p>
<section class="card standing" aria-label="${w.standing}">${because(view, moment.at, site)}${unbacked(view, site)}</section>
<ul class="row links"><li><a href="/accreditations/${view.id}${langQuery(lang)}">${GRANTS.publicPage[lang]}</a></li>
${officer.role === 'authority' && html`<li><a href="${at(site, '/console/grants/new', { renews: view.id })}">${GRANTS.renew[lang]}</a></li>`}</ul>
<div class="card">${facts([
      [w.granted_to, html`${view.accredited.name} <span class="code">${view.accredited.did}</span>`],
      [w.verb, named('verb', grant.verb, lang)],
      [w.role, named('role', grant.role, lang)],
      ...(grantRows(view, moment, site) as (readonly [string, Part])[]),
      [w.decided, when(grant.decisionDate, lang)],
      [w.recorded_on, when(grant.recordedAt, lang)],
      [w.rests_on, grant.parent && grantLink(grant.parent, grant.parent, site)],
      [w.replaces, grant.supersedes && grantLink(grant.supersedes, w.earlier_grant, site)],
    ])}</div>
<h2>${w.history}</h2><p class="note">${w.history_lead}</p>${history([view], [], site, { alone: true, at: moment.at })}
${officer.role === 'authority' && recording(site, data, fields)}`,
  );
}

function eventFields({ lang }: Site): [effectiveAt: Field, reason: Field] {
  return [
    { name: 'effectiveAt', label: GRANTS.effectiveAt[lang], note: GRANTS.effectiveNote[lang] },
    { name: 'reason', label: GRANTS.reason[lang], required: true, note: GRANTS.reasonNote[lang], maxLength: 500 },
  ];
}

function recording(site: Site, { grant, typed, problem }: GrantPage, [effectiveAt, reason]: [Field, Field]): Html {
  const { lang } = site;
  const possible = POSSIBLE[grant.standing];
  if (possible.length === 0) return html`<p class="note">${GRANTS.nothingFollows[lang]}</p>`;
  const shown: Shown = { lang, typed, problem };
  return html`<h2 id="record">${GRANTS.recordEvent[lang]}</h2><p>${GRANTS.recordLead[lang]}</p>
<form class="card" method="post" action="${at(site, `/console/grants/${grant.id}`)}">
${textField(effectiveAt, shown, 'date')}${areaField(reason, shown)}${instrumentForm(site, shown, { legend: GRANTS.instrument[lang] })}
<dl class="events">${possible.map((type) => html`<div><dt><button class="${GOOD.has(type) ? 'second' : ''}" type="submit" name="type" value="${type}">${EVENT_ACTS[type][lang]}</button></dt><dd>${EVENT_NOTES[type][lang]}</dd></div>\n`)}</dl></form>
<p class="note">${GRANTS.byApi[lang]}</p>`;
}
