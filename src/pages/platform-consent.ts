import { fill, type Html, html } from './html.ts';
import { facts, langQuery, page, type Site, words } from './layout.ts';
import { PLATFORM } from './words/platform.ts';

/** What a platform may be allowed. */
export type PlatformMay = 'readCredentials' | 'upsertCredentials' | 'readProfile' | 'updateProfile';

export interface PlatformConsentPage {
  /** As it calls itself. */
  name: string;
  /** Of all its addresses. */
  host: string;
  terms: string;
  policy: string;
  may: readonly PlatformMay[];
  step: 'address' | 'code' | 'consent';
  /** To which the code goes, or went. */
  email?: string;
  /** What became of the last code, or of the address. */
  trouble?: 'wrong' | 'dead' | { detail: string };
  /** What the session has proven. */
  identifiers: readonly string[];
  /** Where its forms go; without a query. */
  action: string;
  form: string;
}

/** Between a badge platform and a learner: who asks, for what, and whether the learner agrees. Nothing of it is loaded here. */
export function renderPlatformConsent(site: Site, data: PlatformConsentPage): string {
  const { lang } = site;
  return page(
    site,
    PLATFORM.title[lang],
    html`<h1>${PLATFORM.title[lang]}</h1>
<section class="card">${facts([
      [PLATFORM.application[lang], fill(PLATFORM.named[lang], { name: data.name })],
      [PLATFORM.host[lang], html`<strong>${data.host}</strong>`],
    ])}
<p class="note">${PLATFORM.hostNote[lang]}</p>
<p>${link(data.terms, PLATFORM.terms[lang])} · ${link(data.policy, PLATFORM.policy[lang])}</p></section>
<h2>${PLATFORM.wants[lang]}</h2>
${mayList(data.may, lang)}
<p class="note">${PLATFORM.until[lang]}</p>
${step(site, data)}`,
    { styles: ['my.css'] },
  );
}

/** What it may do, in words. */
export const mayList = (may: readonly PlatformMay[], lang: Site['lang']): Html =>
  html`<ul>${may.map((one) => html`<li>${PLATFORM[one][lang]}</li>\n`)}</ul>`;

/** Leads elsewhere, and tells that place nothing. */
const link = (url: string, label: string): Html =>
  html`<a href="${url}" rel="noopener noreferrer nofollow">${label}</a>`;

function step(site: Site, data: PlatformConsentPage): Html {
  const { lang } = site;
  const w = words(lang);
  const { email = '' } = data;
  switch (data.step) {
    case 'address':
      return html`${trouble(site, data)}<p>${PLATFORM.address[lang]}</p>
${form(site, data, [
  html`<div><label for="email">${PLATFORM.email[lang]}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" value="${email}"></div>\n`,
  button('send', w.wallet_send),
  no(site),
])}`;
    case 'code':
      return html`${trouble(site, data)}${data.trouble === undefined && html`<p>${fill(w.wallet_sent, { address: email })}</p>`}
${form(site, data, [
  html`<input type="hidden" name="email" value="${email}">
<div><label for="code">${w.wallet_code}</label><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="20"></div>\n`,
  button('confirm', w.wallet_confirm),
  second('send', w.wallet_send_again),
  no(site),
])}`;
    case 'consent':
      return html`${facts([[PLATFORM.you[lang], html`${data.identifiers.map((one) => html`<span class="code">${one}</span> `)}`]])}
${form(site, data, [button('allow', PLATFORM.allow[lang]), no(site)])}`;
    default:
      throw new Error(`no page for the step ${String(data.step satisfies never)}`);
  }
}

function trouble({ lang }: Site, data: PlatformConsentPage): Html | undefined {
  const w = words(lang);
  const known = { wrong: w.wallet_code_wrong, dead: w.wallet_code_dead };
  if (data.trouble === undefined) return undefined;
  const text = typeof data.trouble === 'string' ? known[data.trouble] : data.trouble.detail;
  return html`<section class="banner tone-bad" role="alert"><p>${text}</p></section>`;
}

function form({ lang }: Site, data: PlatformConsentPage, fields: readonly Html[]): Html {
  return html`<form class="card" method="post" action="${data.action}${langQuery(lang)}">
<input type="hidden" name="form" value="${data.form}">
${fields}
</form>`;
}

const button = (action: string, label: string): Html =>
  html`<button type="submit" name="action" value="${action}">${label}</button>\n`;
const second = (action: string, label: string): Html =>
  html`<button class="second" type="submit" name="action" value="${action}">${label}</button>\n`;
const no = ({ lang }: Site): Html => second('deny', PLATFORM.deny[lang]);
