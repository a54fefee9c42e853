import { Problem, type ProblemDocument } from '#kernel';
import { ServiceRefused, UsageError } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** How a command that did not come to its end is told. */
export interface Failure {
  code: ExitCode;
  /** RFC 9457, for programs. */
  problem: ProblemDocument;
  /** For people; lines without an end. */
  text: string;
  /** Whether it helps to show how the command is used. */
  usage: boolean;
}

export function failureOf(error: unknown): Failure {
  // `parseArgs` throws TypeErrors with a code of its own.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS')) {
    const problem = new Problem('invalid-request', (error as Error).message).toDocument();
    return { code: EXIT.usage, problem, text: visible(problem.detail), usage: true };
  }
  if (error instanceof Problem) return told(error.toDocument());
  if (error instanceof ServiceRefused) return told(error.problem);
  const message = error instanceof Error ? error.message : String(error);
  const problem = new Problem('internal', message).toDocument();
  // What the system says needs no stack; a fault of ours does.
  const system = error instanceof Error && 'syscall' in error;
  return {
    code: EXIT.fault,
    problem,
    text: system || !(error instanceof Error) ? message : String(error.stack),
    usage: false,
  };
}

function told(problem: ProblemDocument): Failure {
  const { errors = [], detail, status } = problem;
  const temporary = status >= 500 || status === 429 || status === 408;
  const lines = errors.map((one) => (one.pointer === '' ? one.detail : `${one.pointer}: ${one.detail}`));
  // The first error is often the detail itself.
  const head = lines.length === 0 || !errors.some((one) => one.detail === detail) ? [detail] : [];
  return {
    code: temporary ? EXIT.silent : EXIT.usage,
    problem,
    text: visible([...head, ...lines].join('\n')),
    usage: false,
  };
}

/** What a service or a file says reaches a terminal as text, never as a command. */
export const visible = (text: string): string =>
  text.replace(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`);
