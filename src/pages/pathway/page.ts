import type { StackReport } from '#verifier';
import { fill, type Html, html, link } from '../html.ts';
import { type Lang, page, type Site, when, words } from '../layout.ts';
import { instruments } from '../register/instruments.ts';
import { PATHWAY } from '../words/pathway.ts';
import { answer } from './answer.ts';
import { box } from './box.ts';
import { type Drawn, draw } from './drawing.ts';
import { findings } from './findings.ts';
import { form, jsonLink, problemBanner } from './form.ts';
import { legend, type Sheet, state } from './marks.ts';
import { outline } from './outline.ts';
import type { PathwayPage } from './views.ts';

/** `/pathways/{id}`: the pathway as a drawing; with badges, the answer first and then the same drawing filled in. */
export function renderPathway(site: Site, data: PathwayPage): string {
  const { lang } = site;
  const w = words(lang);
  const drawn = draw(data);
  const sheet = sheetOf(data, drawn, lang);
  const { stack } = data;
  const asked = stack !== undefined || data.form.problem !== undefined;
  const heading = stack
    ? answer(data, stack, lang)
    : html`${problemBanner(data.form, lang)}${data.specimen && html`<p class="stamp">${w.specimen_mark}</p>`}`;
  return page(
    site,
    data.name,
    html`${heading}
${goal(drawn, data, sheet, site)}
${stack && legend(lang)}
${stack && findings(data, stack, drawn, sheet)}
${form(site, data, (asked ? PATHWAY.formAgain : PATHWAY.formTitle)[lang])}
<h2>${PATHWAY.inWords[lang]}</h2>${outline(drawn, sheet)}
${sourceList(sheet)}
${jsonLink(data, lang)}`,
    { styles: ['pathway.css'] },
  );
}

/** An answer on a page of something else: its sentence, and the drawing filled in. */
export function pathwayResult(
  site: Site,
  data: PathwayPage,
  stack: StackReport,
): Record<'lead' | 'rest' | 'sources', Html> {
  const { lang } = site;
  const drawn = draw(data);
  const sheet = sheetOf(data, drawn, lang);
  return {
    lead: answer(data, stack, lang),
    rest: html`${goal(drawn, data, sheet, site)}${legend(lang)}${findings(data, stack, drawn, sheet)}`,
    sources: sourceList(sheet),
  };
}

/** What the numbers in the drawing lead to. */
const sourceList = ({ lang, sources }: Sheet): Html =>
  html`<h2>${PATHWAY.sources[lang]}</h2><ol class="sources">${sources.map((source, index) => html`<li id="source-${index + 1}">${source}</li>`)}</ol>`;

const sheetOf = (data: PathwayPage, drawn: Drawn, lang: Lang): Sheet => ({
  lang,
  page: data,
  sources: sourcesOf(drawn),
  verify: (url) => `/verify?url=${encodeURIComponent(url)}${lang === 'fil' ? '&lang=fil' : ''}`,
});

/** The qualification on top, and what carries it below. */
function goal(drawn: Drawn, data: PathwayPage, sheet: Sheet, site: Site): Html {
  const { lang } = sheet;
  const w = words(lang);
  const { effectivePeriod: period, stack } = data;
  const days = period && {
    from: when(period.from, lang),
    until: when(period.until, lang),
  };
  return html`<section class="stack" aria-label="${PATHWAY.madeOf[lang]}">
<div class="goal${drawn.mark && ` is-${drawn.mark}`}"><p class="tag">${PATHWAY.qualification[lang]}</p>
${stack ? html`<h2 class="goal-name">${data.name}</h2>` : html`<h1 class="goal-name">${data.name}</h1>`}${data.description && html`<p>${data.description}</p>`}
<p class="from">${w.conferrer}: ${data.conferrer} · ${w.version} ${data.version}${days && html` · ${PATHWAY.inEffect[lang]} ${fill((period?.until ? PATHWAY.fromUntil : PATHWAY.fromOn)[lang], days)}`}</p>
${data.legalInstrument && html`<p class="from">${w.by_instrument}: ${instruments(data.legalInstrument, site)}</p>`}
${data.achievement && html`<p class="from">${link(data.achievement, PATHWAY.definition[lang])}</p>`}
${state(drawn, lang)}${!stack && html`<p class="from">${w.pathway_lead}</p>`}</div>
<ul class="boxes root">${box(drawn, sheet, undefined, true)}</ul>
</section>`;
}

function sourcesOf(drawn: Drawn): string[] {
  const out = new Set<string>();
  const walk = ({ node, parts, conditions }: Drawn): void => {
    out.add(node.source);
    [...parts, ...conditions].forEach(walk);
  };
  walk(drawn);
  return [...out];
}
