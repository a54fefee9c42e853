/**
 * `npm run long:batch-kills [-- --rows N --kills N]`: a class list of 10,000 rows whose service is killed by SIGKILL ten times
 * while it is issued (ID-3); in the end each row has one credential, and each credential a row. After each kill the next worker
 * waits a minute for the lease. Keeps the store and what was acknowledged under `data/long/batch-kills`, and goes on where it
 * was stopped; remove that folder to begin anew.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openJournal } from '../kills/support/journal.ts';
import { examineKills, openKills } from '../kills/support/kills.ts';
import { makeWorld } from '../kills/support/load.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000' }, kills: { type: 'string', default: '10' } },
});
const ROWS = Number(values.rows);
const KILLS = Number(values.kills);
const LOOK_MS = 100;

const directory = join(import.meta.dirname, '..', '..', 'data', 'long', 'batch-kills');
mkdirSync(directory, { recursive: true });
const journal = openJournal(join(directory, 'journal.ndjson'));
const setUp = await openKills({ engine: 'sqlite', directory, port: 9_870 });
const [service] = setUp.processes as [(typeof setUp.processes)[0]];
const { issuerKey, achievementId } = await makeWorld(service, journal);
const authorization = `Bearer ${issuerKey}`;
const kills = () => journal.entries.filter(({ what }) => what === 'kill').length;

async function ask<T>(path: string, asking: { method?: string; headers?: object; body?: string } = {}): Promise<T> {
  const headers = { authorization, accept: 'application/json', ...asking.headers } as Record<string, string>;
  const answer = await service.ask(path, { ...asking, headers });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

async function send(): Promise<string> {
  const csv = `name,studentNumber\n${Array.from({ length: ROWS }, (_, at) => `SPECIMEN Learner ${at},S-${at}\n`).join('')}`;
  // One batch, however often a run was stopped before it had written that down.
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'batch-kills' };
  const path = `/v1/batches?achievementId=${achievementId}`;
  const { batchId } = await ask<{ batchId: string }>(path, { method: 'POST', headers, body: csv });
  const { state } = await ask<{ state: string }>(`/v1/batches/${batchId}`);
  if (state === 'previewed') await ask(`/v1/batches/${batchId}/start`, { method: 'POST' });
  journal.add({ what: 'batch', batchId, rows: ROWS });
  return batchId;
}

const began = performance.now();
const say = (text: string) => console.log(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
const known = journal.entries.find((entry) => entry.what === 'batch');
const batchId = known?.what === 'batch' ? known.batchId : await send();
interface Shown {
  state: string;
  issuedRows: number;
}
for (let shown: Shown; ; await setTimeout(LOOK_MS)) {
  shown = await ask<Shown>(`/v1/batches/${batchId}`);
  if (shown.state !== 'queued' && shown.state !== 'running') break;
  // Spread over the list, and somewhere within a chunk.
  if (kills() >= KILLS || shown.issuedRows < ((kills() + 0.5) * ROWS) / (KILLS + 1)) continue;
  const after = Math.round(Math.random() * LOOK_MS);
  await setTimeout(after);
  await service.kill();
  await service.start();
  journal.add({ what: 'kill', after });
  say(`${kills()} kills, ${shown.issuedRows} of ${ROWS} were issued`);
}
const findings = await examineKills(setUp, journal);
const [counted] = await setUp.query(
  `select count(*) as issued, count(distinct batch_row) as "rows" from credentials where phase = 'issued' and batch_id = '${batchId}'`,
);
await setUp.close();
const result = { rows: ROWS, kills: kills(), ...counted, ...findings };
writeFileSync(join(directory, 'result.json'), JSON.stringify(result, null, 2));
console.log(result);
const { acknowledged, stored, revoked, integrity, ...faults } = findings;
const once = Number(counted?.issued) === ROWS && Number(counted?.rows) === ROWS && stored === ROWS;
const good = once && kills() === KILLS && integrity.length === 0 && Object.values(faults).every((count) => count === 0);
process.exit(good ? 0 : 1);
