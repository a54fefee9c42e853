import { fill, type Html, html } from '../html.ts';
import { langQuery, when } from '../layout.ts';
import { BECOMES, KINDS, PRIVACY } from '../words/privacy.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';
import type { ErasureView } from './views.ts';

/** The copy of everything, and the way to have it erased. */
export function yourData(of: FormOf): Html {
  const { lang } = of;
  return html`<h2 id="data">${PRIVACY.title[lang]}</h2><p class="note">${PRIVACY.lead[lang]}</p>
<section class="card"><p>${PRIVACY.exportLead[lang]}</p><p><a class="button second" href="/holder/export" download="tatak-export.json">${PRIVACY.export[lang]}</a></p></section>
${actionForm(of, 'eraseAsk', PRIVACY.ask[lang], html`<p>${PRIVACY.eraseLead[lang]}</p>`)}`;
}

/** The second step: what becomes of each thing, before anything is done. */
export function erasurePlan(of: FormOf, { groups, confirmation }: ErasureView): Html {
  const { lang } = of;
  const nothing = !groups.some(({ becomes }) => becomes in DONE);
  return html`<section class="card choices" role="alert"><h2>${PRIVACY.planTitle[lang]}</h2>
<p><strong>${nothing ? PRIVACY.planNothing[lang] : PRIVACY.planLead[lang]}</strong></p>
${groups.map(
  ({ becomes, counts, until }) => html`<p>${fill(BECOMES[becomes][lang], { until: until && when(until, lang) })}</p>
<ul>${counts.map(({ kind, count }) => html`<li>${count} × ${KINDS[kind][lang]}</li>\n`)}</ul>`,
)}
${!nothing && actionForm(of, 'erase', PRIVACY.confirm[lang], hidden('confirmation', confirmation), false)}
<p><a href="/my${langQuery(lang)}">${PRIVACY.keep[lang]}</a></p></section>`;
}

const DONE = { document: true, digest: true, entry: true };
