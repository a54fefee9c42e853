import type { ProblemDocument } from '#kernel';
import type { ExitCode } from './exit-codes.ts';

/** What a command takes after its name, in order. */
export interface Operand {
  /** As usage shows it: `FILE`. */
  name: string;
  optional?: boolean;
  /** What it is, in a few words. */
  says: string;
}

/** One option, without its dashes: usage, parsing, help and completion are all made from this. */
export interface Option {
  /** What stands for its value: `FILE`. Without it the option is a switch. */
  value?: string;
  /** May be given again. */
  many?: boolean;
  required?: boolean;
  choices?: readonly string[];
  /** Taken when it is not given. */
  otherwise?: string;
  /** In a few words, in one line. */
  says: string;
}

export type Operands = Readonly<Record<string, Operand>>;
export type Options = Readonly<Record<string, Option>>;

type Text<O extends Option> = O extends { choices: readonly (infer C extends string)[] } ? C : string;
type AnyValue = string | string[] | boolean | undefined;
type Value<O extends Option> = O extends { value: string }
  ? O extends { many: true }
    ? string[]
    : O extends { required: true } | { otherwise: string }
      ? Text<O>
      : Text<O> | undefined
  : boolean;

/** A command line that was read: everything required is there, every choice is one of its choices. */
export interface Call<P extends Operands = Operands, O extends Options = Options> {
  operands: string extends keyof P
    ? Record<string, string | undefined>
    : { [K in keyof P]: P[K] extends { optional: true } ? string | undefined : string };
  values: string extends keyof O ? Record<string, AnyValue> : { [K in keyof O]: Value<O[K]> };
  /** One JSON document (or one a line) on standard output, and nothing else there. */
  json: boolean;
}

/** One command of `tatak`. `--json` and `--help` every command has. */
export interface Command<P extends Operands = Operands, O extends Options = Options> {
  operands: P;
  options: O;
  /** At most 80 characters, for the list of commands. */
  summary: string;
  /** What else one has to know; whole sentences. */
  about?: string;
  /** Command lines that work, without `tatak`. */
  examples: readonly [string, ...string[]];
  /** What the codes that it gives mean here, where that is more than `EXIT_CODES` says. */
  exits?: Partial<Record<ExitCode, string>>;
  /** Standard output is a file that must be whole: a reader that goes away early is a failure. */
  wholeOutput?: boolean;
  /**
   * @returns one of `EXIT_CODES`
   * @throws UsageError, ServiceRefused, and Problem, whose kind says which code it is
   */
  run(call: Call<P, O>, io: Io): Promise<ExitCode>;
}

/** Keeps the names of operands and options, so that `run` gets them with their types. */
export const command = <const P extends Operands, const O extends Options>(one: Command<P, O>): Command<P, O> => one;

export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Default: that of the process. Read at most once. */
  input?: AsyncIterable<Uint8Array>;
  /** Whether a person looks at `err` as it comes. */
  terminal?: boolean;
}

/** The caller asked for something that cannot be done: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A service answered with a problem: exit code 2, or 4 where the same request may be answered later. */
export class ServiceRefused extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.name = 'ServiceRefused';
    this.problem = problem;
  }
}
