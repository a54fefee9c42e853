import { fill, type Html, html } from '../html.ts';
import { facts, langQuery, longDay, type Site, when } from '../layout.ts';
import { ACTIONS, CONSEQUENCES, CONSOLE, EVENTS, MAIL_STATES, OFFER_STATES } from '../words/console.ts';
import { awardState } from './awards.ts';
import { areaField, type Field, problemBanner, type Shown } from './fields.ts';
import { at, consolePage } from './frame.ts';
import type { AwardPage, Officer } from './views.ts';

/** `/console/awards/{credentialId}`: what is stored of one award, and what can be done with it. */
export function renderAward(site: Site, officer: Officer, data: AwardPage): string {
  const { lang } = site;
  const { confirm, credentialId } = data;
  const title = `${CONSOLE.award[lang]}: ${data.name ?? CONSOLE.noName[lang]}`;
  const reason: Field = { name: 'reason', label: CONSOLE.reason[lang], required: true, note: CONSOLE.reasonNote[lang] };
  if (confirm) return consolePage(site, officer, title, asking(site, data, confirm));
  return consolePage(
    site,
    officer,
    title,
    html`${problemBanner(data.problem, lang, [reason])}${data.erasedAt !== undefined && html`<section class="banner tone-warn"><p>${fill(CONSOLE.erased[lang], { time: when(data.erasedAt, lang) })}</p></section>`}${data.resent && html`<section class="banner tone-ok" role="status"><p>${CONSOLE.resent[lang]}</p></section>`}
<p class="kicker">${CONSOLE.award[lang]}</p><h1>${data.name ?? CONSOLE.noName[lang]}</h1>
<p>${awardState(data.state, site)} <a href="/credentials/${credentialId}${langQuery(lang)}">${CONSOLE.publicPage[lang]}</a></p>
<h2>${CONSOLE.stored[lang]}</h2>${stored(site, data)}
<h2>${CONSOLE.history[lang]}</h2>${history(site, data)}
<h2>${CONSOLE.offers[lang]}</h2>${offers(site, officer, data)}${officer.role === 'issuer' && data.canOffer && offering(site, data)}
${officer.role === 'issuer' && data.actions.length > 0 && changing(site, data, reason)}`,
  );
}

function stored(site: Site, data: AwardPage): Html {
  const { lang } = site;
  const { batchId, achievementId } = data;
  const code = (text: string | undefined) => text !== undefined && html`<span class="code">${text}</span>`;
  return facts([
    [
      CONSOLE.what[lang],
      html`<a href="${at(site, `/console/achievements/${achievementId}`)}">${data.achievement}</a> (${CONSOLE.version[lang]} ${data.achievementVersion})`,
    ],
    [CONSOLE.email[lang], data.email],
    [CONSOLE.studentNumber[lang], data.studentNumber],
    [
      CONSOLE.guardian[lang],
      data.guardian &&
        fill(CONSOLE.guardianUntil[lang], { email: data.guardian.email, day: longDay(data.guardian.until, lang) }),
    ],
    [CONSOLE.certificateNumber[lang], data.certificateNumber],
    [CONSOLE.awarded[lang], when(data.awardedDate, lang)],
    [CONSOLE.validFrom[lang], when(data.validFrom, lang)],
    [CONSOLE.validUntil[lang], when(data.validUntil, lang)],
    [CONSOLE.issuedAt[lang], when(data.issuedAt, lang)],
    [
      CONSOLE.fromList[lang],
      batchId !== undefined && html`<a href="${at(site, `/console/class-lists/${batchId}`)}">${batchId}</a>`,
    ],
    [CONSOLE.awardId[lang], code(data.awardId)],
    [CONSOLE.subject[lang], code(data.subjectId)],
  ]);
}

function history({ lang }: Site, { events }: AwardPage): Html {
  if (events.length === 0) return html`<p>${CONSOLE.noHistory[lang]}</p>`;
  const named = (action: string) => (Object.hasOwn(EVENTS, action) ? EVENTS[action]![lang] : action);
  return html`<ul class="plain">${events.map(({ action, reason, at: time }) => html`<li><strong>${named(action)}</strong> · ${when(time, lang)}<br>${reason}</li>\n`)}</ul>`;
}

function offers(site: Site, { role }: Officer, { offers: all, credentialId }: AwardPage): Html {
  const { lang } = site;
  if (all.length === 0) return html`<p>${CONSOLE.noOffers[lang]}</p>`;
  const resend = (offerId: string) =>
    html`<form class="inline" method="post" action="${at(site, `/console/awards/${credentialId}`)}"><input type="hidden" name="action" value="resend"><input type="hidden" name="offerId" value="${offerId}"><button class="quiet" type="submit">${CONSOLE.resend[lang]}</button></form>`;
  return html`<ul class="plain">${all.map(
    ({ offerId, state, createdAt, expiresAt, mail }) =>
      html`<li><strong>${OFFER_STATES[state][lang]}</strong> · ${when(createdAt, lang)} · ${fill(CONSOLE.until[lang], { time: when(expiresAt, lang) })}<br>${CONSOLE.mail[lang]}: ${mail === undefined ? CONSOLE.noMail[lang] : MAIL_STATES[mail][lang]}${role === 'issuer' && state === 'open' && resend(offerId)}</li>\n`,
  )}</ul>`;
}

function offering(site: Site, { credentialId }: AwardPage): Html {
  return html`<form class="inline" method="post" action="${at(site, `/console/awards/${credentialId}`)}"><button class="second" type="submit" name="action" value="offer">${CONSOLE.sendLink[site.lang]}</button></form>`;
}

function changing(site: Site, { typed, problem, actions, credentialId }: AwardPage, reason: Field): Html {
  const { lang } = site;
  const shown: Shown = { lang, typed, problem };
  return html`<h2 id="change">${CONSOLE.change[lang]}</h2>
<form class="card" method="post" action="${at(site, `/console/awards/${credentialId}`)}">${areaField(reason, shown)}
<div class="acts">${actions.map((action) => html`<button class="${action === 'revoke' ? '' : 'second'}" type="submit" name="action" value="${action}">${ACTIONS[action][lang]}</button>`)}</div></form>`;
}

/** The step between the wish and the deed. */
function asking(
  site: Site,
  { name, achievement, credentialId }: AwardPage,
  { action, reason }: NonNullable<AwardPage['confirm']>,
): Html {
  const { lang } = site;
  const path = at(site, `/console/awards/${credentialId}`);
  const hidden = Object.entries({ action, reason, confirmed: 'yes' });
  return html`<h1>${CONSOLE.sure[lang]}</h1><section class="banner tone-${action === 'reinstate' ? 'ok' : 'warn'}"><p>${CONSEQUENCES[action][lang]}</p></section>
${facts([
  [CONSOLE.award[lang], name ?? CONSOLE.noName[lang]],
  [CONSOLE.what[lang], achievement],
  [CONSOLE.reason[lang], reason],
])}
<form method="post" action="${path}">${hidden.map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}<button type="submit">${ACTIONS[action][lang]}</button></form>
<p><a href="${path}">${CONSOLE.back[lang]}</a></p>`;
}
