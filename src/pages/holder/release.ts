import { type Html, html } from '../html.ts';
import { PRIVACY } from '../words/privacy.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';
import type { MyBadge } from './views.ts';

/** Each thing that can be chosen, with its answers in order; the first is what holds when nothing was chosen. */
const CHOICES = [
  { name: 'page', label: PRIVACY.page, answers: { shown: PRIVACY.pageShown, hidden: PRIVACY.pageHidden } },
  { name: 'name', label: PRIVACY.name, answers: { hidden: PRIVACY.nameHidden, shown: PRIVACY.nameShown } },
  {
    ...{ name: 'comparison', label: PRIVACY.comparison },
    answers: { answered: PRIVACY.comparisonAnswered, refused: PRIVACY.comparisonRefused },
  },
] as const;

/** What the page of a badge shows, to be chosen by its learner. */
export function releaseForm(of: FormOf, badge: MyBadge): Html {
  const { lang } = of;
  const fields = CHOICES.map(({ name, label, answers }) => {
    const chosen = badge.release[name as keyof MyBadge['release']];
    const options = Object.entries(answers).map(
      ([value, text]) => html`<option value="${value}"${chosen === value && html` selected`}>${text[lang]}</option>`,
    );
    const id = `${name}-${badge.id}`;
    return html`<div><label for="${id}">${label[lang]}</label><select id="${id}" name="${name}">${options}</select></div>\n`;
  });
  return html`<details class="choices"><summary>${PRIVACY.release[lang]}<span class="visually-hidden">: ${badge.name}</span></summary>
<p class="note">${PRIVACY.releaseLead[lang]}</p>
${actionForm(of, 'choose', PRIVACY.choose[lang], html`${hidden('badge', badge.id)}${fields}`, false)}</details>`;
}
