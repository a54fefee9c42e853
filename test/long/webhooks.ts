/**
 * `npm run long:webhooks [-- --engine sqlite|postgres --events N --kills N --failing 0.3]`: 10,000 events with an endpoint that
 * fails 30 % of calls, and ten kills in between. None is lost, the events of each award come in order, every signature verifies
 * with the library of Standard Webhooks. Keeps what it knows under `data/long/webhooks`, and goes on where it was stopped;
 * remove that folder to begin anew.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { storm } from '../webhooks/support/storm.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    events: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '10' },
    failing: { type: 'string', default: '0.3' },
  },
});
const engine = values.engine === 'postgres' ? 'postgres' : 'sqlite';
const directory = join(import.meta.dirname, '..', '..', 'data', 'long', 'webhooks', engine);
mkdirSync(directory, { recursive: true });
chmodSync(directory, 0o711);
const began = performance.now();
const say = (text: string) => console.log(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
const found = await storm({
  ...{ engine, directory, port: 9_880, receiverPort: 9_890, kept: true, say },
  ...{ events: Number(values.events), kills: Number(values.kills), failing: Number(values.failing) },
});
writeFileSync(join(directory, 'findings.json'), `${JSON.stringify(found, undefined, 2)}\n`);
console.log(found);
const { lost, invented, outOfOrder, forged } = found;
process.exitCode = lost + invented + outOfOrder + forged === 0 ? 0 : 1;
