import { html } from '../html.ts';
import { langQuery, page, type Site, words } from '../layout.ts';
import { DOCS } from '../words/docs.ts';
import { type OpenApiView, type Row, rowsOf } from './model.ts';

/** `/docs`: every operation in a line, by what it is about. Rendered here: readable without script, printable, linkable. */
export function renderDocs(site: Site, spec: OpenApiView, publicUrl: string): string {
  const { lang } = site;
  const w = words(lang);
  const rows = rowsOf(spec);
  const tags = spec.tags ?? [...new Set(rows.flatMap((row) => row.operation.tags ?? ['']))].map((name) => ({ name }));
  const to = (path: string) => `${path}${langQuery(lang)}`;
  return page(
    site,
    w.docs_title,
    html`<h1>${w.docs_title}</h1><p class="lead" lang="en">${spec.info.description?.split('\n')[0]}</p>
<p><a href="/openapi.yaml">openapi.yaml</a> · <a href="${to('/docs/changes')}">${spec.info.version}</a> · ${rows.length} ${w.operations} · <a href="${to('/problems')}">${DOCS.problems[lang]}</a></p>
<nav aria-label="${w.docs_title}" class="card"><ul class="row" lang="en">${tags.map(
      (tag) => html`<li><a href="#${anchor(tag.name)}">${tag.name}</a></li>`,
    )}</ul></nav>
<h2>${DOCS.begin[lang]}</h2><p>${DOCS.beginText[lang]}</p><pre lang="en">export TATAK=${publicUrl}
export TATAK_API_KEY=…   # a key of an institution
npm install tatak-sdk-${spec.info.version}.tgz   # for TypeScript and JavaScript: npm run build:sdk makes it</pre>
${tags.map((tag) => html`<section id="${anchor(tag.name)}" lang="en"><h2>${tag.name}</h2>${'description' in tag && html`<p>${tag.description}</p>`}<ul class="plain">${rows.filter((row) => (row.operation.tags ?? ['']).includes(tag.name)).map((row) => line(row, to))}</ul></section>`)}`,
  );
}

const line = ({ method, path, operation }: Row, to: (path: string) => string) =>
  html`<li class="op" id="${operation.operationId}"><span class="method">${method.toUpperCase()}</span> <a href="${to(`/docs/${operation.operationId}`)}">${path}</a><br>${operation.summary} <span class="code">${operation.operationId}</span></li>\n`;

const anchor = (name: string): string => `tag-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
