import { fill, type Html, html, link } from './html.ts';
import { facts, langQuery, page, type Site, when, words } from './layout.ts';
import { ENDORSED, ENDORSEMENT } from './words/endorsement.ts';

export interface EndorsementPage {
  url: string;
  by: { name: string; slug: string; timeZone: string | undefined };
  kind: keyof typeof ENDORSED;
  name: string;
  /** Id of the thing it speaks of. */
  endorses: string;
  comment?: string;
  validFrom: string;
  validUntil?: string;
  revoked: boolean;
  specimen: boolean;
}

/** One endorsement of a thing, as its page lists it. The words stand on the page of the endorser, not on that of the endorsed. */
export interface ListedEndorsement {
  id: string;
  name: string;
  by: { name: string; slug: string };
  validFrom: string;
}

/** Who says what of what; its words as text, whatever marks are in them. */
export function renderEndorsement(site: Site, data: EndorsementPage): string {
  const w = wordsOf(site);
  const { by, revoked } = data;
  const path = new URL(data.url).pathname;
  const verify = `/verify?url=${encodeURIComponent(data.url)}${site.lang === 'fil' ? '&lang=fil' : ''}`;
  return page(
    site,
    `${w.kicker} · ${data.name}`,
    html`${data.specimen && html`<p class="stamp">${words(site.lang).specimen_mark}</p>`}<p class="kicker">${w.kicker}</p>
<h1>${data.name}</h1>
<p class="lead">${fill(w.lead, { endorser: by.name })}</p>
<p><span class="pill tone-${revoked ? 'bad' : 'unk'}">${revoked ? w.revoked : w.active}</span></p>
<div class="card">${facts([
      [w.by, endorser(by, site)],
      [
        w.of,
        html`${ENDORSED[data.kind][site.lang]}<br><span class="code">${link(data.endorses, data.endorses)}</span>`,
      ],
      [w.words, data.comment],
      [w.from, when(data.validFrom, site.lang, by.timeZone)],
      [w.until, data.validUntil ? when(data.validUntil, site.lang, by.timeZone) : w.no_end],
    ])}</div>
<p><a class="button" href="${verify}">${w.check}</a></p>
<p class="note"><a href="${path}.json">${words(site.lang).signed_json}</a></p>`,
    { alternates: [{ type: 'application/vc', href: `${path}.json` }] },
  );
}

/** Nothing where there is none. */
export function endorsementList(rows: readonly ListedEndorsement[], site: Site): Html | undefined {
  if (rows.length === 0) return undefined;
  const w = wordsOf(site);
  return html`<section aria-label="${w.listed}"><h2>${w.listed}</h2><p class="note">${w.listed_note}</p>
<ul class="plain">${rows.map(
    ({ id, name, by, validFrom }) =>
      html`<li><a href="/endorsements/${id}${langQuery(site.lang)}">${name}</a> · ${endorser(by, site)} <span class="note">${when(validFrom, site.lang)}</span></li>\n`,
  )}</ul></section>`;
}

const endorser = ({ name, slug }: ListedEndorsement['by'], { lang }: Site): Html =>
  html`<a href="/institutions/${slug}${langQuery(lang)}">${name}</a>`;

const wordsOf = ({ lang }: Site) =>
  Object.fromEntries(Object.entries(ENDORSEMENT).map(([key, text]) => [key, text[lang]])) as Record<
    keyof typeof ENDORSEMENT,
    string
  >;
