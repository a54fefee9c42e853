import { type Html, html, link } from './html.ts';
import { named } from './labels.ts';
import { facts, langQuery, page, type Site, when, words } from './layout.ts';
import { successionNotice } from './register/successions.ts';
import type { SuccessionView } from './register/views.ts';

export interface InstitutionPage {
  slug: string;
  name: string;
  description?: string;
  url?: string;
  did: string;
  institutionType?: string;
  authorityBasis?: string;
  keys: readonly { id: string; purpose: string; state: 'waiting' | 'active' | 'retired' | 'revoked'; since: string }[];
  achievements: readonly { name: string; path: string }[];
  hasRegister: boolean;
  /** What became of it, or of whom it succeeded. */
  successions: readonly SuccessionView[];
  now: string;
}

export function renderInstitution(site: Site, data: InstitutionPage): string {
  const w = words(site.lang);
  return page(
    site,
    data.name,
    html`<h1>${data.name}</h1>${successionNotice(data.did, data.successions, data.now, site)}${data.description && html`<p class="lead">${data.description}</p>`}
<div class="card">${facts([
      [w.did, html`<a class="code" href="/institutions/${data.slug}/did.json">${data.did}</a>`],
      [w.web, data.url && link(data.url, data.url)],
      [w.institution_type, named('institutionType', data.institutionType, site.lang)],
      [w.authority_basis, named('authorityBasis', data.authorityBasis, site.lang)],
    ])}</div>
<h2>${w.accreditations}</h2><p><a href="/institutions/${data.slug}/accreditations${langQuery(site.lang)}">${w.all_accreditations}</a></p>
${data.hasRegister && html`<p><a href="/registry/${data.slug}${langQuery(site.lang)}">${w.register_of} ${data.name}</a></p>`}
<h2>${w.achievements}</h2>${rows(
      data.achievements.map((row) => html`<a href="${row.path}${langQuery(site.lang)}">${row.name}</a>`),
      w.none,
    )}
<h2>${w.keys}</h2>${rows(
      data.keys.map(
        (key) => html`<span class="code">${key.id}</span> ${w[`key_${key.state}`]} · ${when(key.since, site.lang)}`,
      ),
      w.none,
    )}`,
  );
}

function rows(items: readonly Html[], none: string): Html {
  if (items.length === 0) return html`<p class="note">${none}</p>`;
  return html`<ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
