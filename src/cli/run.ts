import { type Command, type Io, UsageError } from './command.ts';
import { COMMANDS, SECTIONS } from './commands.ts';
import { EXIT, EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { failureOf } from './failure.ts';
import { readArguments } from './read-arguments.ts';
import { helpOf, type Row, section, usageOf } from './usage.ts';

/** @returns one of `EXIT_CODES`; never throws */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = wordsOf(argv);
  const json = argv.includes('--json');
  if (words === undefined) return withoutCommand(argv, json, io);
  let command: Command | undefined;
  try {
    command = await COMMANDS[words]!();
    const args = argv.slice(words.split(' ').length);
    if (isHelp(args)) {
      io.out(helpOf(words, command));
      return EXIT.done;
    }
    return await command.run(readArguments(command, args), io);
  } catch (error) {
    const { code, problem, text, usage } = failureOf(error);
    const more = usage && command ? `\nusage: ${usageOf(words, command)}\nmore:  tatak ${words} --help\n` : '';
    io.err(json ? `${JSON.stringify(problem)}\n` : `${text}\n${more}`);
    return code;
  }
}

/** Whether what this command line prints must be whole to be of use. */
export async function isWhole(argv: readonly string[]): Promise<boolean> {
  const words = wordsOf(argv);
  return words !== undefined && (await COMMANDS[words]!()).wholeOutput === true;
}

/** The command that is called: the longest that the first words are. */
function wordsOf([group = '', name = '', ...rest]: readonly string[]): string | undefined {
  if (group === '--version' && name === '' && rest.length === 0) return 'version';
  return [`${group} ${name}`, group].find((words) => Object.hasOwn(COMMANDS, words));
}

/** What stands after `--` is no option. */
const isHelp = (args: readonly string[]): boolean =>
  (args.includes('--') ? args.slice(0, args.indexOf('--')) : args).some((one) => one === '--help' || one === '-h');

async function withoutCommand(argv: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const [group = ''] = argv;
  const names = Object.keys(COMMANDS).filter((words) => words.startsWith(`${group} `));
  if (argv.length === 0 || group.startsWith('-h') || group === 'help' || isHelp(argv)) {
    io.out(names.length > 0 ? await groupHelp(group, names) : await help());
    return EXIT.done;
  }
  const known =
    names.length > 0 ? `\`${group}\` is followed by ${names.map((one) => one.slice(group.length + 1)).join(', ')}` : '';
  const { code, problem, text } = failureOf(new UsageError(known || `there is no command \`${group}\``));
  io.err(json ? `${JSON.stringify(problem)}\n` : `${text}\nmore: tatak --help\n`);
  return code;
}

/** Of the names of all commands, with the space after them. */
const LONGEST = Math.max(...Object.keys(COMMANDS).map((words) => words.length)) + 2;

const rowOf = async (words: string): Promise<Row> => [words, (await COMMANDS[words]!()).summary];

async function groupHelp(group: string, names: readonly string[]): Promise<string> {
  const rows = await Promise.all(names.map(rowOf));
  return [
    `usage: tatak ${group} COMMAND [options]`,
    ...section('Commands', rows),
    `\ntatak ${group} COMMAND --help says more.\n`,
  ].join('\n');
}

async function help(): Promise<string> {
  const lines = [
    'Issues, verifies and stacks micro-credentials (Open Badges 3.0).\n',
    'usage: tatak COMMAND [options]',
    '       tatak COMMAND --help    its options, examples and exit codes',
  ];
  for (const [title, commands] of Object.entries(SECTIONS)) {
    lines.push(...section(title, await Promise.all(Object.keys(commands).map(rowOf)), LONGEST));
  }
  const codes = Object.entries(EXIT_CODES).map(([code, says]): Row => [code, says]);
  lines.push(
    '\nWith --json every command prints one JSON document (or one a line) on standard output and errors as',
    'a problem document (RFC 9457) on standard error. Where a file is read, - is standard input. The key of',
    'a service comes from --key-file or the environment (TATAK_API_KEY), never from the command line.',
    ...section('Exit codes', codes),
    '',
  );
  return lines.join('\n');
}
