import { type JsonObject, parseDateTimeStamp } from '#kernel';
import type { ConformityRule, Finding } from '../rule.ts';

/** The members in which each version keeps its period; 1.1 must say when it was issued. */
const PERIOD = {
  '2.0': { from: 'validFrom', until: 'validUntil', required: false },
  '1.1': { from: 'issuanceDate', until: 'expirationDate', required: true },
} as const;

/** The period of a document as its own version names it. */
export function periodOf(document: JsonObject, version: '2.0' | '1.1'): { validFrom?: string; validUntil?: string } {
  const { from, until } = PERIOD[version];
  const [start, end] = [document[from], document[until]];
  return {
    ...(typeof start === 'string' ? { validFrom: start } : {}),
    ...(typeof end === 'string' ? { validUntil: end } : {}),
  };
}

/** A time without a zone is another moment in another place. How far ahead a date lies is nobody's fault. */
export const validity: ConformityRule = {
  id: 'validity',
  clause: '4.9',
  check(document, about) {
    if (about.kind !== 'credential') return [];
    const { from, until, required } = PERIOD[about.version];
    const found: Finding[] = [from, until]
      .filter((name) => document[name] !== undefined && !parseDateTimeStamp(document[name]))
      .map((name) => ({ pointer: `/${name}`, detail: 'must be a dateTimeStamp, with its zone' }));
    if (required && document[from] === undefined) found.push({ pointer: `/${from}`, detail: 'is required' });
    const [start, end] = [parseDateTimeStamp(document[from]), parseDateTimeStamp(document[until])];
    if (start && end && end < start) {
      found.push({ pointer: `/${until}`, detail: `is before ${from}`, problem: 'RANGE_ERROR' });
    }
    return found;
  },
  examples: {
    pass: [
      { on: 'credential', title: 'no validFrom', change: (d) => delete d.validFrom },
      ...[
        ['validFrom with milliseconds', '2026-06-15T01:00:00.123Z'],
        ['validFrom in another zone', '2026-06-15T09:00:00+08:00'],
        ['validFrom west of Greenwich', '2026-06-14T19:00:00-06:00'],
      ].map(([title, value]) => ({
        on: 'credential' as const,
        title: title!,
        change: (d: { validFrom?: string }) => {
          d.validFrom = value!;
        },
      })),
      {
        on: 'credential',
        title: 'validUntil in the far future',
        change: (d) => {
          d.validUntil = '9999-12-31T23:59:59Z';
        },
      },
      {
        on: 'credential',
        title: 'validUntil equal to validFrom in another zone',
        change: (d) => {
          d.validFrom = '2099-06-15T01:00:00Z';
          d.validUntil = '2099-06-15T09:00:00+08:00';
        },
      },
      {
        on: 'credential-1.1',
        title: '1.1 issuanceDate and expirationDate',
        change: (d) => {
          d.expirationDate = '2099-06-15T01:00:00Z';
        },
      },
    ],
    fail: [
      ...['2026-06-15T01:00:00', '2026-06-15', 'tomorrow', 1781485200, null, '2026-02-30T00:00:00Z', '', []].flatMap(
        (value) =>
          ['validFrom', 'validUntil'].map((name) => ({
            on: 'credential' as const,
            title: `${name} ${JSON.stringify(value)}`,
            change: (d: Record<string, unknown>) => {
              d[name] = value;
            },
            pointer: `/${name}`,
          })),
      ),
      {
        on: 'credential',
        title: 'validUntil before validFrom',
        change: (d) => {
          d.validUntil = '2026-06-15T08:59:59+08:00';
        },
        pointer: '/validUntil',
      },
      {
        on: 'credential-1.1',
        title: '1.1 no issuanceDate',
        change: (d) => delete d.issuanceDate,
        pointer: '/issuanceDate',
      },
      {
        on: 'credential-1.1',
        title: '1.1 expirationDate before issuanceDate',
        change: (d) => {
          d.expirationDate = '2026-06-15T00:59:59Z';
        },
        pointer: '/expirationDate',
      },
    ],
  },
};
