import { parseArgs } from 'node:util';
import { dayIn, type FieldError, isDay, type Json, Problem, parseStrictJsonBytes, refuseBadFields } from '#kernel';
import { checkCarried, evaluate, readPathway } from '#pathways';
import { type Command, UsageError } from '../command.ts';
import { readBytes } from '../read-text.ts';
import { readDecisions } from './decisions.ts';
import { checkDocuments, type Documents } from './documents.ts';
import { readHoldings } from './holdings.ts';

import { words } from './words.ts';

/** Far more than the most holdings there may be. */
const BUDGET = { bytes: 32 * 1024 * 1024, keys: 500_000 };

export const stack: Command = {
  usage:
    '--pathway FILE --holdings FILE [--documents FILE] [--anchor DID]... [--decisions FILE] [--carried FILE|JSON] [--at DATE] [--json]',
  summary:
    'Says what holdings (plain records, signed badges, or both) add up to under a pathway, and why. Nothing is fetched: what badges ' +
    'refer to is looked up in --documents, {address: document}. One FILE may be - for standard input.',

  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        pathway: { type: 'string' },
        holdings: { type: 'string' },
        decisions: { type: 'string' },
        carried: { type: 'string' },
        documents: { type: 'string' },
        anchor: { type: 'string', multiple: true, default: [] },
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const { at: date = dayIn(new Date()), decisions, carried } = values;
    if (!isDay(date)) throw new UsageError('--at must be a day that exists, YYYY-MM-DD');
    if (values.pathway === undefined) throw new UsageError('--pathway is missing');
    if (values.holdings === undefined) throw new UsageError('--holdings is missing');
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
    const pathway = await read('pathway', files.pathway, faults, readPathway);
    const documents =
      files.documents === undefined
        ? {}
        : await read('documents', files.documents, faults, checked<Documents>(checkDocuments));
    const held =
      documents &&
      (await read('holdings', files.holdings, faults, (json) => readHoldings(json, documents, values.anchor)));
    const decided =
      files.decisions === undefined
        ? { decisions: [], signed: 0 }
        : await read('decisions', files.decisions, faults, readDecisions);
    const credit =
      carried === undefined
        ? {}
        : await parsed(
            'carried',
            carried.startsWith('{') ? Buffer.from(carried) : await readBytes(carried),
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
      io.err(faults.map((fault) => `${visible(fault)}\n`).join(''));
      return 2;
    }
    const warnings = [
      ...(pathway.document ? ['signature not checked: the pathway document is taken as it stands'] : []),
      ...held.signed.map(
        ({ index, counted, sentence }) => `badge /${index}${counted ? '' : ' (not a holding)'}: ${sentence}`,
      ),
      ...(decided.signed > 0 ? ['signatures of decisions hold; whether one was withdrawn since was not asked'] : []),
    ];
    if (values.json) {
      for (const one of warnings) io.err(`warning: ${one}\n`);
      io.out(`${JSON.stringify(evaluation)}\n`);
    } else io.out(warnings.map((one) => `${one}\n`).join('') + words(evaluation, pathway.pathway, decided.decisions));
    return evaluation.state === 'met' ? 0 : 1;
  },
};

/** Names of members come from the file: what a terminal would obey is shown as an escape. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`);

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
const read = async <T>(name: string, file: string, faults: string[], parse: (json: Json) => T | Promise<T>) =>
  parsed(name, await readBytes(file), faults, parse);

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
