/** Prints everything that days, zones and clocks go into, with a clock that stands: the zone of the process must not matter. */
import { frameworkSections } from '#framework';
import { addPeriod, dayIn, formatInstant, isObject, type JsonObject, parseDateTimeStamp } from '#kernel';
import { renderFramework } from '#pages';
import { readInstant } from '../../src/credentials/issue/dates.ts';
import { ACTOR, openWorld, seed, setClock, TENANT } from '../credentials/support/world.ts';
import { pagesWith } from '../pages/support.ts';
import { actor, badge, statusEntry, world } from '../verifier/world.ts';

const INSTANTS = [
  ...[
    '2026-12-31T15:59:59Z',
    '2026-12-31T16:00:00Z',
    '2028-02-29T12:00:00Z',
    '2026-03-08T10:30:00Z',
    '2026-11-01T05:30:00Z',
  ],
  ...['2026-06-15T02:00:00Z', '1999-12-31T23:59:59Z', '2038-01-19T03:14:08Z'],
];
const lines: string[] = [];
const line = (name: string, value: unknown) =>
  lines.push(`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);

for (const instant of INSTANTS) {
  const date = new Date(instant);
  line('day', [dayIn(date), dayIn(date, 'UTC'), dayIn(date, 'America/St_Johns'), formatInstant(date)]);
  line('stamp', parseDateTimeStamp(instant.replace('Z', '+08:00')));
  const day = instant.slice(0, 10);
  line('instant', [readInstant(day, 'first'), readInstant(day, 'last'), readInstant(day, 'last', 'America/New_York')]);
  line('period', [addPeriod(day, 'P1Y1M1D'), addPeriod(day, 'P1M', -1)]);
}

// Issuing: everything but keys and what is drawn.
let drawn = 0;
const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => ++drawn % 251) };
for (const now of INSTANTS.slice(0, 6)) {
  const issuing = await openWorld({ clock: setClock(now), random: random as never });
  const { achievementId } = await seed(issuing);
  const day = now.slice(0, 10);
  for (const recipient of [
    {},
    { validUntil: '2031-12-31' },
    { awardedDate: day },
    { validFrom: day, validUntil: '2031-02-28' },
  ]) {
    try {
      const body = { achievementId, recipients: [recipient] } as unknown as JsonObject;
      const [one] = await issuing.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
      // The definition's own id is drawn elsewhere.
      const { proof, ...document } = JSON.parse(one!.text.replaceAll(achievementId, 'ACHIEVEMENT')) as JsonObject;
      line('issued', [document, isObject(proof!) && proof.created]);
    } catch (error) {
      line('refused', [String(error), (error as { errors?: unknown }).errors]);
    }
  }
  await issuing.close();
}

// Verifying: what the report says, around the ends of validity.
const school = actor('school');
const on = world([school]);
for (const now of INSTANTS) {
  on.now.at = now;
  const signed = await on.sign(
    school,
    badge(school, {
      ...statusEntry(3),
      validFrom: '2026-06-15T10:00:00+08:00',
      validUntil: '2026-12-31T23:59:59+08:00',
    }),
  );
  const { verdict, sentence, checkedAt, checks } = await on.verifier.verify({ document: signed });
  line('report', [
    verdict,
    sentence,
    checkedAt,
    checks.map(({ check, result, code, message }) => [check, result, code, message]),
  ]);
}

// Pages.
for (const lang of ['en', 'fil'] as const) {
  for (const [at, instant] of INSTANTS.slice(0, 4).entries()) {
    const dated = (field: string) => (/date|since|until|from|day|on$|at$|when/i.test(field) ? instant : `a ${field}`);
    const pages = pagesWith({ lang, specimen: at % 2 === 0, path: '/verify' }, dated, () => 'https://tatak.example/');
    for (const [name, html] of Object.entries(pages)) line(`page ${name}`, html);
  }
  line('page framework', renderFramework({ lang, specimen: false, path: '/framework' }, frameworkSections()));
}
// Written whole before the process ends: a pipe takes it in pieces.
process.stdout.write(lines.join('\n'), () => process.exit(0));
