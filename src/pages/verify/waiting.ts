import { type Html, html } from '../html.ts';
import type { Lang } from '../layout.ts';
import { checkItems, type ReportView } from '../report.ts';
import { SCAN } from '../words/scan.ts';

/**
 * Shown until the answer stands below it (`verify.css` hides it then): that others are still being asked, and what is known
 * already. No verdict: a part of the answer is not the answer.
 */
export function verifyWaiting(found: ReportView['checks'], lang: Lang): Html {
  const text = found.length > 0 ? SCAN.waiting : SCAN.reading;
  return html`<section class="waiting tone-unk" role="status"><p>${text[lang]}</p>
${found.length > 0 && html`<ol class="checks">${checkItems(found, lang)}</ol>`}</section>`;
}
