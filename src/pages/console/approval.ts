import { type Html, html } from '../html.ts';
import { facts, type Site, when } from '../layout.ts';
import { table } from '../table.ts';
import { CONSOLE } from '../words/console.ts';
import { approvalState } from './approvals.ts';
import { areaField, type Field, problemBanner } from './fields.ts';
import { at, consolePage } from './frame.ts';
import { guardianOf } from './guardian.ts';
import type { ApprovalPage, Officer } from './views.ts';

/** `/console/approvals/{approvalId}`: the request as it was prepared, and the decision. */
export function renderApproval(site: Site, officer: Officer, data: ApprovalPage): string {
  const { lang } = site;
  const reason: Field = { name: 'reason', label: CONSOLE.reason[lang], note: CONSOLE.decideNote[lang] };
  const heads = [CONSOLE.name[lang], CONSOLE.email[lang], CONSOLE.studentNumber[lang]];
  const people = data.people.map(({ name, email, studentNumber, guardianEmail, guardianUntil }) => [
    name ?? CONSOLE.noName[lang],
    html`${email}${guardianOf({ email, guardianEmail, guardianUntil }, lang)}`,
    studentNumber,
  ]);
  return consolePage(
    site,
    officer,
    `${CONSOLE.approval[lang]}: ${data.achievement}`,
    html`${problemBanner(data.problem, lang, [reason])}<p class="kicker">${CONSOLE.approval[lang]}</p><h1>${data.achievement}</h1>
<p>${approvalState(data.state, site)}</p>
${facts([
  [CONSOLE.preparedBy[lang], html`${data.preparedPerson} · ${when(data.preparedAt, lang)}`],
  [CONSOLE.decidedBy[lang], data.decidedPerson],
  [CONSOLE.reason[lang], data.reason],
])}
<h2>${CONSOLE.recipients[lang]} (${data.recipients})</h2>${table(CONSOLE.recipients[lang], heads, people)}
<details><summary>${CONSOLE.request[lang]} (JSON)</summary><pre lang="en">${data.body}</pre></details>
${data.credentialIds.length > 0 && html`<h2>${CONSOLE.awards[lang]}</h2><ul>${data.credentialIds.map((id) => html`<li><a href="/credentials/${id}">${id}</a></li>`)}</ul>`}
${data.state === 'pending' && (officer.role === 'approver' ? deciding(site, data, reason) : html`<p class="caution">${CONSOLE.notYours[lang]}</p>`)}`,
  );
}

function deciding(site: Site, { approvalId, typed, problem }: ApprovalPage, reason: Field): Html {
  const { lang } = site;
  return html`<h2>${CONSOLE.decide[lang]}</h2><form class="card" method="post" action="${at(site, `/console/approvals/${approvalId}`)}">
${areaField(reason, { lang, typed, problem })}
<div class="acts"><button type="submit" name="decision" value="approve">${CONSOLE.approveOne[lang]}</button><button class="second" type="submit" name="decision" value="reject">${CONSOLE.reject[lang]}</button></div></form>`;
}
