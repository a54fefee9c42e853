import { fill, type Html, html, type Part } from '../html.ts';
import { type Lang, langQuery } from '../layout.ts';
import { ELSEWHERE } from '../words/elsewhere.ts';
import { GUARDIAN } from '../words/guardian.ts';
import { HOLDER } from '../words/holder.ts';
import { HOSTS } from '../words/hosts.ts';
import { PLATFORM } from '../words/platform.ts';
import { PRIVACY } from '../words/privacy.ts';
import type { HolderNotice } from './views.ts';

/** What every form of a session carries. */
export interface FormOf {
  lang: Lang;
  path: string;
  token: string;
}

/** Of what is not the next thing to do: leaving, closing what is not one's own, choosing, and looking at what could be erased. */
const QUIET = new Set(['notMine', 'signOut', 'choose', 'eraseAsk', 'dropImport', 'alone', 'disconnect', 'hostLeave']);

/** A form with one button. Works without any script; the action says what it does. */
export const actionForm = (of: FormOf, action: string, button: Part, fields: Part = '', card = true): Html =>
  form(of, action, button, fields, card && html` class="card"`);

/** The same, with a file. */
export const fileForm = (of: FormOf, action: string, button: Part, fields: Part): Html =>
  form(of, action, button, fields, html` class="card" enctype="multipart/form-data"`);

function form(of: FormOf, action: string, button: Part, fields: Part, attributes: Part): Html {
  const query = langQuery(of.lang);
  return html`<form${attributes} method="post" action="${of.path}${query}">
<input type="hidden" name="action" value="${action}"><input type="hidden" name="form" value="${of.token}">
${fields}<button type="submit"${QUIET.has(action) && html` class="quiet"`}>${button}</button>
</form>`;
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** @param id unique on the page; the name of the field is another */
export const field = (id: string, name: string, label: string, more: Html = html``, type = 'text'): Html =>
  html`<div><label for="${id}">${label}</label><input id="${id}" name="${name}" type="${type}"${more}></div>\n`;

export const codeField = (id: string, label: string): Html =>
  field(id, 'code', label, html` inputmode="numeric" autocomplete="one-time-code" maxlength="12" required`);

/** Whatever may have happened with a form. */
const NOTICES = { ...HOSTS, ...PLATFORM, ...PRIVACY, ...ELSEWHERE, ...HOLDER, ...GUARDIAN };
const TONES = { ok: 'tone-ok', warn: 'tone-warn', bad: 'tone-bad' } as const;

/** Above everything else, for those who do not see the whole page. */
export function noticeBanner(notice: HolderNotice | undefined, lang: Lang): Html | undefined {
  if (!notice) return undefined;
  const said = notice.detail ?? '';
  const detail = typeof said === 'string' ? html`<span lang="en">${said}</span>` : said[lang];
  return html`<section class="banner ${TONES[notice.tone]}" role="alert"><p>${fill(NOTICES[notice.word][lang], { detail })}</p></section>`;
}
