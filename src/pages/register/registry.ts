import { type AccreditationVerb, ROLES, VERBS } from '#accreditation';
import { LABELS } from '#framework';
import { fill, type Html, html, type Part } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { page, type Site, when, words } from '../layout.ts';
import { ACT, NOT_ACCREDITED } from '../words/standing.ts';
import { address, authority, party } from './address.ts';
import { lastDay } from './dates.ts';
import { awardKinds } from './scope.ts';
import { act, endOf, frame, pill } from './standing.ts';
import type { GrantView, MomentView } from './views.ts';

export interface RegistryPage {
  registers: readonly { slug: string; name: string; grants: number }[];
  /** What was looked for and found; without it the page is the index. */
  search?: {
    asked: { q?: string; role?: string; verb?: string; awardType?: string; at?: string; limit?: string };
    moment: MomentView;
    grants: readonly GrantView[];
    next?: string;
  };
}

/** All registers of this service, and a search in them. */
export function renderRegistry(site: Site, { registers, search }: RegistryPage): string {
  const w = words(site.lang);
  return page(
    site,
    w.registry_title,
    html`<h1>${w.registry_title}</h1><p class="lead">${w.registry_lead}</p>
<h2>${w.search_title}</h2>${form(site, search?.asked ?? {})}
${search && found(site, search)}
<h2>${w.registers}</h2>
${
  registers.length === 0
    ? html`<p class="note">${w.none}</p>`
    : html`<div class="card"><ul class="plain">${registers.map(
        (row) =>
          html`<li><a href="${address(site, `/registry/${row.slug}`)}">${row.name}</a> <span class="note">${w.grants_count}: ${row.grants}</span></li>`,
      )}</ul></div>`
}`,
  );
}

function form(site: Site, asked: NonNullable<RegistryPage['search']>['asked']): Html {
  const w = words(site.lang);
  const lang = site.lang;
  return html`<form class="card fields" method="get" action="/registry" role="search" aria-label="${w.search_title}">
<input type="hidden" name="lang" value="${lang}">
<div class="wide"><label for="q">${w.search_q}</label><input id="q" name="q" type="search" maxlength="200" value="${asked.q ?? ''}"></div>
${choice(
  'role',
  w.search_role,
  asked.role,
  ROLES.map((role) => [role, nameOnly('role', role, lang)]),
  w.search_any,
)}
${choice(
  'verb',
  w.search_verb,
  asked.verb,
  VERBS.map((verb) => [verb, ACT[verb as AccreditationVerb][lang]]),
  w.search_any,
)}
${choice(
  'awardType',
  w.search_award,
  asked.awardType,
  Object.keys(LABELS.awardType).map((kind) => [kind, nameOnly('awardType', kind, lang)]),
  w.search_any,
)}
<div><label for="at">${w.moment_at}</label><input id="at" name="at" type="date" value="${asked.at ?? ''}"></div>
<button type="submit">${w.search_button}</button></form>`;
}

function choice(
  name: string,
  label: string,
  chosen: string | undefined,
  values: readonly (readonly [string, string])[],
  any: string,
): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${any}</option>${values.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></div>`;
}

function found(site: Site, { asked, moment, grants, next }: NonNullable<RegistryPage['search']>): Html {
  const w = words(site.lang);
  return html`<h2>${w.search_found}</h2>
${moment.asked.at !== undefined && html`<p class="moment"><strong>${fill(w.moment_shown, { at: when(moment.at, site.lang) })}</strong></p>`}
${grants.length === 0 ? html`<p class="note">${w.search_nothing}</p>` : html`<ul class="found">${grants.map((view) => html`<li class="${frame(view)}">${row(site, view, moment)}</li>`)}</ul>`}
<nav class="pages" aria-label="${w.search_found}">${next !== undefined && html`<a class="button" href="${address(site, '/registry', { ...asked, cursor: next })}">${w.next_page}</a>`} <a href="${address(site, '/registry')}">${w.search_again}</a></nav>`;
}

/** What was void from its first day never ran from one day to another. */
function period(from: string, until: string | undefined, site: Site): Html {
  const w = words(site.lang);
  if (until !== undefined && until <= from) return html`${w.void_from_start}`;
  return html`${w.from} ${when(from, site.lang)}${until !== undefined && html` ${w.until} ${lastDay(until, site)}`}`;
}

function row(site: Site, view: GrantView, moment: MomentView): Part {
  const w = words(site.lang);
  const { verb, scope, validFrom } = view.grant;
  const until = endOf(view, moment.at);
  return html`<h3>${party(site, view.accredited, moment)}</h3>
<p class="act">${pill(view, site)} <a href="${address(site, `/accreditations/${view.id}`, moment.asked)}"><strong>${act(view, site)}</strong>: ${awardKinds(scope, site.lang)}</a></p>
<p class="note">${w.granted_by} ${authority(site, view.accreditor, moment)} · ${period(validFrom, until, site)}</p>
${verb !== 'accredit' && html`<p class="why">${NOT_ACCREDITED[verb][site.lang]}</p>`}
${!view.backed && verb === 'accredit' && html`<p class="caution">${w.unbacked}</p>`}`;
}
