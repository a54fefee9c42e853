import { type DestinationStream, type Logger, pino } from 'pino';

/** Characters of an error's text. */
const MOST = 300;
/** Causes of causes. */
const DEEP = 4;

/**
 * One line of JSON for each thing that happened, to standard output. It names operations and ids; what anybody typed stands
 * in none: not in the address, which nobody logs, and not in errors, whose texts quote what they complain about.
 * @param to in place of standard output, in tests
 */
export function createLogger(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    // The reader of multipart bodies tells the headers of the whole request at the level `trace`.
    redact: ['req.headers.authorization', 'busboyOptions', 'email', 'name', 'secret'],
    serializers: { err: tellError },
  };
  return to ? pino(options, to) : pino(options);
}

/** Where it was thrown and of what kind, and its text without what it quotes. No member that somebody hung on it. */
function tellError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: unquoted(error.message),
    ...(typeof code === 'string' && /^[\w-]{1,60}$/.test(code) ? { code } : {}),
    // The lines that say where; the first repeats the text, however many lines it has.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 20)
      .join('\n'),
    ...(error.cause === undefined || depth === DEEP ? {} : { cause: tellError(error.cause, depth + 1) }),
  };
}

/** Without what is quoted or stands after a colon, addresses of mail and of the web, and what is longer than a word of ours. */
function unquoted(text: string): string {
  return text
    .slice(0, 2_000)
    .split(/:\s/, 1)[0]!
    .replaceAll(/"[^"]*"?|`[^`]*`?|“[^”]*”?|‘[^’]*’?|(?<!\w)'[^']*'?/g, '…')
    .replaceAll(/\S*@\S*|\S+:\/\/\S*|\S{60,}/g, '…')
    .slice(0, MOST);
}
