import { setTimeout } from 'node:timers/promises';
import { decodeBitstring, getBit } from '#credentials';
import { sha256Hex } from '#kernel';
import type { Storage } from '#storage';
import type { ReplicaProcess } from '../../support/processes.ts';
import type { Journal } from './journal.ts';
import { SLUG } from './load.ts';

/** Nothing but zeros is right, but for the first three. */
export interface Findings {
  /** Credentials that were acknowledged, and all that are stored as issued. */
  acknowledged: number;
  stored: number;
  revoked: number;
  /** Acknowledged, and not stored as it was given. */
  lost: number;
  /** Two indexes of one pair, or requests and rows that were issued more than once. */
  indexesTwice: number;
  doubles: number;
  /** Revoked and acknowledged, and not so in the store or in the list that everybody reads. */
  revocationsLost: number;
  /** Class lists that did not come to their end with every row issued. */
  listsUnfinished: number;
  /** Signed and not in the log, or the other way. */
  notInLog: number;
  integrity: string[];
}

export type Query = (sql: string) => Promise<Record<string, unknown>[]>;

const CHUNK = 100;
const LISTS_MS = 180_000;

/** Looks at the store, and at the status lists that the service publishes. The load has ended; the service runs. */
export async function examine(
  journal: Journal,
  { storage, query, process }: { storage: Storage; query: Query; process: ReplicaProcess },
): Promise<Findings> {
  const listsUnfinished = await waitForLists(journal, storage);
  const issued = journal.entries.flatMap((entry) => (entry.what === 'issued' ? [entry] : []));
  const texts = new Map(issued.flatMap(({ ids, digests }) => ids.map((id, at) => [id, digests[at]!] as const)));
  const revoked = new Set(journal.entries.flatMap((entry) => (entry.what === 'revoked' ? [entry.id] : [])));
  let [lost, revocationsLost] = [0, 0];
  const indexes = new Map<string, number[]>();
  for (let ids = [...texts.keys()]; ids.length > 0; ids = ids.slice(CHUNK)) {
    const rows = await storage.reader.credentialsByIds(SLUG, ids.slice(0, CHUNK));
    const known = new Map(rows.map((row) => [row.credentialId, row]));
    for (const id of ids.slice(0, CHUNK)) {
      const row = known.get(id);
      if (row?.phase !== 'issued' || sha256Hex(row.signed!) !== texts.get(id)) lost++;
      if (!revoked.has(id)) continue;
      if (row?.state !== 'revoked') revocationsLost++;
      else indexes.set(row.statusListId, [...(indexes.get(row.statusListId) ?? []), row.statusListIndex]);
    }
  }
  for (const [listId, set] of indexes) revocationsLost += await notPublished(process, listId, set);
  const keys = new Map(issued.map(({ key, recipients }) => [key, recipients]));
  const byKey = await query(
    `select idempotency_key as k, count(*) as n from credentials where phase = 'issued' and batch_id is null group by 1`,
  );
  const countOf = async (sql: string): Promise<number> => Number((await query(sql))[0]!.n);
  const least = (one: string, other: string) => `case when ${one} < ${other} then ${one} else ${other} end`;
  const mirror = 'status_list_index + 7 - 2 * (status_list_index % 8)';
  return {
    ...{ acknowledged: texts.size, revoked: revoked.size, lost, revocationsLost, listsUnfinished },
    stored: await countOf(`select count(*) as n from credentials where phase = 'issued'`),
    doubles:
      byKey.filter(({ k, n }) => keys.has(String(k)) && keys.get(String(k)) !== Number(n)).length +
      (await countOf(
        `select count(*) as n from (select batch_id, batch_row from credentials where phase = 'issued' and batch_id is not null
          group by batch_id, batch_row having count(*) > 1) as twice`,
      )),
    indexesTwice: await countOf(
      `select count(*) as n from (select status_list_id, ${least('status_list_index', mirror)} as pair from credentials
        group by 1, 2 having count(*) > 1) as twice`,
    ),
    notInLog: await countOf(
      `select abs((select count(*) from credentials where phase = 'issued') -
        (select count(distinct object) from audit where operation = 'credential.issue')) as n`,
    ),
    integrity: await storage.integrity(),
  };
}

/** Class lists go on by themselves. @returns how many did not end well within the time */
async function waitForLists(journal: Journal, storage: Storage): Promise<number> {
  const deadline = performance.now() + LISTS_MS;
  let open = journal.entries.flatMap((entry) => (entry.what === 'batch' ? [entry] : []));
  for (;;) {
    const left: typeof open = [];
    for (const list of open) {
      const batch = await storage.reader.batch(SLUG, list.batchId);
      if (batch?.state !== 'done' || batch.issuedRows !== list.rows) left.push(list);
    }
    open = left;
    if (open.length === 0 || performance.now() > deadline) return open.length;
    await setTimeout(500);
  }
}

async function notPublished(process: ReplicaProcess, listId: string, indexes: readonly number[]): Promise<number> {
  const answer = await process.ask(`/status/${listId}`, { headers: { accept: 'application/vc' } });
  if (answer.status !== 200) return indexes.length;
  const list = JSON.parse(answer.text) as { credentialSubject: { encodedList: string } };
  const bits = decodeBitstring(list.credentialSubject.encodedList);
  return indexes.filter((index) => !getBit(bits, index)).length;
}
