import { type Html, html } from '../html.ts';
import { langQuery, page, type Site } from '../layout.ts';
import { prose } from '../prose.ts';
import { DOCS } from '../words/docs.ts';
import { type Examples, examplesOf } from './examples.ts';
import { deref, exampleOf, type OpenApiView, type Row } from './model.ts';

const LANGUAGES: readonly [keyof Examples, string][] = [
  ['curl', 'curl'],
  ['typescript', 'TypeScript'],
  ['python', 'Python'],
];

/** `/docs/{operation}`: one operation with all that is known of it, and how it is asked. */
export function renderOperation(site: Site, spec: OpenApiView, row: Row): string {
  const { lang } = site;
  const { operation: op, method, path } = row;
  const parameters = (op.parameters ?? []).map((parameter) => deref(parameter, spec));
  const secured = op.security === undefined || op.security.length > 0;
  const examples = examplesOf(row, spec);
  const body = op.requestBody && deref(op.requestBody, spec);
  return page(
    site,
    op.operationId,
    html`<p class="kicker">${op.tags?.join(', ')}</p><h1 class="code-title" lang="en">${op.operationId}</h1>
<p lang="en"><span class="method">${method.toUpperCase()}</span> ${path} ${secured && html`<span class="pill">API key</span>`}</p>
<p class="lead" lang="en">${op.summary}</p>${op.description && html`<p lang="en">${prose(op.description)}</p>`}
${examples && html`<h2>${DOCS.examples[lang]}</h2><p class="note">${DOCS.variables[lang]}</p>${LANGUAGES.map(([key, name]) => html`<h3 lang="en">${name}</h3><pre lang="en">${examples[key]}</pre>`)}`}
${parameters.length > 0 && html`<h2>${DOCS.parameters[lang]}</h2><ul class="plain" lang="en">${parameters.map((one) => html`<li><strong>${one.name}</strong> <span class="code">${one.in}${one.required && ', required'}</span> ${prose(one.description)}</li>`)}</ul>`}
${
  body &&
  html`<h2>${DOCS.body[lang]}</h2>${Object.entries(body.content).map(
    ([type, media]) =>
      html`<h3 class="code" lang="en">${type}</h3>${block(exampleOf(media))}<details><summary>JSON Schema</summary>${block(media.schema, spec)}</details>`,
  )}`
}
<h2>${DOCS.answers[lang]}</h2><ul class="plain" lang="en">${Object.entries(op.responses ?? {}).map(
      ([status, value]) => {
        const response = deref(value, spec);
        return html`<li><strong>${status}</strong> ${prose(response.description)} <span class="code">${Object.keys(response.content ?? {}).join(', ')}</span></li>`;
      },
    )}</ul>
<p><a href="/docs${langQuery(lang)}#${op.operationId}">${DOCS.all[lang]}</a> · <a href="/problems${langQuery(lang)}">${DOCS.problems[lang]}</a></p>`,
  );
}

function block(value: unknown, spec?: OpenApiView): Html | undefined {
  if (value === undefined) return undefined;
  const shown = spec && typeof value === 'object' && value !== null ? deref(value as { $ref?: string }, spec) : value;
  return html`<pre lang="en">${typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2)}</pre>`;
}
