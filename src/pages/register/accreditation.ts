import { fill, type Html, html } from '../html.ts';
import { named, nameOnly } from '../labels.ts';
import { facts, page, type Site, when, words } from '../layout.ts';
import { ACT, NOT_ACCREDITED } from '../words/standing.ts';
import { address, authority, party } from './address.ts';
import { onDay } from './dates.ts';
import { grantRows, unbacked } from './grant.ts';
import { grantLink, history } from './history.ts';
import { momentForm } from './moment-form.ts';
import { awardKinds } from './scope.ts';
import { because, pill } from './standing.ts';
import type { GrantView, MomentView } from './views.ts';

export interface AccreditationPage {
  moment: MomentView;
  grant: GrantView;
  /** Delegations above it, from the top down to its accreditor; empty for a trust anchor, or when none is known here. */
  above: readonly GrantView[];
}

/** One grant with everything it was signed with, what happened to it, and on whose authority it stands. */
export function renderAccreditation(site: Site, { moment, grant: view, above }: AccreditationPage): string {
  const w = words(site.lang);
  const { grant } = view;
  const accredits = grant.verb === 'accredit';
  const forWhat = accredits ? ` · ${nameOnly('role', grant.role, site.lang)}` : '';
  const path = `/accreditations/${view.id}`;
  return page(
    site,
    `${ACT[grant.verb][site.lang]} · ${view.accredited.name}`,
    html`<p class="kicker">${ACT[grant.verb][site.lang]}${forWhat}</p>
<h1>${view.accredited.name}</h1>
<p class="lead">${awardKinds(grant.scope, site.lang)}</p>
${grant.verb !== 'accredit' && html`<p class="caution">${NOT_ACCREDITED[grant.verb][site.lang]}</p>`}
<section class="card standing" aria-label="${w.standing}"><h2>${w.standing} <span class="day">${onDay(site, moment)}</span></h2>${because(view, moment.at, site)}${unbacked(view, site)}</section>
${momentForm(site, path, moment)}
<div class="card">${facts([
      [w.granted_by, authority(site, view.accreditor, moment)],
      [w.granted_to, html`${party(site, view.accredited, moment)} <span class="code">${view.accredited.did}</span>`],
      [w.verb, named('verb', grant.verb, site.lang)],
      [w.role, named('role', grant.role, site.lang)],
      ...grantRows(view, moment, site),
      [w.decided, when(grant.decisionDate, site.lang)],
      [w.recorded_on, when(grant.recordedAt, site.lang)],
      [
        w.delegation,
        grant.role === 'Accredit' &&
          (grant.maxDelegationDepth > 0
            ? fill(w.delegation_steps, { count: grant.maxDelegationDepth })
            : w.delegation_none),
      ],
      [w.rests_on, grant.parent && grantLink(grant.parent, grant.parent, site)],
      [w.replaces, grant.supersedes && grantLink(grant.supersedes, w.earlier_grant, site)],
    ])}</div>
${accredits && html`<h2>${w.on_whose_authority}</h2>${chain(view, above, moment, site)}`}
<h2>${w.history}</h2><p class="note">${w.history_lead}</p>${history([view], [], site, { alone: true, at: moment.at })}
<p class="note"><a href="${path}.json">${w.signed_json}</a></p>`,
  );
}

/** From the trust anchor down. */
function chain(view: GrantView, above: readonly GrantView[], moment: MomentView, site: Site): Html {
  const w = words(site.lang);
  const top = above[0]?.accreditor ?? view.accreditor;
  const links = [...above, view];
  return html`<ol class="chain"><li><strong>${authority(site, top, moment)}</strong> <span class="note">${view.backed ? w.anchor : w.no_chain}</span></li>
${links.map(
  (one) =>
    html`<li>${one === view ? html`<strong>${one.accredited.name}</strong>` : html`<a href="${address(site, `/accreditations/${one.id}`, moment.asked)}">${one.accredited.name}</a>`} <span class="note">${nameOnly('role', one.grant.role, site.lang)} · ${w.from} ${when(one.grant.validFrom, site.lang)}</span> ${pill(one, site)}</li>`,
)}</ol>`;
}
