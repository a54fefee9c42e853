import { type Html, html } from '../html.ts';
import { facts, page, type Site, words } from '../layout.ts';
import { NOT_ACCREDITED } from '../words/standing.ts';
import { address, party } from './address.ts';
import { onDay } from './dates.ts';
import { grantRows } from './grant.ts';
import { history } from './history.ts';
import { momentForm } from './moment-form.ts';
import { awardKinds } from './scope.ts';
import { act, because, frame } from './standing.ts';
import type { GrantView, MomentView, PartyView, SuccessionView } from './views.ts';

export interface RegisterPage {
  authority: PartyView & { slug: string };
  /** Whether it may accredit, as far as this service knows. */
  backed: boolean;
  moment: MomentView;
  /** One screenful. */
  grants: readonly GrantView[];
  /** Cursor of the next one. */
  next?: string;
  /** Entries on a page, when the reader chose it. */
  limit?: string;
  /** Not on the first page. */
  continued: boolean;
  /** What it recorded of institutions; only on the first page. */
  successions: readonly SuccessionView[];
}

/** The register of one authority: what it granted, to whom, where that stands, and its history. */
export function renderRegister(site: Site, data: RegisterPage): string {
  const w = words(site.lang);
  const { authority, moment, grants } = data;
  const path = `/registry/${authority.slug}`;
  const accredited = grants.filter(({ grant }) => grant.verb === 'accredit');
  const statements = grants.filter(({ grant }) => grant.verb !== 'accredit');
  return page(
    site,
    `${w.register_of} ${authority.name}`,
    html`<h1>${w.register_of} ${authority.name}</h1><p class="lead">${w.register_lead}</p>
${!data.backed && html`<p class="caution">${w.no_chain}</p>`}
${momentForm(site, path, moment)}
<ul class="row"><li><a href="${path}.json">${w.signed_json}</a></li><li><a href="${path}/snapshot">${w.snapshot}</a></li><li><a href="${address(site, `/institutions/${authority.slug}`)}">${w.about_institution}</a></li></ul>
<h2>${w.accreditations} <span class="day">${onDay(site, moment)}</span></h2>
${accredited.length > 0 ? accredited.map((view) => entry(view, moment, site)) : html`<p class="note">${w.register_empty}</p>`}
${
  statements.length > 0 &&
  html`<section class="statements"><h2>${w.not_accreditation}</h2><p><strong>${w.not_accreditation_lead}</strong></p>${statements.map((view) => entry(view, moment, site))}</section>`
}
${data.successions.length > 0 && html`<h2>${w.became}</h2>${history([], data.successions, site, { at: moment.at })}`}
${pages(site, path, data)}`,
  );
}

function entry(view: GrantView, moment: MomentView, site: Site): Html {
  const w = words(site.lang);
  const { verb, scope } = view.grant;
  return html`<article class="${frame(view)}"><h3>${party(site, view.accredited, moment)}</h3>
<p class="act"><strong>${act(view, site)}</strong>: ${awardKinds(scope, site.lang)}</p>
${verb !== 'accredit' && html`<p class="why">${NOT_ACCREDITED[verb][site.lang]}</p>`}
<div class="standing">${because(view, moment.at, site)}</div>
${facts(grantRows(view, moment, site, true))}
<details><summary>${w.full_history}</summary>${history([view], [], site, { alone: true, at: moment.at })}</details>
<p class="note"><a href="${address(site, `/accreditations/${view.id}`, moment.asked)}">${verb === 'accredit' ? w.whole_grant : w.whole_statement}</a></p></article>`;
}

function pages(
  site: Site,
  path: string,
  { authority, next, continued, moment, limit }: RegisterPage,
): Html | undefined {
  const w = words(site.lang);
  if (next === undefined && !continued) return undefined;
  return html`<nav class="pages" aria-label="${w.register_of} ${authority.name}">
${continued && html`<a href="${address(site, path, { ...moment.asked, limit })}">${w.first_page}</a>`}
${next !== undefined && html`<a class="button" href="${address(site, path, { ...moment.asked, limit, cursor: next })}">${w.next_page}</a>`}</nav>`;
}
