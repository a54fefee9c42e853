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

const instances: { input: EvaluationInput; answer: OracleAnswer }[] = [];
function instance(at: number) {
  for (let next = instances.length; next <= at; next++) {
    const input = generate(FROM + next);
    instances.push({ input, answer: oracle(input) });
  }
  return instances[at]!;
}

type Evaluate = (input: EvaluationInput) => Compared;

/** @param mutant -1 for the evaluator as it is */
async function told(mutant: number, count: number): Promise<{ instance: number; difference: string } | undefined> {
  const { evaluate } = (await import(`${ROOM}evaluate.ts${MARK}${mutant}`)) as { evaluate: Evaluate };
  for (let at = 0; at < count; at++) {
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
