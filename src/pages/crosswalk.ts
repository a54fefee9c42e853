import type { Crosswalk, CrosswalkCell } from '#framework';
import type { Text } from '#kernel';
import { bibliography, cited, confidence, legend } from './framework.ts';
import { fill, type Html, html } from './html.ts';
import { langQuery, page, type Site, words } from './layout.ts';
import { contactLink } from './privacy.ts';

const LEAD: Text = {
  en: 'How different bodies size, level, award and stack micro-credentials, as far as public sources say. None of these bodies has confirmed it. Each cell has its source, the month it was read and how sure we are; an empty cell means that nothing verified was found.',
  fil: 'Paano sinusukat, inaantas, iginagawad at ipinapatong ng iba’t ibang institusyon ang mga micro-credential, ayon sa mga pampublikong sanggunian. Wala sa mga ito ang nagpatunay rito. May sanggunian ang bawat selda, buwan ng pagbasa at antas ng katiyakan; ang walang laman ay walang natiyak na nakita.',
};
const CORRECT: Text = { en: 'How to propose a correction', fil: 'Paano magmungkahi ng pagwawasto' };
const SEND: Text = { en: 'Or send the same to {contact}.', fil: 'O ipadala ang mga iyon sa {contact}.' };
const UNCONVERTED: Text = {
  en: 'Credit of one system is never converted into another here: only a recorded decision that matches learning outcomes does that.',
  fil: 'Hindi kailanman isinasalin dito ang kredito ng isang sistema sa iba: naitalang pasiya lamang na nagtutugma ng mga kinalabasan ng pagkatuto ang gumagawa niyon.',
};

/** The comparative map of practices, cell by cell. */
export function renderCrosswalk(site: Site, map: Crosswalk, corrections?: string): string {
  const { lang } = site;
  const title = map.title[lang];
  const cells = map.rows.flatMap((row) => row.cells).filter((one) => one !== null);
  return page(
    site,
    title,
    html`<h1>${title}</h1><p class="lead">${LEAD[lang]}</p>
${legend(site)}
<p class="note">${UNCONVERTED[lang]}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table class="map">
<thead><tr>${[map.practice, ...map.columns].map((head) => html`<th scope="col">${head[lang]}</th>`)}</tr></thead>
<tbody>
${map.rows.map((row) => html`<tr id="${row.id}"><th scope="row">${row.practice[lang]}</th>${row.cells.map((one) => shown(one, site))}</tr>\n`)}
</tbody></table></div>
<h2 id="corrections">${CORRECT[lang]}</h2><p>${map.corrections[lang]}</p>
${corrections !== undefined && html`<p>${fill(SEND[lang], { contact: contactLink(corrections) })}</p>`}
${bibliography(site, cells)}
<p class="note"><a href="/framework${langQuery(lang)}">${words(lang).framework_title}</a></p>`,
  );
}

function shown(cell: CrosswalkCell | null, site: Site): Html {
  if (!cell) return html`<td></td>`;
  return html`<td>${cell.text[site.lang]}<small class="cited">${confidence(site, cell)} ${cell.source.length > 0 && cited(cell.source)}</small></td>`;
}
