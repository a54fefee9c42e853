import { type Html, html } from '../html.ts';
import { langQuery, page, type Site } from '../layout.ts';
import { PEOPLE, SIGN_IN_PROBLEMS } from '../words/people.ts';

export interface SignInPage {
  /** Institutions whose own OpenID provider signs people in. */
  providers: readonly { tenant: string; name: string }[];
  /** Why the last attempt ended here. */
  problem?: string;
  /** What was typed, to fill the form again. */
  email?: string;
}

/** The script that asks the browser for a passkey; without it the forms that need it say so. */
export const passkeyScript = html`<script src="/assets/passkey.js" defer></script>`;

/** A form that the script takes over: `use` signs in, `add` adds. The words are for what the script has to say. */
export function passkeyForm({ lang }: Site, purpose: 'use' | 'add', fields: Html): Html {
  return html`<form class="card" data-passkey="${purpose}" data-failed="${PEOPLE.failed[lang]}" hidden>${fields}<p class="note" role="alert" data-says></p></form>
<noscript><p class="note">${PEOPLE.script[lang]}</p></noscript>`;
}

/** `/sign-in`: by passkey, by a link, or by an institution's own provider. */
export function renderSignIn(site: Site, { providers, problem, email }: SignInPage): string {
  const { lang } = site;
  const words = problem === undefined ? undefined : SIGN_IN_PROBLEMS[problem as keyof typeof SIGN_IN_PROBLEMS];
  return page(
    site,
    PEOPLE.title[lang],
    html`<h1>${PEOPLE.title[lang]}</h1><p class="lead">${PEOPLE.lead[lang]}</p>
<p><a href="/my${langQuery(lang)}">${PEOPLE.learners[lang]}</a></p>
${problem !== undefined && html`<section class="banner tone-unk" role="alert"><p>${words?.[lang] ?? problem}</p></section>`}
${passkeyForm(site, 'use', html`<button type="submit">${PEOPLE.by_passkey[lang]}</button><p class="note">${PEOPLE.by_passkey_note[lang]}</p>`)}
<h2>${PEOPLE.by_link[lang]}</h2>
<form class="card" method="post" action="/sign-in${langQuery(lang)}">
<div><label for="email">${PEOPLE.email[lang]}</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email" value="${email ?? ''}"></div>
<button type="submit">${PEOPLE.send[lang]}</button></form>
${providers.length > 0 && byProvider(providers, lang)}
${passkeyScript}`,
  );
}

function byProvider(providers: SignInPage['providers'], lang: Site['lang']): Html {
  return html`<h2>${PEOPLE.by_openid[lang]}</h2><ul class="plain">${providers.map(
    ({ tenant, name }) =>
      html`<li><a href="/sign-in/openid?institution=${encodeURIComponent(tenant)}">${name}</a></li>\n`,
  )}</ul>`;
}

/** The same for every address. */
export function renderSignInAsked(site: Site): string {
  const { lang } = site;
  return page(
    site,
    PEOPLE.asked[lang],
    html`<h1>${PEOPLE.asked[lang]}</h1><p class="lead">${PEOPLE.asked_lead[lang]}</p>
<p><a href="/sign-in${langQuery(lang)}">${PEOPLE.again[lang]}</a></p>`,
  );
}

/** Where the link in the mail leads. `here`: this browser has asked for one, perhaps this. */
export function renderSignInLink(site: Site, { token, here }: { token: string; here: boolean }): string {
  const { lang } = site;
  const again = html`<p><a href="/sign-in${langQuery(lang)}">${PEOPLE.again[lang]}</a></p>`;
  return page(
    site,
    PEOPLE.link_title[lang],
    html`<h1>${PEOPLE.link_title[lang]}</h1>
${
  here
    ? html`<p class="lead">${PEOPLE.link_here[lang]}</p><form class="card" method="post" action="/sign-in/link${langQuery(lang)}">
<input type="hidden" name="token" value="${token}"><button type="submit">${PEOPLE.title[lang]}</button></form>`
    : html`<p class="lead">${PEOPLE.link_elsewhere[lang]}</p>${again}`
}`,
  );
}
