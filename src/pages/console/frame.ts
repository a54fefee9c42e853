import { fill, type Html, html, type Part } from '../html.ts';
import { type Head, langQuery, page, type Site } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { ROLE_NAMES } from '../words/people.ts';
import type { ConsoleRole, Officer } from './views.ts';

const EVERYBODY: readonly ConsoleRole[] = ['issuer', 'approver', 'auditor'];
const NOT_APPROVER: readonly ConsoleRole[] = ['issuer', 'auditor'];
const OF_AUTHORITIES: readonly ConsoleRole[] = ['authority', 'auditor'];

/** Pages of the console and who has them: the same roles as the operations behind them. */
const NAVIGATION: readonly [path: string, word: keyof typeof CONSOLE, roles: readonly ConsoleRole[]][] = [
  ['/console', 'overview', EVERYBODY],
  ['/console/class-lists', 'classLists', EVERYBODY],
  ['/console/awards', 'awards', NOT_APPROVER],
  ['/console/achievements', 'achievements', NOT_APPROVER],
  ['/console/approvals', 'approvals', EVERYBODY],
  ['/console/webhooks', 'webhooks', NOT_APPROVER],
  ['/console/grants', 'grants', OF_AUTHORITIES],
];

/** A page of the console: its navigation, and as whom one acts, above everything else. */
export function consolePage(
  site: Site,
  officer: Officer,
  title: string,
  body: Part,
  more: Pick<Head, 'refresh'> = {},
): string {
  const { lang } = site;
  const who = fill(CONSOLE.acting[lang], {
    role: html`<strong>${ROLE_NAMES[officer.role][lang]}</strong>`,
    institution: officer.institution,
  });
  return page(
    site,
    title,
    html`<nav class="console" aria-label="${CONSOLE.nav[lang]}">${navigation(site, officer)}
<p class="who">${who} · <a href="/account${langQuery(lang)}">${CONSOLE.account[lang]}</a></p></nav>
${body}`,
    { styles: ['console.css'], ...more },
  );
}

function navigation(site: Site, { role }: Officer): Html {
  const here = site.path.split('?')[0]!;
  const links = NAVIGATION.filter(([, , roles]) => roles.includes(role)).map(([path, word]) => {
    const current = path === '/console' ? here === path : here === path || here.startsWith(`${path}/`);
    return html`<li><a href="${path}${langQuery(site.lang)}"${current && html` aria-current="${here === path ? 'page' : 'true'}"`}>${CONSOLE[word][site.lang]}</a></li>\n`;
  });
  return html`<ul class="row">${links}</ul>`;
}

/** An address of the console in the language of the page. @param query without `?` */
export function at({ lang }: Site, path: string, query: Readonly<Record<string, string>> = {}): string {
  const all = new URLSearchParams({ ...query, lang }).toString();
  return `${path}${all ? `?${all}` : ''}`;
}

/** Where a list goes on. */
export function nextLink(href: string | undefined, { lang }: Site): Html | false {
  return href !== undefined && html`<p class="pages"><a href="${href}" rel="next">${CONSOLE.next[lang]}</a></p>`;
}
