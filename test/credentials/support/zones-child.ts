import { readInstant } from '../../../src/credentials/issue/dates.ts';
import { lintErrors } from '../../../src/credentials/lint.ts';
import { sampleContext, sampleDocument } from '../../../src/credentials/lints/sample.ts';

/** Everything that depends on days and zones, printed; the zone of the process must not matter. */
const zones = ['Asia/Manila', 'UTC', 'America/St_Johns', 'Pacific/Kiritimati', 'America/New_York'];
const texts = [
  '2026-03-08',
  '2026-11-01',
  '2028-02-29',
  '2026-12-31',
  '2026-06-01T00:00:00+08:00',
  '2026-06-01T00:00:00',
];
for (const zone of zones) {
  for (const text of texts) console.log(zone, text, readInstant(text, 'first', zone), readInstant(text, 'last', zone));
}
const document = sampleDocument();
document.validFrom = '2027-03-02T00:00:01Z';
console.log(JSON.stringify(lintErrors(document, sampleContext())));
