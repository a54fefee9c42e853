import { html } from '../html.ts';
import type { Site } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { type Field, problemBanner, type Shown, selectField, textField, typedText } from './fields.ts';
import { at, consolePage } from './frame.ts';
import { SIGNED, signedOptions } from './signed.ts';
import type { AwardFormPage, Officer } from './views.ts';

/** `/console/awards/new`: one award to one person. */
export function renderAwardForm(site: Site, officer: Officer, data: AwardFormPage): string {
  const { lang } = site;
  const shown: Shown = { lang, typed: data.typed, problem: data.problem };
  const of = (name: 'name' | 'email' | 'studentNumber' | 'certificateNumber' | 'awardedDate', more = {}): Field => ({
    ...{ name, label: CONSOLE[name][lang], maxLength: 200, pointers: [`/recipients/0/${name}`] },
    ...more,
  });
  const what: Field = { name: 'achievementId', label: CONSOLE.what[lang], required: true };
  const name = of('name');
  const email = of('email', { maxLength: 254, note: CONSOLE.awardEmailNote[lang] });
  const studentNumber = of('studentNumber', { maxLength: 100 });
  const certificateNumber = of('certificateNumber', { maxLength: 100 });
  const awardedDate = of('awardedDate', { maxLength: undefined, note: CONSOLE.awardDayNote[lang] });
  awardedDate.pointers = [...awardedDate.pointers!, '/recipients/0/validFrom'];
  const validUntil: Field = {
    ...{ name: 'validUntil', label: CONSOLE.validUntil[lang], pointers: ['/recipients/0/validUntil'] },
    note: CONSOLE.validUntilNote[lang],
  };
  const include: Field = { name: 'include', label: CONSOLE.signed[lang], pointers: SIGNED };
  const guardianEmail: Field = {
    ...{ name: 'guardianEmail', label: CONSOLE.guardianEmail[lang], note: CONSOLE.guardianNote[lang], maxLength: 254 },
    pointers: ['/recipients/0/guardianEmail'],
  };
  const guardianUntil: Field = {
    ...{ name: 'guardianUntil', label: CONSOLE.ofAge[lang], pointers: ['/recipients/0/guardianUntil'] },
  };
  const fields = [what, name, email, studentNumber, certificateNumber, awardedDate, validUntil, include];
  fields.push(guardianEmail, guardianUntil);
  const achievements = data.achievements.map((one) => [one.achievementId, one.name] as const);
  return consolePage(
    site,
    officer,
    CONSOLE.newAward[lang],
    html`${problemBanner(data.problem, lang, fields)}<h1>${CONSOLE.newAward[lang]}</h1>
<p class="lead">${CONSOLE.newAwardLead[lang]}</p>
<form class="card" method="post" action="${at(site, '/console/awards/new')}"><input type="hidden" name="once" value="${typedText(data.typed, 'once')}">
${selectField(what, [['', CONSOLE.choose[lang]], ...achievements], shown)}
${textField(name, shown, 'text', html` autocomplete="off"`)}${textField(email, shown, 'text', html` autocomplete="off" inputmode="email"`)}
<div class="pair">${textField(studentNumber, shown)}${textField(certificateNumber, shown)}</div>
<div class="pair">${textField(guardianEmail, shown, 'text', html` autocomplete="off" inputmode="email"`)}${textField(guardianUntil, shown, 'date')}</div>
<div class="pair">${textField(awardedDate, shown, 'date')}${textField(validUntil, shown, 'date')}</div>
${selectField(include, signedOptions(lang), shown)}
<button type="submit">${CONSOLE.awardIt[lang]}</button></form>`,
  );
}
