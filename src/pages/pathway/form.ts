import { fill, type Html, html, type Part } from '../html.ts';
import { type Lang, langQuery, type Site, words } from '../layout.ts';
import { problemText } from '../problem-words.ts';
import { PATHWAY } from '../words/pathway.ts';
import type { FormProblem, PathwayPage, StackForm } from './views.ts';

/** The form, as it was sent when something is wrong with it. Works without any script. */
export function form(site: Site, { url, askedVersion, form: sent }: PathwayPage, title: Part): Html {
  const { lang } = site;
  const query = new URLSearchParams({
    ...(askedVersion ? { version: askedVersion } : {}),
    lang,
  }).toString();
  const field = (name: FormProblem['field'], label: string, control: (attributes: Html) => Html) => {
    const wrong = sent.problem?.field === name ? sent.problem : undefined;
    const attributes = wrong ? html` aria-invalid="true" aria-describedby="${name}-wrong"` : html``;
    return html`<div><label for="${name}">${label}</label>${control(attributes)}
${wrong && html`<p class="wrong" id="${name}-wrong">${wrongWords(wrong, lang)}</p>`}</div>`;
  };
  return html`<h2 id="try">${title}</h2><p class="note">${PATHWAY.formLead[lang]}</p>
<form class="card" method="post" action="${new URL(url).pathname}?${query}" enctype="multipart/form-data">
${field('credential', PATHWAY.addresses[lang], (more) => html`<textarea id="credential" name="credential" spellcheck="false" placeholder="https://"${more}>${lines(sent)}</textarea>`)}
${field('text', PATHWAY.pasted[lang], (more) => html`<textarea id="text" name="text" spellcheck="false"${more}>${sent.text ?? ''}</textarea>`)}
${field('date', PATHWAY.day[lang], (more) => html`<input id="date" name="date" type="date" value="${sent.date ?? ''}"${more}>`)}
<button type="submit">${PATHWAY.ask[lang]}</button>
</form>`;
}

/** Above everything else, for those who do not see the whole page. */
export const problemBanner = ({ problem }: StackForm, lang: Lang): Html | undefined =>
  problem &&
  html`<section class="banner tone-unk" role="alert"><p>${wrongWords(problem, lang)} <a href="#${problem.field}">${PATHWAY.toField[lang]}</a></p></section>`;

/** A browser drops the first line feed of a text area. */
const lines = ({ credential = '' }: StackForm): string =>
  credential.startsWith('\n') ? `\n${credential}` : credential;

function wrongWords(problem: FormProblem, lang: Lang): Html {
  const known = FIELD_WORDS[problem.code ?? ''];
  const text = (known ? PATHWAY[known] : problemText(problem))?.[lang];
  const why = html`${text ?? problem.detail}${text && !known && html` <small lang="en">${problem.detail}</small>`}`;
  if (!problem.badge) return why;
  return fill(PATHWAY.badAddress[lang], { ...problem.badge, why });
}

/** What the form itself finds wrong. */
const FIELD_WORDS: Readonly<Record<string, 'badNone' | 'badMany' | 'badJson' | 'badDay' | 'badSubject'>> = {
  none: 'badNone',
  many: 'badMany',
  json: 'badJson',
  day: 'badDay',
  subject: 'badSubject',
};

/** The address that asks the same again; undefined when something was pasted. */
export function permanentLink(
  { url, addresses, askedVersion, form: { date } }: PathwayPage,
  lang: Lang,
): string | undefined {
  if (!addresses || addresses.length === 0) return undefined;
  const query = new URLSearchParams(addresses.map((one): [string, string] => ['credential', one]));
  if (date) query.set('date', date);
  if (askedVersion) query.set('version', askedVersion);
  if (lang === 'fil') query.set('lang', lang);
  return `${new URL(url).pathname}?${query}`;
}

export const jsonLink = ({ url, askedVersion }: PathwayPage, lang: Lang): Html =>
  html`<p class="note"><a href="${new URL(url).pathname}.json${askedVersion && `?version=${askedVersion}`}">${words(lang).signed_json}</a> · <a href="/framework/crosswalk${langQuery(lang)}">${words(lang).crosswalk_title}</a></p>`;
