import { type Html, html } from '../html.ts';
import { type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { APPROVAL_STATES, CONSOLE } from '../words/console.ts';
import { batchRows } from './class-lists.ts';
import { at, consolePage, nextLink } from './frame.ts';
import type { ListedApproval, ListedBatch, Officer } from './views.ts';

const TONES: Readonly<Record<ListedApproval['state'], string>> = {
  ...{ pending: 'warn', approved: 'unk', issued: 'ok', rejected: 'bad', failed: 'bad' },
};

export const approvalState = (state: ListedApproval['state'], { lang }: Site): Html =>
  html`<span class="pill tone-${TONES[state]}">${APPROVAL_STATES[state][lang]}</span>`;

/** `/console/approvals`: class lists and single requests that wait, then every request. @param next query of the next page of requests */
export function renderApprovals(
  site: Site,
  officer: Officer,
  data: {
    lists: readonly ListedBatch[];
    pending: readonly ListedApproval[];
    requests: readonly ListedApproval[];
    next?: string;
  },
): string {
  const { lang } = site;
  const { lists, pending, requests, next } = data;
  return consolePage(
    site,
    officer,
    CONSOLE.approvals[lang],
    html`<h1>${CONSOLE.approvals[lang]}</h1>
${lists.length > 0 && html`<h2>${CONSOLE.waitingLists[lang]}</h2>${batchRows(site, CONSOLE.waitingLists[lang], lists)}`}
${pending.length > 0 && html`<h2>${CONSOLE.waitingRequests[lang]}</h2>${approvalRows(site, CONSOLE.waitingRequests[lang], pending)}`}
<h2>${CONSOLE.requests[lang]}</h2>${requests.length === 0 ? html`<p>${CONSOLE.noApprovals[lang]}</p>` : approvalRows(site, CONSOLE.requests[lang], requests)}
${nextLink(next === undefined ? undefined : at(site, '/console/approvals', { cursor: next }), site)}`,
  );
}

/** A table of requests, each leading to its page. */
export function approvalRows(site: Site, label: string, requests: readonly ListedApproval[]): Html {
  const { lang } = site;
  const heads = [CONSOLE.what, CONSOLE.state, CONSOLE.when, CONSOLE.recipients, CONSOLE.preparedBy];
  const rows = requests.map((one) => [
    html`<a href="${at(site, `/console/approvals/${one.approvalId}`)}">${one.achievement}</a>`,
    approvalState(one.state, site),
    when(one.preparedAt, lang),
    one.recipients,
    one.preparedPerson,
  ]);
  return table(
    label,
    heads.map((head) => head[lang]),
    rows,
  );
}
