import { type Html, html } from './html.ts';

const DEPTH = 6;

/** What a check rests on, as a list of names and values that can be read without knowing JSON. */
export function evidenceList(evidence: Readonly<Record<string, unknown>>): Html {
  return members(evidence, 0);
}

function members(value: object, depth: number): Html {
  const rows = Object.entries(value).filter(([, member]) => member !== undefined);
  return html`<dl class="evidence">${rows.map(
    ([name, member]) => html`<div><dt class="code">${name}</dt><dd>${shown(member, depth)}</dd></div>`,
  )}</dl>`;
}

function shown(value: unknown, depth: number): Html {
  if (typeof value === 'string') return html`${value}`;
  if (typeof value !== 'object' || value === null) return html`<span class="code">${String(value)}</span>`;
  if (depth >= DEPTH) return html`<pre>${JSON.stringify(value, null, 2)}</pre>`;
  if (!Array.isArray(value)) return members(value, depth + 1);
  if (value.length === 0) return html`–`;
  return html`<ul>${value.map((item) => html`<li>${shown(item, depth + 1)}</li>`)}</ul>`;
}
