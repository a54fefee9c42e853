import type { Text } from '#kernel';
import type { StandingReason } from '#verifier';
import { type BasisView, basisRows } from './basis.ts';
import { considered } from './considered.ts';
import { evidenceList } from './evidence.ts';
import { type Html, html } from './html.ts';
import { credits, level, named } from './labels.ts';
import { facts, type Lang, type Words, when, words } from './layout.ts';

/** The parts of a verification report that people see (`#verifier` makes it). */
export interface ReportView {
  verdict: 'valid' | 'invalid' | 'undetermined';
  recognition: 'recognised' | 'not_recognised' | 'not_shown';
  sentence: Text;
  standing: StandingReason;
  specimen?: boolean;
  checkedAt: string;
  checks: readonly {
    check: string;
    result: 'pass' | 'fail' | 'warning' | 'unknown' | 'not_applicable';
    code: string;
    message: Text;
    evidence?: Record<string, unknown>;
  }[];
  /** Only when the proof passed. */
  credential?: ClaimsView;
  /** Of an endorsement: the thing it speaks of. */
  endorses?: { id: string; comment?: string };
  /** Of a learner record: its credentials, each by itself. */
  members?: readonly ReportView[];
  memberCount?: number;
}

export interface ClaimsView extends BasisView {
  id?: string;
  name?: string;
  description?: string;
  issuerName?: string;
  issuerId?: string;
  achievementId?: string;
  awardedDate?: string;
  validFrom?: string;
  validUntil?: string;
  awardType?: string;
  regime?: string;
  pqfLevel?: number;
  pqfLevelStatus?: string;
  credit?: readonly string[];
  criteria?: string;
}

export const CHECK_NAMES: Record<string, Text> = {
  document: { en: 'Document', fil: 'Dokumento' },
  proof: { en: 'Proof', fil: 'Patunay' },
  validity: { en: 'Validity period', fil: 'Panahon ng bisa' },
  status: { en: 'Status', fil: 'Katayuan' },
  issuer: { en: 'Issuer', fil: 'Nagkaloob' },
  accreditation: { en: 'Accreditation', fil: 'Akreditasyon' },
  achievement: { en: 'Achievement', fil: 'Tagumpay' },
  recipient: { en: 'Recipient', fil: 'Tumanggap' },
  endorsements: { en: 'Endorsements', fil: 'Mga endoso' },
  stackability: { en: 'Stackability', fil: 'Pagpapatong' },
};

const TONES = {
  pass: 'ok',
  fail: 'bad',
  warning: 'warn',
  unknown: 'unk',
  not_applicable: 'unk',
  valid: 'ok',
  invalid: 'bad',
  undetermined: 'unk',
  recognised: 'ok',
  not_recognised: 'bad',
  not_shown: 'warn',
} as const;

/**
 * The answer in one sentence, then the two verdicts. Stands outside anything the badge's own text can reach.
 * @param said of `headline`, where the names that it takes are known
 */
export function banner(report: ReportView, lang: Lang, said: string = report.sentence[lang]): Html {
  const w = words(lang);
  return html`<section class="banner tone-${toneOf(report)}" aria-label="${w.result}">
<h1>${said}</h1>
<div class="pair">
<div><small>${w.the_document}</small><strong>${w[`verdict_${report.verdict}`]}</strong></div>
<div><small>${w.the_standing}</small><strong>${w[`recognition_${report.recognition}`]}</strong></div>
</div>
</section>`;
}

/** The answer about the document, small, and as little green as the banner. */
export function verdictPill(report: ReportView, lang: Lang): Html {
  return html`<span class="pill tone-${toneOf(report)}">${words(lang)[`verdict_${report.verdict}`]}</span>`;
}

/** The worse of the two answers gives the colour: a genuine but unrecognised badge is not green. */
const toneOf = ({ verdict, recognition }: ReportView): string =>
  verdict === 'valid' ? TONES[recognition] : TONES[verdict];

export function checkList(report: ReportView, lang: Lang): Html {
  return html`<h2>${words(lang).checks}</h2><ol class="checks">${checkItems(report.checks, lang)}</ol>`;
}

/** Rows of that list. */
export const checkItems = (checks: ReportView['checks'], lang: Lang): Html[] =>
  checks.map((check) => checkRow(check, lang, words(lang)));

function checkRow(check: ReportView['checks'][number], lang: Lang, w: Words): Html {
  const evidence = check.evidence && Object.keys(check.evidence).length > 0 ? check.evidence : undefined;
  return html`<li>
<span><span class="pill tone-${TONES[check.result]}">${w[`result_${check.result}`]}</span></span>
<div><h3>${CHECK_NAMES[check.check]?.[lang] ?? check.check}</h3>
<p>${check.message[lang]}</p>
<details><summary>${w.evidence}: <span class="code">${check.code}</span></summary>
${evidence && check.check === 'accreditation' && considered(evidence, lang)}
${evidence ? evidenceList(evidence) : html`<p class="note">${w.none}</p>`}</details></div>
</li>`;
}

/** What the badge says, framed as the issuer's statements. */
export function claims(view: ClaimsView, lang: Lang): Html {
  const w = words(lang);
  return html`<h2>${w.the_badge}</h2>
<div class="card"><div class="says">
<p class="note">${w.says_note}</p>
<h3>${view.name}</h3>
${view.description && html`<p>${view.description}</p>`}
${facts([
  [w.issuer, view.issuerName],
  [w.did, view.issuerId && html`<span class="code">${view.issuerId}</span>`],
  [w.awarded, when(view.awardedDate ?? view.validFrom, lang)],
  [w.valid_until, view.validUntil ? when(view.validUntil, lang) : w.no_expiry],
  [w.award_type, named('awardType', view.awardType, lang)],
  [w.regime, named('regime', view.regime, lang)],
  [w.level, level(view, lang)],
  [w.credit, credits(view.credit, lang)],
  [w.earned_by, view.criteria],
  ...basisRows(view, lang),
])}
</div></div>`;
}
