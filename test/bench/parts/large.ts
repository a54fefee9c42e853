/** Look-ups through the whole service, start and idle memory, with a million credentials stored. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { serviceOf } from '../../support/service.ts';
import type { Measured } from '../figures.ts';
import { largeStore, open } from '../large-store.ts';
import { median, percentile, timesOf } from '../timing.ts';
import { startOnce } from './start.ts';

const ASKED = 2_000;
const PAGES = 300;

export async function large(): Promise<Measured> {
  const store = await largeStore((line) => console.error(line));
  const { directory, issuerKey, achievementId, keyId, batchIds } = store;
  // The first fills what the system keeps of files.
  await startOnce(directory);
  const starts = [await startOnce(directory), await startOnce(directory), await startOnce(directory)];
  const some = sampleOf(join(directory, 'tatak.sqlite'));
  const { app, operatorKey, publicUrl } = await open(directory);
  const service = serviceOf(app, { directory: join(directory, 'nothing'), operatorKey, publicUrl });
  const get = async (path: string, key?: string) => {
    const answer = await service.call<{ items?: unknown[] }>('GET', path, key === undefined ? {} : { key });
    // Most documents of this store are cut off: only lists are read.
    if (answer.status !== 200 || (path.includes('?') && answer.body.items?.length === 0))
      throw new Error(`${path}: ${answer.text}`);
  };
  const at = (n: number) => some[n % some.length]!;
  const list = (query: string) => get(`/v1/credentials?${query}`, issuerKey);
  const batch = (n: number) => `batchId=${batchIds[n % batchIds.length]}`;
  const cursors = await cursorsOf(service, issuerKey, achievementId);
  const pages = [
    () => list(`achievementId=${achievementId}`),
    (n: number) => list(`achievementId=${achievementId}&cursor=${cursors[n % cursors.length]}`),
    (n: number) => list(batch(n)),
    () => list(`keyId=${keyId}`),
    () => list('state=revoked'),
  ];
  const kinds: Record<string, () => Promise<number[]>> = {
    document: () => timesOf(ASKED, (n) => get(`/credentials/${at(n).id}`)),
    managed: () => timesOf(ASKED, (n) => get(`/v1/credentials/${at(n).id}`, issuerKey)),
    award: () => timesOf(ASKED, (n) => list(`awardId=${at(n).award}`)),
    recipient: () => timesOf(ASKED, (n) => list(`subjectId=${at(n).subject}`)),
    page: async () => {
      const times = [];
      for (const page of pages) times.push(...(await timesOf(PAGES, page)));
      return times;
    },
  };
  const p99: Record<string, number> = {};
  for (const [name, measure] of Object.entries(kinds)) {
    // Code is warm; rows are not the same ones.
    await timesOf(100, (n) => get(`/credentials/${at(some.length - 1 - n).id}`));
    p99[`lookup1M.${name}.p99Ms`] = percentile(await measure(), 0.99);
  }
  await app.close();
  return {
    ...p99,
    'lookup1M.p99Ms': Math.max(...Object.values(p99)),
    'stored.bytes': bytesOf(join(directory, 'tatak.sqlite')),
    'start1M.ms': median(starts.map(({ ms }) => ms)),
    'idle1M.rssMiB': median(starts.map(({ rssMiB }) => rssMiB)),
  };
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
async function cursorsOf(service: ReturnType<typeof serviceOf>, key: string, achievementId: string) {
  const cursors: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < 50; page++) {
    const query = `limit=200&achievementId=${achievementId}${next === undefined ? '' : `&cursor=${next}`}`;
    const { body } = await service.call<{ next: string }>('GET', `/v1/credentials?${query}`, { key });
    next = body.next;
    cursors.push(next);
  }
  return cursors;
}
