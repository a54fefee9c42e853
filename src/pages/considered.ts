import { isObject } from '#kernel';
import { type Html, html } from './html.ts';
import { nameOnly } from './labels.ts';
import { type Lang, type Words, words } from './layout.ts';
import { chainReason } from './words/chain-reasons.ts';
import { ACT } from './words/standing.ts';

const SIDES = [
  ['atAward', 'at_award'],
  ['now', 'at_present'],
] as const;

/**
 * Which grants the accreditation check looked at, and in words why one did not count. The evidence itself follows it, for
 * whoever wants the ids; what has another shape than ours is left to that.
 * @returns undefined when no grant was looked at
 */
export function considered(evidence: Readonly<Record<string, unknown>>, lang: Lang): Html | undefined {
  const w = words(lang);
  const rows = objects(evidence.parties).flatMap((party) =>
    SIDES.flatMap(([side, when]) => sideRows(party, side, w[when], lang, w)),
  );
  return rows.length === 0 ? undefined : html`<p class="dim">${w.grants_considered}</p><ul class="limits">${rows}</ul>`;
}

function sideRows(party: Record<string, unknown>, side: string, when: string, lang: Lang, w: Words): Html[] {
  const answer = party[side];
  if (!isObject(answer)) return [];
  const role = nameOnly('role', String(party.role), lang);
  const matched = objects(answer.matched).map(
    ({ grant }) =>
      html`<li>${when} · ${role}: <strong>${w.counted}</strong> <span class="code">${String(grant)}</span></li>`,
  );
  const rejected = objects(answer.rejected).map(({ grant, reason, verb }) => {
    const text = chainReason(String(reason))?.[lang];
    const act =
      typeof verb === 'string' && verb !== 'accredit' && Object.hasOwn(ACT, verb)
        ? ACT[verb as keyof typeof ACT][lang]
        : undefined;
    return html`<li>${when} · ${role}: <strong>${w.not_counted}</strong>${act && html` (${act})`}. ${text ?? html`<span class="code">${String(reason)}</span>`} <span class="code">${String(grant)}</span></li>`;
  });
  return [...matched, ...rejected];
}

const objects = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);
