import { period } from './definitions.ts';
import { type Html, html, link } from './html.ts';
import { named, nameOnly } from './labels.ts';
import { facts, langQuery, page, type Site, when, words } from './layout.ts';

export interface InstitutionPage {
  slug: string;
  name: string;
  description?: string;
  url?: string;
  did: string;
  institutionType?: string;
  authorityBasis?: string;
  keys: readonly { id: string; purpose: string; state: 'active' | 'retired' | 'revoked'; since: string }[];
  achievements: readonly { name: string; path: string }[];
  hasRegister: boolean;
}

export function renderInstitution(site: Site, data: InstitutionPage): string {
  const w = words(site.lang);
  return page(
    site,
    data.name,
    html`<h1>${data.name}</h1>${data.description && html`<p class="lead">${data.description}</p>`}
<div class="card">${facts([
      [w.did, html`<a class="code" href="/institutions/${data.slug}/did.json">${data.did}</a>`],
      [w.web, data.url && link(data.url, data.url)],
      [w.institution_type, named('institutionType', data.institutionType, site.lang)],
      [w.authority_basis, named('authorityBasis', data.authorityBasis, site.lang)],
    ])}</div>
<h2>${w.achievements}</h2>${rows(
      data.achievements.map((row) => html`<a href="${row.path}${langQuery(site.lang)}">${row.name}</a>`),
      w.none,
    )}
${data.hasRegister && html`<h2>${w.accreditations}</h2><p><a href="/registry/${data.slug}${langQuery(site.lang)}">${w.register_of} ${data.name}</a></p>`}
<h2>${w.keys}</h2>${rows(
      data.keys.map(
        (key) => html`<span class="code">${key.id}</span> ${w[`key_${key.state}`]} · ${when(key.since, site.lang)}`,
      ),
      w.none,
    )}`,
  );
}

export interface GrantView {
  id: string;
  accreditorName: string;
  accreditedName: string;
  accreditedId: string;
  verb: string;
  role: string;
  /** One row an alternative; a dimension that is not stated does not limit. */
  scope: readonly ScopeView[];
  validFrom: string;
  validUntil?: string;
  events: readonly { type: string; effectiveAt: string; recordedAt: string; reason: string }[];
}

export interface ScopeView {
  awardType?: readonly string[];
  pqfLevelRange?: { from: number; to: number };
  achievement?: readonly string[];
}

export function renderAccreditation(site: Site, grant: GrantView): string {
  const w = words(site.lang);
  return page(
    site,
    `${grant.accreditedName} · ${nameOnly('role', grant.role, site.lang)}`,
    html`<h1>${grant.accreditedName}</h1><div class="card">${grantFacts(site, grant)}</div>
<p class="note"><a href="/accreditations/${grant.id}.json">${w.signed_json}</a></p>`,
  );
}

export function renderRegistry(
  site: Site,
  registers: readonly { slug: string; name: string; grants: number }[],
): string {
  const w = words(site.lang);
  return page(
    site,
    w.registry_title,
    html`<h1>${w.registry_title}</h1><p class="lead">${w.registry_lead}</p><div class="card">${rows(
      registers.map(
        (row) =>
          html`<a href="/registry/${row.slug}${langQuery(site.lang)}">${row.name}</a> <span class="note">${row.grants}</span>`,
      ),
      w.none,
    )}</div>`,
  );
}

export function renderRegister(site: Site, data: { slug: string; name: string; grants: readonly GrantView[] }): string {
  const w = words(site.lang);
  return page(
    site,
    `${w.register_of} ${data.name}`,
    html`<h1>${w.register_of} ${data.name}</h1>
<p class="note"><a href="/registry/${data.slug}.json">${w.signed_json}</a></p>
${data.grants.map((grant) => html`<section class="card"><h2><a href="/accreditations/${grant.id}${langQuery(site.lang)}">${grant.accreditedName}</a></h2>${grantFacts(site, grant)}</section>`)}`,
  );
}

function grantFacts(site: Site, grant: GrantView): Html {
  const w = words(site.lang);
  return facts([
    [w.granted_by, grant.accreditorName],
    [w.granted_to, html`${grant.accreditedName} <span class="code">${grant.accreditedId}</span>`],
    [w.verb, named('verb', grant.verb, site.lang)],
    [w.role, named('role', grant.role, site.lang)],
    [
      w.scope,
      rows(
        grant.scope.map((row) => scopeLine(row, site)),
        w.none,
      ),
    ],
    [w.in_force, period(grant.validFrom, grant.validUntil, site)],
    [
      w.events,
      grant.events.length > 0 &&
        rows(
          grant.events.map(
            (event) =>
              html`${named('eventType', event.type, site.lang)} · ${when(event.effectiveAt, site.lang)} · ${event.reason}`,
          ),
          '',
        ),
    ],
  ]);
}

function scopeLine({ awardType, pqfLevelRange, achievement }: ScopeView, site: Site): Html {
  const w = words(site.lang);
  const parts = [
    awardType?.map((value) => nameOnly('awardType', value, site.lang)).join(', '),
    pqfLevelRange && `${w.level} ${pqfLevelRange.from}–${pqfLevelRange.to}`,
    achievement?.join(', '),
  ].filter(Boolean);
  return html`${parts.length > 0 ? parts.join(' · ') : w.scope_all}`;
}

function rows(items: readonly Html[], none: string): Html {
  if (items.length === 0) return html`<p class="note">${none}</p>`;
  return html`<ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
