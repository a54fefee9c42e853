import { type FieldError, parseDateTimeStamp } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults, parts } from './walk.ts';

const fault = faults('date-times');
const MEMBERS = ['validFrom', 'validUntil', 'awardedDate'];
const SUBJECT_MEMBERS = ['activityStartDate', 'activityEndDate'];

/** JWT `nbf` and `exp` can carry whole seconds only, so a badge that is to have both forms has no fraction. */
export const dateTimes: LintRule = {
  id: 'date-times',
  source: 'XML Schema 1.1 dateTimeStamp; VC Data Model 2.0 section 4.9; Open Badges 3.0 section 8.2 (nbf, exp)',
  effective: '2026-01-01',
  check(document) {
    const { subject } = parts(document);
    const places = [
      ...MEMBERS.map((name) => ({ pointer: `/${name}`, value: document[name] })),
      ...SUBJECT_MEMBERS.map((name) => ({ pointer: `/credentialSubject/${name}`, value: subject[name] })),
    ];
    const errors: FieldError[] = [];
    for (const { pointer, value } of places) {
      if (value === undefined) continue;
      if (!parseDateTimeStamp(value)) errors.push(fault(pointer, 'is not a date and time that exists, with offset'));
      else if (typeof value === 'string' && value.includes('.'))
        errors.push(fault(pointer, 'has a fraction of a second'));
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.validFrom = '2024-02-29T23:59:59+08:00';
      },
    ],
    fail: [
      '2026-02-30T00:00:00Z',
      '2026-02-28T24:00:00Z',
      '2026-02-28T00:00:00',
      '2026-02-28T23:59:60Z',
      '10000-01-01T00:00:00Z',
      '2026-02-28T00:00:00.000Z',
      '2026-02-28',
    ].map((text) => ({
      change: (d) => {
        d.validFrom = text;
      },
      pointer: '/validFrom',
    })),
  },
};
