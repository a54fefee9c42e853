import type { Evaluation, Reason } from '#pathways';
import type { StackReport } from '#verifier';
import { fill, type Html, html, type Part } from '../html.ts';
import { creditLine } from '../labels.ts';
import { type Lang, langQuery } from '../layout.ts';
import { PATHWAY } from '../words/pathway.ts';
import { named } from './box.ts';
import { badgesOf, type Drawn } from './drawing.ts';
import type { Sheet } from './marks.ts';
import type { PathwayPage } from './views.ts';

type Missing = Evaluation['missing'];

/** Everything the drawing has no place for: what is missing, what does not count and why, what is left over. */
export function findings(page: PathwayPage, stack: StackReport, drawn: Drawn, sheet: Sheet): Html {
  const { lang } = sheet;
  const { evaluation } = stack;
  const badges = badgesOf(page);
  const badge = (id: string): Part => {
    const one = badges.get(id);
    return one
      ? html`<strong>${named(id, one.name, sheet.verify)}</strong> <span class="from">${fill(PATHWAY.by[lang], { name: one.awarder })}</span>`
      : id;
  };
  const why = (rows: readonly { holding?: string; reasons: readonly Reason[] }[]) =>
    rows.map(
      ({ holding, reasons }) =>
        html`<li>${holding && badge(holding)} ${reasons.map((one) => html`<span class="why-not">${one.text[lang]} <span class="code">${one.code}</span>${byCrosswalk(one, lang)}</span> `)}</li>`,
    );
  const strangers = stack.credentials
    .filter(({ evaluated }) => !evaluated)
    .map(
      ({ index, sentence }) =>
        html`<li><strong>Badge ${index + 1}</strong> <span class="why-not">${PATHWAY.notGenuine[lang]} ${sentence[lang]}</span></li>`,
    );
  const found: Partial<Evaluation> = evaluation ?? {};
  const ways = found.waysToFinish ?? [];
  const remarks = found.notes ?? [];
  const credit = (amounts: Readonly<Record<string, string>> = {}) =>
    Object.entries(amounts)
      .filter(([, value]) => value !== '0')
      .map(([system, value]) => html`<li>${creditLine(`${value} ${system}`, lang)}</li>`);
  const names = namesOf(drawn);
  return html`${list(PATHWAY.stillMissing[lang], lacks(found.missing ?? [], names, lang))}
${ways.length > 1 && html`<h2>${PATHWAY.ways[lang]}</h2><div class="ways">${ways.map((way, index) => html`<div class="card"><h3>${fill(PATHWAY.way[lang], { n: index + 1 })}</h3><ul>${lacks(way, names, lang)}</ul></div>`)}</div>`}
${list(PATHWAY.waitsFor[lang], why(found.waitingFor ?? []))}
${list(PATHWAY.notCounted[lang], [...why(found.notCountable ?? []), ...strangers, ...why(remarks.filter(isNotAsked))])}
${list(PATHWAY.surplus[lang], why(found.surplus ?? []))}
${list(PATHWAY.notes[lang], why(remarks.filter((one) => !isNotAsked(one))))}
${list(
  PATHWAY.exits[lang],
  (found.exitAwards ?? []).map(({ award }) => html`<li>${award}</li>`),
)}
${list(PATHWAY.carries[lang], credit(found.carriesOver))}
${list(PATHWAY.total[lang], credit(found.total))}`;
}

/** Nothing in the pathway asks for it: it does not count either. */
const isNotAsked = ({ reasons }: { reasons: readonly Reason[] }): boolean =>
  reasons.some(({ code }) => code === 'not_asked');

/** Credit of another system: where the systems are compared. */
const byCrosswalk = ({ code }: Reason, lang: Lang): Html | false =>
  (code === 'system' || code === 'other_system') &&
  html` <a href="/framework/crosswalk${langQuery(lang)}#unit-of-size">${PATHWAY.unsystematic[lang]}</a>`;

function list(title: string, rows: readonly Html[]): Html | undefined {
  return rows.length === 0 ? undefined : html`<h2>${title}</h2><ul class="found-list">${rows}</ul>`;
}

/** An item is called what it is called in the drawing. */
function lacks(missing: Missing, names: ReadonlyMap<string, Named>, lang: Lang): Html[] {
  return missing.map(({ node, item, text }) => {
    const known = names.get(node);
    const name = item === undefined ? undefined : known?.items[item];
    const [first, more] =
      name === undefined && known ? [known.text[lang], text[lang]] : [name ?? text[lang], known?.text[lang]];
    return html`<li><span class="dot is-missing"></span> ${first}${more && html` <span class="from">${more}</span>`}</li>`;
  });
}

interface Named {
  text: Drawn['node']['text'];
  items: readonly string[];
}

function namesOf(drawn: Drawn): Map<string, Named> {
  const out = new Map<string, Named>();
  const walk = ({ node, items, parts, conditions }: Drawn): void => {
    const called = items.map(({ name, code }) => (code ? `${name} (${code})` : name));
    out.set(node.id, { text: node.text, items: called });
    [...parts, ...conditions].forEach(walk);
  };
  walk(drawn);
  return out;
}
