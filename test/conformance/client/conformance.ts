/**
 * `npm run conformance -- URL [KEY]`: asks a running service, over HTTP and knowing nothing of how it is made, for what the
 * test suites of W3C and W3C CCG ask for: VCDM 2.0, Data Integrity with EdDSA and ECDSA, JOSE, Bitstring Status List, VC API.
 * Prints the counts of each area, and ends with 1 where one check failed. Our own checks, not those suites.
 */
import { parseArgs } from 'node:util';
import { runChecks } from './check.ts';
import { checks } from './checks.ts';
import { connect } from './client.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { area: { type: 'string' } } });
const [url, key] = positionals;
if (!url) {
  console.error('usage: npm run conformance -- URL [KEY] [--area TEXT]');
  process.exit(2);
}
const client = await connect(url.replace(/\/+$/, ''), key);
const asked = checks.filter(({ area }) => values.area === undefined || area.includes(values.area));
const outcomes = await runChecks(client, asked);
for (const { area, title, failure } of outcomes)
  if (failure) console.log(`FAILED  ${area}: ${title}\n        ${failure}`);

const areas = Map.groupBy(outcomes, ({ area }) => area);
for (const [area, all] of areas) {
  const passed = all.filter(({ failure }) => failure === undefined).length;
  console.log(`${String(passed).padStart(4)} of ${String(all.length).padStart(4)}  ${area}`);
}
const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && outcomes.length > 0 ? 0 : 1);
