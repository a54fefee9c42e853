import { type AttestationView, attestation } from '../attestation.ts';
import { type CountsToward, countsToward } from '../counts-toward.ts';
import { type Html, html } from '../html.ts';
import { frame, type Head, langParameter, page, type Site, when, words } from '../layout.ts';
import { problemText, type ShownProblem } from '../problem-words.ts';
import { banner, checkList, claims, type ReportView } from '../report.ts';
import { endorsed, memberList } from '../report-members.ts';
import { HEADLINE } from '../words/headline.ts';
import { form } from './form.ts';
import { headline, type Names } from './headline.ts';
import { keepForm, keptAt } from './keep.ts';

export interface VerifyPage {
  report?: ReportView;
  /** Of the DIDs in `namedIn(report)`. */
  names?: Names;
  /** Instead of a report: what was given is the text of a printed code. */
  attestation?: AttestationView;
  /** Why there is no report. */
  problem?: ShownProblem;
  /** What was asked, to fill the form again and to give a permanent link. */
  url?: string;
  recipient?: string;
  /** Where the report was kept, because that was asked. */
  kept?: { url: string; endsAt: string };
  /** Only with a report. */
  toward?: CountsToward;
  /** `data:` address of the uploaded picture that the badge was baked into. */
  picture?: string;
}

const HEAD: Head = { styles: ['verify.css'] };

/** `/verify`: the form, and after it was sent the report above everything else. */
export function renderVerify(site: Site, data: VerifyPage): string {
  return page(site, words(site.lang).verify_title, verifyContent(site, data), HEAD);
}

/** The same in pieces, for an answer that takes long enough to say meanwhile what is being done. */
export const verifyFrame = (site: Site) => frame(site, words(site.lang).verify_title, HEAD);

export function verifyContent(site: Site, data: VerifyPage): Html {
  const w = words(site.lang);
  if (data.attestation) {
    const shown = attestation(data.attestation, site.lang);
    return html`${data.kept && keptAt(site, data.kept)}${shown}<h2>${w.another}</h2>${form(site, {})}`;
  }
  if (!data.report) {
    return html`<h1>${w.verify_title}</h1><p class="lead">${w.verify_lead}</p>
${data.problem && problemBanner(site, data.problem)}
${form(site, data)}`;
  }
  const { report, names = new Map() } = data;
  const permanent = data.url && `/verify?url=${encodeURIComponent(data.url)}&${langParameter(site.lang)}`;
  return html`${data.kept && keptAt(site, data.kept)}
${answer(site, report, names)}
<p class="note">${w.checked_at} ${when(report.checkedAt, site.lang)}${permanent && html` · <a href="${permanent}">${w.permanent}</a>`}</p>
${statements(site, report)}
${data.picture && bakedInto(data.picture, site)}
${endorsed(report, site.lang)}
${memberList(report, site.lang)}
${data.toward && countsToward(data.toward, data.url ?? report.credential?.id, site.lang)}
${raw(site, report)}
${data.url && !data.kept && keepForm(site, data.url, data.recipient)}
<h2>${w.another}</h2>
${form(site, {})}`;
}

/** A report without anything that was asked meanwhile: all that is kept of one. */
export const reportParts = (site: Site, report: ReportView, names: Names): Html =>
  html`${answer(site, report, names)}
${statements(site, report)}
${endorsed(report, site.lang)}
${memberList(report, site.lang)}
${raw(site, report)}`;

function answer(site: Site, report: ReportView, names: Names): Html {
  const name = report.credential?.name;
  return html`${banner(report, site.lang, headline(report, names, site.lang))}
${name && html`<p class="called"><small>${HEADLINE.called[site.lang]}</small> <q>${name}</q></p>`}`;
}

const statements = (site: Site, report: ReportView): Html =>
  html`${checkList(report, site.lang)}
${report.credential && claims(report.credential, site.lang)}`;

const raw = (site: Site, report: ReportView): Html =>
  html`<details class="raw"><summary>${HEADLINE.raw[site.lang]}</summary><pre>${JSON.stringify(report, null, 1)}</pre></details>`;

/** Below what is signed, and said not to be: anybody can bake a badge of somebody else into a picture of his choice. */
function bakedInto(picture: string, site: Site): Html {
  const w = words(site.lang);
  return html`<figure class="baked"><img src="${picture}" alt="${w.baked_alt}"><figcaption class="note">${w.baked_note}</figcaption></figure>`;
}

function problemBanner(site: Site, problem: ShownProblem): Html {
  const { kind, code = kind === 'invalid-request' ? 'one_of' : undefined } = problem;
  const text = problemText({ kind, ...(code === undefined ? {} : { code }) })?.[site.lang];
  return html`<section class="banner tone-unk" role="alert"><p>${text ?? problem.detail}</p>${text && html`<small class="detail" lang="en">${problem.detail}</small>`}</section>`;
}
