// Wrong variants of the evaluator: one text of one file of src/pathways, replaced.

export interface Mutant {
  /** What it gets wrong. */
  name: string;
  file: string;
  /** Occurs exactly once in the file. */
  from: string;
  to: string;
}

const of =
  (file: string) =>
  (name: string, from: string, to: string): Mutant => ({ name, file, from, to });
const [facts, assess, conditions] = [of('facts.ts'), of('assess.ts'), of('conditions.ts')];
const [pin, within] = [of('rules/version-pin.ts'), of('rules/earned-within.ts')];
const [sums, share, grade] = [of('rules/sums.ts'), of('rules/share.ts'), of('rules/result-threshold.ts')];
const COMPARED = '(a.open > 0 ? compareLists(b.total, a.total) : 0)';

export const MUTANTS: readonly Mutant[] = [
  of('rules/current-at.ts')('not current on the last day', 'holding.expires < date', 'holding.expires <= date'),
  facts('what is awarded later counts', 'awarded > date || (', '('),
  facts('revoked counts', "state !== 'active' &&", "state !== 'active' && state !== 'revoked' &&"),
  facts('suspended counts', "state !== 'active' &&", "state !== 'active' && state !== 'suspended' &&"),
  facts('provisional is sure', "|| completion === 'provisional'", ''),
  facts('a decision ends before its last day', 'date > validUntil', 'date >= validUntil'),
  facts('a decision begins after its first day', 'date < validFrom', 'date <= validFrom'),
  within('a window closed at the start', 'awarded > daysBefore(date', 'awarded >= daysBefore(date'),
  within('a span as long as the period', 'daysBefore(last, period) >= first', 'daysBefore(last, period) > first'),
  conditions('the cap of a decision ignored', '* each > most', '* each > most * 1000'),
  conditions('the cap of a decision not reached', '* each > most', '* each >= most'),
  conditions('truncation ignored', 'cut + Math.max(0, sum - slot.demand.truncate!)', 'cut'),
  conditions('a capstone after, not on, the day', 'fact.holding.awarded > last', 'fact.holding.awarded >= last'),
  conditions('credit carried in beyond its most', ', check.carry.get(system) ?? 0)', ')'),
  of('search-state.ts')('counted twice', '[award, fact.holding.achievement, ...guise.achievements]', '[award]'),
  of('search-state.ts')(
    'twice by what it stands for',
    'fact.holding.achievement, ...guise.achievements',
    'fact.holding.achievement',
  ),
  assess('late expiry first', 'compareLists(a.expires, b.expires)', 'compareLists(b.expires, a.expires)'),
  assess('most credit ignored while unmet', COMPARED, '0'),
  assess('last ids first', 'compareLists(ranks(a), ranks(b))', 'compareLists(ranks(b), ranks(a))'),
  sums(
    'a share of a stated total by division',
    'sign * WHOLE * part(one), atLeast: sign * share',
    'sign * part(one), atLeast: sign * (share / WHOLE)',
  ),
  sums(
    'a share of the counted by division',
    '(WHOLE * part(one) - percent * whole(one))',
    '(part(one) - (percent * whole(one)) / WHOLE)',
  ),
  sums('a least share of nothing', '[form, { of: whole, atLeast: 1n }] : [form]', '[form] : [form]'),
  share('one provider: no limit without values', 'return valuesIn(node, candidates)', 'return [].slice(0)'),
  of('rules/sequence.ts')('sequence ignored', "late ? 'sequence' : undefined", 'undefined'),
  of('rules/sequence.ts')('sequence not on one day', 'first > candidate.fact', 'first >= candidate.fact'),
  of('rules/prerequisite.ts')('a prerequisite not on one day', 'first <= candidate.fact', 'first < candidate.fact'),
  pin('a transition by the other day', "transition.by === 'evaluation'", "transition.by !== 'evaluation'"),
  pin('a transition without its last day', 'day <= transition', 'day < transition'),
  grade('a result has to be better', '?? -1) >= 0', '?? -1) > 0'),
  grade('no result passes', '?? -1) >= 0', '?? 0) >= 0'),
  grade('bad grades left out', "node.basis !== 'matched'", 'true'),
  of('rules/level-floor.ts')('above the level', 'holding.level >= min', 'holding.level > min'),
  of('rules/supervision-floor.ts')(
    'above the supervision',
    'supervision) >= SUPERVISION',
    'supervision) > SUPERVISION',
  ),
  of('rules/assessed-only.ts')('not stated is assessed', 'assessed === true', 'assessed !== false'),
  of('rules/accredited-at-award.ts')('unknown is accredited', "mode === 'hopeful' ? undefined", 'mode ? undefined'),
  of('rules/single-use.ts')('used elsewhere counts', 'across.includes(target)', 'false'),
  of('rules/credit-max.ts')('the most itself is too much', 'sum > parseAmount(max)', 'sum >= parseAmount(max)'),
  of('rules/no-overlap.ts')('overlap only within', 'overlap(mode, one, other)', "overlap('subset', one, other)"),
  of('rules/per-period-min.ts')('periods that overlap', 'holding.awarded > start', 'holding.awarded >= start'),
  of('rules/residency-min.ts')('residency anywhere', 'those.includes(fact.holding.provider)', 'true'),
  of('compile.ts')('the nearest conferrer ignored', 'nearest ?? [conferrer]', '[conferrer]'),
  of('compile.ts')(
    'an advisory filter refuses',
    "kind.role === 'filter' && node.binding === 'Mandatory'",
    "kind.role === 'filter'",
  ),
  of('plan.ts')(
    'half an alternative counts',
    'child === view.forced || child.slots.some(view.took)',
    'child === view.forced',
  ),
  of('finder.ts')('anybody decides', '!one.decidedBy ||', 'true ||'),
  of('finder.ts')('who decided is enough', '!one.decisions ||', 'true ||'),
  of('options.ts')('stated is as good as verified', 'carried: { sure: carried,', 'carried: { sure: hoped,'),
  of('unknown-decisions.ts')('an unknown decision is a no', "state === 'undecided' ||", "state !== 'met' ||"),
  of('unknown-decisions.ts')(
    'an unknown decision inside a not',
    "state === 'met' ? closedUnits(unit)",
    "state === 'met' ? []",
  ),
  of('unknown-decisions.ts')(
    'an unknown decision about nothing',
    "!facts.some(({ standing }) => standing !== 'never')",
    'false',
  ),
  of('solve.ts')('not: unknown is the same inside', 'leaf.negated ? other : mode', 'mode'),
  of('candidates.ts')('any version of an item', '!version ||', '!version || true ||'),
  of('evaluate.ts')('a lesser award by what is hoped', "solve(unit, world, 'sure'", "solve(unit, world, 'hopeful'"),
];
