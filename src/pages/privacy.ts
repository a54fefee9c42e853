import { fill, type Html, html, type Part } from './html.ts';
import { facts, langQuery, page, type Site } from './layout.ts';
import { KEPT_THINGS, NOTICE, RIGHTS } from './words/notice.ts';

/** What is in force; the names stand in the words as `{sessionHours}`. */
export interface Retention {
  sessionHours: number;
  codeMinutes: number;
  mailDays: number;
  answerMinutes: number;
  reportDays: number;
}

export interface PrivacyPage {
  operator: { name?: string; address?: string };
  privacyContact?: string;
  retention: Retention;
}

/** The National Privacy Commission, which RA 10173 section 7 makes the body for complaints. */
const COMMISSION = 'https://privacy.gov.ph';

/** `/privacy`, from the settings of this service. */
export function renderPrivacy(site: Site, data: PrivacyPage): string {
  const { lang } = site;
  const { retention, operator, privacyContact } = data;
  const say = (name: keyof typeof NOTICE) => NOTICE[name][lang];
  const numbers = Object.fromEntries(Object.entries(retention).map(([name, number]) => [name, String(number)]));
  const row = (thing: (typeof KEPT_THINGS)[number]) =>
    html`<tr><th scope="row">${thing.what[lang]}</th><td>${thing.why[lang]}</td><td>${fill(thing.howLong[lang], numbers)}</td></tr>\n`;
  const my = html`<a href="/my${langQuery(lang)}">/my</a>`;
  return page(
    site,
    say('title'),
    html`<h1>${say('title')}</h1><p class="lead">${say('lead')}</p>
<p class="note"><strong>${say('unread')}</strong></p>
<h2>${say('who')}</h2>
<div class="card">${facts([
      [say('operator'), operator.name ?? say('unset')],
      [say('address'), operator.address ?? say('unset')],
      [say('contact'), privacyContact === undefined ? say('unset') : contactLink(privacyContact)],
    ])}</div>
<p>${say('institutions')}</p>
<h2>${say('kept')}</h2><p>${say('sensitive')}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${say('kept')}"><table class="kept">
<thead><tr>${(['what', 'why', 'howLong'] as const).map((head) => html`<th scope="col">${say(head)}</th>`)}</tr></thead>
<tbody>
${KEPT_THINGS.map(row)}</tbody></table></div>
<h2>${say('minors')}</h2><p>${say('minorsLead')}</p>
<h2>${say('verifying')}</h2><p>${say('verifyNothing')}</p>
<p>${fill(say('verifyKept'), { days: String(retention.reportDays) })}</p>
<h2>${say('logs')}</h2><p>${say('logsHold')}</p><p>${say('counted')}</p><p>${say('cookies')}</p>
<h2>${say('rights')}</h2><p>${say('rightsLead')}</p>
<ul>${RIGHTS.map((right) => html`<li>${right[lang]} <span class="note">(${right.section})</span></li>\n`)}</ul>
<h2>${say('how')}</h2>
<p>${fill(say('howMy'), { my, contact: privacyContact === undefined ? say('theContact') : contactLink(privacyContact) })}</p>
<h2>${say('complain')}</h2>
<p>${fill(say('commission'), { npc: html`<a href="${COMMISSION}" rel="noreferrer">${COMMISSION}</a>` })}</p>`,
    { styles: ['notice.css'] },
  );
}

/** An address of mail or of the web as a link; anything else as it is. */
export function contactLink(contact: string): Part {
  if (/^https:\/\/\S+$/.test(contact)) return html`<a href="${contact}" rel="noreferrer">${contact}</a>`;
  return /^[^\s@]+@[^\s@]+$/.test(contact) ? mailLink(contact) : contact;
}

const mailLink = (address: string): Html =>
  html`<a href="mailto:${encodeURIComponent(address).replace('%40', '@')}">${address}</a>`;
