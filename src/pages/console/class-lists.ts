import { type Html, html } from '../html.ts';
import { type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { BATCH_STATES, CONSOLE } from '../words/console.ts';
import { at, consolePage } from './frame.ts';
import type { ListedBatch, Officer } from './views.ts';

const TONES: Readonly<Record<ListedBatch['state'], string>> = {
  ...{ uploading: 'unk', previewed: 'warn', queued: 'unk', running: 'unk' },
  ...{ done: 'ok', failed: 'bad', cancelled: 'unk' },
};

export const batchState = (state: ListedBatch['state'], { lang }: Site): Html =>
  html`<span class="pill tone-${TONES[state]}">${BATCH_STATES[state][lang]}</span>`;

/** `/console/class-lists`: the newest first. */
export function renderClassLists(site: Site, officer: Officer, lists: readonly ListedBatch[]): string {
  const { lang } = site;
  const title = CONSOLE.classLists[lang];
  return consolePage(
    site,
    officer,
    title,
    html`<h1>${title}</h1>
${officer.role === 'issuer' && html`<p><a class="button" href="${at(site, '/console/class-lists/new')}">${CONSOLE.newList[lang]}</a></p>`}
${lists.length === 0 ? html`<p>${CONSOLE.noLists[lang]}</p>` : batchRows(site, title, lists)}`,
  );
}

/** A table of class lists, each leading to its page. */
export function batchRows(site: Site, label: string, lists: readonly ListedBatch[]): Html {
  const { lang } = site;
  const heads = [CONSOLE.what, CONSOLE.state, CONSOLE.when, CONSOLE.rows, CONSOLE.bad, CONSOLE.issued];
  const rows = lists.map((one) => [
    html`<a href="${at(site, `/console/class-lists/${one.batchId}`)}">${one.achievement}</a>`,
    batchState(one.state, site),
    when(one.createdAt, lang),
    one.rows,
    one.invalidRows,
    one.issuedRows,
  ]);
  return table(
    label,
    heads.map((head) => head[lang]),
    rows,
  );
}
