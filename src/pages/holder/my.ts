import { fill, type Html, html } from '../html.ts';
import { facts, page, type Site, when } from '../layout.ts';
import { HOLDER } from '../words/holder.ts';
import { badgeOf, kindOf } from './badge.ts';
import { connectedApplications } from './connections.ts';
import { erasurePlan, yourData } from './data.ts';
import { elsewhere } from './elsewhere.ts';
import { actionForm, codeField, type FormOf, field, hidden, noticeBanner } from './forms.ts';
import { hosts } from './hosts.ts';
import type { MyPage } from './views.ts';
import { wardsSections } from './wards.ts';

const PATH = '/my';

/** The learner's page. */
export function renderMy(site: Site, data: MyPage): string {
  const { lang } = site;
  const of: FormOf = { lang, path: PATH, token: data.formToken };
  const { session } = data;
  const shown = session && session.identifiers.length > 0;
  return page(
    site,
    HOLDER.myTitle[lang],
    html`${noticeBanner(data.notice, lang)}<h1>${HOLDER.myTitle[lang]}</h1>
<p class="lead">${HOLDER.myLead[lang]}</p>
${data.offered && html`<section class="banner tone-ok" role="status"><p>${fill(HOLDER.offerCode[lang], { code: html`<strong>${data.offered.txCode}</strong>` })}</p><p><a class="button" href="${data.offered.path}">${HOLDER.toWallet[lang]}</a></p></section>`}
${data.codeFor !== undefined ? confirming(of, data.codeFor) : !shown && asking(of)}
${
  shown &&
  (data.erasure
    ? html`${erasurePlan(of, data.erasure, session.wards)}${proven(site, session)}`
    : html`${stackAnswer(site, data)}${badges(site, session, of)}${wardsSections(site, session.wards, of)}${elsewhere(of, session)}${hosts(of, session, data.going)}${stackForm(of, session)}${proven(site, session)}
<details${data.challenge && html` open`}><summary>${HOLDER.addAddress[lang]} · ${HOLDER.addKey[lang]}</summary>
${asking(of)}${keyForm(of, data)}</details>${connectedApplications(of, session.connections)}${yourData(of)}`)
}
${session && actionForm(of, 'signOut', HOLDER.signOut[lang], '', false)}`,
    { styles: ['my.css', 'hosts.css'] },
  );
}

const asking = (of: FormOf): Html =>
  actionForm(
    of,
    'code',
    HOLDER.sendCode[of.lang],
    field('email', 'email', HOLDER.email[of.lang], html` autocomplete="email" maxlength="254" required`, 'email'),
  );

function confirming(of: FormOf, email: string): Html {
  return html`<p>${fill(HOLDER.codeSent[of.lang], { email: html`<strong>${email}</strong>` })}</p>
${actionForm(of, 'confirm', HOLDER.confirm[of.lang], html`${hidden('email', email)}${codeField('code', HOLDER.code[of.lang])}`)}
${actionForm(of, 'code', HOLDER.sendCode[of.lang], hidden('email', email), false)}`;
}

type Session = NonNullable<MyPage['session']>;

function proven(site: Site, { identifiers, expiresAt }: Session): Html {
  const { lang } = site;
  return html`<h2>${HOLDER.proven[lang]}</h2>
${facts(identifiers.map((one) => [kindOf(one, lang), html`<span class="code">${one.value}</span>`] as const))}
<p class="note">${fill(HOLDER.until[lang], { time: when(expiresAt, lang) })}</p>`;
}

/** Whoever only acts for others is not told that they have none. */
function badges(site: Site, { badges: all, more, wards }: Session, of: FormOf): Html | undefined {
  const { lang } = site;
  if (all.length === 0 && more === 0 && wards.length > 0) return undefined;
  return html`<h2>${HOLDER.badges[lang]}</h2>
${all.length === 0 && html`<p>${HOLDER.noBadges[lang]}</p>`}
<ul class="plain">${all.map((badge) => html`<li class="card">${badgeOf(site, badge, of)}</li>\n`)}</ul>
${more > 0 && html`<p class="note">${fill(HOLDER.moreBadges[lang], { count: more })}</p>`}`;
}

function stackForm(of: FormOf, { pathways, badges: all, imports }: Session): Html | undefined {
  if (all.length + imports.length === 0) return undefined;
  const { lang } = of;
  const options = pathways.map(({ url, name }) => html`<option value="${url}">${name}</option>`);
  return html`<h2 id="stack">${HOLDER.stack[lang]}</h2>
${actionForm(
  of,
  'evaluate',
  HOLDER.evaluate[lang],
  html`<div><label for="pathway">${HOLDER.pathwayHere[lang]}</label><select id="pathway" name="pathway"><option value=""></option>${options}</select></div>
${field('pathwayUrl', 'pathwayUrl', HOLDER.pathwayUrl[lang], html` maxlength="2000" placeholder="https://"`, 'url')}`,
)}`;
}

/** `met` is eligibility by the rules; the conferrer decides: its sentence says so. */
function stackAnswer(site: Site, { stack }: MyPage): Html | undefined {
  if (!stack) return undefined;
  const { lang } = site;
  const tone = stack.outcome === 'met' ? 'ok' : stack.outcome === 'unmet' ? 'warn' : 'unk';
  const missing = stack.evaluation?.missing ?? [];
  return html`<section class="banner tone-${tone}" role="status"><p><strong>${stack.pathway.name ?? ''}</strong></p><p>${stack.sentence[lang]}</p>
<p>${fill(HOLDER.counted[lang], { count: stack.evaluation?.used.length ?? 0 })}</p>
${missing.length > 0 && html`<p>${HOLDER.missing[lang]}:</p><ul>${missing.map(({ text }) => html`<li>${text[lang]}</li>`)}</ul>`}</section>`;
}

function keyForm(of: FormOf, { challenge }: MyPage): Html {
  const { lang } = of;
  const lead = html`<h3>${HOLDER.addKey[lang]}</h3><p class="note">${HOLDER.keyLead[lang]}</p>`;
  if (!challenge) return html`${lead}${actionForm(of, 'challenge', HOLDER.askChallenge[lang], '', false)}`;
  return html`${lead}${facts([
    [HOLDER.challenge[lang], html`<span class="code">${challenge.challenge}</span>`],
    [HOLDER.domain[lang], html`<span class="code">${challenge.domain}</span>`],
  ])}
${actionForm(
  of,
  'key',
  HOLDER.addKey[lang],
  html`<div><label for="presentation">${HOLDER.presentation[lang]}</label><textarea id="presentation" name="presentation" spellcheck="false" required></textarea></div>\n`,
)}`;
}
