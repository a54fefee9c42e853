import type { Overrides } from '#app';

/**
 * A test is one caller, on a machine that others use as well: it is neither limited nor refused for want of time. And as it
 * waits for what is sent and issued later, that is looked for often.
 */
export const UNLIMITED: Pick<Overrides, 'rateLimits' | 'shedding' | 'lookMs'> = {
  rateLimits: { address: 1e9, key: 1e9, tenant: 1e9, expensive: 1e9 },
  shedding: { working: 1e9, expensive: 1e9, others: 1e9, lateMs: 1e9, veryLateMs: 1e9 },
  lookMs: 20,
};
