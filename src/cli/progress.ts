import type { Io, Option } from './command.ts';

export const PROGRESS = {
  progress: { says: 'Say how far it is on standard error, also when that is no terminal' },
} as const satisfies Record<string, Option>;

export interface Progress {
  /** How far it is, in one line. */
  show(text: string): void;
  /** Before anything else is printed. */
  end(): void;
}

/** On a terminal one line that is written over; elsewhere lines, and only when asked for. The same line is never said twice. */
export function openProgress(io: Io, asked: boolean): Progress {
  const over = io.terminal === true;
  let last = '';
  return {
    show(text) {
      if (text === last || !(over || asked)) return;
      io.err(over ? `\r\u001b[K${text}` : `${text}\n`);
      last = text;
    },
    end() {
      if (over && last !== '') io.err('\n');
      last = '';
    },
  };
}
