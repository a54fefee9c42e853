import { type FieldError, LIMITS, parseDateTimeStamp } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('validity-period');
const DAY = 86_400_000;

/** `validUntil` is the last second in which the badge is valid, so it may equal `validFrom`. */
export const validityPeriod: LintRule = {
  id: 'validity-period',
  source: 'VC Data Model 2.0 section 4.9: validUntil is not before validFrom; own limit of 366 days on a future start',
  effective: '2026-01-01',
  check(document, context) {
    const from = parseDateTimeStamp(document.validFrom)?.getTime();
    const until = parseDateTimeStamp(document.validUntil)?.getTime();
    const awarded = parseDateTimeStamp(document.awardedDate)?.getTime();
    const latest = context.now.getTime() + LIMITS.futureValidFromDays * DAY;
    const errors: FieldError[] = [];
    if (from !== undefined && until !== undefined && until < from) {
      errors.push(fault('/validUntil', 'is before validFrom'));
    }
    if (from !== undefined && from > latest) {
      errors.push(fault('/validFrom', `is more than ${LIMITS.futureValidFromDays} days ahead`));
    }
    if (awarded !== undefined && awarded > latest) {
      errors.push(fault('/awardedDate', `is more than ${LIMITS.futureValidFromDays} days ahead`));
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.validUntil = d.validFrom;
      },
      (d) => {
        d.validFrom = '2027-03-02T00:00:00Z';
      },
    ],
    fail: [
      {
        change: (d) => {
          d.validUntil = '2026-02-28T23:59:59Z';
        },
        pointer: '/validUntil',
      },
      {
        change: (d) => {
          d.validFrom = '2027-03-02T00:00:01Z';
        },
        pointer: '/validFrom',
      },
      {
        change: (d) => {
          d.awardedDate = '2027-03-02T00:00:01Z';
        },
        pointer: '/awardedDate',
      },
    ],
  },
};
