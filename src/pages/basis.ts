import { type Html, html } from './html.ts';
import { named } from './labels.ts';
import { type Lang, words } from './layout.ts';

/** How it was learned, who judged it, and on what: as the badge says. */
export interface BasisView {
  learningRoute?: string;
  /** A role or an accreditation number. */
  assessor?: string;
  source?: { id?: string; name?: string };
  evidence?: readonly SignedEvidence[];
}

interface SignedEvidence {
  id?: string;
  name?: string;
  description?: string;
  narrative?: string;
  evidenceType?: string;
  digestMultibase?: string;
}

/** Rows for `facts`; what the badge does not say has no row. */
export function basisRows(view: BasisView, lang: Lang): [string, string | Html | undefined][] {
  const w = words(lang);
  return [
    [w.learning_route, named('learningRoute', view.learningRoute, lang)],
    [w.assessor, view.assessor],
    [w.assessed_by, view.source?.name ?? view.source?.id],
    [w.basis, view.evidence && view.evidence.length > 0 ? evidenceItems(view.evidence, lang) : undefined],
  ];
}

function evidenceItems(evidence: readonly SignedEvidence[], lang: Lang): Html {
  const w = words(lang);
  return html`<ul>${evidence.map(
    (one) => html`<li>
${one.evidenceType && html`${named('evidenceType', one.evidenceType, lang)}: `}${one.name ?? one.id ?? w.evidence}
${one.description && html`<br>${one.description}`}
${one.narrative?.split('\n').map((line) => html`<br>${line}`)}
${one.id && html`<br><span class="code">${one.id}</span>`}
${one.digestMultibase && html`<br><small>${w.digest} <span class="code">${one.digestMultibase}</span></small>`}
</li>`,
  )}</ul>`;
}
