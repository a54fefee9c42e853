import type { RuleNode } from '#pathways';
import { fill, type Html, html } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { type Lang, words } from '../layout.ts';
import { PATHWAY } from '../words/pathway.ts';
import type { Drawn, Mark } from './drawing.ts';
import type { PathwayPage } from './views.ts';

/** What every part of one drawing needs. */
export interface Sheet {
  lang: Lang;
  page: Pick<PathwayPage, 'definitions' | 'names'>;
  /** Sources in the order in which they are cited, numbered from 1. */
  sources: readonly string[];
  /** Address of the report about one badge. */
  verify(credential: string): string;
}

/** A mark and its word; nothing before there is an answer, and nothing for what is never unmet by itself. */
export function state(drawn: Drawn, lang: Lang): Html | undefined {
  const text = stateWord(drawn, lang);
  return text === undefined
    ? undefined
    : html`<span class="state is-${drawn.mark}"><span class="dot is-${drawn.mark}"></span>${text}</span>`;
}

/** Mandatory filters and limits shape the answer and are kept by it; only an advisory one can be broken (A3). */
export function stateWord({ mark, role, node }: Drawn, lang: Lang): string | undefined {
  if (!mark || role === 'meta') return undefined;
  if (node.kind === 'not' && mark === 'missing') return PATHWAY.against[lang];
  if (role !== 'filter' && role !== 'limit') return PATHWAY[mark][lang];
  if (node.binding === 'Mandatory') return undefined;
  return (mark === 'met' ? PATHWAY.kept : PATHWAY.notKept)[lang];
}

/** How much of an amount is there. */
export function bar({ result, mark }: Drawn, lang: Lang): Html | undefined {
  const credit = result?.credit;
  if (!credit || mark === 'notTaken') return undefined;
  const { have, need, system } = credit;
  const said = fill(PATHWAY.haveNeed[lang], { have, need });
  return html`<p class="amounts"><progress max="${need}" value="${have}" aria-label="${system}"></progress> <span>${said} · ${nameOnly('system', system, lang)}</span></p>`;
}

/** Whether it binds, whether it was published, and where it stands. */
export function foot({ binding, realism, source }: RuleNode, { lang, sources }: Sheet): Html {
  const w = words(lang);
  const number = sources.indexOf(source) + 1;
  const marks = [
    binding === 'Advisory' ? html`<strong>${w.advisory}</strong>` : w.mandatory,
    realism === 'Published' ? w.published : w.illustrative,
  ];
  return html`<p class="foot">${marks.map((mark, index) => html`${index > 0 && ' · '}${mark}`)}${number > 0 && html` · <a href="#source-${number}" aria-label="${w.source} ${number}">[${number}]</a>`}</p>`;
}

const LEGEND: readonly Mark[] = ['met', 'progress', 'waiting', 'missing', 'notTaken'];

export const legend = (lang: Lang): Html =>
  html`<p class="legend"><span class="from">${PATHWAY.legend[lang]}:</span> ${LEGEND.map((mark) => html`<span class="state is-${mark}"><span class="dot is-${mark}"></span>${PATHWAY[mark][lang]}</span> `)}</p>`;
