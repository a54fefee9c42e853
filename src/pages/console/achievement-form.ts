import { LABELS } from '#framework';
import { html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import type { Lang, Site } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { areaField, choicesField, type Field, problemBanner, type Shown, selectField, textField } from './fields.ts';
import { at, consolePage } from './frame.ts';
import type { FormPage, Officer } from './views.ts';

const field = (
  lang: Lang,
  name: keyof typeof CONSOLE,
  pointers: readonly string[],
  more: Partial<Field> = {},
): Field => ({
  ...{ name, label: CONSOLE[name][lang], pointers: pointers.map((one) => `/achievement/${one}`) },
  ...more,
});

/** Every value of a term that the framework names, the code as value. */
const options = (term: keyof typeof LABELS, lang: Lang) =>
  Object.keys(LABELS[term]).map((code) => [code, nameOnly(term, code, lang)] as const);

/** `/console/achievements/new`: what a registrar knows of an achievement. */
export function renderAchievementForm(site: Site, officer: Officer, data: FormPage): string {
  const { lang } = site;
  const shown: Shown = { lang, typed: data.typed, problem: data.problem };
  const unset = ['', CONSOLE.unset[lang]] as const;
  const name = field(lang, 'name', ['name'], { required: true, maxLength: 200 });
  const description = field(lang, 'description', ['description'], { required: true, maxLength: 2_000 });
  const criteria = field(lang, 'criteria', ['criteria'], { required: true, maxLength: 10_000 });
  const awardType = field(lang, 'awardType', ['awardType']);
  const regime = field(lang, 'regime', ['regime']);
  const pqfLevel = field(lang, 'pqfLevel', ['pqfLevel']);
  const status = field(lang, 'pqfLevelStatus', ['pqfLevelStatus']);
  const system = field(lang, 'creditSystem', ['credit/0/system', 'credit']);
  const value = field(lang, 'creditValue', ['credit/0/value'], { maxLength: 12 });
  const assessment = field(lang, 'assessmentType', ['assessmentType']);
  const fields = [name, description, criteria, awardType, regime, pqfLevel, status, value, system, assessment];
  const levels = Array.from({ length: 8 }, (_, index) => [String(index + 1), String(index + 1)] as const);
  const suspendable = shown.typed.suspendable === 'yes';
  return consolePage(
    site,
    officer,
    CONSOLE.newAchievement[lang],
    html`${problemBanner(data.problem, lang, fields)}<h1>${CONSOLE.newAchievement[lang]}</h1>
<p class="lead">${CONSOLE.achievementLead[lang]}</p>
<form class="card" method="post" action="${at(site, '/console/achievements')}">
${textField(name, shown)}${areaField(description, shown)}${areaField(criteria, shown)}
${selectField(awardType, [unset, ...options('awardType', lang)], shown)}
${selectField(regime, [unset, ...options('regime', lang)], shown)}
<div class="pair">${selectField(pqfLevel, [unset, ...levels], shown)}${selectField(status, [unset, ...options('pqfLevelStatus', lang)], shown)}</div>
<div class="pair">${selectField(system, [unset, ...options('system', lang)], shown)}${textField(value, shown, 'text', html` inputmode="decimal"`)}</div>
${choicesField(assessment, options('assessmentType', lang), shown)}
<label class="choice"><input type="checkbox" name="suspendable" value="yes"${suspendable && html` checked`}>${CONSOLE.suspendable[lang]}</label>
<button type="submit">${CONSOLE.saveAchievement[lang]}</button></form>`,
  );
}
