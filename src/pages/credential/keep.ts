import { fill, type Html, html } from '../html.ts';
import { langParameter, langQuery, type Site } from '../layout.ts';
import { CREDENTIAL } from '../words/credential.ts';
import { linkedInAddress } from './linked-in.ts';
import type { CredentialPage } from './page.ts';

/** What each form is good for, by its suffix, in the order in which people want them. */
const FORMS = ['.pdf', '.png', '.svg', '.json', '.jwt'] as const;

/** The badge as something to have and to show: its address, its files, the ways to other places. */
export function keep(site: Site, data: CredentialPage): Html {
  const { lang } = site;
  const path = new URL(data.url).pathname;
  const files = FORMS.filter((suffix) => data.forms.includes(suffix));
  return html`<section class="card keep"><h2>${CREDENTIAL.keep[lang]}</h2>
<div class="qr">${data.qr && html`<img src="${data.qr}" alt="${CREDENTIAL.qrAlt[lang]}" width="160" height="160">`}
<div><p>${CREDENTIAL.address[lang]}<br><a href="${data.url}">${data.url}</a></p>
<ul class="row">${files.map(
    (suffix) =>
      html`<li><a href="${path}${suffix}?download${suffix === '.pdf' && `&${langParameter(lang)}`}" download>${CREDENTIAL.forms[suffix][lang]}</a></li>\n`,
  )}
<li><a href="${path}/attestation.svg">${CREDENTIAL.printed[lang]}</a></li>
${data.conferred && html`<li><a href="${path}/transcript.pdf${langQuery(lang)}">${CREDENTIAL.transcript[lang]}</a></li>`}</ul>
${data.state === 'active' && html`<p><a class="button second" href="${linkedInAddress(data)}" rel="noopener noreferrer">${CREDENTIAL.linkedIn[lang]}</a></p>`}
<p class="note">${fill(CREDENTIAL.wallet[lang], { my: html`<a href="/my${langQuery(lang)}">${CREDENTIAL.my[lang]}</a>` })}</p>
</div></div></section>`;
}

/** A name that somebody was told is typed here; the page never shows the one on record. */
export function nameForm(site: Site, data: CredentialPage): Html {
  const { lang } = site;
  const path = `${new URL(data.url).pathname}/name${langQuery(lang)}#name-match`;
  const { nameAnswer: answer } = data;
  const tone = answer && { match: 'ok', no_match: 'bad', not_recorded: 'unk', refused: 'unk', too_many: 'unk' }[answer];
  return html`<section class="card" id="name-match"><h2>${CREDENTIAL.nameTitle[lang]}</h2>
${answer && html`<p role="status"><span class="pill tone-${tone}">${CREDENTIAL.nameAnswers[answer][lang]}</span></p>`}
${
  answer !== 'refused' &&
  html`<p class="note">${CREDENTIAL.nameLead[lang]}</p>
<form method="post" action="${path}"><div><label for="name">${CREDENTIAL.name[lang]}</label>
<input id="name" name="name" type="text" required maxlength="200" autocomplete="off"></div>
<button type="submit" class="second">${CREDENTIAL.compare[lang]}</button></form>`
}</section>`;
}
