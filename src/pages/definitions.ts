import { type Html, html, link } from './html.ts';
import { credits, level, named } from './labels.ts';
import { facts, langParameter, langQuery, page, type Site, words } from './layout.ts';

export interface AchievementPage {
  url: string;
  name: string;
  description: string;
  version: string;
  versions: readonly string[];
  imageUrl: string;
  ownerName: string;
  ownerSlug: string;
  permittedIssuers: readonly string[];
  criteria?: string;
  achievementType?: string;
  awardType?: string;
  regime?: string;
  pqfLevel?: number;
  pqfLevelStatus?: string;
  credit?: readonly string[];
  outcomes?: readonly string[];
  alignment?: readonly { name: string; url: string; code?: string }[];
  specimen: boolean;
}

export function renderAchievement(site: Site, data: AchievementPage): string {
  const w = words(site.lang);
  const path = new URL(data.url).pathname;
  return page(
    site,
    data.name,
    html`<article class="card badge">
<div class="side"><img class="art" src="${data.imageUrl}" alt="">
${data.specimen && html`<p class="stamp">${w.specimen_mark}</p>`}</div>
<div>
<h1>${data.name}</h1><p>${data.description}</p>
${facts([
  [w.issuer, html`<a href="/institutions/${data.ownerSlug}${langQuery(site.lang)}">${data.ownerName}</a>`],
  [
    w.award_type,
    named('awardType', data.awardType, site.lang) ??
      (data.achievementType && html`<span class="code">${data.achievementType}</span>`),
  ],
  [w.regime, named('regime', data.regime, site.lang)],
  [w.level, level(data, site.lang)],
  [w.credit, credits(data.credit, site.lang)],
  [w.earned_by, data.criteria],
  [w.outcomes, list(data.outcomes ?? [])],
  [
    w.alignment,
    list(
      (data.alignment ?? []).map(
        (row) => html`${link(row.url, row.name)}${row.code && html` <span class="code">${row.code}</span>`}`,
      ),
    ),
  ],
  [w.permitted, list(data.permittedIssuers.map((did) => html`<span class="code">${did}</span>`))],
  [
    w.version,
    data.versions.map(
      (version) =>
        html`<a href="${path}?version=${version}&${langParameter(site.lang)}"${version === data.version && html` aria-current="page"`}>${version}</a> `,
    ),
  ],
])}
<p class="note"><a href="${path}.json?version=${data.version}">JSON</a></p>
</div></article>`,
  );
}

function list(items: readonly (string | Html)[]): Html | undefined {
  return items.length === 0 ? undefined : html`<ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
