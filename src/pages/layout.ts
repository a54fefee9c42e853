import { type Html, html, type Part } from './html.ts';
import { en } from './words/en.ts';
import { fil } from './words/fil.ts';

export type Lang = 'en' | 'fil';
export type Words = Record<keyof typeof en, string>;

export interface Site {
  lang: Lang;
  /** Deployment whose badges are all fictitious: every page says so. */
  specimen: boolean;
  /** Path and query of this page, for the language switch. */
  path: string;
}

export function words(lang: Lang): Words {
  return lang === 'fil' ? fil : en;
}

/** What stands in the head of a page beside its title. */
export interface Head {
  /** Further style sheets among the assets. */
  styles?: readonly string[];
  /** The same thing in other forms, which programs find by (HTML, link type `alternate`). */
  alternates?: readonly { type: string; href: string }[];
  /** What other sites show of a link to it (Open Graph protocol): `og:title` and so on. */
  preview?: Readonly<Record<string, string | undefined>>;
  /** Seconds after which a browser without scripts asks again. */
  refresh?: number;
}

/** The frame of every page: landmarks, navigation, the independence statement. No inline script or style. */
export function page(site: Site, title: string, body: Part, head: Head = {}): string {
  const [before, after] = frame(site, title, head);
  return before + html`${body}`.text + after;
}

/** What stands before and after the content, for a page that is sent while its content is still being found. */
export function frame(site: Site, title: string, { styles = [], alternates = [], preview = {}, refresh }: Head = {}) {
  const w = words(site.lang);
  const other = site.lang === 'en' ? 'fil' : 'en';
  const before = html`<!doctype html>
<html lang="${site.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tatak</title>
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}">\n`)}
${alternates.map(({ type, href }) => html`<link rel="alternate" type="${type}" href="${href}">\n`)}${Object.entries(preview).map(([property, content]) => content !== undefined && html`<meta property="${property}" content="${content}">\n`)}${refresh !== undefined && html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>\n`}</head>
<body>
<a class="skip" href="#main">${w.skip}</a>
${site.specimen && html`<aside class="specimen-bar">${w.specimen}</aside>`}
<header class="top">
<a class="brand" href="/${langQuery(site.lang)}"><img src="/assets/mark.svg" alt="" width="34" height="34"><span>Tatak</span></a>
<nav aria-label="Tatak">
${navigation(site, w)}
<a href="${switchLanguage(site.path, other)}" lang="${other}" hreflang="${other}">${other === 'fil' ? 'Filipino' : 'English'}</a>
</nav>
</header>
<main id="main">`.text;
  const after = html`</main>
<footer><p>${w.footer}</p></footer>
</body>
</html>
`.text;
  return [before, after] as const;
}

function navigation(site: Site, w: Words): Html[] {
  const rows: [string, string][] = [
    ['/verify', w.nav_verify],
    ['/registry', w.nav_registry],
    ['/framework', w.nav_framework],
    ['/docs', w.nav_docs],
  ];
  return rows.map(([href, label]) => {
    const current = site.path.split('?')[0] === href;
    return current
      ? html`<a href="${href}${langQuery(site.lang)}" aria-current="page">${label}</a>\n`
      : html`<a href="${href}${langQuery(site.lang)}">${label}</a>\n`;
  });
}

/** Links inside the site keep the language. */
export function langQuery(lang: Lang): string {
  return lang === 'en' ? '' : `?lang=${lang}`;
}

function switchLanguage(path: string, lang: Lang): string {
  const url = new URL(path, 'http://page.invalid');
  if (lang === 'en') url.searchParams.delete('lang');
  else url.searchParams.set('lang', lang);
  return url.pathname + url.search;
}

/** A list of labelled facts; rows without a value are left out. */
export function facts(rows: readonly (readonly [string, Part])[]): Html {
  const shown = rows.filter(([, value]) => value !== undefined && value !== '' && value !== false && value !== null);
  return html`<dl class="facts">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** The day of an instant or of a day, in words. @returns undefined for text that is neither */
export function longDay(text: string, lang: Lang, zone = 'Asia/Manila'): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = new Date(day ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime())) return undefined;
  return new Intl.DateTimeFormat(lang === 'fil' ? 'fil-PH' : 'en-GB', {
    dateStyle: 'long',
    timeZone: day ? 'UTC' : zone,
  }).format(date);
}

/** `2026-03-14T08:00:00Z` -> `14 March 2026, 16:00` in the award's own zone; a day, or a zone's midnight, stays a day. */
export function when(text: string | undefined, lang: Lang, zone = 'Asia/Manila'): Html | undefined {
  if (!text) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = new Date(day ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime())) return html`${text}`;
  const midnight = !day && date.toLocaleTimeString('en-GB', { timeZone: zone }) === '00:00:00';
  const shown = new Intl.DateTimeFormat(lang === 'fil' ? 'fil-PH' : 'en-GB', {
    dateStyle: 'long',
    ...(day ? { timeZone: 'UTC' } : { timeZone: zone, ...(midnight ? {} : { timeStyle: 'short' }) }),
  }).format(date);
  return html`<time datetime="${text}">${shown}</time>${day || midnight ? '' : html` <span class="zone">${zone}</span>`}`;
}
