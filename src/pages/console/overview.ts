import { type Html, html } from '../html.ts';
import type { Site } from '../layout.ts';
import { CONSOLE } from '../words/console.ts';
import { approvalRows } from './approvals.ts';
import { batchRows } from './class-lists.ts';
import { at, consolePage } from './frame.ts';
import type { Officer, OverviewPage } from './views.ts';

/** `/console`: what waits for this officer, then the newest class lists. */
export function renderConsole(site: Site, officer: Officer, data: OverviewPage): string {
  const { lang } = site;
  const { waitingLists, waitingApprovals, recent } = data;
  const nothing = waitingLists.length + waitingApprovals.length === 0;
  return consolePage(
    site,
    officer,
    CONSOLE.title[lang],
    html`<h1>${CONSOLE.title[lang]}</h1>
${officer.role === 'auditor' ? html`<p class="lead">${CONSOLE.readsOnly[lang]}</p>` : actions(site, officer)}
${
  officer.role !== 'auditor' &&
  html`<h2>${CONSOLE.waits[lang]}</h2>${nothing && html`<p>${CONSOLE.nothingWaits[lang]}</p>`}
${waitingLists.length > 0 && batchRows(site, CONSOLE.waitingLists[lang], waitingLists)}
${waitingApprovals.length > 0 && approvalRows(site, CONSOLE.waitingRequests[lang], waitingApprovals)}`
}
<h2>${CONSOLE.recent[lang]}</h2>
${recent.length === 0 ? html`<p>${CONSOLE.noLists[lang]}</p>` : html`${batchRows(site, CONSOLE.recent[lang], recent)}<p><a href="${at(site, '/console/class-lists')}">${CONSOLE.allLists[lang]}</a></p>`}`,
  );
}

function actions(site: Site, { role }: Officer): Html | false {
  const { lang } = site;
  if (role !== 'issuer') return false;
  return html`<p class="acts"><a class="button" href="${at(site, '/console/class-lists/new')}">${CONSOLE.newList[lang]}</a>
<a href="${at(site, '/console/awards/new')}">${CONSOLE.newAward[lang]}</a> <a href="${at(site, '/console/awards')}">${CONSOLE.findAward[lang]}</a> <a href="${at(site, '/console/achievements/new')}">${CONSOLE.newAchievement[lang]}</a></p>`;
}
