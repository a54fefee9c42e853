// node test/pathways/oracle/mutants-process.ts [COUNT]: which wrong variants of the evaluator the oracle tells, and by
// which instance. Modules are replaced as they are loaded; no file is written. Prints JSON.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { EvaluationInput } from '../../../src/pathways/model.ts';
import { type Compared, differences } from './compare.ts';
import { generate } from './generate.ts';
import { MUTANTS } from './mutants.ts';
import { type OracleAnswer, oracle } from './oracle.ts';

const [FROM, COUNT] = [2_003_000, Number(process.argv[2] ?? 4_000)];
/** Compared for the evaluator as it is. */
const CONTROL = 500;
/** Asked first: each tells a variant that hardly any other of those before it tells. Where they no longer do, others are found. */
const RARE = [3995, 2323, 1778, 1091, 897, 686, 585, 406, 345, 320, 284, 277, 268, 215, 187, 174, 169, 163, 137, 127];
const ROOM = `${pathToFileURL(`${import.meta.dirname}/../../../src/pathways`).href}/`;
const MARK = '?mutant=';

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const [, mutant] = context.parentURL?.split(MARK) ?? [];
    if (mutant === undefined || !found.url.startsWith(ROOM)) return found;
    return { ...found, url: `${found.url}${MARK}${mutant}` };
  },
  load(url, context, next) {
    const [path = '', mutant] = url.split(MARK);
    const loaded = next(url, context);
    const { file, from, to } = MUTANTS[Number(mutant ?? -1)] ?? {};
    return path === `${ROOM}${file}` ? { ...loaded, source: String(loaded.source).replace(from!, () => to!) } : loaded;
  },
});

const instances = new Map<number, { input: EvaluationInput; answer: OracleAnswer }>();
function instance(at: number) {
  let made = instances.get(at);
  if (!made) {
    const input = generate(FROM + at);
    made = { input, answer: oracle(input) };
    instances.set(at, made);
  }
  return made;
}

/** The rare ones, and then all from the first. */
function* places(count: number): Generator<number> {
  yield* RARE;
  for (let at = 0; at < count; at++) yield at;
}

type Evaluate = (input: EvaluationInput) => Compared;

/** @param mutant -1 for the evaluator as it is */
async function told(mutant: number, count: number): Promise<{ instance: number; difference: string } | undefined> {
  const { evaluate } = (await import(`${ROOM}evaluate.ts${MARK}${mutant}`)) as { evaluate: Evaluate };
  for (const at of places(count)) {
    const { input, answer } = instance(at);
    const difference = differences(evaluate(input), answer);
    if (difference !== undefined) return { instance: at, difference };
  }
  return undefined;
}

const occurrences = ({ file, from }: (typeof MUTANTS)[number]) =>
  readFileSync(new URL(file, ROOM), 'utf8').split(from).length - 1;

const mutants = [];
const control = await told(-1, CONTROL);
for (const [at, mutant] of MUTANTS.entries()) {
  mutants.push({ name: mutant.name, occurrences: occurrences(mutant), told: (await told(at, COUNT)) ?? null });
}
console.log(JSON.stringify({ control: control ?? null, mutants }));
