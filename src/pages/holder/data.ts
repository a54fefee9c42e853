import { fill, type Html, html, type Part } from '../html.ts';
import { type Lang, langQuery, when } from '../layout.ts';
import { GUARDIAN } from '../words/guardian.ts';
import { BECOMES, KINDS, PRIVACY } from '../words/privacy.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';
import type { ErasureView, MyWard } from './views.ts';

/** The copy of everything, and the way to have it erased. */
export function yourData(of: FormOf): Html {
  const { lang } = of;
  return html`<h2 id="data">${PRIVACY.title[lang]}</h2><p class="note">${PRIVACY.lead[lang]}</p>
<section class="card"><p>${PRIVACY.exportLead[lang]}</p><p><a class="button second" href="/holder/export" download="tatak-export.json">${PRIVACY.export[lang]}</a></p></section>
${actionForm(of, 'eraseAsk', PRIVACY.ask[lang], html`<p>${PRIVACY.eraseLead[lang]}</p>`)}`;
}

/** The second step: what becomes of each thing, before anything is done. */
export function erasurePlan(of: FormOf, { groups, confirmation, ward }: ErasureView, wards: readonly MyWard[]): Html {
  const { lang } = of;
  const fields = html`${hidden('confirmation', confirmation)}${ward !== undefined && hidden('ward', ward)}`;
  const nothing = !groups.some(({ becomes }) => becomes in DONE);
  return html`<section class="card choices" role="alert"><h2>${planTitle(lang, ward, wards)}</h2>${ward !== undefined && html`<p>${GUARDIAN.planWhose[lang]}</p>`}
<p><strong>${nothing ? PRIVACY.planNothing[lang] : PRIVACY.planLead[lang]}</strong></p>
${groups.map(
  ({ becomes, counts, until }) => html`<p>${fill(BECOMES[becomes][lang], { until: until && when(until, lang) })}</p>
<ul>${counts.map(({ kind, count }) => html`<li>${count} × ${KINDS[kind][lang]}</li>\n`)}</ul>`,
)}
${!nothing && actionForm(of, 'erase', PRIVACY.confirm[lang], fields, false)}
<p><a href="/my${langQuery(lang)}">${PRIVACY.keep[lang]}</a></p></section>`;
}

function planTitle(lang: Lang, ward: string | undefined, wards: readonly MyWard[]): Part {
  if (ward === undefined) return PRIVACY.planTitle[lang];
  const name = wards.find(({ id }) => id === ward)?.name;
  return name === undefined ? GUARDIAN.planTitleUnnamed[lang] : fill(GUARDIAN.planTitle[lang], { name });
}

const DONE = { document: true, digest: true, entry: true };
