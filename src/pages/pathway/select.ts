import type { Select } from '#pathways';
import { type Html, html, link, type Part } from '../html.ts';
import { creditLine, nameOnly } from '../labels.ts';
import { PATHWAY } from '../words/pathway.ts';
import { definitionOf, nameOf } from './drawing.ts';
import type { Sheet } from './marks.ts';

type Rows = { [K in keyof Select]-?: (limit: NonNullable<Select[K]>, sheet: Sheet) => Part };

const joined = (items: readonly Part[]): Html => html`${items.map((item, index) => html`${index > 0 && ', '}${item}`)}`;
const plain = (limit: readonly string[]): Html => joined(limit);

/** Each way to say which badges are meant, in words. */
const IN_WORDS: Rows = {
  achievement: (limit, { page, lang }) => {
    const named = limit.map((iri) => {
      const known = definitionOf(iri, page.definitions);
      const credit = known?.credit?.[0];
      return html`${link(iri, known?.name ?? iri)}${credit && html` <span class="amount">${creditLine(credit, lang)}</span>`}`;
    });
    return joined(named);
  },
  category: (limit, { lang }) => joined(limit.map((value) => nameOnly('category', value, lang))),
  awardType: (limit, { lang }) => joined(limit.map((value) => nameOnly('awardType', value, lang))),
  provider: (limit, { page }) => joined(limit.map((did) => nameOf(did, page.names))),
  sector: plain,
  route: (limit, { lang }) => joined(limit.map((value) => nameOnly('learningRoute', value, lang))),
  level: ({ from, to }) => (from === to ? String(from) : `${from}–${to}`),
  code: plain,
};

/** Which badges a slot asks for. */
export function selectList(select: Select, sheet: Sheet): Html {
  const stated = (Object.keys(IN_WORDS) as (keyof Select)[]).filter((name) => select[name] !== undefined);
  const rows = stated.map((name) => {
    const shown = IN_WORDS[name] as (limit: unknown, sheet: Sheet) => Part;
    return html`<li><span class="from">${PATHWAY[name][sheet.lang]}:</span> ${shown(select[name], sheet)}</li>`;
  });
  return html`${stated.length > 1 && html`<p class="from">${PATHWAY.selects[sheet.lang]}</p>`}<ul class="limits">${rows}</ul>`;
}
