import { html } from '../html.ts';
import { langQuery, page, type Site } from '../layout.ts';
import { prose } from '../prose.ts';
import { DOCS } from '../words/docs.ts';
import type { OpenApiView } from './model.ts';

/** `/docs/changes`: `info.x-changes` of openapi.yaml, the newest first. */
export function renderChanges(site: Site, { info }: OpenApiView): string {
  const { lang } = site;
  return page(
    site,
    DOCS.changes[lang],
    html`<h1>${DOCS.changes[lang]}</h1><p class="lead">${DOCS.changesLead[lang]}</p>
${(info['x-changes'] ?? []).map(
  ({ version, date, changes }) =>
    html`<h2>${version} <small>${date ?? DOCS.notReleased[lang]}</small></h2><ul lang="en">${changes.map((one) => html`<li>${prose(one)}</li>`)}</ul>`,
)}
<p><a href="/docs${langQuery(lang)}">${DOCS.all[lang]}</a></p>`,
  );
}
