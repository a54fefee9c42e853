/**
 * The arithmetic of `deploy/SCALE.md`. Every number is asked for by the task, measured (a figure of `docs/bench.json`), an
 * assumption with its reason, or computed here from such; a figure that is not measured leaves what hangs on it open.
 */
import type { FigureName, Measured } from '../figures.ts';

export interface Line {
  /** By which others are computed from it. */
  name: string;
  says: string;
  unit: string;
  from: 'asked' | { figure: FigureName } | { assumed: string } | { computed: string };
  value: number | undefined;
}

const HOURS = 24 * 365.25;
const MONTH_HOURS = HOURS / 12;

interface Known {
  name: string;
  says: string;
  unit: string;
  value: number;
  because?: string;
}

const ASKED: readonly Known[] = [
  { name: 'credentials', says: 'credentials stored', unit: '', value: 50_000_000 },
  { name: 'institutions', says: 'institutions', unit: '', value: 10_000 },
  { name: 'verifications', says: 'verifications, at the peak', unit: '/s', value: 2_000 },
];

const assumed = (name: string, says: string, unit: string, value: number, because: string): Known => ({
  ...{ name, says, unit, value, because },
});

const ASSUMED: readonly Known[] = [
  assumed('years', 'years until so many are stored', 'years', 5, 'new badges each year are a fifth of the stock'),
  assumed(
    'resultDay',
    'of a year’s badges come on one day',
    '%',
    5,
    'results of the larger boards and schools fall together',
  ),
  assumed('hoursOfDay', 'hours in which that day’s badges are issued', 'h', 8, 'office hours'),
  assumed(
    'revoked',
    'of the badges are revoked',
    '%',
    1,
    'errors and withdrawals; ten times this changes only the size of lists',
  ),
  assumed('meanShare', 'of the peak is the mean of verifications', '%', 10, 'hiring seasons, and nights'),
  assumed('busy', 'of a core is used at the peak', '%', 50, 'a replica may fail, and requests are not spread evenly'),
  assumed(
    'cdn',
    'of public documents are answered by the CDN',
    '%',
    90,
    'lists may be kept 5 s, definitions 300 s, keys 60 s',
  ),
  assumed(
    'fetched',
    'bytes that a stranger’s verifier fetches for one badge',
    'bytes',
    24_000,
    'badge 4 KB, list 13 KB, DID document 2 KB, definition 3 KB, headers',
  ),
  assumed('copies', 'copies of the store: primary, standby, backups', '', 4, 'one standby and two full backups'),
  assumed(
    'coreHour',
    'price of a core for an hour',
    'USD',
    0.04,
    'list price of general-purpose machines; ask your provider',
  ),
  assumed('gibMonth', 'price of a GiB of disk for a month', 'USD', 0.12, 'list price of network SSD'),
  assumed('cdnGib', 'price of a GiB from a CDN', 'USD', 0.05, 'list price, Asia-Pacific, above 10 TiB a month'),
];

type Values = Readonly<Record<string, number>>;

interface Computed {
  name: string;
  says: string;
  unit: string;
  by: string;
  of(values: Values): number;
}

const computed = (name: string, says: string, unit: string, by: string, of: (values: Values) => number): Computed => ({
  ...{ name, says, unit, by, of },
});

/** In order: each may use those above it. */
const COMPUTED: readonly Computed[] = [
  computed('yearly', 'badges issued in a year', '', 'credentials / years', (v) => v.credentials! / v.years!),
  computed(
    'issuing',
    'badges a second on the result day',
    '/s',
    'yearly x resultDay / hoursOfDay',
    (v) => (v.yearly! * v.resultDay!) / 100 / (v.hoursOfDay! * 3_600),
  ),
  computed(
    'headroom',
    'times one PostgreSQL as measured carries that',
    'x',
    'batch.postgres.perSecond / issuing',
    (v) => v['batch.postgres.perSecond']! / v.issuing!,
  ),
  computed(
    'issuingCores',
    'cores for issuing on that day',
    'cores',
    'issuing x http.issue.cpuUs / busy',
    (v) => (v.issuing! * v['http.issue.cpuUs']!) / 1e6 / (v.busy! / 100),
  ),
  computed(
    'verifyCores',
    'cores for verifying at the peak',
    'cores',
    'verifications x request.verify.cpuUs / busy',
    (v) => (v.verifications! * v['request.verify.cpuUs']!) / 1e6 / (v.busy! / 100),
  ),
  computed(
    'lists',
    'status lists, of 131,072 entries',
    '',
    'credentials / 32,768 + institutions',
    (v) => v.credentials! / 32_768 + v.institutions!,
  ),
  computed(
    'signingLists',
    'of one core for signing every list twice a day',
    '%',
    'lists x 2 x statusList1M.publish.ms / day',
    (v) => (v.lists! * 2 * v['statusList1M.publish.ms']! * 100) / 86_400_000,
  ),
  computed(
    'revocations',
    'revocations a day',
    '',
    'yearly x revoked / 365.25',
    (v) => (v.yearly! * v.revoked!) / 100 / 365.25,
  ),
  computed(
    'store',
    'the store',
    'GiB',
    'credentials x stored.bytes',
    (v) => (v.credentials! * v['stored.bytes']!) / 2 ** 30,
  ),
  computed('disk', 'disk for all copies', 'GiB', 'store x copies', (v) => v.store! * v.copies!),
  computed(
    'meanVerifications',
    'verifications a second, mean',
    '/s',
    'verifications x meanShare',
    (v) => (v.verifications! * v.meanShare!) / 100,
  ),
  computed(
    'served',
    'public documents served in a month',
    'GiB',
    'meanVerifications x fetched x month',
    (v) => (v.meanVerifications! * v.fetched! * MONTH_HOURS * 3_600) / 2 ** 30,
  ),
  computed(
    'origin',
    'requests for documents that reach the service at the peak',
    '/s',
    'verifications x 4 x (1 - cdn)',
    (v) => v.verifications! * 4 * (1 - v.cdn! / 100),
  ),
  computed(
    'cores',
    'cores in all, with two for the database at least',
    'cores',
    'issuingCores + verifyCores + 4',
    (v) => Math.ceil(v.issuingCores! + v.verifyCores! + 4),
  ),
  computed(
    'costCores',
    'cores, a month',
    'USD',
    'cores x coreHour x month',
    (v) => v.cores! * v.coreHour! * MONTH_HOURS,
  ),
  computed('costDisk', 'disk, a month', 'USD', 'disk x gibMonth', (v) => v.disk! * v.gibMonth!),
  computed('costCdn', 'CDN, a month', 'USD', 'served x cdn x cdnGib', (v) => (v.served! * v.cdn! * v.cdnGib!) / 100),
  computed(
    'cost',
    'all of it, a month',
    'USD',
    'costCores + costDisk + costCdn',
    (v) => v.costCores! + v.costDisk! + v.costCdn!,
  ),
  computed(
    'costEach',
    'for each stored credential, a year',
    'USD',
    'cost x 12 / credentials',
    (v) => (v.cost! * 12) / v.credentials!,
  ),
];

const USED: readonly [FigureName, string, string][] = [
  ['batch.postgres.perSecond', 'rows of a class list a second on PostgreSQL, service and database on two cores', '/s'],
  ['http.issue.cpuUs', 'CPU of the service for one credential by a request of its own', 'us'],
  ['request.verify.cpuUs', 'CPU for one verification report', 'us'],
  ['statusList1M.publish.ms', 'publishing a list of 1,048,576 entries, which is more than one of ours', 'ms'],
  ['stored.bytes', 'bytes of the database for one credential, indexes included (SQLite)', 'bytes'],
];

/** All lines, in the order of the document. `value` is absent where a measurement it needs is. */
export function scaleLines(figures: Measured): Line[] {
  const values: Record<string, number> = {};
  const lines: Line[] = [];
  const add = (line: Line) => {
    lines.push(line);
    if (line.value !== undefined) values[line.name] = line.value;
  };
  for (const { name, says, unit, value } of ASKED) add({ name, says, unit, value, from: 'asked' });
  for (const [figure, says, unit] of USED) add({ name: figure, says, unit, value: figures[figure], from: { figure } });
  for (const { because = '', ...known } of ASSUMED) add({ ...known, from: { assumed: because } });
  for (const { name, says, unit, by, of } of COMPUTED) {
    const value = of(values);
    add({ name, says, unit, value: Number.isFinite(value) ? value : undefined, from: { computed: by } });
  }
  return lines;
}
