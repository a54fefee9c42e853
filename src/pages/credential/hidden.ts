import { html } from '../html.ts';
import { facts, langQuery, page, type Site, words } from '../layout.ts';
import { PRIVACY } from '../words/privacy.ts';
import { type CredentialPage, STATE_TONE } from './page.ts';

/** What is left of the page of a badge that its learner does not show: how it stands, and the way to check a copy. */
export interface HiddenCredential {
  url: string;
  /** As people should read it now. */
  state: CredentialPage['state'];
  issuerName: string;
  issuerSlug: string;
}

export function renderHiddenCredential(site: Site, { url, state, issuerName, issuerSlug }: HiddenCredential): string {
  const { lang } = site;
  const w = words(lang);
  return page(
    site,
    PRIVACY.hiddenTitle[lang],
    html`<h1>${PRIVACY.hiddenTitle[lang]}</h1>
<p class="lead">${PRIVACY.hiddenLead[lang]}</p>
<p><span class="pill tone-${STATE_TONE[state]}">${w[state]}</span></p>
${facts([[w.issuer, html`<a href="/institutions/${issuerSlug}${langQuery(lang)}">${issuerName}</a>`]])}
<p><a class="button" href="/verify?url=${encodeURIComponent(url)}${lang === 'fil' && '&lang=fil'}">${w.check_it}</a></p>
<p class="note">${PRIVACY.hiddenCopies[lang]}</p>`,
  );
}
