import { type Html, html } from '../html.ts';
import { langQuery, page, type Site } from '../layout.ts';
import { ACHIEVEMENT_TYPES, REQUEST } from '../words/request.ts';
import type { RequestFormPage } from './views.ts';

/** `/requests`: one of four questions. Works without any script. */
export function renderRequestForm(site: Site, data: RequestFormPage): string {
  const { lang } = site;
  const or = html`<p class="or">${lang === 'fil' ? 'o' : 'or'}</p>`;
  const options = ACHIEVEMENT_TYPES.map(
    ({ value, text }) =>
      html`<option value="${value}"${value === data.achievementType && html` selected`}>${text[lang]}</option>`,
  );
  const body = html`<h1>${REQUEST.title[lang]}</h1><p class="lead">${REQUEST.lead[lang]}</p>
${data.problem && problem(data.problem, lang)}
<form class="card" method="post" action="/requests${langQuery(lang)}">
${field('achievement', REQUEST.byAchievement[lang], data.achievement, 'url', 2_048)}
${or}
${field('name', REQUEST.byName[lang], data.name, 'text', 200)}
${or}
<div><label for="achievementType">${REQUEST.byType[lang]}</label><select id="achievementType" name="achievementType"><option value="">–</option>${options}</select></div>
${or}
${field('pathway', REQUEST.byPathway[lang], data.pathway, 'url', 2_048)}
<div class="choice"><label for="holderBinding"><input id="holderBinding" name="holderBinding" type="checkbox" value="required"${data.required && html` checked`}> ${REQUEST.required[lang]}</label><p class="note">${REQUEST.requiredNote[lang]}</p></div>
<button type="submit">${REQUEST.ask[lang]}</button>
</form>
<p class="note">${REQUEST.privacy[lang]}</p>`;
  return page(site, REQUEST.title[lang], body);
}

const field = (name: string, label: string, value: string | undefined, type: 'url' | 'text', most: number): Html =>
  html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" maxlength="${most}"${type === 'url' && html` placeholder="https://"`} value="${value ?? ''}"></div>`;

const WRONG: Readonly<Record<string, keyof typeof REQUEST>> = {
  pathway: 'wrongPathway',
  achievement: 'wrongAchievement',
};

function problem({ field: name, detail }: NonNullable<RequestFormPage['problem']>, lang: 'en' | 'fil'): Html {
  const text = REQUEST[WRONG[name ?? ''] ?? 'wrong'][lang];
  return html`<section class="banner tone-unk" role="alert"><p>${text}</p><small lang="en">${detail}</small></section>`;
}
