import { RATE_LIMITS, type RateLimits } from '#api';

/** `NAME=REQUESTS` a minute, separated by commas; what is not named keeps its default. @param problems gets what is wrong */
export function readRateLimits(text: string | undefined, problems: string[]): Partial<RateLimits> {
  const limits: Partial<RateLimits> = {};
  for (const item of (text ?? '').split(',').flatMap((one) => one.trim() || [])) {
    const [, name = '', value] = /^([A-Za-z]+)=(\d{1,9})$/.exec(item) ?? [];
    if (Object.hasOwn(RATE_LIMITS, name) && Number(value) > 0) limits[name as keyof RateLimits] = Number(value);
    else problems.push(`TATAK_RATE_LIMITS: not NAME=REQUESTS of ${Object.keys(RATE_LIMITS).join(', ')}: ${item}`);
  }
  return limits;
}
