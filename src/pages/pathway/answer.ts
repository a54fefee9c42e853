import type { StackReport } from '#verifier';
import { fill, type Html, html } from '../html.ts';
import { type Lang, when } from '../layout.ts';
import { PATHWAY } from '../words/pathway.ts';
import { countUsed } from './drawing.ts';
import { permanentLink } from './form.ts';
import type { PathwayPage } from './views.ts';

const TONES: Record<StackReport['outcome'], string> = {
  met: 'ok',
  unmet: 'warn',
  pending: 'unk',
  undecided: 'unk',
  undetermined: 'unk',
};

/** The whole answer in one sentence of at most 25 words. It says eligibility, never an award. */
export function answerSentence({ outcome, evaluation, credentials, specimen }: StackReport, lang: Lang): string {
  const missing = evaluation?.missing.length ?? 0;
  const texts: Record<StackReport['outcome'], string> = {
    met: PATHWAY.answerMet[lang],
    unmet: fill(PATHWAY.answerUnmet[lang], {
      used: countUsed(evaluation),
      given: credentials.length,
      missing: missing === 1 ? PATHWAY.oneMissing[lang] : fill(PATHWAY.manyMissing[lang], { count: missing }),
    }).text,
    pending: PATHWAY.answerPending[lang],
    undecided: PATHWAY.answerUndecided[lang],
    undetermined: PATHWAY.answerUndetermined[lang],
  };
  const text = texts[outcome];
  return specimen ? `Specimen: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

export function answer(page: PathwayPage, stack: StackReport, lang: Lang): Html {
  const again = permanentLink(page, lang);
  return html`<section class="banner tone-${TONES[stack.outcome]}" id="result" aria-label="${PATHWAY.answerFor[lang].replace('{day}', stack.date)}">
<h1>${answerSentence(stack, lang)}</h1>
</section>
<p class="note">${fill(PATHWAY.answerFor[lang], { day: when(stack.date, lang) })}${again && html` · <a href="${again}">${PATHWAY.permanent[lang]}</a>`}</p>
${stack.pathway.inEffect === false && html`<p class="caution">${PATHWAY.notInEffect[lang]}</p>`}`;
}
