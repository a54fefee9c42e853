import type { Text } from '#kernel';
import { fill, type Html, html, type Part } from '../html.ts';
import { type Lang, when } from '../layout.ts';
import { HOSTS } from '../words/hosts.ts';
import { actionForm, type FormOf, field, hidden } from './forms.ts';
import type { MyBadge, MyPage } from './views.ts';

/** A host of somebody else where the learner has badges. */
export interface MyHost {
  id: string;
  /** As it calls itself. */
  title: string;
  host: string;
  may: Readonly<Record<'pull' | 'push', boolean>>;
  /** It takes our tokens no more. */
  ended: boolean;
  connectedAt: string;
  /** What was asked of it, the newest first. */
  transfers: readonly MyTransfer[];
}

export interface MyTransfer {
  kind: 'pull' | 'push';
  state: 'waiting' | 'done' | 'failed';
  credentialId: string;
  outcome?: 'created' | 'replaced' | 'unchanged';
  badges: readonly {
    outcome: 'created' | 'replaced' | 'not_newer' | 'refused';
    name?: string;
    sentence?: Text;
  }[];
  /** `said`: the host's own words. */
  problem?: { said: string | undefined; sentence: Text };
  at: string;
  /** When it is tried again. */
  again?: string;
}

/** Where the learner is to go on, and what will be asked there. */
export interface GoingToHost {
  url: string;
  title: string;
  host: string;
  may: readonly ('pull' | 'push')[];
}

export function hosts(of: FormOf, { hosts: all, badges }: NonNullable<MyPage['session']>, going?: GoingToHost): Html {
  const { lang } = of;
  return html`<h2 id="hosts">${HOSTS.hosts[lang]}</h2><p>${HOSTS.lead[lang]}</p>
${going && onward(going, lang)}
<ul class="plain">${all.map((one) => html`<li class="card host">${hostOf(of, one, badges)}</li>\n`)}</ul>
${actionForm(
  of,
  'hostConnect',
  HOSTS.connect[lang],
  field(
    'host',
    'host',
    HOSTS.address[lang],
    html` maxlength="1000" placeholder="badges.example.org" autocapitalize="none" spellcheck="false" required`,
  ),
)}`;
}

function onward({ url, title, host, may }: GoingToHost, lang: Lang): Html {
  return html`<section class="banner tone-unk" role="status"><p>${fill(HOSTS.going[lang], { title, host: html`<span class="code">${host}</span>` })}</p>
<ul>${may.map((one) => html`<li>${HOSTS[one === 'pull' ? 'willPull' : 'willPush'][lang]}</li>`)}</ul>
${URL.parse(url)?.protocol === 'https:' && html`<p><a class="button" href="${url}" rel="noreferrer">${fill(HOSTS.goOn[lang], { host })}</a></p>`}</section>`;
}

function hostOf(of: FormOf, one: MyHost, badges: readonly MyBadge[]): Html {
  const { lang } = of;
  const named = (label: Part) => html`${label}<span class="visually-hidden"> ${one.title}</span>`;
  const id = hidden('connection', one.id);
  const own = badges.filter(({ state, guardianUntil }) => state === 'active' && guardianUntil === undefined);
  const select = `push-${one.id}`;
  const all = `all-${one.id}`;
  return html`<h3>${one.title}</h3><p><span class="code">${one.host}</span> · ${fill(HOSTS.since[lang], { when: when(one.connectedAt, lang) })}</p>
${one.ended && html`<p><span class="pill tone-warn">${HOSTS.ended[lang]}</span></p>`}
${one.transfers.length > 0 && html`<h4>${HOSTS.transfers[lang]}</h4><ul>${one.transfers.map((row) => html`<li>${transferOf(row, badges, lang)}</li>\n`)}</ul>`}
${
  one.may.pull &&
  actionForm(
    of,
    'hostPull',
    named(HOSTS.pull[lang]),
    html`${id}<div class="also"><input id="${all}" type="checkbox" name="all" value="yes"> <label for="${all}">${HOSTS.all[lang]}</label></div>\n`,
    false,
  )
}
${
  one.may.push &&
  own.length > 0 &&
  actionForm(
    of,
    'hostPush',
    named(HOSTS.push[lang]),
    html`${id}<div><label for="${select}">${HOSTS.which[lang]}</label><select id="${select}" name="badge" required>${own.map((badge) => html`<option value="${badge.id}">${badge.name}</option>`)}</select></div>\n`,
    false,
  )
}
${actionForm(of, 'hostLeave', named(HOSTS.leave[lang]), id, false)}`;
}

function transferOf(row: MyTransfer, badges: readonly MyBadge[], lang: Lang): Html {
  const name = badges.find(({ id }) => id === row.credentialId)?.name ?? HOSTS.aBadge[lang];
  const what = row.kind === 'pull' ? HOSTS.pulled[lang] : fill(HOSTS.pushed[lang], { name });
  const kept = row.badges.filter(({ outcome }) => outcome === 'created' || outcome === 'replaced');
  const known = row.badges.filter(({ outcome }) => outcome === 'not_newer');
  const refused = row.badges.filter(({ outcome }) => outcome === 'refused');
  const counts = { kept: kept.length, known: known.length, refused: refused.length };
  const state = row.state === 'waiting' && row.again !== undefined ? 'waits' : row.state;
  const said = HOSTS[row.outcome ?? state][lang];
  return html`${what} · ${when(row.at, lang)}: ${row.kind === 'pull' && row.state === 'done' ? fill(HOSTS.counts[lang], counts) : said}
${row.problem && html`<br>${row.problem.sentence[lang]}.${row.problem.said !== undefined && html` ${fill(HOSTS.said[lang], { said: row.problem.said })}`}`}
${row.again !== undefined && html`<br>${fill(HOSTS.again[lang], { when: when(row.again, lang) })}`}
${refused.length > 0 && html`<details><summary>${HOSTS.notKept[lang]}</summary><ul>${refused.map(({ name: one, sentence }) => html`<li>${one ?? HOSTS.aBadge[lang]}: ${(sentence ?? HOSTS.noBadge)[lang]}</li>`)}</ul></details>`}`;
}
