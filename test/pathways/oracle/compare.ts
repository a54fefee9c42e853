// Names the first difference between an evaluation and the oracle's answer.
import type { Evaluation } from '../../../src/pathways/model.ts';
import { amount, byCodePoint } from './amounts.ts';
import type { OracleAnswer } from './oracle.ts';

/** What is compared of an evaluation. */
export type Compared = Pick<
  Evaluation,
  'state' | 'outstanding' | 'placements' | 'total' | 'notCountable' | 'surplus' | 'exitAwards'
>;

const sorted = (list: readonly string[]): string => [...list].sort(byCodePoint).join(' ');

const placed = (list: readonly { holding: string; node: string; guise?: string }[]): string =>
  sorted(list.map(({ holding, node, guise }) => `${holding}>${node}${guise === undefined ? '' : `=${guise}`}`));

const refused = (list: readonly { holding: string; codes: readonly string[] }[]): string =>
  sorted(list.map(({ holding, codes }) => `${holding}:${[...new Set(codes)].sort().join(',')}`));

/** In every system of either; a system that is not there is 0. */
function totals(of: Readonly<Record<string, string>>, systems: readonly string[]): string {
  return systems.map((system) => `${system}=${amount(of[system] ?? '0')}`).join(' ');
}

/** undefined when there is none. */
export function differences(evaluation: Compared, answer: OracleAnswer): string | undefined {
  const systems = Object.keys(answer.total).sort();
  const pairs: [what: string, evaluated: string, expected: string][] = [
    ['state', evaluation.state, answer.state],
    ['outstanding', String(evaluation.outstanding), String(answer.outstanding)],
    ['placements', placed(evaluation.placements), placed(answer.placements)],
    ['total', totals(evaluation.total, systems), totals(answer.total, systems)],
    [
      'notCountable',
      refused(evaluation.notCountable.map((one) => ({ ...one, codes: one.reasons.map((reason) => reason.code) }))),
      refused(answer.notCountable),
    ],
    ['surplus', sorted(evaluation.surplus.map((one) => one.holding)), sorted(answer.surplus)],
    ['exitAwards', sorted(evaluation.exitAwards.map((one) => one.award)), sorted(answer.exitAwards)],
  ];
  const first = pairs.find(([, evaluated, expected]) => evaluated !== expected);
  return first && `${first[0]}: evaluated [${first[1]}], expected [${first[2]}]`;
}
