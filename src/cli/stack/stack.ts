import { dayIn, type FieldError, isDay, type Json, Problem, parseStrictJsonBytes, refuseBadFields } from '#kernel';
import { checkCarried, evaluate, readPathway } from '#pathways';
import { command, type Io, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { visible } from '../failure.ts';
import { readBytes } from '../read-text.ts';
import { readDecisions } from './decisions.ts';
import { checkDocuments, type Documents } from './documents.ts';
import { readHoldings } from './holdings.ts';
import { words } from './words.ts';

/** Far more than the most holdings there may be. */
const BUDGET = { bytes: 32 * 1024 * 1024, keys: 500_000 };

export const stack = command({
  operands: {},
  options: {
    pathway: { value: 'FILE', required: true, says: 'The pathway, or its signed document' },
    holdings: { value: 'FILE', required: true, says: 'A list of badges, signed or as plain records' },
    decisions: { value: 'FILE', says: 'Equivalence decisions: a list, or signed ones' },
    carried: { value: 'FILE|JSON', says: 'Credit carried over, {system: amount}' },
    documents: { value: 'FILE', says: 'What badges refer to, {address: document}' },
    anchor: { value: 'DID', many: true, says: 'An authority whose register is trusted' },
    at: { value: 'DAY', says: 'Day of the evaluation, YYYY-MM-DD; default today' },
  },
  summary: 'Says what badges add up to under a pathway, and why',
  about: 'Nothing is fetched: what badges refer to is looked up in --documents. One FILE may be - for standard input.',
  examples: [
    'stack --pathway pathway.json --holdings badges.json',
    'stack --pathway pathway.json --holdings - --json < badges.json',
  ],
  exits: { 0: 'the pathway is met', 1: 'it is not met, or waits for what could not be found out' },

  async run({ values, json }, io) {
    const { at: date = dayIn(new Date()), decisions, carried } = values;
    if (!isDay(date)) throw new UsageError('--at must be a day that exists, YYYY-MM-DD');
    const files = {
      pathway: values.pathway,
      holdings: values.holdings,
      ...(decisions === undefined ? {} : { decisions }),
      ...(values.documents === undefined ? {} : { documents: values.documents }),
      ...(carried === undefined || carried.startsWith('{') ? {} : { carried }),
    };
    if (Object.values(files).filter((file) => file === '-').length > 1) {
      throw new UsageError('only one file can be standard input');
    }
    const faults: string[] = [];
    const read = reading(io, faults);
    const pathway = await read('pathway', files.pathway, readPathway);
    const documents =
      files.documents === undefined ? {} : await read('documents', files.documents, checked<Documents>(checkDocuments));
    const held =
      documents && (await read('holdings', files.holdings, (json) => readHoldings(json, documents, values.anchor)));
    const decided =
      files.decisions === undefined
        ? { decisions: [], signed: 0 }
        : await read('decisions', files.decisions, readDecisions);
    const credit =
      carried === undefined
        ? {}
        : await parsed(
            'carried',
            carried.startsWith('{') ? Buffer.from(carried) : await readBytes(carried, io),
            faults,
            checked<Record<string, string>>(checkCarried),
          );
    const evaluation =
      pathway &&
      held &&
      decided &&
      credit &&
      judge(faults, { ...pathway, holdings: held.holdings, decisions: decided.decisions, carried: credit, date });
    if (!evaluation) {
      const errors = faults.map((detail) => ({ pointer: '', detail }));
      const problem = new Problem('invalid-request', faults[0] ?? '', { errors }).toDocument();
      if (json) io.err(`${JSON.stringify(problem)}\n`);
      else io.err(faults.map((fault) => `${visible(fault)}\n`).join(''));
      return EXIT.usage;
    }
    const warnings = [
      ...(pathway.document ? ['signature not checked: the pathway document is taken as it stands'] : []),
      ...held.signed.map(
        ({ index, counted, sentence }) => `badge /${index}${counted ? '' : ' (not a holding)'}: ${sentence}`,
      ),
      ...(decided.signed > 0 ? ['signatures of decisions hold; whether one was withdrawn since was not asked'] : []),
    ];
    if (json) {
      for (const one of warnings) io.err(`warning: ${one}\n`);
      io.out(`${JSON.stringify(evaluation)}\n`);
    } else io.out(warnings.map((one) => `${one}\n`).join('') + words(evaluation, pathway.pathway, decided.decisions));
    return evaluation.state === 'met' ? EXIT.done : EXIT.fails;
  },
});

type Input = Parameters<typeof evaluate>[0];

function judge(faults: string[], input: Input) {
  try {
    return evaluate(input);
  } catch (error) {
    for (const { pointer, detail } of errorsOf(error)) {
      const [, what = '', rest = ''] = /^\/(credentials|decisions|carried)(.*)$/s.exec(pointer) ?? [];
      faults.push(`${what === 'credentials' ? 'holdings' : what || 'input'}: ${rest || '/'} ${detail}`);
    }
    return undefined;
  }
}

/** @returns undefined after adding to `faults` whatever is wrong with the file */
const reading =
  (io: Io, faults: string[]) =>
  async <T>(name: string, file: string, parse: (json: Json) => T | Promise<T>) =>
    parsed(name, await readBytes(file, io), faults, parse);

async function parsed<T>(
  name: string,
  bytes: Uint8Array,
  faults: string[],
  parse: (json: Json) => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await parse(parseStrictJsonBytes(bytes, BUDGET));
  } catch (error) {
    for (const { pointer, detail } of errorsOf(error)) faults.push(`${name}: ${pointer || '/'} ${detail}`);
    return undefined;
  }
}

const checked =
  <T>(check: (value: unknown) => FieldError[]) =>
  (json: Json): T => {
    refuseBadFields(check(json));
    return json as unknown as T;
  };

/** @throws whatever is no fault of the input */
function errorsOf(error: unknown): readonly FieldError[] {
  if (!(error instanceof Problem)) throw error;
  return error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }];
}
