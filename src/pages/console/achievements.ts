import { html } from '../html.ts';
import { type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { CONSOLE } from '../words/console.ts';
import { at, consolePage, nextLink } from './frame.ts';
import type { ListedAchievement, Officer } from './views.ts';

/** `/console/achievements`: the latest version of each definition. @param next query of the next page */
export function renderConsoleAchievements(
  site: Site,
  officer: Officer,
  { items, next }: { items: readonly ListedAchievement[]; next?: string },
): string {
  const { lang } = site;
  const title = CONSOLE.achievements[lang];
  const path = '/console/achievements';
  const rows = items.map(({ achievementId, name, version, createdAt }) => [
    html`<a href="${at(site, `${path}/${achievementId}`)}">${name}</a>`,
    version,
    when(createdAt, lang),
  ]);
  const heads = [CONSOLE.what[lang], CONSOLE.latest[lang], CONSOLE.when[lang]];
  return consolePage(
    site,
    officer,
    title,
    html`<h1>${title}</h1>
${officer.role === 'issuer' && html`<p><a class="button" href="${at(site, `${path}/new`)}">${CONSOLE.newAchievement[lang]}</a></p>`}
${items.length === 0 ? html`<p>${CONSOLE.noAchievements[lang]}</p>` : table(title, heads, rows)}
${nextLink(next === undefined ? undefined : at(site, path, { cursor: next }), site)}`,
  );
}
