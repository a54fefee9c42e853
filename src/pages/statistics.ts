import { fill, type Html, html, type Part } from './html.ts';
import { nameOnly } from './labels.ts';
import { type Lang, page, type Site, when } from './layout.ts';
import { BY, REGIONS, STATISTICS } from './words/statistics.ts';

type Shown = number | '<10' | 'withheld';

/** Tables as `#statistics` makes them: small cells are suppressed already. */
export interface StatisticsPage {
  countedAt: string;
  years: readonly number[];
  totals: readonly Shown[];
  total: Shown;
  tables: readonly {
    by: keyof typeof BY;
    rows: readonly { key: string; counts: readonly Shown[]; total: Shown }[];
  }[];
}

/** `/statistics` */
export function renderStatistics(site: Site, data: StatisticsPage): string {
  const { lang } = site;
  const say = (name: keyof typeof STATISTICS) => STATISTICS[name][lang];
  const tables = data.tables.map((one) => html`<h2 id="${one.by}">${BY[one.by][lang]}</h2>${table(one, data, lang)}\n`);
  return page(
    site,
    say('title'),
    html`<h1>${say('title')}</h1><p class="lead">${say('lead')}</p>
${site.specimen && html`<p class="note"><strong>${say('specimen')}</strong></p>`}
<p class="note">${say('small')}</p>
<p class="note">${fill(say('counted'), { when: when(data.countedAt, lang)! })}</p>
${data.years.length === 0 ? html`<p>${say('none')}</p>` : tables}
<p class="note"><a href="/statistics" type="application/json">${say('data')}</a></p>`,
    { alternates: [{ type: 'application/json', href: '/statistics' }], styles: ['notice.css'] },
  );
}

function table(one: StatisticsPage['tables'][number], data: StatisticsPage, lang: Lang): Html {
  const line = (head: Part, counts: readonly Shown[], total: Shown) =>
    html`<tr><th scope="row">${head}</th>${[...counts, total].map((count) => html`<td>${cell(count, lang)}</td>`)}</tr>\n`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${BY[one.by][lang]}"><table class="counts">
<thead><tr><td></td>${data.years.map((year) => html`<th scope="col">${year}</th>`)}<th scope="col">${STATISTICS.total[lang]}</th></tr></thead>
<tbody>
${one.rows.map((row) => line(rowName(one.by, row.key, lang), row.counts, row.total))}</tbody>
<tfoot>${line(STATISTICS.total[lang], data.totals, data.total)}</tfoot></table></div>`;
}

function cell(count: Shown, lang: Lang): Part {
  if (count === 'withheld') return html`<abbr title="${STATISTICS.withheld[lang]}">–</abbr>`;
  return count === '<10' ? count : new Intl.NumberFormat(lang === 'fil' ? 'fil-PH' : 'en-PH').format(count);
}

function rowName(by: keyof typeof BY, key: string, lang: Lang): Part {
  if (key === 'not_stated') return STATISTICS.notStated[lang];
  if (by === 'pqfLevel') return fill(STATISTICS.level[lang], { level: key });
  if (by === 'region') return REGIONS[key] ?? key;
  return nameOnly(by, key, lang);
}
