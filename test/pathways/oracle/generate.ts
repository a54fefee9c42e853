// One small random instance for every seed.
import type { EvaluationInput } from '../../../src/pathways/model.ts';
import { assignments, options } from './enumerate.ts';
import { decisionsFor, holdingsFor } from './generate-holdings.ts';
import { treeFor } from './generate-tree.ts';
import { worldOf } from './oracle.ts';
import { type Random, seeded } from './random.ts';
import { systemsOf, treeOf } from './tree.ts';
import { ACHIEVEMENTS, BODIES, DATES } from './vocabulary.ts';

/** An instance with more assignments is not used: another is drawn. */
const MOST = 8_000;

export function generate(seed: number): EvaluationInput {
  const random = seeded(seed);
  for (;;) {
    const date = random.pick(DATES);
    const root = treeFor({ random, date, made: 0 });
    const tree = treeOf(root);
    const items = tree.nodes.flatMap((node) => ('items' in node ? (node.items ?? []) : []));
    const asked = items.flatMap((item) => item.achievement ?? []);
    const holdings = holdingsFor(random, date, asked);
    const named = tree.nodes.flatMap((node) => (node.kind === 'equivalence' ? (node.decisions ?? ['urn:d:4']) : []));
    const decisions = decisionsFor(random, date, [...new Set(named)], holdings, [
      ...ACHIEVEMENTS,
      ...asked,
      ...asked,
      ...asked,
    ]);
    const systems = systemsOf(tree);
    const carries = tree.nodes.some((node) => node.kind === 'carryOver');
    const input: EvaluationInput = {
      pathway: {
        id: 'urn:p:1',
        name: 'x',
        version: '1',
        conferrer: BODIES[0]!,
        ...(random.chance(0.3) ? { systems: random.some(systems, systems.length, systems.length) } : {}),
        root,
      },
      holdings,
      date,
      ...(decisions.length > 0 ? { decisions } : {}),
      ...(named.length > 0 && random.chance(0.15) ? { unknownDecisions: [random.pick([...named, 'urn:d:5'])] } : {}),
      ...carriedFor(random, carries),
    };
    const world = { ...worldOf(input), hopeful: true };
    if (assignments(options(world, tree.slots.get(root.id)!)) <= MOST) return input;
  }
}

/** Verified, only stated, or both. */
function carriedFor(random: Random, carries: boolean): Pick<EvaluationInput, 'carried' | 'carriedStated'> {
  if (!random.chance(carries ? 0.9 : 0.1)) return {};
  const some = () => ({ UNIT: random.pick(['0.5', '1', '1.5', '3']) });
  const both = { carried: some(), carriedStated: some() };
  return random.pick([{ carried: both.carried }, { carriedStated: both.carriedStated }, both]);
}
