import { fill, type Html, html } from '../html.ts';
import { facts, type Lang, langQuery, page, type Site, when, words } from '../layout.ts';
import { HOLDER } from '../words/holder.ts';
import { erasurePlan, yourData } from './data.ts';
import { elsewhere } from './elsewhere.ts';
import { actionForm, codeField, type FormOf, field, hidden, noticeBanner } from './forms.ts';
import { releaseForm } from './release.ts';
import type { MyBadge, MyIdentifier, MyPage } from './views.ts';

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
    ? html`${erasurePlan(of, data.erasure)}${proven(site, session)}`
    : html`${stackAnswer(site, data)}${badges(site, session, of)}${elsewhere(of, session)}${stackForm(of, session)}${proven(site, session)}
<details${data.challenge && html` open`}><summary>${HOLDER.addAddress[lang]} · ${HOLDER.addKey[lang]}</summary>
${asking(of)}${keyForm(of, data)}</details>${yourData(of)}`)
}
${session && actionForm(of, 'signOut', HOLDER.signOut[lang], '', false)}`,
    { styles: ['my.css'] },
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

function kindOf({ kind, institution = '' }: MyIdentifier, lang: Lang): string {
  if (kind === 'email') return HOLDER.kindEmail[lang];
  return kind === 'did' ? HOLDER.kindDid[lang] : HOLDER.kindNumber[lang].replace('{institution}', institution);
}

function badges(site: Site, { badges: all, more }: Session, of: FormOf): Html {
  const { lang } = site;
  return html`<h2>${HOLDER.badges[lang]}</h2>
${all.length === 0 && html`<p>${HOLDER.noBadges[lang]}</p>`}
<ul class="plain">${all.map((badge) => html`<li class="card">${badgeOf(site, badge, of)}</li>\n`)}</ul>
${more > 0 && html`<p class="note">${fill(HOLDER.moreBadges[lang], { count: more })}</p>`}`;
}

const TONES = { valid: 'ok', undetermined: 'unk', invalid: 'bad' } as const;
const STATE_TONES = { active: 'unk', suspended: 'warn', revoked: 'bad' } as const;

function badgeOf(site: Site, badge: MyBadge, of: FormOf): Html {
  const { lang } = site;
  const w = words(lang);
  const { verdict, state } = badge;
  const path = `/credentials/${badge.id}`;
  const what = html`${kindOf(badge.boundBy, lang)} <span class="code">${badge.boundBy.value}</span>`;
  return html`<h3>${badge.name}</h3>
<p>${verdict ? html`<span class="pill tone-${TONES[verdict.verdict]}">${verdict.sentence[lang]}</span>` : html`<span class="pill tone-${STATE_TONES[state]}">${w[state]}</span>`}</p>
<p><a href="/institutions/${badge.issuerSlug}${langQuery(lang)}">${badge.issuerName}</a> · ${when(badge.awardedDate, lang)}</p>
<p class="note">${fill(HOLDER.boundBy[lang], { what })}</p>
<p><a href="${path}${langQuery(lang)}">${HOLDER.openPage[lang]}<span class="visually-hidden"> ${badge.name}</span></a></p>
${state === 'active' && actionForm(of, 'offer', HOLDER.toWallet[lang], hidden('badge', badge.id), false)}
${releaseForm(of, badge)}`;
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
