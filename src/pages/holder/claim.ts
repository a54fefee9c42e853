import { fill, type Html, html } from '../html.ts';
import { level, named } from '../labels.ts';
import { facts, type Lang, langQuery, page, type Site, when, words } from '../layout.ts';
import { GUARDIAN } from '../words/guardian.ts';
import { HOLDER } from '../words/holder.ts';
import { actionForm, codeField, type FormOf, noticeBanner } from './forms.ts';
import type { ClaimPage } from './views.ts';
import { actingFor } from './wards.ts';

const TITLES = { ask: 'claimTitle', choices: 'claimTitle', taken: 'claimTaken' } as const;

/** What the link of an offer opens: what waits, and the ways to take it. The link alone shows no address. */
export function renderClaim(site: Site, data: ClaimPage): string {
  const { lang } = site;
  const title = HOLDER[TITLES[data.step as keyof typeof TITLES] ?? 'claimOver'][lang];
  const of: FormOf = { lang, path: data.path, token: data.formToken };
  return page(
    site,
    title,
    html`${noticeBanner(data.notice, lang)}<h1>${title}</h1>
${data.guardian && guardianBanner(data.guardian, lang)}
${badgeCard(site, data)}
${body(site, data, of)}`,
  );
}

function body(site: Site, data: ClaimPage, of: FormOf): Html {
  const { lang } = site;
  switch (data.step) {
    case 'ask':
      return html`<h2>${HOLDER.confirm[lang]}</h2><p>${HOLDER.askMail[lang]}</p>
${data.codeSent && html`<p>${HOLDER.codeSentClaim[lang]}</p>${actionForm(of, 'confirm', HOLDER.confirm[lang], codeField('code', HOLDER.code[lang]))}`}
${actionForm(of, 'code', HOLDER.sendCode[lang], '', false)}
${notMine(of)}`;
    case 'choices':
      return html`${wallet(data, of)}${own(data, of)}${notMine(of)}`;
    case 'taken':
      return html`<section class="banner tone-warn"><p>${taken(site, data)}</p><p>${fill(HOLDER.takenHelp[lang], { issuer: data.badge.issuerName })}</p></section>${own(data, of)}`;
    default:
      return html`<section class="banner tone-warn"><p>${over(site, data)}</p><p>${fill(HOLDER.askIssuer[lang], { issuer: data.badge.issuerName })}</p></section>`;
  }
}

/** Who the learner is, and when they come of age, is for the guardian only. */
function guardianBanner({ until, ...rest }: NonNullable<ClaimPage['guardian']>, lang: Lang): Html {
  if (until !== undefined) return actingFor({ ...rest, until }, lang);
  return html`<section class="banner tone-unk"><p>${GUARDIAN.claim[lang]}</p></section>`;
}

function badgeCard(site: Site, { badge, expiresAt, step }: ClaimPage): Html {
  const { lang } = site;
  const w = words(lang);
  const isOpen = step === 'ask' || step === 'choices';
  return html`<article class="card badge">
<div class="side"><img class="art" src="${badge.imageUrl}" alt="">
${site.specimen && html`<p class="stamp">${w.specimen_mark}</p>`}</div>
<div>
<h2>${badge.name}</h2>
${badge.description && html`<p>${badge.description}</p>`}
${facts([
  [w.issuer, html`<a href="/institutions/${badge.issuerSlug}${langQuery(lang)}">${badge.issuerName}</a>`],
  [w.recipient, badge.recipientName],
  [w.awarded, when(badge.awardedDate, lang, badge.timeZone)],
  [w.award_type, named('awardType', badge.awardType, lang)],
  [w.level, level(badge, lang)],
  [HOLDER.offerUntil[lang], isOpen && when(expiresAt, lang, badge.timeZone)],
])}
</div>
</article>`;
}

function wallet({ wallet: way, needsTxCode }: ClaimPage, { lang }: FormOf): Html | undefined {
  if (!way) return undefined;
  return html`<h2>${HOLDER.walletTitle[lang]}</h2><p>${HOLDER.walletLead[lang]}</p>
${needsTxCode && html`<p>${HOLDER.askTxCode[lang]}</p>`}
<div class="qr"><img src="${way.qrPath}" alt="${HOLDER.qrAlt[lang]}" width="320" height="320">
<div><p><a class="button" href="${way.link}">${HOLDER.openWallet[lang]}</a></p><p>${HOLDER.scan[lang]}</p></div></div>`;
}

/** A download says the same as the page: it is the public copy of the award. */
function own({ own: copy, needsTxCode, step }: ClaimPage, of: FormOf): Html | undefined {
  if (!copy) return undefined;
  const { lang } = of;
  const code = (id: string) => needsTxCode && step === 'choices' && codeField(id, HOLDER.txCode[lang]);
  return html`<h2>${HOLDER.noWallet[lang]}</h2>
${(!needsTxCode || step === 'taken') && html`<p><a class="button" href="${copy.pagePath}${langQuery(lang)}">${HOLDER.keepPage[lang]}</a></p>`}
${actionForm(of, 'json', HOLDER.json[lang], code('json-code'), needsTxCode)}
${copy.hasToken && actionForm(of, 'jwt', HOLDER.jwt[lang], code('jwt-code'), needsTxCode)}`;
}

const notMine = (of: FormOf): Html =>
  html`<h2>${HOLDER.notMineTitle[of.lang]}</h2><p>${HOLDER.notMineLead[of.lang]}</p>
${actionForm(of, 'notMine', HOLDER.notMine[of.lang], '', false)}`;

function taken({ lang }: Site, { taken: by, badge }: ClaimPage): Html {
  const door = by?.door === 'page' ? 'doorPage' : by?.door === 'download' ? 'doorDownload' : 'doorWallet';
  return fill(HOLDER.takenOn[lang], { when: by && when(by.at, lang, badge.timeZone), door: HOLDER[door][lang] });
}

function over({ lang }: Site, { step, expiresAt, badge, notMine: closed }: ClaimPage): Html {
  if (step === 'expired') return fill(HOLDER.overExpired[lang], { when: when(expiresAt, lang, badge.timeZone) });
  if (step === 'withdrawn' && closed) return html`${HOLDER.overNotMine[lang]}`;
  const word = step === 'withdrawn' ? 'overWithdrawn' : step === 'locked' ? 'overLocked' : 'overRevoked';
  return html`${HOLDER[word][lang]}`;
}
