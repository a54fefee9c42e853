import { type Html, html } from './html.ts';
import { facts, type Lang, words } from './layout.ts';
import { checkList, claims, type ReportView, verdictPill } from './report.ts';

/** The credentials of a learner record: each with its own answer, its checks and claims folded away. */
export function memberList(report: ReportView, lang: Lang): Html | undefined {
  const { members, memberCount = 0 } = report;
  if (!members) return undefined;
  const w = words(lang);
  const left = memberCount - members.length;
  return html`<h2>${w.record_members} (${memberCount})</h2>
<p class="note">${w.record_note}</p>
<ol class="checks">${members.map((one) => memberRow(one, lang))}</ol>
${left > 0 && html`<p class="note">${w.record_more} ${left}</p>`}`;
}

function memberRow(one: ReportView, lang: Lang): Html {
  const w = words(lang);
  // Only a name that its issuer signed is shown, and inside what frames it as the issuer's word.
  return html`<li>
<span>${verdictPill(one, lang)}</span>
<div><p>${one.sentence[lang]}</p>
<details><summary>${w.evidence}</summary>
${one.credential && claims(one.credential, lang)}
${checkList(one, lang)}</details></div>
</li>`;
}

/** What an endorsement speaks of, framed as its issuer's statement. */
export function endorsed({ endorses }: ReportView, lang: Lang): Html | undefined {
  if (!endorses) return undefined;
  const w = words(lang);
  return html`<h2>${w.endorsement}</h2>
<div class="card"><div class="says">
<p class="note">${w.endorsement_note}</p>
${facts([
  [w.endorsement_of, html`<span class="code">${endorses.id}</span>`],
  [w.endorsement_words, endorses.comment],
])}
</div></div>`;
}
