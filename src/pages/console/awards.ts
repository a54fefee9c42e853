import { fill, type Html, html } from '../html.ts';
import { type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { AWARD_STATES, CONSOLE } from '../words/console.ts';
import { type Field, problemBanner, type Shown, selectField, textField, typedText } from './fields.ts';
import { at, consolePage } from './frame.ts';
import type { AwardsPage, ListedAward, Officer } from './views.ts';

const TONES: Readonly<Record<ListedAward['state'], string>> = { active: 'ok', suspended: 'warn', revoked: 'bad' };

export const awardState = (state: ListedAward['state'], { lang }: Site): Html =>
  html`<span class="pill tone-${TONES[state]}">${AWARD_STATES[state][lang]}</span>`;

/** `/console/awards`: what is said of a person goes in the body of the form, so that no address holds it. */
export function renderAwards(site: Site, officer: Officer, data: AwardsPage): string {
  const { lang } = site;
  const { found, typed } = data;
  const shown: Shown = { lang, typed, problem: data.problem };
  const what: Field = { name: 'q', label: CONSOLE.findWhat[lang], maxLength: 300 };
  const by: Field = { name: 'by', label: CONSOLE.findBy[lang] };
  const of: Field = { name: 'achievementId', label: CONSOLE.what[lang] };
  const state: Field = { name: 'state', label: CONSOLE.state[lang] };
  const any = ['', CONSOLE.any[lang]] as const;
  return consolePage(
    site,
    officer,
    CONSOLE.awards[lang],
    html`${problemBanner(data.problem, lang, [what, of])}<h1>${CONSOLE.awards[lang]}</h1>
<form class="card" method="post" action="${at(site, '/console/awards')}" role="search">
<div class="pair">${selectField(
      by,
      [
        ['name', CONSOLE.byName[lang]],
        ['email', CONSOLE.byEmail[lang]],
        ['studentNumber', CONSOLE.byStudentNumber[lang]],
        ['certificateNumber', CONSOLE.byCertificateNumber[lang]],
        ['id', CONSOLE.byId[lang]],
      ],
      shown,
    )}${textField(what, shown, 'text', html` autocomplete="off"`)}</div>
<div class="pair">${selectField(of, [any, ...data.achievements.map(({ achievementId, name }) => [achievementId, name] as const)], shown)}
${selectField(state, [any, ...Object.entries(AWARD_STATES).map(([value, text]) => [value, text[lang]] as const)], shown)}</div>
<button type="submit">${CONSOLE.find[lang]}</button>
<p class="note">${fill(CONSOLE.searched[lang], { count: new Intl.NumberFormat(lang === 'fil' ? 'fil-PH' : 'en-GB').format(data.searched) })}</p></form>
${found && html`<h2 id="found">${CONSOLE.found[lang]}</h2>${found.length === 0 ? html`<p role="status">${CONSOLE.nothingFound[lang]}</p>` : results(site, found)}`}
${data.next !== undefined && more(site, data, data.next)}`,
  );
}

function results(site: Site, found: readonly ListedAward[]): Html {
  const { lang } = site;
  const heads = [CONSOLE.name, CONSOLE.state, CONSOLE.studentNumber, CONSOLE.what, CONSOLE.awarded];
  const rows = found.map((one) => [
    html`<a href="${at(site, `/console/awards/${one.credentialId}`)}">${one.name ?? CONSOLE.noName[lang]}</a>`,
    awardState(one.state, site),
    one.studentNumber,
    one.achievement,
    when(one.awardedDate, lang),
  ]);
  return table(
    CONSOLE.found[lang],
    heads.map((head) => head[lang]),
    rows,
  );
}

/** The next page is a form as well; without a word to look for it is a link. */
function more(site: Site, { typed }: AwardsPage, cursor: string): Html {
  const { lang } = site;
  const names = ['by', 'q', 'achievementId', 'state', 'batchId'];
  const kept = names.flatMap((name) => (typedText(typed, name) ? [[name, typedText(typed, name)] as const] : []));
  if (!typedText(typed, 'q')) {
    const query = Object.fromEntries([...kept.filter(([name]) => name !== 'by'), ['cursor', cursor]]);
    return html`<p class="pages"><a href="${at(site, '/console/awards', query)}" rel="next">${CONSOLE.next[lang]}</a></p>`;
  }
  return html`<form method="post" action="${at(site, '/console/awards')}">${[...kept, ['cursor', cursor] as const].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="quiet" type="submit">${CONSOLE.next[lang]}</button></form>`;
}
