import { html } from '../html.ts';
import type { Lang, Site } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { type Field, fileField, problemBanner, type Shown, selectField, textField } from './fields.ts';
import { at, consolePage } from './frame.ts';
import { signedOptions } from './signed.ts';
import type { ClassListFormPage, Officer } from './views.ts';

function fieldsOf(
  lang: Lang,
): Record<'achievement' | 'awardedDate' | 'include' | 'offer' | 'confirmation' | 'lang' | 'file', Field> {
  const option = (name: string) => [`/options/${name}`];
  return {
    achievement: { name: 'achievementId', label: CONSOLE.what[lang], required: true },
    awardedDate: {
      ...{ name: 'awardedDate', label: CONSOLE.awardedDate[lang], note: CONSOLE.awardedDateNote[lang] },
      pointers: [...option('awardedDate'), ...option('validFrom')],
    },
    include: { name: 'include', label: CONSOLE.signed[lang], pointers: option('include') },
    offer: { name: 'offer', label: CONSOLE.offer[lang], pointers: [...option('offer'), ...option('deliver')] },
    confirmation: { name: 'confirmation', label: CONSOLE.confirmation[lang], pointers: option('confirmation') },
    lang: { name: 'mailLang', label: CONSOLE.mailLang[lang], pointers: option('lang') },
    file: {
      ...{ name: 'file', label: CONSOLE.file[lang], note: CONSOLE.templateNote[lang], required: true },
      pointers: ['/columns', '/rows'],
    },
  };
}

/** `/console/class-lists/new`: the settings that all rows share, and the file. The file is the last part: it is read as it arrives. */
export function renderClassListForm(site: Site, officer: Officer, data: ClassListFormPage): string {
  const { lang } = site;
  const shown: Shown = { lang, typed: data.typed, problem: data.problem };
  const fields = fieldsOf(lang);
  const achievements = data.achievements.map(({ achievementId, name }) => [achievementId, name] as const);
  return consolePage(
    site,
    officer,
    CONSOLE.newList[lang],
    html`${problemBanner(data.problem, lang, Object.values(fields))}<h1>${CONSOLE.newList[lang]}</h1>
<p class="lead">${CONSOLE.uploadLead[lang]}</p>
<p><a href="/console/class-lists/template" download="class-list.csv">${CONSOLE.template[lang]}</a></p>
<form class="card" method="post" enctype="multipart/form-data" action="${at(site, '/console/class-lists')}">
${selectField(fields.achievement, [['', CONSOLE.choose[lang]], ...achievements], shown)}
${textField(fields.awardedDate, shown, 'date')}
${selectField(fields.include, signedOptions(lang), shown)}
${selectField(
  fields.offer,
  [
    ['', CONSOLE.offerNone[lang]],
    ['link', CONSOLE.offerLink[lang]],
    ['mail', CONSOLE.offerMail[lang]],
  ],
  shown,
)}
${selectField(
  fields.confirmation,
  [
    ['', CONSOLE.unset[lang]],
    ['none', CONSOLE.confirmationNone[lang]],
    ['txCode', CONSOLE.confirmationTxCode[lang]],
    ['email', CONSOLE.confirmationEmail[lang]],
  ],
  shown,
)}
${selectField(
  fields.lang,
  [
    ['', CONSOLE.unset[lang]],
    ['en', 'English'],
    ['fil', 'Filipino'],
  ],
  shown,
)}
${fileField(fields.file, shown)}
<button type="submit">${CONSOLE.check[lang]}</button></form>`,
  );
}
