import { type Html, html } from './html.ts';
import { page, type Site, words } from './layout.ts';

/** The parts of an OpenAPI 3.1 document that the reference shows. */
export interface OpenApiView {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, unknown>>;
  tags?: readonly { name: string; description?: string }[];
  components?: { schemas?: Record<string, unknown> };
}

interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: unknown;
    $ref?: string;
  }[];
  requestBody?: {
    content: Record<string, { schema?: unknown; example?: unknown; examples?: Record<string, { value?: unknown }> }>;
  };
  responses?: Record<string, { description?: string; content?: Record<string, unknown>; $ref?: string }>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** API reference, rendered on the server: readable without script, printable, linkable by operation. */
export function renderDocs(site: Site, spec: OpenApiView): string {
  const w = words(site.lang);
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => ({
      path,
      method,
      operation: methods[method] as Operation,
    })),
  );
  const tags =
    spec.tags ?? [...new Set(operations.flatMap((row) => row.operation.tags ?? ['']))].map((name) => ({ name }));
  return page(
    site,
    w.docs_title,
    html`<h1>${w.docs_title}</h1><p class="lead">${spec.info.description?.split('\n')[0]}</p>
<p><a href="/openapi.yaml">openapi.yaml</a> · ${spec.info.version} · ${operations.length} ${w.operations}</p>
<nav aria-label="${w.docs_title}" class="card"><ul class="row">${tags.map(
      (tag) => html`<li><a href="#${anchor(tag.name)}">${tag.name}</a></li>`,
    )}</ul></nav>
${tags.map(
  (
    tag,
  ) => html`<section id="${anchor(tag.name)}"><h2>${tag.name}</h2>${'description' in tag && html`<p>${tag.description}</p>`}
${operations.filter((row) => (row.operation.tags ?? ['']).includes(tag.name)).map((row) => operation(row, spec))}</section>`,
)}`,
  );
}

function operation(row: { path: string; method: string; operation: Operation }, spec: OpenApiView): Html {
  const { operation: op, method, path } = row;
  const parameters = (op.parameters ?? []).map((parameter) => deref(parameter, spec));
  const secured = op.security === undefined || op.security.length > 0;
  return html`<article class="op" id="${op.operationId}">
<h3><span class="method">${method.toUpperCase()}</span> <a href="#${op.operationId}">${path}</a></h3>
<p>${op.summary} <span class="code">${op.operationId}</span> ${secured ? html`<span class="pill">API key</span>` : ''}</p>
${op.description && html`<p class="note">${prose(op.description)}</p>`}
${
  parameters.length > 0 &&
  html`<details><summary>Parameters</summary><ul class="plain">${parameters.map(
    (parameter) =>
      html`<li><strong>${parameter.name}</strong> <span class="code">${parameter.in}${parameter.required && ', required'}</span> ${prose(parameter.description)}</li>`,
  )}</ul></details>`
}
${
  op.requestBody &&
  html`<details><summary>Request body</summary>${Object.entries(op.requestBody.content).map(
    ([type, media]) =>
      html`<p class="code">${type}</p>${block(media.example ?? Object.values(media.examples ?? {})[0]?.value)}${block(media.schema, spec)}`,
  )}</details>`
}
<details><summary>Responses</summary><ul class="plain">${Object.entries(op.responses ?? {}).map(([status, value]) => {
    const response = deref(value, spec);
    return html`<li><strong>${status}</strong> ${response.description} <span class="code">${Object.keys(response.content ?? {}).join(', ')}</span></li>`;
  })}</ul></details>
</article>`;
}

/** Names in backticks are code. */
const prose = (text = ''): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;

function block(value: unknown, spec?: OpenApiView): Html | undefined {
  if (value === undefined) return undefined;
  const shown = spec && typeof value === 'object' && value !== null ? deref(value as { $ref?: string }, spec) : value;
  return html`<pre>${JSON.stringify(shown, null, 2)}</pre>`;
}

/** Follows one local reference (`#/components/...`); anything else is returned as it is. */
function deref<T extends { $ref?: string }>(value: T, spec: OpenApiView): T {
  if (!value.$ref?.startsWith('#/')) return value;
  let at: unknown = spec;
  for (const token of value.$ref.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[token];
  return (at as T | undefined) ?? value;
}

function anchor(name: string): string {
  return `tag-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}
