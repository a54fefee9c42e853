import { fill, type Html, html } from '../html.ts';
import { langQuery, type Site, when } from '../layout.ts';
import { KEPT } from '../words/kept.ts';

/** Where a report was kept just now. */
export const keptAt = (site: Site, { url, endsAt }: { url: string; endsAt: string }): Html =>
  html`<section class="card" role="status"><p>${fill(KEPT.kept[site.lang], { ends: when(endsAt, site.lang)! })}<br><a href="${new URL(url).pathname}${langQuery(site.lang)}">${url}</a></p></section>`;

/** On the report of an address: what was uploaded is not here any more, so of that the box of the form is ticked first. */
export const keepForm = (site: Site, url: string, recipient?: string): Html =>
  html`<form class="card" method="post" action="/verify${langQuery(site.lang)}">
<input type="hidden" name="url" value="${url}">${recipient && html`<input type="hidden" name="recipient" value="${recipient}">`}<input type="hidden" name="keep" value="yes">
<p class="note">${KEPT.buttonNote[site.lang]}</p>
<button type="submit" class="second">${KEPT.button[site.lang]}</button></form>`;
