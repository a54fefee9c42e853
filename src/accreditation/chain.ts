import { type MismatchReason, matchGrant, type Question, scopeContains, scopeMismatch, standing } from './match.ts';
import type { Grant, Register } from './model.ts';
import type { AccreditationScope } from './ports.ts';

export type ChainReason =
  | MismatchReason
  | 'self_granted'
  | 'wider_than_parent'
  | 'loop'
  | 'too_deep'
  | 'no_parent'
  | `parent_${Exclude<MismatchReason, 'role'>}`;

export interface Matched {
  grant: string;
  accreditor: string;
  /** Ids of the grants from the trust anchor down to this one. */
  chain: string[];
}

export interface Rejected {
  grant: string;
  accreditor: string;
  reason: ChainReason;
}

type Up = { ok: true; chain: string[] } | { ok: false; reason: ChainReason };

/** The registers collected so far, and what follows from them on one day. Pure. */
export function judge(
  known: ReadonlyMap<string, Register>,
  anchors: readonly string[],
  issuer: string,
  question: Question,
  maxDepth: number,
) {
  const delegations = new Map<string, { grant: Grant; register: Register }[]>();
  for (const register of known.values()) {
    for (const grant of register.grants) {
      if (grant.role !== 'Accredit') continue;
      const list = delegations.get(grant.accredited) ?? [];
      list.push({ grant, register });
      delegations.set(grant.accredited, list);
    }
  }

  /** From an authority up to a trust anchor, every link in force on the day and containing the scope below it. */
  const climb = (authority: string, inner: AccreditationScope | Question, path: readonly string[]): Up => {
    if (anchors.includes(authority)) return { ok: true, chain: [] };
    if (path.length >= maxDepth) return { ok: false, reason: 'too_deep' };
    let reason: ChainReason = 'no_parent';
    for (const { grant, register } of delegations.get(authority) ?? []) {
      if (grant.accreditor === authority || path.includes(grant.accreditor)) {
        reason = 'loop';
        continue;
      }
      const state = standing(grant, register.events, question.day);
      if (grant.verb !== 'accredit' || state !== 'in_force') {
        reason = grant.verb !== 'accredit' ? 'parent_verb' : (`parent_${state}` as ChainReason);
        continue;
      }
      const fitting = grant.scope.filter((outer) =>
        'role' in inner ? !scopeMismatch(outer, inner) : scopeContains(outer, inner),
      );
      if (fitting.length === 0) reason = 'wider_than_parent';
      for (const outer of fitting) {
        const up = climb(grant.accreditor, outer, [...path, grant.accreditor]);
        if (up.ok) return { ok: true, chain: [...up.chain, grant.id] };
        reason = up.reason;
      }
    }
    return { ok: false, reason };
  };

  const matched: Matched[] = [];
  const rejected: Rejected[] = [];
  let listed = false;
  for (const register of known.values()) {
    for (const grant of register.grants) {
      if (grant.accredited !== issuer) continue;
      listed = true;
      const verdict = matchWithChain(grant, register);
      const at = { grant: grant.id, accreditor: grant.accreditor };
      if ('chain' in verdict) matched.push({ ...at, chain: verdict.chain });
      else rejected.push({ ...at, reason: verdict.reason });
    }
  }

  function matchWithChain(grant: Grant, register: Register): { chain: string[] } | { reason: ChainReason } {
    if (grant.accreditor === issuer && !anchors.includes(issuer)) return { reason: 'self_granted' };
    const first = matchGrant(grant, register.events, question);
    if (!first.matched) return { reason: first.reason };
    let reason: ChainReason = 'no_parent';
    for (const item of grant.scope.filter((scope) => !scopeMismatch(scope, question))) {
      const up = climb(grant.accreditor, item, [grant.accreditor]);
      if (up.ok) return { chain: [...up.chain, grant.id] };
      reason = up.reason;
    }
    return { reason };
  }

  return {
    matched,
    rejected,
    /** The issuer stands in at least one register, with whatever grant. */
    listed,
    /** Whether a register of this authority, had it answered, could have given a yes. */
    couldAnswer: (authority: string): boolean => climb(authority, question, [authority]).ok,
  };
}
