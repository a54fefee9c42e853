import { fill, type Html, html, link } from '../html.ts';
import { type Lang, langQuery, page, type Site, when, words } from '../layout.ts';
import { pathwayResult } from '../pathway/page.ts';
import { banner, checkList, claims, verdictPill } from '../report.ts';
import { ACHIEVEMENT_TYPES, REQUEST } from '../words/request.ts';
import type { RequestPage } from './views.ts';

/** `/requests/{id}`: the code while it waits, then the answer, sentence first. */
export function renderRequest(site: Site, data: RequestPage): string {
  const { lang } = site;
  const body = data.stage === 'answered' ? answered(site, data) : open(site, data);
  const again = html`<p><a href="/requests${langQuery(lang)}">${REQUEST.again[lang]}</a></p>`;
  const isOpen = data.stage === 'waiting';
  return page(site, REQUEST.title[lang], html`${body}${asked(data, lang)}${!isOpen && again}`, {
    styles: ['pathway.css'],
  });
}

function open(site: Site, data: RequestPage): Html {
  const { lang } = site;
  switch (data.stage) {
    case 'waiting':
      return waiting(site, data);
    case 'elsewhere':
      return html`<h1>${REQUEST.elsewhere[lang]}</h1><p class="lead">${REQUEST.elsewhereText[lang]}</p>`;
    case 'declined':
      return html`<h1>${REQUEST.declined[lang]}</h1><p class="lead">${declinedText(data, lang)}</p>`;
    case 'expired':
      return html`<h1>${REQUEST.expired[lang]}</h1><p class="lead">${REQUEST.expiredText[lang]}</p>`;
    default:
      throw new Error(`a request has no stage ${data.stage}`);
  }
}

function waiting({ lang }: Site, { path, link: address = '', qrCode = '', expiresAt }: RequestPage): Html {
  const source = `data:image/svg+xml;base64,${Buffer.from(qrCode).toString('base64')}`;
  return html`<h1>${REQUEST.waiting[lang]}</h1>
<div class="qr"><img src="${source}" alt="${REQUEST.qrAlt[lang]}" width="320" height="320">
<div><p>${REQUEST.scan[lang]}</p>
<p><a class="button" href="${address}">${REQUEST.thisDevice[lang]}</a></p>
<p><a href="${path}${langQuery(lang)}">${REQUEST.lookAgain[lang]}</a></p>
<p class="note">${fill(REQUEST.refreshes[lang], { until: when(expiresAt, lang) })} ${REQUEST.privacy[lang]}</p></div></div>`;
}

function declinedText({ error = '' }: RequestPage, lang: Lang): Html {
  // OpenID4VP 1.0, 8.5: says no more than this, so that nobody learns what somebody does not have.
  return error === 'access_denied'
    ? html`${REQUEST.denied[lang]}`
    : fill(REQUEST.declinedText[lang], { error: html`<span class="code">${error}</span>` });
}

function answered(site: Site, data: RequestPage): Html {
  const { lang } = site;
  const { badges = [], pathway, answeredAt } = data;
  const note = html`<p class="note">${fill(REQUEST.answeredAt[lang], { at: when(answeredAt, lang) })} ${REQUEST.forgotten[lang]}</p>`;
  const [first] = badges;
  if (pathway?.stack) {
    const { lead, rest, sources } = pathwayResult(site, pathway, pathway.stack);
    const keys = new Set(badges.flatMap(({ holder }) => holder ?? [])).size;
    const several = keys > 1 && html`<p class="caution">${fill(REQUEST.severalKeys[lang], { count: keys })}</p>`;
    return html`${lead}${several}${note}${rest}<h2>${REQUEST.shown[lang]}</h2>${list(badges, lang)}${sources}`;
  }
  if (first && badges.length === 1) {
    return html`${banner(first.report, lang)}${holderNote(first, lang)}${note}
${checkList(first.report, lang)}${first.report.credential && claims(first.report.credential, lang)}`;
  }
  const genuine = badges.filter(({ report }) => report.verdict === 'valid').length;
  const good = badges.every(({ report }) => report.verdict === 'valid' && report.recognition === 'recognised');
  const sentence =
    genuine === badges.length
      ? fill(REQUEST.genuineAll[lang], { count: badges.length })
      : fill(REQUEST.genuineSome[lang], { genuine, count: badges.length });
  return html`<section class="banner tone-${good ? 'ok' : 'warn'}"><h1>${sentence}</h1></section>${note}
<h2>${REQUEST.shown[lang]}</h2>${list(badges, lang)}`;
}

type Badge = NonNullable<RequestPage['badges']>[number];

const holderNote = ({ holder }: Badge, lang: Lang): Html =>
  holder === undefined
    ? html`<p class="caution">${REQUEST.holderNotShown[lang]}</p>`
    : html`<p>${REQUEST.holderShown[lang]}</p>`;

/** As the parts of a learner record: a name only inside what frames it as the issuer's word. */
function list(badges: readonly Badge[], lang: Lang): Html {
  const w = words(lang);
  return html`<ol class="checks">${badges.map((badge) => {
    const { report } = badge;
    return html`<li><span>${verdictPill(report, lang)}</span>
<div><p>${report.sentence[lang]}${report.credential?.name && html` ${fill(REQUEST.named[lang], { name: report.credential.name })}`}</p>${holderNote(badge, lang)}
<details><summary>${w.evidence}</summary>
${report.credential && claims(report.credential, lang)}
${checkList(report, lang)}</details></div></li>`;
  })}</ol>`;
}

function asked({ asked: badges, pathway, required, stage }: RequestPage, lang: Lang): Html {
  const one = (badge: RequestPage['asked'][number]): Html => {
    if ('achievement' in badge) {
      return fill(REQUEST.askedAchievement[lang], { value: link(badge.achievement, badge.achievement) });
    }
    if ('name' in badge) return fill(REQUEST.askedName[lang], { value: badge.name });
    const known = ACHIEVEMENT_TYPES.find(({ value }) => value === badge.achievementType);
    return fill(REQUEST.askedType[lang], { value: known?.text[lang] ?? badge.achievementType });
  };
  const lines = pathway
    ? [
        fill(REQUEST.askedPathway[lang], {
          value: html`<a href="${new URL(pathway.url).pathname}">${pathway.name}</a>`,
        }),
      ]
    : badges.map(one);
  return html`<h2>${REQUEST[stage === 'waiting' ? 'asked' : 'wasAsked'][lang]}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
${required && html`<p class="note">${REQUEST.onlyBound[lang]}</p>`}`;
}
