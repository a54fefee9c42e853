import { fill, type Html, html, type Part } from '../html.ts';
import { facts, type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { CONSOLE, ROW_STATES } from '../words/console.ts';
import { batchState } from './class-lists.ts';
import { distinct, problemBanner } from './fields.ts';
import { at, consolePage, nextLink } from './frame.ts';
import { guardianOf } from './guardian.ts';
import type { ClassListPage, ClassListRow, ListedBatch, Officer } from './views.ts';

/** Seconds between two looks of a browser without scripts. */
const REFRESH = 3;
const WORKING: ReadonlySet<ListedBatch['state']> = new Set(['queued', 'running']);

/** `/console/class-lists/{batchId}`: how it stands, what can be done, its errors by row. */
export function renderClassList(site: Site, officer: Officer, data: ClassListPage): string {
  const { lang } = site;
  const { batch, problem } = data;
  const working = WORKING.has(batch.state);
  return consolePage(
    site,
    officer,
    `${CONSOLE.listTitle[lang]}: ${batch.achievement}`,
    html`${problemBanner(problem, lang)}<p class="kicker">${CONSOLE.listTitle[lang]}</p><h1>${batch.achievement}</h1>
<p>${batchState(batch.state, site)}</p>
${working ? progress(site, batch) : answer(site, batch)}
${facts([
  [CONSOLE.madeBy[lang], when(batch.createdAt, lang)],
  [CONSOLE.preparedBy[lang], batch.person],
  [CONSOLE.rows[lang], batch.rows],
  [CONSOLE.good[lang], batch.rows - batch.invalidRows],
  [CONSOLE.bad[lang], batch.invalidRows],
  [CONSOLE.issued[lang], batch.issuedRows > 0 && batch.issuedRows],
  [CONSOLE.failedRows[lang], batch.failedRows > 0 && batch.failedRows],
])}
${starting(site, officer, data)}
${downloads(site, officer, batch)}
${mending(site, officer, batch)}
<h2 id="rows">${CONSOLE.rowsTitle[lang]}</h2>${rowsOf(site, data)}
${working && html`<script src="/assets/console.js" type="module"></script>`}`,
    working ? { refresh: REFRESH } : {},
  );
}

function answer({ lang }: Site, { state, rows, invalidRows: bad, issuedRows: issued }: ListedBatch): Html | false {
  if (state === 'previewed') {
    if (bad === 0) return html`<p class="lead">${fill(CONSOLE.allGood[lang], { count: rows })}</p>`;
    if (bad === rows) return html`<p class="lead">${CONSOLE.noneGood[lang]}</p>`;
    return html`<p class="lead">${fill(CONSOLE.someBad[lang], { bad, count: rows })}</p>`;
  }
  return html`<p class="lead" id="done">${fill(CONSOLE.done[lang], { issued, left: rows - issued })}</p>`;
}

/** Where scripts run, the bar follows the events of the batch; without them the page is asked for again. */
function progress({ lang }: Site, { batchId, state, rows, invalidRows, issuedRows, failedRows }: ListedBatch): Html {
  const count = rows - invalidRows;
  const said = fill(CONSOLE.progress[lang], { issued: html`<span data-issued>${issuedRows}</span>`, count });
  return html`<div class="progress"><label for="progress">${CONSOLE.running[lang]}</label>
<progress id="progress" max="${count}" value="${issuedRows + failedRows}" data-events="/v1/batches/${batchId}/events"></progress>
<p role="status">${said}${state === 'queued' && html` · ${CONSOLE.queued[lang]}`}</p></div>`;
}

function starting(site: Site, { role }: Officer, { batch, starts, twoPersons }: ClassListPage): Html | false {
  const { lang } = site;
  const count = batch.rows - batch.invalidRows;
  const ended = !WORKING.has(batch.state) && batch.state !== 'previewed';
  if (role === 'auditor' || ended) return false;
  const action = at(site, `/console/class-lists/${batch.batchId}`);
  const mine = starts === role && count > 0;
  const waits = twoPersons && batch.state === 'previewed' && count > 0;
  return html`${waits && html`<p class="caution">${(role === 'approver' ? CONSOLE.youApprove : CONSOLE.waitsForApprover)[lang]}</p>`}
<div class="acts">${mine && html`<form method="post" action="${action}"><input type="hidden" name="action" value="start"><button type="submit">${fill((twoPersons ? CONSOLE.approve : CONSOLE.start)[lang], { count })}</button></form>`}
<form method="post" action="${action}"><input type="hidden" name="action" value="cancel"><button class="quiet" type="submit" aria-describedby="cancel-note">${CONSOLE.cancel[lang]}</button></form></div>
<p class="note" id="cancel-note">${CONSOLE.cancelNote[lang]}</p>`;
}

function downloads(site: Site, { role }: Officer, { batchId, state, issuedRows }: ListedBatch): Html | false {
  const { lang } = site;
  if (state === 'previewed') return false;
  const seesAwards = role !== 'approver' && issuedRows > 0;
  return html`<ul class="row links"><li><a href="/console/class-lists/${batchId}/result" download="${batchId}.csv">${CONSOLE.resultCsv[lang]}</a></li>
${seesAwards && html`<li><a href="/v1/batches/${batchId}/credentials" download="${batchId}.ndjson">${CONSOLE.signedFile[lang]}</a></li><li><a href="${at(site, '/console/awards', { batchId })}">${CONSOLE.awardsOfList[lang]}</a></li>`}</ul>`;
}

function mending(site: Site, { role }: Officer, { batchId, invalidRows }: ListedBatch): Html | false {
  const { lang } = site;
  if (invalidRows === 0) return false;
  return html`<section class="card"><p>${CONSOLE.mend[lang]}</p><ul class="row"><li><a href="/console/class-lists/${batchId}/errors" download="errors.csv">${CONSOLE.errorsCsv[lang]}</a></li>
${role === 'issuer' && html`<li><a href="${at(site, '/console/class-lists/new')}">${CONSOLE.uploadMended[lang]}</a></li>`}</ul></section>`;
}

function rowsOf(site: Site, { batch, onlyErrors, rows, next }: ClassListPage): Html {
  const { lang } = site;
  const path = `/console/class-lists/${batch.batchId}`;
  const current = html` aria-current="true"`;
  const choice = html`<ul class="row filter"><li><a href="${at(site, path, { only: 'errors' })}#rows"${onlyErrors && current}>${CONSOLE.onlyErrors[lang]} (${batch.invalidRows})</a></li><li><a href="${at(site, path, { only: 'all' })}#rows"${!onlyErrors && current}>${CONSOLE.everyRow[lang]} (${batch.rows})</a></li></ul>`;
  if (rows.length === 0) return html`${choice}<p>${CONSOLE.noRows[lang]}</p>`;
  const heads = [CONSOLE.row, CONSOLE.name, CONSOLE.email, CONSOLE.studentNumber, CONSOLE.state, CONSOLE.wrong];
  const lines = rows.map((one) => rowOf(site, one));
  const href =
    next === undefined ? undefined : `${at(site, `${path}`, Object.fromEntries(new URLSearchParams(next)))}#rows`;
  return html`${choice}${table(
    CONSOLE.rowsTitle[lang],
    heads.map((head) => head[lang]),
    lines,
  )}${nextLink(href, site)}`;
}

const ROW_TONES: Readonly<Record<ClassListRow['state'], string>> = {
  ...{ valid: 'ok', invalid: 'bad', issued: 'ok', failed: 'bad', cancelled: 'unk' },
};

function rowOf(site: Site, { row, input, state, credentialId, errors = [] }: ClassListRow): Part[] {
  const { lang } = site;
  const pill = html`<span class="pill tone-${ROW_TONES[state]}">${ROW_STATES[state][lang]}</span>`;
  const fields = [...new Set(errors.map(({ pointer }) => pointer.slice(1)))];
  const wrong = fields.map((field) => {
    const value = input[field];
    const words = distinct(
      errors.filter(({ pointer }) => pointer === `/${field}`),
      lang,
    );
    return html`<li><span class="code">${field}</span> ${value !== undefined && html`<q>${value}</q> `}${words.map((one) => html`${one} `)}</li>`;
  });
  return [
    ...[row, input.name, html`${input.email}${guardianOf(input, lang)}`, input.studentNumber],
    credentialId === undefined ? pill : html`<a href="/credentials/${credentialId}">${pill}</a>`,
    wrong.length > 0 && html`<ul class="errors">${wrong}</ul>`,
  ];
}
