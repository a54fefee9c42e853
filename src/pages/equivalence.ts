import type { LegalInstrument } from '#accreditation';
import type { EquivalenceEventType, EquivalenceInput, EquivalenceStanding, Match } from '#equivalences';
import { fill, type Html, html, link } from './html.ts';
import { creditLine, nameOnly } from './labels.ts';
import { facts, langQuery, page, type Site, when, words } from './layout.ts';
import { instrument, instruments } from './register/instruments.ts';
import { EQUIVALENCE, HAPPENED, MATCHES, STANDS } from './words/equivalence.ts';

export interface NamedAchievement {
  iri: string;
  name: string;
  /** Of this service, which then has a page of it. */
  own?: boolean;
  version?: readonly string[];
}

export interface EquivalencePage {
  id: string;
  decidedBy: { did: string; name: string; slug: string };
  from: NamedAchievement;
  mode: EquivalenceInput['to']['mode'];
  /** Empty for unspecified credit. */
  to: readonly NamedAchievement[];
  category: string | undefined;
  /** As decided; how it stands now is beside it. */
  decision: Pick<
    EquivalenceInput,
    'credit' | 'cap' | 'panel' | 'legalInstrument' | 'outcomeMatching' | 'evidence' | 'appeal' | 'supersedes'
  >;
  decidedOn: string;
  validFrom: string;
  /** Last day in force, as it stands now. */
  validUntil: string | undefined;
  standing: EquivalenceStanding;
  appealOpen: boolean;
  /** In the order in which they were recorded. */
  events: readonly {
    type: EquivalenceEventType;
    day: string;
    recordedAt: string;
    reason?: string;
    legalInstrument?: LegalInstrument;
    supersededBy?: string;
  }[];
  specimen: boolean;
}

const TONES: Record<EquivalenceStanding, string> = {
  ...{ draft: 'unk', not_yet: 'unk', in_force: 'ok', expired: 'unk' },
  ...{ withdrawn: 'bad', superseded: 'unk', overturned: 'bad' },
};
const MATCH_TONES: Record<Match, string> = { full: 'ok', partial: 'warn', none: 'unk' };
const LABELLED = { specified: 'Specified', block: 'Block', unspecified: 'Unspecified' } as const;

/** What stands for what, how much, by whom, on which basis, until when, and how it stands now. */
export function renderEquivalence(site: Site, data: EquivalencePage): string {
  const w = wordsOf(site);
  const { decision, standing } = data;
  const { credit, cap, panel, evidence, appeal } = decision;
  const tick = standing === 'in_force' ? '✓ ' : '';
  return page(
    site,
    `${w.kicker} · ${data.from.name}`,
    html`${data.specimen && html`<p class="stamp">${words(site.lang).specimen_mark}</p>`}<p class="kicker">${w.kicker}</p>
<h1>${heading(data.from)} <span class="dim">${w.stands_for}</span> ${headline(data, site)}</h1>
<p class="lead">${fill(w.lead, { decider: data.decidedBy.name, credit: amount(credit?.value, data, site) })}</p>
<section class="card standing" aria-label="${words(site.lang).standing}"><h2>${words(site.lang).standing} <span class="day">${words(site.lang).today}</span></h2>
<span class="pill tone-${TONES[standing]}">${tick}${STANDS[standing][site.lang]}</span> ${because(data, site)}
${data.appealOpen && html`<p class="caution">${w.appeal_open}</p>`}</section>
<div class="card">${facts([
      [w.awarded, html`${achievement(data.from, site)}<br><span class="note">${versions(data.from, site)}</span>`],
      [w.target, targets(data, site)],
      [w.mode, nameOnly('mode', LABELLED[data.mode], site.lang)],
      [w.category, data.category],
      [w.credit, amount(credit?.value, data, site)],
      [w.cap, amount(cap, data, site) ?? html`<span class="note">${w.no_cap}</span>`],
      [w.decided_by, decider(data, site)],
      [w.panel, panel && html`${panel.name}<br><span class="note">${panel.members.join(' · ')}</span>`],
      [w.decided, when(data.decidedOn, site.lang)],
      [
        w.instrument,
        instruments(decision.legalInstrument ?? [], site) ?? html`<span class="note">${w.no_instrument}</span>`,
      ],
      [w.from_day, when(data.validFrom, site.lang)],
      [w.until_day, ending(data, site)],
      [w.replaces, decision.supersedes && decisionLink(decision.supersedes, w.earlier, site)],
    ])}</div>
<h2>${w.matching}</h2>${matching(data, site)}
${evidence && html`<h2>${w.evidence}</h2><ul class="plain">${evidence.map(({ name, url, sha256 }) => html`<li>${link(url, name)}${sha256 && html`<br><span class="code">SHA-256 ${sha256}</span>`}</li>`)}</ul>`}
${appeal && html`<h2>${w.appeal}</h2><div class="card">${link(appeal.how, appeal.how)}${appeal.until && html`<br><span class="note">${fill(w.appeal_until, { day: when(appeal.until, site.lang) })}</span>`}</div>`}
${data.events.length > 0 && html`<h2>${w.history}</h2>${history(data, site)}`}
<p class="note"><a href="/equivalences/${data.id}.json">${words(site.lang).signed_json}</a></p>`,
  );
}

const wordsOf = ({ lang }: Site) =>
  Object.fromEntries(Object.entries(EQUIVALENCE).map(([key, text]) => [key, text[lang]])) as Record<
    keyof typeof EQUIVALENCE,
    string
  >;

function headline({ mode, to, category }: EquivalencePage, site: Site): Html {
  const w = wordsOf(site);
  if (mode === 'unspecified') return html`${category ?? w.unspecified}`;
  return to.length > 1 ? fill(w.together, { count: to.length }) : html`${to.map(heading)}`;
}

/** An address is no name. */
const heading = ({ iri, name }: NamedAchievement): Html =>
  name === iri ? html`<span class="code">${iri}</span>` : html`${name}`;

const amount = (value: string | undefined, { decision: { credit } }: EquivalencePage, { lang }: Site) =>
  value !== undefined && credit ? creditLine(`${value} ${credit.system}`, lang) : undefined;

/** One of this service has a page; another is linked where it is, with its address small beside its name. */
function achievement({ iri, name, own }: NamedAchievement, site: Site): Html {
  if (own) return html`<a href="${new URL(iri).pathname}${langQuery(site.lang)}">${name}</a>`;
  return html`${link(iri, name)}${name !== iri && html` <span class="code">${iri}</span>`}`;
}

function versions({ version }: NamedAchievement, site: Site): string {
  const w = wordsOf(site);
  return `${w.versions}: ${version ? version.join(', ') : w.all_versions}`;
}

function targets({ mode, to }: EquivalencePage, site: Site): Html {
  const w = wordsOf(site);
  if (mode === 'unspecified') return html`${w.unspecified}`;
  const one = (row: NamedAchievement) =>
    html`${achievement(row, site)}${row.version && html` <span class="note">${w.version} ${row.version.join(', ')}</span>`}`;
  if (mode === 'specified') return html`${to.map(one)}`;
  return html`<span class="note">${w.block}</span>${bullets(to.map(one))}`;
}

const bullets = (items: readonly (string | Html)[]): Html =>
  html`<ul class="limits">${items.map((item) => html`<li>${item}</li>`)}</ul>`;

const decider = ({ decidedBy: { did, name, slug } }: EquivalencePage, { lang }: Site): Html =>
  html`<a href="/institutions/${slug}${langQuery(lang)}">${name}</a> <span class="code">${did}</span>`;

function ending({ validFrom, validUntil }: EquivalencePage, site: Site): Html | undefined {
  const w = wordsOf(site);
  if (validUntil === undefined) return html`<span class="note">${w.no_end}</span>`;
  return validUntil < validFrom ? html`${w.never}` : when(validUntil, site.lang);
}

/** Why it ended, where it did. */
function because({ events, standing, validUntil }: EquivalencePage, site: Site): Html | undefined {
  const w = wordsOf(site);
  const cause = events.findLast(({ type }) => type === standing);
  const ended = cause !== undefined || standing === 'expired';
  if (!ended && !(standing === 'in_force' && validUntil)) return undefined;
  return html`<span class="note">${w.until_day}: ${when(validUntil, site.lang)}</span>
${cause && html`<p class="why">${replacedBy(cause.supersededBy, site) ?? html`<span class="dim">${words(site.lang).reason}:</span> ${cause.reason}`}</p>`}
${ended && html`<p class="why">${w.kept}</p>`}`;
}

/** Of one that was replaced: by what. */
const replacedBy = (url: string | undefined, site: Site): Html | undefined =>
  url === undefined ? undefined : html`${words(site.lang).replaced_by} ${decisionLink(url, wordsOf(site).later, site)}`;

function matching({ decision: { outcomeMatching = [] } }: EquivalencePage, site: Site): Html {
  const w = wordsOf(site);
  return html`<div class="scroll"><table class="matching">
<thead><tr><th scope="col">${w.awarded}</th><th scope="col">${w.match}</th><th scope="col">${w.target}</th></tr></thead>
<tbody>${outcomeMatching.map(
    ({ from, to, match, note }) =>
      html`<tr><th scope="row">${from}</th><td><span class="pill tone-${MATCH_TONES[match]}">${MATCHES[match][site.lang]}</span></td><td>${to}${note && html`<p class="note">${note}</p>`}</td></tr>\n`,
  )}</tbody></table></div>`;
}

const dayLabel = (type: EquivalenceEventType, w: ReturnType<typeof wordsOf>): string =>
  type === 'appealed' ? w.received : type === 'confirmed' ? w.decided : w.last_day;

/** Newest first. */
function history({ events }: EquivalencePage, site: Site): Html {
  const w = wordsOf(site);
  return html`<ol class="timeline">${events.toReversed().map(
    ({ type, day, recordedAt, reason, legalInstrument, supersededBy }) =>
      html`<li><div class="clocks"><div><small>${dayLabel(type, w)}</small> <span>${when(day, site.lang)}</span></div>
<div><small>${w.recorded}</small> <span>${when(recordedAt, site.lang)}</span></div></div>
<div class="what"><strong>${HAPPENED[type][site.lang]}</strong>${(reason || legalInstrument) && html`<p class="why">${replacedBy(supersededBy, site) ?? reason}${legalInstrument && html` · ${instrument(legalInstrument, site)}`}</p>`}</div></li>`,
  )}</ol>`;
}

/** Only decisions of this service take the place of one another. */
function decisionLink(url: string, label: string, { lang }: Site): Html {
  const id = /\/equivalences\/([0-9a-hjkmnp-tv-z]{26})$/.exec(url)?.[1];
  return id
    ? html`<a href="/equivalences/${id}${langQuery(lang)}">${label}</a>`
    : html`<span class="code">${url}</span>`;
}
