import type { Equivalence } from '#pathways';
import { fill, type Html, html, link } from '../html.ts';
import { PATHWAY } from '../words/pathway.ts';
import type { Drawn } from './drawing.ts';
import { bar, foot, type Sheet, state } from './marks.ts';

const ORDER = ['check', 'filter', 'limit', 'meta'] as const;

/** What is asked of everything in a box: it stands at the foot of the box it acts on, by what it does. */
export function conditionList(conditions: readonly Drawn[], sheet: Sheet): Html {
  const { lang } = sheet;
  const rows = ORDER.flatMap((role) => {
    const here = conditions.filter((one) => one.role === role);
    return here.length === 0
      ? []
      : [
          html`<li class="asked"><p class="tag">${PATHWAY[role][lang]}</p><ul>${here.map((one) => condition(one, sheet))}</ul></li>`,
        ];
  });
  return html`<div class="conditions"><p class="tab">${PATHWAY.forAll[lang]}</p><ul>${rows}</ul></div>`;
}

function condition(drawn: Drawn, sheet: Sheet): Html {
  const { node, mark, role, result } = drawn;
  const { lang } = sheet;
  const { decisions = [], decidedBy = [] } = node.kind === 'equivalence' ? (node as Equivalence) : {};
  // A check with an amount is drawn as a bar; one without says in words how far it is.
  const told = role === 'check' && result && !result.credit && mark !== 'met' && result.reason[lang];
  return html`<li class="rule${mark && ` is-${mark}`}${node.binding === 'Advisory' && ' advice'}"><div class="head"><p>${node.text[lang]}</p>${state(drawn, lang)}</div>
${bar(drawn, lang)}${told && html`<p class="from">${told}</p>`}
${decisions.length > 0 && html`<p class="from">${fill(PATHWAY.decisionsNamed[lang], { ids: html`<span class="code">${decisions.map((id, at) => html`${at > 0 && ', '}${link(id, id)}`)}</span>` })}</p>`}
${decidedBy.length > 0 && html`<p class="from">${fill(PATHWAY.decidedByNamed[lang], { ids: html`<span class="code">${decidedBy.join(', ')}</span>` })}</p>`}
${foot(node, sheet)}</li>`;
}
