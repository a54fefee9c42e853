import type { AttestationReport } from '#attestations';
import { fill, type Html, html } from './html.ts';
import { facts, type Lang, langParameter, when, words } from './layout.ts';
import { ATTESTATION } from './words/attestation.ts';
import { HEADLINE } from './words/headline.ts';

/** The report of an attestation, as people see it. */
export type AttestationView = Omit<AttestationReport, 'kind'>;

const TONES = { valid: 'ok', invalid: 'bad', undetermined: 'unk' } as const;

/**
 * What a printed code says: never green as a whole, because the badge itself was not looked at, and nothing is fetched before
 * somebody asks for it.
 */
export function attestation(view: AttestationView, lang: Lang): Html {
  const w = (name: keyof typeof ATTESTATION) => ATTESTATION[name][lang];
  const { statement, signature } = view;
  return html`<section class="banner tone-${toneOf(view)}" aria-label="${words(lang).result}">
<h1>${view.sentence[lang]}</h1>
<p class="why">${view.advice[lang]}</p>
<div class="pair">
<div><small>${w('signature')}</small><strong>${w(signature)}</strong></div>
<div><small>${w('theBadge')}</small><strong>${w('notChecked')}</strong></div>
</div>
</section>
${statement && html`<p class="called"><small>${HEADLINE.called[lang]}</small> <q>${statement.name}</q></p>`}
<p class="note">${words(lang).checked_at} ${when(view.checkedAt, lang)} · <span class="code">${view.code}</span></p>
${signature !== 'invalid' && fullCheck(view, lang)}
${statement && stated(view.issuerId, statement, lang)}`;
}

/** The worse of what it says and how old that is. */
function toneOf({ signature, statement }: AttestationView): string {
  if (!statement) return TONES[signature];
  if (statement.status === 'revoked') return 'bad';
  return statement.status === 'suspended' || statement.old ? 'warn' : 'unk';
}

/** A link of our own: an address from a piece of paper is fetched by the guarded client, never by the reader's browser. */
function fullCheck({ badge, signature }: AttestationView, lang: Lang): Html {
  const href = `/verify?url=${encodeURIComponent(badge)}&${langParameter(lang)}`;
  return html`<div class="card">
<p><a href="${href}"><strong>${ATTESTATION.check[lang]}</strong></a></p>
<p class="note">${fill(ATTESTATION.checkNote[lang], { address: html`<span class="code">${badge}</span>` })}</p>
${signature === 'undetermined' && html`<p class="note">${ATTESTATION.unproven[lang]}</p>`}
</div>`;
}

function stated(issuer: string, statement: NonNullable<AttestationView['statement']>, lang: Lang): Html {
  const w = (name: keyof typeof ATTESTATION) => ATTESTATION[name][lang];
  const { asOf, old, status, name, awarded, validUntil, recipient, achievement, sha256 } = statement;
  const code = (text: string) => html`<span class="code">${text}</span>`;
  return html`<h2>${w('states')}</h2>
<div class="card"><div class="says">
<p class="note">${w('statesNote')}</p>
<h3>${name}</h3>
${facts([
  [w('status'), w(status)],
  [w('asOf'), html`${when(asOf, lang)}${old && html` (${w('old')})`}`],
  [w('recipient'), recipient ?? w('notReleased')],
  [words(lang).awarded, when(awarded, lang)],
  [words(lang).valid_until, validUntil ? when(validUntil, lang) : words(lang).no_expiry],
  [words(lang).did, code(issuer)],
  [w('achievement'), code(achievement)],
  [w('digest'), code(sha256)],
])}
</div></div>`;
}
