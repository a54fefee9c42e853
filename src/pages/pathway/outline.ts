import { kindTitle } from '#pathways';
import { fill, type Html, html, type Part } from '../html.ts';
import { creditLine } from '../labels.ts';
import type { Lang } from '../layout.ts';
import { words } from '../layout.ts';
import { PATHWAY } from '../words/pathway.ts';
import { tab } from './box.ts';
import { type Drawn, type DrawnItem, nameOf, type Served } from './drawing.ts';
import { type Sheet, stateWord } from './marks.ts';
import { selectList } from './select.ts';

/** The drawing in words: the same nodes in the same order, each as one sentence, nested as they are. */
export function outline(drawn: Drawn, sheet: Sheet): Html {
  return html`<ol class="outline">${entry(drawn, sheet)}</ol>`;
}

function entry(drawn: Drawn, sheet: Sheet): Html {
  const { node, parts, conditions, items, taken, result, role } = drawn;
  const { lang } = sheet;
  const w = words(lang);
  const known = stateWord(drawn, lang);
  const does = role === 'composite' || role === 'slot' ? tab(drawn, lang) : kindTitle(node)[lang];
  const marks = [
    node.binding === 'Advisory' ? w.advisory : w.mandatory,
    node.realism === 'Published' ? w.published : w.illustrative,
    `${w.source}: ${node.source}`,
  ];
  const select = 'select' in node && role === 'slot' ? node.select : undefined;
  return html`<li>${known && html`<strong>${known}.</strong> `}${node.text[lang]} <span class="from">(${does})</span>${result && items.length === 0 && html` ${withNames(result.reason[lang], drawn, sheet)}`}
<div class="foot">${marks.join(' · ')}</div>
${select && selectList(select, sheet)}
${(items.length > 0 || taken.length > 0) && html`<ul>${items.map((item) => itemLine(item, drawn, lang))}${taken.map((one) => html`<li>${servedBy(one, lang)}</li>`)}</ul>`}
${parts.length + conditions.length > 0 && html`<ol>${[...parts, ...conditions].map((one) => entry(one, sheet))}</ol>`}</li>`;
}

/** A reason names bodies by their identifiers; people know their names. */
const withNames = (reason: string, { node }: Drawn, { page: { names } }: Sheet): string =>
  node.kind === 'conferrer'
    ? node.bodies.reduce((text, did) => text.replaceAll(did, nameOf(did, names)), reason)
    : reason;

function itemLine({ name, code, credit, versions, served }: DrawnItem, { result, node }: Drawn, lang: Lang): Html {
  const about: Part[] = [
    code,
    versions && fill(PATHWAY.versionsOnly[lang], { versions: versions.join(', ') }),
    ...credit.map((line) => creditLine(line, lang)),
  ];
  const said = about.filter(Boolean);
  const missing = result && node.kind === 'requireAll' && !result.alternative ? PATHWAY.missing[lang] : undefined;
  const state: Part =
    served.length > 0
      ? served.map((one, index) => html`${index > 0 && '; '}${PATHWAY.servedBy[lang]} ${servedBy(one, lang)}`)
      : missing;
  return html`<li>${name}${said.length > 0 && html` (${said.map((one, index) => html`${index > 0 && ', '}${one}`)})`}${state && html`: ${state}`}</li>`;
}

const servedBy = ({ name, awarder, decision }: Served, lang: Lang): Html =>
  html`${name}, ${fill(PATHWAY.by[lang], { name: awarder })}${decision && html`, ${PATHWAY.byDecision[lang]} ${decision}`}`;
