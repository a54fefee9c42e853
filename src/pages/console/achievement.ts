import { html } from '../html.ts';
import { level, nameOnly } from '../labels.ts';
import { facts, langQuery, type Site, when } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { at, consolePage } from './frame.ts';
import type { ConsoleAchievementPage, Officer } from './views.ts';

/** `/console/achievements/{achievementId}`: the definition as badges carry it now, and its versions. */
export function renderConsoleAchievement(site: Site, officer: Officer, data: ConsoleAchievementPage): string {
  const { lang } = site;
  const { achievementId, versions } = data;
  const { document = {}, version } = versions.at(-1) ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const name = text(document.name) ?? achievementId;
  const { pqfLevel, pqfLevelStatus, awardType, regime, criteria } = document;
  const narrative = (criteria as { narrative?: unknown } | undefined)?.narrative;
  const status = text(pqfLevelStatus);
  return consolePage(
    site,
    officer,
    name,
    html`<p class="kicker">${CONSOLE.what[lang]}</p><h1>${name}</h1>
<p class="lead">${text(document.description)}</p>
${facts([
  [CONSOLE.criteria[lang], text(narrative)],
  [CONSOLE.awardType[lang], typeof awardType === 'string' && nameOnly('awardType', awardType, lang)],
  [CONSOLE.regime[lang], typeof regime === 'string' && nameOnly('regime', regime, lang)],
  [
    CONSOLE.pqfLevel[lang],
    typeof pqfLevel === 'number' &&
      level({ pqfLevel, ...(status === undefined ? {} : { pqfLevelStatus: status }) }, lang),
  ],
  [CONSOLE.version[lang], version],
])}
<ul class="row links"><li><a href="/achievements/${achievementId}${langQuery(lang)}">${CONSOLE.publicPage[lang]}</a></li>
<li><a href="${at(site, '/console/awards', { achievementId })}">${CONSOLE.awardsOfIt[lang]}</a></li>
${officer.role === 'issuer' && html`<li><a href="${at(site, '/console/class-lists/new', { achievementId })}">${CONSOLE.listOfIt[lang]}</a></li>`}</ul>
<h2>${CONSOLE.versions[lang]}</h2>
<ul class="plain">${versions.toReversed().map((one) => html`<li>${one.version} · ${when(one.createdAt, lang)} · ${text(one.document.name)}</li>\n`)}</ul>
<p class="note">${CONSOLE.neverEdited[lang]}</p>`,
  );
}
