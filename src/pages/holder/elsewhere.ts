import { fill, type Html, html } from '../html.ts';
import { when } from '../layout.ts';
import { ELSEWHERE, IMPORT_STATES } from '../words/elsewhere.ts';
import { actionForm, type FormOf, field, fileForm, hidden } from './forms.ts';
import type { MyImport, MyPage } from './views.ts';

type Session = NonNullable<MyPage['session']>;

const ACCEPTED = '.json,.jsonld,.jwt,.jws,.txt,.png,.svg,.pdf,application/json';

/** What was brought from other issuers, and the form to bring another. */
export function elsewhere(of: FormOf, { imports, moreImports }: Session): Html {
  const { lang } = of;
  return html`<h2 id="elsewhere">${ELSEWHERE.elsewhere[lang]}</h2>
<p>${ELSEWHERE.elsewhereLead[lang]}</p>
${imports.length === 0 && html`<p class="note">${ELSEWHERE.noneBrought[lang]}</p>`}
<ul class="plain">${imports.map((one) => html`<li class="card">${importOf(of, one)}</li>\n`)}</ul>
${moreImports > 0 && html`<p class="note">${fill(ELSEWHERE.moreBrought[lang], { count: moreImports })}</p>`}
${fileForm(
  of,
  'bring',
  ELSEWHERE.bring[lang],
  html`<div><label for="bring-file">${ELSEWHERE.byFile[lang]}</label><input id="bring-file" name="file" type="file" accept="${ACCEPTED}"></div>
${field('bring-url', 'url', ELSEWHERE.byAddress[lang], html` maxlength="2000" placeholder="https://"`, 'url')}
<div><label for="bring-text">${ELSEWHERE.byText[lang]}</label><textarea id="bring-text" name="text" spellcheck="false"></textarea></div>
`,
)}`;
}

const TONES = { counts: 'ok', not_yours: 'warn', not_verified: 'unk', not_valid: 'bad', open_badges_2: 'unk' } as const;

function importOf(of: FormOf, one: MyImport): Html {
  const { lang } = of;
  const { state } = one;
  const said = state === 'counts' ? ELSEWHERE.yours : state === 'not_yours' ? ELSEWHERE.notYours : one.sentence;
  const name = one.name ?? ELSEWHERE.unnamed[lang];
  const issuer = one.issuerName ?? ELSEWHERE.unknownIssuer[lang];
  return html`<h3>${name}</h3>
<p><span class="pill tone-${TONES[state]}">${IMPORT_STATES[state][lang]}</span></p>
<p>${fill(ELSEWHERE.fromOthers[lang], { issuer })} · ${fill(ELSEWHERE.checkedAt[lang], { when: when(one.verifiedAt, lang) })}</p>
<p class="note">${said[lang]}</p>
<p><a href="/holder/imports/${one.id}/content">${ELSEWHERE.download[lang]}<span class="visually-hidden"> ${name}</span></a></p>
${actionForm(of, 'dropImport', html`${ELSEWHERE.remove[lang]}<span class="visually-hidden"> ${name}</span>`, hidden('imported', one.id), false)}`;
}
