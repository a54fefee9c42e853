import { type AttestationView, attestation } from './attestation.ts';
import { type CountsToward, countsToward } from './counts-toward.ts';
import { type Html, html } from './html.ts';
import { langQuery, page, type Site, when, words } from './layout.ts';
import { problemText, type ShownProblem } from './problem-words.ts';
import { banner, checkList, claims, type ReportView } from './report.ts';
import { endorsed, memberList } from './report-members.ts';

export interface VerifyPage {
  report?: ReportView;
  /** Instead of a report: what was given is the text of a printed code. */
  attestation?: AttestationView;
  /** Why there is no report. */
  problem?: ShownProblem;
  /** What was asked, to fill the form again and to give a permanent link. */
  url?: string;
  recipient?: string;
  /** Only with a report. */
  toward?: CountsToward;
  /** `data:` address of the uploaded picture that the badge was baked into. */
  picture?: string;
}

/** `/verify`: the form, and after it was sent the report above everything else. */
export function renderVerify(site: Site, data: VerifyPage): string {
  const w = words(site.lang);
  if (data.attestation) {
    const shown = attestation(data.attestation, site.lang);
    return page(site, w.verify_title, html`${shown}<h2>${w.another}</h2>${form(site, {})}`);
  }
  if (!data.report) {
    return page(
      site,
      w.verify_title,
      html`<h1>${w.verify_title}</h1><p class="lead">${w.verify_lead}</p>
${data.problem && problemBanner(site, data.problem)}
${form(site, data)}`,
    );
  }
  const report = data.report;
  const permanent = data.url && `/verify?url=${encodeURIComponent(data.url)}${site.lang === 'fil' ? '&lang=fil' : ''}`;
  return page(
    site,
    w.verify_title,
    html`${banner(report, site.lang)}
<p class="note">${w.checked_at} ${when(report.checkedAt, site.lang)}${permanent && html` · <a href="${permanent}">${w.permanent}</a>`}</p>
${checkList(report, site.lang)}
${report.credential && claims(report.credential, site.lang)}
${data.picture && bakedInto(data.picture, site)}
${endorsed(report, site.lang)}
${memberList(report, site.lang)}
${data.toward && countsToward(data.toward, data.url ?? report.credential?.id, site.lang)}
<h2>${w.another}</h2>
${form(site, {})}`,
  );
}

/** Below what is signed, and said not to be: anybody can bake a badge of somebody else into a picture of his choice. */
function bakedInto(picture: string, site: Site): Html {
  const w = words(site.lang);
  return html`<figure class="baked"><img src="${picture}" alt="${w.baked_alt}"><figcaption class="note">${w.baked_note}</figcaption></figure>`;
}

function problemBanner(site: Site, problem: ShownProblem): Html {
  const { kind, code = kind === 'invalid-request' ? 'one_of' : undefined } = problem;
  const text = problemText({ kind, ...(code === undefined ? {} : { code }) })?.[site.lang];
  return html`<section class="banner tone-unk" role="alert"><p>${text ?? problem.detail}</p>${text && html`<small lang="en">${problem.detail}</small>`}</section>`;
}

function form(site: Site, data: VerifyPage): Html {
  const w = words(site.lang);
  return html`<form class="card" method="post" action="/verify${langQuery(site.lang)}" enctype="multipart/form-data">
<div><label for="url">${w.by_url}</label><input id="url" name="url" type="url" maxlength="2000" placeholder="https://" value="${data.url ?? ''}"></div>
<p class="or">${w.or}</p>
<div><label for="file">${w.by_file}</label><input id="file" name="file" type="file" accept=".json,.jsonld,.jwt,.jws,.txt,.png,.svg,.html,application/json"></div>
<p class="or">${w.or}</p>
<div><label for="text">${w.by_text}</label><textarea id="text" name="text" spellcheck="false"></textarea></div>
<div><label for="recipient">${w.recipient_label}</label><input id="recipient" name="recipient" type="text" maxlength="320" value="${data.recipient ?? ''}"></div>
<button type="submit">${w.verify_button}</button>
</form>`;
}
