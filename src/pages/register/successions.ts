import { fill, type Html, html } from '../html.ts';
import { type Site, when, words } from '../layout.ts';
import { CLOSED_ALONE, SUCCEEDED, SUCCESSION } from '../words/standing.ts';
import { authority, party } from './address.ts';
import { instrument } from './instruments.ts';
import type { SuccessionView } from './views.ts';

/** What became of an institution, in one sentence. */
export function succeeded(row: SuccessionView, site: Site): Html {
  const text = row.successor ? SUCCEEDED[row.kind] : CLOSED_ALONE;
  return fill(text[site.lang], { a: party(site, row.predecessor), b: row.successor && party(site, row.successor) });
}

/** Above everything else on a page of an institution that is no longer what it was. Nothing when nothing happened to it. */
export function successionNotice(
  did: string,
  rows: readonly SuccessionView[],
  at: string,
  site: Site,
): Html | undefined {
  const own = rows.filter((row) => row.predecessor.did === did && row.effectiveAt <= at);
  if (own.length === 0) return undefined;
  const w = words(site.lang);
  return html`<section class="banner tone-warn" aria-label="${w.became}">${own.map(
    (row) => html`<div><p>${succeeded(row, site)}</p>
<p class="why">${w.effective}: ${when(row.effectiveAt, site.lang)} · <span class="dim">${w.reason}:</span> ${row.reason} · ${w.recorded_by} ${authority(site, row.by)}${row.legalInstrument && html` · ${instrument(row.legalInstrument, site)}`}</p>
${row.mayAward && html`<p class="why">${w.successor_awards}</p>`}</div>`,
  )}</section>`;
}

export const successionKind = (row: SuccessionView, site: Site): string => SUCCESSION[row.kind][site.lang];
