// node test/pathways/oracle/run.ts --from SEED --count N [--stub right|wrong]
// Compares the evaluator with the oracle on random instances; ends with 1 after five differences.
import { parseArgs } from 'node:util';
import type { EvaluationInput } from '../../../src/pathways/model.ts';
import type { RuleNode } from '../../../src/pathways/rule-model.ts';
import { type Compared, differences } from './compare.ts';
import { generate } from './generate.ts';
import { oracle } from './oracle.ts';
import { isCheck, isComposite, isSlot } from './tree.ts';

/** What the evaluator says of its proof; a stub says nothing. */
interface Evaluated extends Compared {
  proved?: { verdict: boolean; objective: boolean; tieBreak: boolean };
}
export type Evaluate = (input: EvaluationInput) => Evaluated;

/** The oracle in the shape of an evaluation, with `shift` more outstanding: a test of the plumbing. */
export function stub(shift = 0): Evaluate {
  return (input) => {
    const answer = oracle(input);
    return {
      ...answer,
      outstanding: answer.outstanding + shift,
      placements: answer.placements.map((one) => ({ ...one, items: [] })),
      notCountable: answer.notCountable.map(({ holding, codes }) => ({
        holding,
        reasons: codes.map((code) => ({ code, text: { en: '', fil: '' } })),
      })),
      surplus: answer.surplus.map((holding) => ({ holding, reasons: [] })),
      exitAwards: answer.exitAwards.map((award) => ({ award, node: '' })),
    };
  };
}

/** The first difference; what the evaluator leaves unproved is not compared. */
function differs(input: EvaluationInput, evaluate: Evaluate, unproved = { count: 0 }): string | undefined {
  const answer = oracle(input);
  try {
    const evaluated = evaluate(input);
    const { proved } = evaluated;
    if (proved === undefined || (proved.verdict && proved.objective && proved.tieBreak)) {
      return differences(evaluated, answer);
    }
    unproved.count++;
    if (!proved.verdict || evaluated.state === answer.state) return undefined;
    return `state: evaluated [${evaluated.state}], expected [${answer.state}]`;
  } catch (error) {
    // Also an evaluation that is not of the shape that is compared.
    return `throws: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every tree with one child fewer that may still be saved: only what nothing else rests on is left out. */
function smallerTrees(root: RuleNode): RuleNode[] {
  if (!('children' in root)) return [];
  const { children } = root;
  const but = (list: RuleNode[]): RuleNode => ({ ...root, children: list }) as RuleNode;
  const light = (node: RuleNode): boolean => isCheck(node) || !(isSlot(node) || isComposite(node));
  const fewer = children.flatMap((child, index) =>
    root.kind === 'allOf' && (light(child) || child.kind === 'not') ? [but(children.toSpliced(index, 1))] : [],
  );
  const deeper = children.flatMap((child, index) =>
    smallerTrees(child).map((smaller) => but(children.toSpliced(index, 1, smaller))),
  );
  return [...fewer, ...deeper];
}

/** Leaves out holdings and nodes as long as it still differs in the same respect. */
function smallest(input: EvaluationInput, evaluate: Evaluate): EvaluationInput {
  const respect = (one: EvaluationInput): string | undefined => differs(one, evaluate)?.split(':')[0];
  const wanted = respect(input);
  const { pathway, holdings } = input;
  const candidates: EvaluationInput[] = [
    ...holdings.map((_, index) => ({ ...input, holdings: holdings.toSpliced(index, 1) })),
    ...smallerTrees(pathway.root).map((root) => ({ ...input, pathway: { ...pathway, root } })),
  ];
  const still = candidates.find((one) => respect(one) === wanted);
  return still === undefined ? input : smallest(still, evaluate);
}

export interface Outcome {
  instances: number;
  differences: number;
  unproved: number;
}

export function run(from: number, count: number, evaluate: Evaluate, print: (line: string) => void): Outcome {
  const unproved = { count: 0 };
  let found = 0;
  for (let seed = from; seed < from + count; seed++) {
    const input = generate(seed);
    const difference = differs(input, evaluate, unproved);
    if (difference === undefined) continue;
    const small = smallest(input, evaluate);
    print(`seed ${seed}: ${difference}`);
    print(`  smaller: ${differs(small, evaluate)}`);
    print(JSON.stringify(small));
    print(`  expected ${JSON.stringify(oracle(small))}`);
    if (++found >= 5) return { instances: seed - from + 1, differences: found, unproved: unproved.count };
  }
  return { instances: count, differences: found, unproved: unproved.count };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: '1' },
      count: { type: 'string', default: '20000' },
      stub: { type: 'string' },
    },
  });
  // By name at run time: the oracle itself rests on the data contract only.
  const load = async (): Promise<Evaluate> => {
    const pathways = (await import('#pathways')) as unknown as { evaluate: Evaluate };
    return pathways.evaluate;
  };
  const evaluate = values.stub === undefined ? await load() : stub(values.stub === 'wrong' ? 1 : 0);
  const start = performance.now();
  const outcome = run(Number(values.from), Number(values.count), evaluate, console.log);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `from seed ${values.from}: ${outcome.instances} instances, ${outcome.differences} differences, ` +
      `${outcome.unproved} not wholly proved, ${Math.round(outcome.instances / seconds)} a second`,
  );
  process.exitCode = outcome.differences > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) await main();
