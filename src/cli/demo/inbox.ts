import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The messages of one person: without a mail server each is a file. */
export interface Inbox {
  /** Waits until `count` messages hold what is looked for. @returns the first of each, in order @throws Error */
  find(wanted: RegExp, count: number): Promise<string[]>;
}

const PATIENCE = 60_000;

export function createInbox(folder: string, address: string): Inbox {
  const read = () => {
    const names = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => !name.startsWith('.'));
    return names
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((mail) => mail.includes(`To: ${address}`))
      .map((mail) => mail.replaceAll('=\r\n', ''));
  };
  return {
    async find(wanted, count) {
      for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(100)) {
        const found = read().flatMap((mail) => wanted.exec(mail)?.[0] ?? []);
        if (found.length === count) return found;
      }
      throw new Error(`not all ${count} messages were written to ${folder}`);
    },
  };
}
