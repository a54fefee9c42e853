import type { Command, Option } from './command.ts';
import { EXIT, EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { COMMON } from './read-arguments.ts';

const WIDTH = 92;
/** Of every command. */
const ALWAYS: ReadonlySet<number> = new Set([EXIT.done, EXIT.usage, EXIT.fault]);

/** What cannot be left out, in one line: `verify [BADGE] [options]`. */
export function usageOf(words: string, { operands, options }: Command): string {
  const required = Object.entries(options).filter(([, { required }]) => required);
  const parts = [
    ...Object.values(operands).map(({ name, optional }) => (optional ? `[${name}]` : name)),
    ...required.map(([name, option]) => optionOf(name, option)),
  ];
  return ['tatak', words, ...parts, '[options]'].join(' ');
}

const optionOf = (name: string, { value }: Option) => (value === undefined ? `--${name}` : `--${name} ${value}`);

/** The whole help of one command. */
export function helpOf(words: string, command: Command): string {
  const { operands, options, summary, about, examples } = command;
  const rows = Object.entries({ ...options, ...COMMON }).map(([name, option]): Row => {
    const notes = [
      ...(option.required ? ['required'] : []),
      ...(option.choices ? [option.choices.join(' or ')] : []),
      ...(option.many ? ['may be repeated'] : []),
      ...(option.otherwise === undefined ? [] : [`default ${option.otherwise}`]),
    ];
    return [optionOf(name, option), `${option.says}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`];
  });
  const exits = (Object.keys(EXIT_CODES).map(Number) as ExitCode[]).filter(
    (code) => ALWAYS.has(code) || command.exits?.[code] || (code === EXIT.silent && 'url' in options),
  );
  return [
    `${usageOf(words, command)}\n`,
    `${summary}.`,
    ...(about ? ['', ...wrapped(about, '')] : []),
    ...section(
      'What it takes',
      Object.values(operands).map(({ name, says }): Row => [name, says]),
    ),
    ...section('Options', rows),
    '\nExamples:',
    ...examples.map((one) => `  tatak ${one}`),
    ...section(
      'Exit codes',
      exits.map((code): Row => [String(code), command.exits?.[code] ?? EXIT_CODES[code]]),
    ),
    '',
  ].join('\n');
}

export type Row = readonly [name: string, says: string];

/**
 * Rows of a table with a title; nothing without rows.
 * @param width of the names, where several tables stand below one another
 */
export function section(title: string, rows: readonly Row[], width = widthOf(rows)): string[] {
  const lines = rows.flatMap(([name, says]) => {
    const [first = '', ...rest] = wrapped(says, ' '.repeat(width + 2));
    const head = `  ${name.padEnd(width)}`;
    return name.length >= width ? [`  ${name}`, first, ...rest] : [head + first.trimStart(), ...rest];
  });
  return rows.length === 0 ? [] : [`\n${title}:`, ...lines];
}

const widthOf = (rows: readonly Row[]): number => Math.min(28, Math.max(...rows.map(([name]) => name.length))) + 2;

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length >= WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
