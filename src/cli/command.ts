/** One command of `tatak`. */
export interface Command {
  /** After the name: `FILE [--json]`. */
  usage: string;
  /** One line. */
  summary: string;
  /**
   * @param args what stands after the name
   * @returns the exit code: 0 done, 1 what was asked about does not hold, 2 bad input
   * @throws UsageError
   */
  run(args: string[], io: Io): Promise<number>;
}

export interface Io {
  out(text: string): void;
  err(text: string): void;
}

/** The caller asked for something that cannot be done: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
