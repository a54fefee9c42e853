/**
 * `npm run long:kills [-- --engine sqlite|postgres --kills N --restarts N]`: issues, revokes, runs class lists and kills the
 * service by SIGKILL at random moments, 200 times on each engine; on PostgreSQL two replicas, and the server crashes ten
 * times. Then everything that was acknowledged is looked for. Keeps the store and what was acknowledged under
 * `data/long/kills-ENGINE`, and goes on where it was stopped; remove that folder to begin anew.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openJournal } from '../kills/support/journal.ts';
import { examineKills, openKills } from '../kills/support/kills.ts';
import { runKills } from '../kills/support/run.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    kills: { type: 'string', default: '200' },
    restarts: { type: 'string', default: '10' },
  },
});
const engines = values.engine === undefined ? (['sqlite', 'postgres'] as const) : [values.engine as 'sqlite'];
let good = true;
for (const engine of engines) {
  const directory = join(import.meta.dirname, '..', '..', 'data', 'long', `kills-${engine}`);
  mkdirSync(directory, { recursive: true });
  // The database server is another user where this one is root.
  chmodSync(directory, 0o711);
  const journal = openJournal(join(directory, 'journal.ndjson'));
  const began = performance.now();
  const say = (text: string) =>
    console.log(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
  const setUp = await openKills({ engine, directory, port: 9_860 });
  const restarts = engine === 'sqlite' ? 0 : Number(values.restarts);
  const ended = await runKills({
    ...setUp,
    journal,
    kills: Number(values.kills),
    restarts,
    width: 8,
    lists: true,
    say,
  });
  say('the load has ended');
  const findings = await examineKills(setUp, journal);
  await setUp.close();
  const { acknowledged, stored, revoked, integrity, ...faults } = findings;
  const contradictions = ended.contradictions.length;
  const bad = Object.values({ ...faults, contradictions }).some((count) => count !== 0) || integrity.length > 0;
  good &&= !bad && acknowledged > 0;
  const kills = journal.entries.filter(({ what }) => what === 'kill').length;
  const result = { engine, kills, restarts, ...findings, contradictions, ...ended.troubles };
  writeFileSync(join(directory, 'result.json'), JSON.stringify(result, null, 2));
  console.log(result);
}
process.exit(good ? 0 : 1);
