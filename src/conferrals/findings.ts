import { canonicalJson, type Json, sha256Hex, type Text } from '#kernel';
import type { Stack } from '#verifier';
import type { ComponentRecord, Finding } from './ports.ts';

/** What a second look found: that all is as it was, what is no longer, or that it could not be found out. */
export type Look = { kind: 'holds' } | { kind: 'lost'; findings: Finding[] } | { kind: 'unknown'; note: string };

const TEXTS: Record<'not_genuine' | 'not_met' | 'pathway', Text> = {
  not_genuine: {
    en: 'This component no longer verifies.',
    fil: 'Hindi na napatutunayan ang bahaging ito.',
  },
  not_met: {
    en: 'Without what was lost the requirements are no longer met.',
    fil: 'Kung wala ang nawala, hindi na natutugunan ang mga kahingian.',
  },
  pathway: {
    en: 'The pathway itself no longer verifies.',
    fil: 'Hindi na napatutunayan ang landas mismo.',
  },
};

/**
 * Compares a stack verified again with the award that rests on it. Only what is known counts as lost: an address that does not
 * answer takes nothing from anybody.
 * @param asked ids of the credentials in the order in which they were verified
 */
export function lookAt(
  { report, input }: Stack,
  asked: readonly string[],
  components: readonly ComponentRecord[],
): Look {
  if (!input || !report.evaluation) {
    if (report.pathway.verdict === 'undetermined') return { kind: 'unknown', note: `pathway: ${report.pathway.code}` };
    return { kind: 'lost', findings: [{ code: 'pathway', text: TEXTS.pathway }] };
  }
  const findings: Finding[] = [];
  const unknown: string[] = [];
  const states = new Map(input.holdings.map(({ id, state }) => [id, state]));
  const reasons = new Map(report.evaluation.notCountable.map((one) => [one.holding, one.reasons]));
  for (const { credential } of components) {
    const state = states.get(credential);
    if (state === undefined) {
      // Its id is only reported while its proof holds, so it is found by its place: what another one is says nothing of it.
      const mine = report.credentials.find(({ index }) => asked[index] === credential);
      if (mine?.verdict === 'undetermined') unknown.push(credential);
      else findings.push({ credential, code: 'not_genuine', text: TEXTS.not_genuine });
    } else if (state === 'unknown') unknown.push(credential);
    else {
      for (const { code, text } of reasons.get(credential) ?? []) {
        if (code === 'unknown') unknown.push(credential);
        else findings.push({ credential, code, text });
      }
    }
  }
  if (findings.length > 0) {
    if (report.outcome === 'unmet') findings.push({ code: 'not_met', text: TEXTS.not_met });
    return { kind: 'lost', findings };
  }
  if (unknown.length > 0) return { kind: 'unknown', note: `not found out: ${[...new Set(unknown)].join(', ')}` };
  if (report.outcome === 'unmet') return { kind: 'lost', findings: [{ code: 'not_met', text: TEXTS.not_met }] };
  return report.outcome === 'met' ? { kind: 'holds' } : { kind: 'unknown', note: `the stack is ${report.outcome}` };
}

/** Equal for the same findings: a review that accepted them is not asked again. */
export function findingsDigest(findings: readonly Finding[]): string {
  const rows = findings.map(({ credential, code }) => [credential ?? '', code]);
  return sha256Hex(canonicalJson(rows.map((row) => row.join(' ')).sort() as Json));
}
