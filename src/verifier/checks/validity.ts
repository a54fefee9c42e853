import { formatInstant, LIMITS, parseDateTimeStamp } from '#kernel';
import { type Check, check } from '../report.ts';

/**
 * Is now inside validFrom..validUntil. The last second is included whole (VCDM 2.0, 4.9). A signer's clock may be ahead
 * of ours by LIMITS.clockSkew; nothing is added at the end, which is a date printed on certificates.
 * @param unbounded whether the document may leave out from when it holds, as every credential but a badge may
 */
export function checkValidity(
  period: { validFrom?: string; validUntil?: string },
  now: Date,
  unbounded = false,
): Check {
  const open = unbounded && period.validFrom === undefined;
  const from = parseDateTimeStamp(period.validFrom);
  const until = parseDateTimeStamp(period.validUntil);
  const evidence = { validFrom: period.validFrom, validUntil: period.validUntil, now: formatInstant(now) };
  if ((!from && !open) || (period.validUntil !== undefined && !until)) {
    const message = { en: 'Its dates cannot be read.', fil: 'Hindi mabasa ang mga petsa nito.' };
    return check('validity', 'fail', 'unreadable_dates', message, evidence);
  }
  if (from && now.getTime() + LIMITS.clockSkew < from.getTime()) {
    const message = { en: 'Its validity has not begun yet.', fil: 'Hindi pa nagsisimula ang bisa nito.' };
    return check('validity', 'fail', 'not_yet_valid', message, evidence);
  }
  if (until && Math.floor(now.getTime() / 1000) * 1000 > until.getTime()) {
    const message = { en: 'Its validity is over.', fil: 'Tapos na ang bisa nito.' };
    return check('validity', 'fail', 'expired', message, evidence);
  }
  const message = until
    ? { en: 'It is within its period of validity.', fil: 'Saklaw pa ito ng panahon ng bisa nito.' }
    : { en: 'It is valid and has no end date.', fil: 'May bisa ito at walang takdang katapusan.' };
  return check('validity', 'pass', 'in_period', message, evidence);
}
