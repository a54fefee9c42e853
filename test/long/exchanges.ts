/**
 * `npm run long:exchanges [-- --count N]`: 1,000 offers whose exchanges are all under way before the first is finished, each
 * started on one of two replica processes and finished on the other; every tenth is wanted by two wallets at once, and one
 * replica is killed and started again in the middle. Keeps the database and how far it is under `data/long/exchanges`, and
 * goes on where it was stopped; remove that folder to begin anew.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { examine, newProgress, type Progress, type Run, runExchanges } from '../replicas/support/exchanges.ts';
import { startPostgres } from '../support/postgres.ts';
import { replicaProcesses } from '../support/processes.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } } });
const count = Number(values.count);
const directory = join(import.meta.dirname, '..', '..', 'data', 'long', 'exchanges');
const file = join(directory, 'progress.json');
const [PORT, TLS_PORT, CONNECTIONS] = [9_880, 9_883, 64];

mkdirSync(directory, { recursive: true });
// The database server is another user where this one is root.
chmodSync(directory, 0o711);
const server = await startPostgres(join(directory, 'postgres'));
const databaseUrl = await server.database();
const replicas = replicaProcesses({
  ...{ databaseUrl, directory, port: PORT, tlsPort: TLS_PORT, connections: CONNECTIONS },
});
await replicas[0].start();
await replicas[1].start();
const progress: Progress = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : newProgress();
const began = performance.now();
const run: Run = {
  ...{ replicas, publicUrl: `http://localhost:${PORT}`, count, width: CONNECTIONS, progress },
  save() {
    writeFileSync(`${file}.new`, JSON.stringify(progress));
    renameSync(`${file}.new`, file);
  },
  say: (text) => console.log(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}`),
};
await runExchanges(run);
run.say('all are over');
const figures = await examine(run, databaseUrl, server);
run.say('examined');
console.log({ ...figures, ...progress.troubles, killed: progress.killed });
await Promise.all(replicas.map((replica) => replica.kill()));
await server.stop();
const { lost, double, indexesTwice, integrity, offers } = figures;
process.exit(lost + double + indexesTwice + integrity.length === 0 && offers === count && progress.killed ? 0 : 1);
