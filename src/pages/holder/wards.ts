import { fill, type Html, html } from '../html.ts';
import { type Lang, longDay, type Site } from '../layout.ts';
import { GUARDIAN } from '../words/guardian.ts';
import { badgeOf } from './badge.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';
import type { MyWard } from './views.ts';

/** For whom a guardian acts, and until when. */
export function actingFor({ name, until }: { name?: string; until: string }, lang: Lang): Html {
  const words = name === undefined ? GUARDIAN.untilUnnamed : GUARDIAN.until;
  return html`<section class="banner tone-unk"><p>${fill(words[lang], { name, day: longDay(until, lang) })}</p></section>`;
}

/** One section for each learner under age for whom the session acts. */
export function wardsSections(site: Site, wards: readonly MyWard[], of: FormOf): Html {
  return html`${wards.map((ward) => wardSection(site, ward, of))}`;
}

function wardSection(site: Site, ward: MyWard, of: FormOf): Html {
  const { lang } = site;
  const { id, name, hasAddress, badges } = ward;
  const title = name === undefined ? GUARDIAN.actForUnnamed : GUARDIAN.actFor;
  return html`<h2 id="ward-${id}">${fill(title[lang], { name })}</h2>
${actingFor(ward, lang)}
<p class="note">${GUARDIAN.theirs[lang]}</p>
<ul class="plain">${badges.map((badge) => html`<li class="card">${badgeOf(site, badge, of, GUARDIAN.boundBy)}</li>\n`)}</ul>
<details class="choices"><summary>${GUARDIAN.aloneTitle[lang]}</summary>
<p>${hasAddress ? GUARDIAN.aloneLead[lang] : GUARDIAN.noAddress[lang]}</p>
${hasAddress && actionForm(of, 'alone', GUARDIAN.alone[lang], hidden('ward', id), false)}</details>
<details class="choices"><summary>${GUARDIAN.dataTitle[lang]}</summary>
<p><a class="button second" href="/holder/export?ward=${id}" download="tatak-export.json">${GUARDIAN.export[lang]}</a></p>
${actionForm(of, 'eraseAsk', GUARDIAN.ask[lang], hidden('ward', id), false)}</details>
`;
}
