import type { LegalInstrument } from '#accreditation';
import { type Html, html, link } from '../html.ts';
import { nameOnly } from '../labels.ts';
import { type Site, when } from '../layout.ts';

/** An issuance as people cite it: `CHED Memorandum Order 1, s. 2025 (10 March 2025)`. */
export function instrument({ kind, number, series, date, url }: LegalInstrument, { lang }: Site): Html {
  const cited = `${nameOnly('kind', kind, lang)}${number === undefined ? '' : ` ${number}`}${series === undefined ? '' : `, s. ${series}`}`;
  return html`${link(url, cited)}${date !== undefined && html` (${when(date, lang)})`}`;
}

/** @returns undefined when none is cited */
export function instruments(cited: readonly LegalInstrument[], site: Site): Html | undefined {
  if (cited.length === 0) return undefined;
  return html`${cited.map((one, index) => html`${index > 0 && html`<br>`}${instrument(one, site)}`)}`;
}
