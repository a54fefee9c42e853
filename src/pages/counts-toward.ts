import type { PathwayMatch } from '#pathways';
import { fill, type Html, html } from './html.ts';
import { type Lang, langQuery } from './layout.ts';
import { MATCH } from './words/match.ts';

/** What a badge counts toward, of the pathways that this service publishes. */
export interface CountsToward {
  /** False: the badge is not genuine, and no pathway was asked. */
  genuine: boolean;
  pathways: readonly (PathwayMatch & {
    /** Path of its page. */
    path: string;
    name: string;
    /** Our name for it, else the DID. */
    conferrer: string;
  })[];
  /** There are more pathways than were looked at. */
  more: boolean;
}

const TONES = { serves: 'ok', does_not_count: 'bad', unknown: 'unk', not_asked: 'unk' } as const;

/** @param credential address of the badge: links open the pathway with it filled in */
export function countsToward(found: CountsToward, credential: string | undefined, lang: Lang): Html {
  const rows = found.pathways.map(({ path, name, conferrer, result, places, reasons }) => {
    const query = new URLSearchParams({ ...(credential ? { credential } : {}), lang });
    return html`<li><span><span class="pill tone-${TONES[result]}">${MATCH[result][lang]}</span></span>
<div><h3><a href="${path}?${query.toString()}">${name}</a></h3><p class="note">${fill(MATCH.conferrer[lang], { name: conferrer })}</p>
${places.map(({ text, guise, conditions }) => html`<p>${text[lang]}${guise && html` <span class="note">${MATCH.byDecision[lang]} <span class="code">${guise}</span></span>`}${conditions.length > 0 && html` <span class="note">${MATCH.afterOthers[lang]}</span>`}</p>`)}
${reasons.map((one) => html`<p>${one.text[lang]} <span class="code">${one.code}</span>${one.evidence && html` <a href="/framework/crosswalk${langQuery(lang)}#unit-of-size">${MATCH.compare[lang]}</a>`}</p>`)}</div></li>`;
  });
  const none = found.genuine ? MATCH.none : MATCH.notGenuine;
  return html`<h2 id="counts-toward">${MATCH.title[lang]}</h2>
${rows.length > 0 ? html`<p class="note">${MATCH.lead[lang]}</p><ul class="checks">${rows}</ul>` : html`<p>${none[lang]}</p>`}
${found.more && html`<p class="note">${MATCH.more[lang]}</p>`}`;
}
