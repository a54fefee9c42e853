/** Look-ups through the whole service, start and idle memory, with a million credentials stored. */

import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { UNLIMITED_RATES } from '../../support/unlimited-requests.ts';
import type { Measured } from '../figures.ts';
import { type LargeStore, largeStore } from '../large-store.ts';
import type { Questions } from '../lookups/asker.ts';
import { messageOf } from '../message.ts';
import { median, percentile } from '../timing.ts';
import { startOnce, startService } from './start.ts';

const ASKED = 2_000;
const PAGES = 300;

export async function large(): Promise<Measured> {
  const store = await largeStore((line) => console.error(line));
  const { directory } = store;
  // The first fills what the system keeps of files.
  await startOnce(directory);
  const starts = [await startOnce(directory), await startOnce(directory), await startOnce(directory)];
  const p99 = await lookUps(store);
  return {
    ...p99,
    'stored.bytes': bytesOf(join(directory, 'tatak.sqlite')),
    'start1M.ms': median(starts.map(({ ms }) => ms)),
    'idle1M.rssMiB': median(starts.map(({ rssMiB }) => rssMiB)),
  };
}

/** Over HTTP, of the service as `npm start` runs it, one question after another. */
async function lookUps({ directory, issuerKey: key, achievementId, keyId, batchIds }: LargeStore): Promise<Measured> {
  const some = sampleOf(join(directory, 'tatak.sqlite'));
  const service = await startService(directory, { TATAK_RATE_LIMITS: UNLIMITED_RATES, TATAK_LOG_LEVEL: 'info' });
  const asker = fork(join(import.meta.dirname, '..', 'lookups', 'asker.ts'), []);
  const times = (count: number, path: (n: number) => string) => {
    const paths = Array.from({ length: count }, (_, n) => path(n));
    asker.send({ port: service.port, key, paths } satisfies Questions);
    return messageOf<number[]>(asker);
  };
  try {
    const cursors = await cursorsOf(service.port, key, achievementId);
    const at = (n: number) => some[n % some.length]!;
    const pages = [
      () => `achievementId=${achievementId}`,
      (n: number) => `achievementId=${achievementId}&cursor=${cursors[n % cursors.length]}`,
      (n: number) => `batchId=${batchIds[n % batchIds.length]}`,
      () => `keyId=${keyId}`,
      () => 'state=revoked',
    ];
    const kinds: Record<string, [count: number, path: (n: number) => string]> = {
      document: [ASKED, (n) => `/credentials/${at(n).id}`],
      managed: [ASKED, (n) => `/v1/credentials/${at(n).id}`],
      award: [ASKED, (n) => `/v1/credentials?awardId=${at(n).award}`],
      recipient: [ASKED, (n) => `/v1/credentials?subjectId=${at(n).subject}`],
      page: [PAGES * pages.length, (n) => `/v1/credentials?${pages[Math.floor(n / PAGES)]!(n)}`],
    };
    const p99: Record<string, number> = {};
    for (const [name, [count, path]] of Object.entries(kinds)) {
      // Code is warm; rows are not the same ones.
      await times(100, (n) => `/credentials/${at(some.length - 1 - n).id}`);
      p99[`lookup1M.${name}.p99Ms`] = percentile(await times(count, path), 0.99);
    }
    return { ...p99, 'lookup1M.p99Ms': Math.max(...Object.values(p99)) };
  } finally {
    asker.kill();
    await service.stop();
  }
}

/** The file for each, and what was cut off the texts of all but the first. */
function bytesOf(path: string): number {
  const database = new Database(path, { readonly: true });
  const count = (database.prepare('select count(*) as count from credentials').get() as { count: number }).count;
  const length = 'select length(signed) + length(unsigned) as bytes from credentials order by rowid';
  const bytes = (order: string) => (database.prepare(`${length} ${order} limit 1`).get() as { bytes: number }).bytes;
  const cut = bytes('asc') - bytes('desc');
  database.close();
  return statSync(path).size / count + cut;
}

/** From everywhere in the table, in no order. */
function sampleOf(path: string): { id: string; award: string; subject: string }[] {
  const database = new Database(path, { readonly: true });
  const last = (database.prepare('select max(rowid) as last from credentials').get() as { last: number }).last;
  const one = database.prepare(
    'select credential_id as id, award_id as award, subject_id as subject from credentials where rowid = ?',
  );
  const rows = Array.from({ length: 4_000 }, (_, n) => one.get(((n * 7_919_317) % last) + 1));
  database.close();
  return rows as { id: string; award: string; subject: string }[];
}

/** Of pages all through the list: a cursor is where the page before ended. */
async function cursorsOf(port: number, key: string, achievementId: string): Promise<string[]> {
  const cursors: string[] = [];
  while (cursors.length < 50) {
    const last = cursors.at(-1);
    const query = `limit=200&achievementId=${achievementId}${last === undefined ? '' : `&cursor=${last}`}`;
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`http://localhost:${port}/v1/credentials?${query}`, { headers });
    cursors.push(((await answer.json()) as { next: string }).next);
  }
  return cursors;
}
