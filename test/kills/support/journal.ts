import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What a run was told by the service, one line each. Whoever goes on where a run was stopped reads it all. */
export type Entry =
  | { what: 'world'; operatorKey: string; issuerKey: string; achievementId: string }
  /** Answered with 201: from here on these may never be lost. */
  | { what: 'issued'; key: string; recipients: number; ids: string[]; digests: string[] }
  | { what: 'revoked'; id: string }
  | { what: 'batch'; batchId: string; rows: number }
  | { what: 'kill'; after: number }
  | { what: 'restart' };

export interface Journal {
  entries: readonly Entry[];
  add(entry: Entry): void;
}

/** @param file absent: nothing is kept after the process */
export function openJournal(file?: string): Journal {
  const known = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const entries: Entry[] = [];
  for (const line of known) {
    // The last line of a run that was stopped may be half of one.
    try {
      if (line !== '') entries.push(JSON.parse(line) as Entry);
    } catch {}
  }
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}
