import type { Text } from '#kernel';
import { fill, type Html, html } from '../html.ts';
import { type Lang, langQuery, longDay, type Site, when, words } from '../layout.ts';
import { GUARDIAN } from '../words/guardian.ts';
import { HOLDER } from '../words/holder.ts';
import { actionForm, type FormOf, hidden } from './forms.ts';
import { releaseForm } from './release.ts';
import type { MyBadge, MyIdentifier } from './views.ts';

/** What was proven, in words. */
export function kindOf({ kind, institution = '' }: MyIdentifier, lang: Lang): string {
  if (kind === 'email') return HOLDER.kindEmail[lang];
  return kind === 'did' ? HOLDER.kindDid[lang] : HOLDER.kindNumber[lang].replace('{institution}', institution);
}

const TONES = { valid: 'ok', undetermined: 'unk', invalid: 'bad' } as const;
const STATE_TONES = { active: 'unk', suspended: 'warn', revoked: 'bad' } as const;

/** One award: what it is, how it stands, and what can be done with it. @param why the session reaches it; `{what}` was proven */
export function badgeOf(site: Site, badge: MyBadge, of: FormOf, why: Text = HOLDER.boundBy): Html {
  const { lang } = site;
  const w = words(lang);
  const { verdict, state } = badge;
  const path = `/credentials/${badge.id}`;
  const what = html`${kindOf(badge.boundBy, lang)} <span class="code">${badge.boundBy.value}</span>`;
  return html`<h3>${badge.name}</h3>
<p>${verdict ? html`<span class="pill tone-${TONES[verdict.verdict]}">${verdict.sentence[lang]}</span>` : html`<span class="pill tone-${STATE_TONES[state]}">${w[state]}</span>`}</p>
<p><a href="/institutions/${badge.issuerSlug}${langQuery(lang)}">${badge.issuerName}</a> · ${when(badge.awardedDate, lang)}</p>
<p class="note">${fill(why[lang], { what })}</p>
<p><a href="${path}${langQuery(lang)}">${HOLDER.openPage[lang]}<span class="visually-hidden"> ${badge.name}</span></a></p>
${badge.guardianUntil === undefined ? decisions(of, badge) : minorNote(badge.guardianUntil, lang)}`;
}

function decisions(of: FormOf, badge: MyBadge): Html {
  const taking = actionForm(of, 'offer', HOLDER.toWallet[of.lang], hidden('badge', badge.id), false);
  return html`${badge.state === 'active' && taking}
${releaseForm(of, badge)}`;
}

const minorNote = (until: string, lang: Lang): Html =>
  html`<p class="note">${fill(GUARDIAN.minor[lang], { day: longDay(until, lang) })}</p>`;
