import { type AttestationView, attestation } from '../attestation.ts';
import { fill, html } from '../html.ts';
import { langParameter, page, type Site, when } from '../layout.ts';
import type { ReportView } from '../report.ts';
import { KEPT, KEPT_NOTE } from '../words/kept.ts';
import { reportParts } from './page.ts';

export interface KeptReportPage {
  id: string;
  keptAt: string;
  endsAt: string;
  /** As it was made then: of a badge, or of a printed code. */
  report: object;
  /** DID -> what it was called that day. */
  names: Readonly<Record<string, string>>;
}

/** `/verifications/{id}`: above everything else, that this is of another day. */
export function renderKeptReport(site: Site, data: KeptReportPage): string {
  const { lang } = site;
  const { keptAt, endsAt, names } = data;
  const report = data.report as ReportView | AttestationView;
  const shown =
    'verdict' in report
      ? reportParts(site, report, new Map(Object.entries(names)))
      : html`${attestation(report, lang)}`;
  const badge = 'verdict' in report ? report.credential?.id : report.badge;
  const again = badge?.startsWith('https://') || badge?.startsWith('http://');
  return page(
    site,
    KEPT.title[lang],
    html`<section class="card"><p><strong>${fill(KEPT.made[lang], { when: when(keptAt, lang)!, ends: when(endsAt, lang)! })}</strong></p>
<p>${KEPT_NOTE[lang]}</p>
${again && html`<p><a href="/verify?url=${encodeURIComponent(badge!)}&${langParameter(lang)}">${KEPT.again[lang]}</a></p>`}</section>
${shown}`,
    {
      styles: ['verify.css'],
      alternates: [{ type: 'application/json', href: `/verifications/${data.id}.json` }],
    },
  );
}
