import { type Cited, type Confidence, type FrameworkRow, type FrameworkSection, SOURCES } from '#framework';
import type { Text } from '#kernel';
import { type Html, html, type Part } from './html.ts';
import { langQuery, page, type Site, words } from './layout.ts';
import { table } from './table.ts';

const SOURCES_TITLE: Text = { en: 'Sources', fil: 'Mga sanggunian' };
const CONTENTS: Text = { en: 'On this page', fil: 'Nasa pahinang ito' };
const READ: Text = { en: 'Read', fil: 'Binasa' };

const MEANING: Readonly<Record<Confidence, Text>> = {
  V: { en: 'read in the source', fil: 'nabasa sa sanggunian' },
  V2: { en: 'read in a secondary source only', fil: 'nabasa lamang sa ikalawang-kamay na sanggunian' },
  G: { en: 'general knowledge, not checked', fil: 'karaniwang kaalaman, hindi siniyasat' },
  U: { en: 'uncertain or conflicting', fil: 'hindi tiyak o nagkakasalungatan' },
};

/** All tables of the framework. Each row shows where it comes from and how sure it is. */
export function renderFramework(site: Site, sections: readonly FrameworkSection[]): string {
  const w = words(site.lang);
  return page(
    site,
    w.framework_title,
    html`<h1>${w.framework_title}</h1><p class="lead">${w.framework_lead}</p>
${legend(site)}
<nav aria-label="${CONTENTS[site.lang]}" class="card"><ul class="row">${sections.map(
      ({ id, title }) => html`<li><a href="#${id}">${title[site.lang]}</a></li>`,
    )}
<li><a href="/framework/crosswalk${langQuery(site.lang)}">${w.crosswalk_title}</a></li></ul></nav>
${sections.map((section) => html`<h2 id="${section.id}">${section.title[site.lang]}</h2>${tableOf(site, section)}\n`)}
${bibliography(
  site,
  sections.flatMap(({ rows }) => rows),
)}`,
  );
}

function tableOf(site: Site, section: FrameworkSection): Html {
  const w = words(site.lang);
  const heads = [...section.columns.map((column) => column[site.lang]), w.source, w.confidence];
  const rows = section.rows.map((row) => [...cells(site, row), cited(row.source), confidence(site, row)]);
  return table(section.title[site.lang], heads, rows);
}

const cells = (site: Site, { cells: all }: FrameworkRow): string[] =>
  all.map((cell) => (typeof cell === 'string' ? cell : cell[site.lang]));

export function cited(source: readonly string[]): Part {
  return source.length === 0 ? '–' : source.map((id, index) => html`${index > 0 && ', '}<a href="#${id}">${id}</a>`);
}

export function confidence(site: Site, { confidence: mark, asOf }: Cited): Html {
  return html`<abbr title="${MEANING[mark][site.lang]}">${mark}</abbr> <span class="note">${asOf}</span>`;
}

export function legend(site: Site): Html {
  const marks = Object.entries(MEANING).map(([mark, text]) => html`<strong>${mark}</strong> ${text[site.lang]}`);
  return html`<p class="note">${marks.map((mark, index) => html`${index > 0 && ' · '}${mark}`)}</p>`;
}

/** The sources that these tables cite, so that every number in them leads somewhere. */
export function bibliography(site: Site, rows: readonly Cited[]): Html {
  const ids = new Set(rows.flatMap(({ source }) => source));
  const months = [...new Set(rows.map(({ asOf }) => asOf))].sort();
  return html`<h2 id="sources">${SOURCES_TITLE[site.lang]}</h2><p class="note">${READ[site.lang]}: ${months.join(', ')}</p>
<ul class="plain">${SOURCES.filter(({ id }) => ids.has(id)).map(
    ({ id, text }) => html`<li id="${id}"><strong>${id}</strong> <span lang="en">${text}</span></li>\n`,
  )}</ul>`;
}
