import { type BasisView, basisRows } from '../basis.ts';
import { type CountsToward, countsToward } from '../counts-toward.ts';
import { endorsementList, type ListedEndorsement } from '../endorsement.ts';
import { type Html, html, type Part } from '../html.ts';
import { credits, level, named } from '../labels.ts';
import {
  facts,
  type Head,
  type Lang,
  langParameter,
  langQuery,
  longDay,
  page,
  type Site,
  when,
  words,
} from '../layout.ts';
import type { CREDENTIAL } from '../words/credential.ts';
import { PRIVACY } from '../words/privacy.ts';
import { keep, nameForm } from './keep.ts';

/** What anyone who has the link may see. A name only if the institution signed it into the badge, or the learner shows it. */
export interface CredentialPage extends BasisView {
  url: string;
  name: string;
  description?: string;
  imageUrl: string;
  issuerName: string;
  issuerSlug: string;
  /** Of the institution's page there, as it states it. */
  issuerLinkedInId?: string;
  achievementUrl: string;
  awardedDate: string;
  validUntil?: string;
  /** As of when the page is made; `expired` where nobody changed it and `validUntil` is over. */
  state: 'active' | 'suspended' | 'revoked' | 'expired';
  stateReason?: string;
  stateSince?: string;
  /** By a stack of badges. */
  conferred?: boolean;
  /** Since when a component of a stacked award is no longer what it was, and the registrar has not answered. */
  underReview?: string;
  awardType?: string;
  pqfLevel?: number;
  /** Who says so: `ProviderClaimed` is not a registration. */
  pqfLevelStatus?: string;
  credit?: readonly string[];
  criteria?: string;
  certificateNumber?: string;
  /** Signed into the credential in plain text; or on record, and shown because its learner wants that. */
  recipientName?: string;
  nameIsRecorded?: true;
  /** `false`: its learner does not want typed names to be compared. */
  comparesNames?: boolean;
  /** By others, of this credential, held by this service and in force. */
  endorsements?: readonly ListedEndorsement[];
  /** Suffixes of the forms in which it can be had. */
  forms: readonly string[];
  /** `data:` address of the QR code of `url`. */
  qr?: string;
  toward?: CountsToward;
  /** To a name that was typed. */
  nameAnswer?: keyof typeof CREDENTIAL.nameAnswers;
  specimen: boolean;
  timeZone?: string;
}

/** Not green: that a badge was not revoked says nothing of whether it is genuine or recognised. */
/** Of the pill that says how a badge stands. */
export const STATE_TONE = { active: 'unk', suspended: 'warn', revoked: 'bad', expired: 'bad' } as const;

export function renderCredential(site: Site, data: CredentialPage): string {
  const w = words(site.lang);
  const verify = `/verify?url=${encodeURIComponent(data.url)}&${langParameter(site.lang)}`;
  return page(
    site,
    data.name,
    html`<article class="card badge" itemscope itemtype="https://schema.org/EducationalOccupationalCredential">
<div class="side"><img class="art" src="${data.imageUrl}" alt="" itemprop="image">
${data.specimen && html`<p class="stamp">${w.specimen_mark}</p>`}</div>
<div>
<h1 itemprop="name">${data.name}</h1>
${data.description && html`<p itemprop="description">${data.description}</p>`}
${standing(site, data)}
<p><a class="button" href="${verify}">${w.check_it}</a></p>
<p class="note">${w.page_note}</p>
${credentialFacts(site, data)}
</div>
</article>
${keep(site, data)}
${data.toward && countsToward(data.toward, data.url, site.lang)}
${(data.comparesNames !== false || data.nameAnswer) && nameForm(site, data)}
${endorsementList(data.endorsements ?? [], site)}`,
    headOf(site, data),
  );
}

/** Status today, and what a registrar has not answered. */
function standing({ lang }: Site, data: CredentialPage): Html {
  const w = words(lang);
  return html`<p><span class="pill tone-${STATE_TONE[data.state]}">${w[data.state]}</span>
${data.stateReason && html` <span class="note">${data.stateReason} ${data.stateSince && when(data.stateSince, lang, data.timeZone)}</span>`}</p>
${data.underReview && html`<p><span class="pill tone-warn">${w.under_review}</span> <span class="note">${w.under_review_note} ${when(data.underReview, lang, data.timeZone)}</span></p>`}`;
}

function credentialFacts({ lang }: Site, data: CredentialPage): Html {
  const w = words(lang);
  return facts([
    [w.issuer, html`<a href="/institutions/${data.issuerSlug}${langQuery(lang)}">${data.issuerName}</a>`],
    [w.recipient, recipient(data, lang)],
    [w.awarded, when(data.awardedDate, lang, data.timeZone)],
    [w.valid_until, data.validUntil ? when(data.validUntil, lang, data.timeZone) : w.no_expiry],
    [w.award_type, named('awardType', data.awardType, lang)],
    [w.level, level(data, lang)],
    [w.credit, credits(data.credit, lang)],
    [w.certificate_number, data.certificateNumber],
    [w.earned_by, data.criteria],
    ...basisRows(data, lang),
    [
      w.definition,
      html`<a href="${new URL(data.achievementUrl).pathname}${langQuery(lang)}">${data.achievementUrl}</a>`,
    ],
  ]);
}

function recipient({ recipientName, nameIsRecorded }: CredentialPage, lang: Lang): Part {
  if (recipientName === undefined) return html`<span class="note">${words(lang).recipient_hidden}</span>`;
  if (!nameIsRecorded) return recipientName;
  return html`${recipientName} <span class="note">${PRIVACY.recordedName[lang]}</span>`;
}

/** What programs and other sites find: the credential itself, and a preview without anything of the recipient. */
function headOf({ lang }: Site, data: CredentialPage): Head {
  const path = new URL(data.url).pathname;
  const day = longDay(data.awardedDate, lang, data.timeZone);
  return {
    styles: ['credential.css'],
    alternates: [{ type: 'application/vc', href: `${path}.json` }],
    preview: {
      'og:type': 'website',
      'og:site_name': 'Tatak',
      'og:title': data.name,
      'og:description': [data.issuerName, day].filter(Boolean).join(', '),
      'og:url': data.url,
      'og:image': `${data.url}.png`,
      'og:locale': lang === 'fil' ? 'fil_PH' : 'en_PH',
    },
  };
}
