// Short words for hand-made cases.
import { expect, it } from 'vitest';
import type { EquivalenceDecision, EvaluationInput, Holding } from '../../../src/pathways/model.ts';
import type { Item, RuleNode } from '../../../src/pathways/rule-model.ts';
import { oracle } from './oracle.ts';

/** The evaluation day of every case that states none. */
export const DAY = '2026-02-28';

/** What most cases expect. */
export const MET = { state: 'met', outstanding: 0 };
export const open = (outstanding: number) => ({ state: 'unmet', outstanding });

type Rest = Record<string, unknown>;

/** A node; its id is its kind unless stated. */
export const n = (kind: RuleNode['kind'], rest: Rest = {}): RuleNode =>
  ({
    id: kind,
    text: { en: 'x', fil: 'x' },
    source: 'x',
    binding: 'Mandatory',
    realism: 'Illustrative',
    kind,
    ...rest,
  }) as RuleNode;

export const all = (...children: RuleNode[]): RuleNode => n('allOf', { id: 'all', children });
export const allAs = (id: string, ...children: RuleNode[]): RuleNode => n('allOf', { id, children });
export const any = (...children: RuleNode[]): RuleNode => n('anyOf', { id: 'any', children });
export const not = (child: RuleNode): RuleNode => n('not', { id: 'not', children: [child] });

/** `A` is an achievement, `A:1` one in version 1, `#c` a code. */
export const items = (...list: string[]): Item[] =>
  list.map((text) => {
    if (text.startsWith('#')) return { code: text.slice(1) };
    const [achievement, version] = text.split(':');
    return { achievement, ...(version === undefined ? {} : { version: [version] }) };
  });
export const req = (id: string, ...list: string[]): RuleNode => n('requireAll', { id, items: items(...list) });
/** A credit slot for everything with a level of 1 to 9, unless it selects. */
export const credit = (id: string, min: string, rest: Rest = {}): RuleNode =>
  n('creditMin', { id, system: 'U', min, select: { level: { from: 1, to: 9 } }, ...rest });
export const sum = (min: string, rest: Rest = {}): RuleNode => n('creditMin', { id: 'sum', system: 'U', min, ...rest });
/** At least one of everything: takes what there is. */
export const pick = (id: string, min: number, rest: Rest = {}): RuleNode =>
  n('chooseN', { id, min, select: { level: { from: 1, to: 9 } }, ...rest });

export const h = (id: string, achievement: string, rest: Partial<Holding> = {}): Holding => ({
  id,
  awardId: id,
  achievement,
  provider: 'p',
  level: 5,
  competencies: [],
  credit: { U: '3' },
  awarded: '2025-06-01',
  state: 'active',
  accredited: [],
  ...rest,
});

export const decision = (
  id: string,
  from: string,
  to: EquivalenceDecision['to'],
  rest: Partial<EquivalenceDecision> = {},
): EquivalenceDecision => ({
  id,
  from: { achievement: from },
  to,
  credit: { system: 'U', value: '3' },
  validFrom: '2020-01-01',
  ...rest,
});
export const specified = (achievement: string): EquivalenceDecision['to'] => ({ mode: 'specified', achievement });
export const accept = (...decisions: string[]): RuleNode => n('equivalence', { decisions });

export interface Expected {
  state?: string;
  outstanding?: number;
  advisory?: number;
  /** `holding>node`, with `=decision` for a guise. */
  placed?: string[];
  total?: Record<string, string>;
  not?: Record<string, string[]>;
  surplus?: string[];
  exits?: string[];
}

export function expectCase(
  name: string,
  root: RuleNode,
  holdings: Holding[],
  expected: Expected,
  rest: Partial<EvaluationInput> & { systems?: string[] } = {},
): void {
  it(name, () => {
    const { systems, ...input } = rest;
    const pathway = { id: 'w', name: 'x', version: '1', conferrer: 'p', ...(systems ? { systems } : {}), root };
    const answer = oracle({ pathway, holdings, date: DAY, ...input });
    const seen: Required<Expected> = {
      state: answer.state,
      outstanding: answer.outstanding,
      advisory: answer.advisoryOutstanding,
      placed: answer.placements.map(
        (one) => `${one.holding}>${one.node}${one.guise === undefined ? '' : `=${one.guise}`}`,
      ),
      total: answer.total,
      not: Object.fromEntries(answer.notCountable.map((one) => [one.holding, one.codes])),
      surplus: answer.surplus,
      exits: answer.exitAwards,
    };
    const asked = Object.fromEntries(Object.keys(expected).map((key) => [key, seen[key as keyof Expected]]));
    expect(asked).toEqual(expected);
  });
}
