import { type Html, html, type Part } from './html.ts';

/**
 * A table whose rows become cards on a narrow screen, each cell with the head of its column before it. What a style sheet
 * makes of the elements takes from them what they are (CSS Tables): the roles give it back.
 * @param label its name, for whoever scrolls to it by keyboard
 * @param rows cells in the order of the heads; the first names its row
 */
export function table(label: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="scroll rows" role="region" aria-label="${label}" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map((cell, index) => cellOf(cell, index, heads[index]!))}</tr>\n`)}</tbody></table></div>`;
}

const cellOf = (cell: Part, index: number, head: string): Html =>
  index === 0
    ? html`<th scope="row" role="rowheader" data-head="${head}">${cell}</th>`
    : html`<td role="cell" data-head="${head}">${cell}</td>`;
