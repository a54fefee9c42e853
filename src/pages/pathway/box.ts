import type { SlotNode } from '#pathways';
import { fill, type Html, html, link, type Part } from '../html.ts';
import { creditLine } from '../labels.ts';
import type { Lang } from '../layout.ts';
import { PATHWAY } from '../words/pathway.ts';
import { conditionList } from './conditions.ts';
import type { Drawn, DrawnItem, Served } from './drawing.ts';
import { bar, foot, type Sheet, state } from './marks.ts';
import { selectList } from './select.ts';

/** One node as a box: a frame round its parts, or a slot with its items. `join` stands between it and the box before; the state of the root stands on the cap. */
export function box(drawn: Drawn, sheet: Sheet, join?: Part, root = false): Html {
  const { node, parts, conditions, role, mark } = drawn;
  const { lang } = sheet;
  const shape = role === 'composite' ? `frame ${node.kind === 'allOf' ? 'all' : node.kind}` : role;
  const wide = parts.length > 0 || drawn.items.length > 3;
  return html`<li class="box ${shape}${wide && ' wide'}${node.binding === 'Advisory' && ' advice'}${mark && ` is-${mark}`}">
<p class="tab">${join && html`<span class="join">${join}</span> `}${tab(drawn, lang)}</p>
<div class="head"><p class="asks">${node.text[lang]}</p>${!root && state(drawn, lang)}</div>
${role === 'slot' && slot(drawn, node as SlotNode, sheet)}
${role !== 'slot' && bar(drawn, lang)}
${foot(node, sheet)}
${parts.length > 0 && boxes(drawn, sheet)}
${conditions.length > 0 && conditionList(conditions, sheet)}
</li>`;
}

/** What a frame holds, with the word that joins them. */
export function boxes({ node, parts }: Drawn, sheet: Sheet): Html {
  const join = node.kind === 'allOf' ? PATHWAY.and : PATHWAY.or;
  return html`<ul class="boxes${parts.length === 1 && ' one'}">${parts.map((part, index) => box(part, sheet, index > 0 && join[sheet.lang]))}</ul>`;
}

/** What has to happen with the content of a box. */
export function tab({ node, parts, items, role }: Drawn, lang: Lang): Part {
  const say = (key: keyof typeof PATHWAY, values: Record<string, Part> = {}) => fill(PATHWAY[key][lang], values);
  const amount = (value: string, system: string) => creditLine(`${value} ${system}`, lang);
  switch (node.kind) {
    case 'allOf':
    case 'anyOf':
    case 'not':
    case 'nOf':
      return say(node.kind, { n: 'n' in node ? node.n : '', count: parts.length });
    case 'requireAll':
      return items.length === 1 ? say('thisOne') : say('eachOf', { count: items.length });
    case 'chooseN':
      return say(...choice(node.min, node.max));
    case 'capstone':
      return say('lastOfAll');
    case 'creditMin': {
      if (role !== 'slot') return say('condition');
      const most = node.max !== undefined && html`, ${say('creditMost', { amount: amount(node.max, node.system) })}`;
      return html`${say('creditFrom', { amount: amount(node.min, node.system) })}${most}`;
    }
    default:
      return say('condition');
  }
}

function choice(min: number, max: number | undefined): [keyof typeof PATHWAY, Record<string, Part>] {
  if (min === 0) return max === undefined ? ['optional', {}] : ['upTo', { max }];
  if (min === max) return ['exactly', { min }];
  return max === undefined ? ['atLeast', { min }] : ['between', { min, max }];
}

function slot(drawn: Drawn, node: SlotNode, sheet: Sheet): Html {
  const { items, taken, result } = drawn;
  const { lang } = sheet;
  const select = 'select' in node ? node.select : undefined;
  // A place that is still to be filled is drawn as one, so that a slot without items does not look finished.
  const empty = items.length === 0 && result !== undefined && result.state !== 'met' && !result.alternative;
  const extras = [node.consume === false && PATHWAY.entry, node.repeatable === true && PATHWAY.repeatable];
  return html`${select && selectList(select, sheet)}
${(items.length > 0 || taken.length > 0 || empty) && html`<ul class="bricks">${items.map((item) => brick(item, drawn, sheet))}${taken.map((one) => html`<li class="brick full">${badge(one, sheet)}</li>`)}${empty && html`<li class="brick empty"><span class="dot is-missing"></span>${result.reason[lang]}</li>`}</ul>`}
${bar(drawn, lang)}
${extras.map((extra) => extra && html`<p class="foot">${extra[lang]}</p>`)}`;
}

/** One thing that is asked for, hollow until a badge fills it. */
function brick({ name, code, versions, credit, served }: DrawnItem, { result, node }: Drawn, sheet: Sheet): Html {
  const { lang } = sheet;
  const full = served.length > 0;
  // Only where every item is asked for is an empty one missing.
  const missing = !full && result !== undefined && node.kind === 'requireAll' && !result.alternative;
  return html`<li class="brick ${full ? 'full' : result ? 'empty' : 'plain'}">
<span class="name">${name}</span>
${(code || credit.length > 0 || versions) && html`<span class="about">${code && html`<span class="code">${code}</span>`}${versions && html`<span>${fill(PATHWAY.versionsOnly[lang], { versions: versions.join(', ') })}</span>`}${credit.map((line) => html`<span class="amount">${creditLine(line, lang)}</span>`)}</span>`}
${served.map((one) => badge(one, sheet))}
${missing && html`<span class="lack"><span class="dot is-missing"></span>${PATHWAY.missing[lang]}</span>`}</li>`;
}

/** Linked to its own report where the badge has an address; a pasted one may be named by a URN. */
export const named = (id: string, name: string, verify: Sheet['verify']): Html =>
  /^https?:/.test(id) ? html`<a href="${verify(id)}">${name}</a>` : html`${name}`;

/** A badge where it serves: what it is called, who awarded it, and by which decision when not as itself. */
export function badge({ id, name, awarder, decision }: Served, { lang, verify }: Sheet): Html {
  return html`<span class="held"><span class="dot is-met"></span><span>${named(id, name, verify)} <span class="from">${fill(PATHWAY.by[lang], { name: awarder })}</span>${decision && html` <span class="from">${PATHWAY.byDecision[lang]} <span class="code">${link(decision, decision)}</span></span>`}</span></span>`;
}
