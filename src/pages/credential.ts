import { type BasisView, basisRows } from './basis.ts';
import { endorsementList, type ListedEndorsement } from './endorsement.ts';
import { html } from './html.ts';
import { credits, level, named } from './labels.ts';
import { facts, langQuery, page, type Site, when, words } from './layout.ts';

/** What anyone who has the link may see. Name and e-mail only if the institution signed them into the badge. */
export interface CredentialPage extends BasisView {
  url: string;
  name: string;
  description?: string;
  imageUrl: string;
  issuerName: string;
  issuerSlug: string;
  achievementUrl: string;
  awardedDate: string;
  validUntil?: string;
  state: 'active' | 'suspended' | 'revoked';
  stateReason?: string;
  stateSince?: string;
  /** Since when a component of a stacked award is no longer what it was, and the registrar has not answered. */
  underReview?: string;
  awardType?: string;
  pqfLevel?: number;
  /** Who says so: `ProviderClaimed` is not a registration. */
  pqfLevelStatus?: string;
  credit?: readonly string[];
  criteria?: string;
  /** Signed into the credential in plain text. */
  recipientName?: string;
  /** By others, of this credential, held by this service and in force. */
  endorsements?: readonly ListedEndorsement[];
  specimen: boolean;
  timeZone?: string;
}

/** Not green: that a badge was not revoked says nothing of whether it is genuine or recognised. */
const STATE_TONE = { active: 'unk', suspended: 'warn', revoked: 'bad' } as const;

export function renderCredential(site: Site, data: CredentialPage): string {
  const w = words(site.lang);
  const verify = `/verify?url=${encodeURIComponent(data.url)}${site.lang === 'fil' ? '&lang=fil' : ''}`;
  const path = new URL(data.url).pathname;
  return page(
    site,
    data.name,
    html`<article class="card badge">
<div class="side"><img class="art" src="${data.imageUrl}" alt="">
${data.specimen && html`<p class="stamp">${w.specimen_mark}</p>`}</div>
<div>
<h1>${data.name}</h1>
${data.description && html`<p>${data.description}</p>`}
<p><span class="pill tone-${STATE_TONE[data.state]}">${w[data.state]}</span>
${data.stateReason && html` <span class="note">${data.stateReason} ${data.stateSince && when(data.stateSince, site.lang, data.timeZone)}</span>`}</p>
${data.underReview && html`<p><span class="pill tone-warn">${w.under_review}</span> <span class="note">${w.under_review_note} ${when(data.underReview, site.lang, data.timeZone)}</span></p>`}
${facts([
  [w.issuer, html`<a href="/institutions/${data.issuerSlug}${langQuery(site.lang)}">${data.issuerName}</a>`],
  [w.recipient, data.recipientName ?? html`<span class="note">${w.recipient_hidden}</span>`],
  [w.awarded, when(data.awardedDate, site.lang, data.timeZone)],
  [w.valid_until, data.validUntil ? when(data.validUntil, site.lang, data.timeZone) : w.no_expiry],
  [w.award_type, named('awardType', data.awardType, site.lang)],
  [w.level, level(data, site.lang)],
  [w.credit, credits(data.credit, site.lang)],
  [w.earned_by, data.criteria],
  ...basisRows(data, site.lang),
  [
    w.definition,
    html`<a href="${new URL(data.achievementUrl).pathname}${langQuery(site.lang)}">${data.achievementUrl}</a>`,
  ],
])}
<p><a class="button" href="${verify}">${w.check_it}</a></p>
<p class="note">${w.page_note}</p>
<p class="note"><a href="${path}.json">${w.as_json}</a></p>
</div>
</article>
${endorsementList(data.endorsements ?? [], site)}`,
    { alternates: [{ type: 'application/vc', href: `${path}.json` }] },
  );
}
