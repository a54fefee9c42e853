import { LABELS, PQF_LEVELS } from '#framework';
import type { Text } from '#kernel';
import { fill, type Html, html } from './html.ts';
import type { Lang } from './layout.ts';

/** What a value of the ph context is called, with its code small after it. A value that we have no name for stays a code. */
export function named(term: keyof typeof LABELS, value: string | undefined, lang: Lang): Html | undefined {
  if (value === undefined) return undefined;
  const name = nameIn(term, value, lang);
  return name === undefined
    ? html`<span class="code">${value}</span>`
    : html`${name}${name !== value && html` <span class="code">${value}</span>`}`;
}

/** @returns the name alone, or the code where there is none */
export function nameOnly(term: keyof typeof LABELS, value: string, lang: Lang): string {
  return nameIn(term, value, lang) ?? value;
}

/** `3 HE-UNIT-16 (lecture)` with the system and the kind in words. Text of any other form is shown as it is. */
export function creditLine(text: string, lang: Lang): Html {
  const [, value, system = '', kind] = /^(\S{1,20}) (\S{1,60})(?: \((\w{1,40})\))?$/.exec(text) ?? [];
  const name = nameIn('system', system, lang);
  if (value === undefined || name === undefined) return html`${text}`;
  const more = kind === undefined ? '' : `, ${nameOnly('kind', kind, lang).toLowerCase()}`;
  return html`${value} × ${name}${more} <span class="code">${system}</span>`;
}

/** @returns undefined when there is none, so that the row is left out */
export function credits(lines: readonly string[] | undefined, lang: Lang): Html | undefined {
  if (!lines || lines.length === 0) return undefined;
  return html`${lines.map((line, index) => html`${index > 0 && '; '}${creditLine(line, lang)}`)}`;
}

/** The level with who says so: a level claimed by the provider must not look like a registered one. */
export function level(row: { pqfLevel?: number; pqfLevelStatus?: string }, lang: Lang): Html | undefined {
  if (row.pqfLevel === undefined) return undefined;
  const kinds = PQF_LEVELS.filter((one) => one.level === row.pqfLevel).map(({ qualification }) => qualification[lang]);
  return html`${row.pqfLevel}${row.pqfLevelStatus && html` (${named('pqfLevelStatus', row.pqfLevelStatus, lang)})`}${
    kinds.length > 0 && html`<br><span class="note">${fill(LEVEL_OF[lang], { kinds: kinds.join(', ') })}</span>`
  }`;
}

/** Two qualifications of one level are no more alike than that. */
const LEVEL_OF: Text = { en: 'the level of: {kinds}', fil: 'ang antas ng: {kinds}' };

/** What rules count in besides the credit systems of the context. */
const NOTIONAL_HOUR: Text = { en: 'Notional hour of learning', fil: 'Nosyonal na oras ng pagkatuto' };

function nameIn(term: keyof typeof LABELS, value: string, lang: Lang): string | undefined {
  if (term === 'system' && value === 'NOTIONAL-HOUR') return NOTIONAL_HOUR[lang];
  return Object.hasOwn(LABELS[term], value) ? LABELS[term][value]?.[lang] : undefined;
}
