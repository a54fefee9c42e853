import type { Overrides } from '#app';

/**
 * The keystore opens at once, for tests that open many. That the service derives its key at full cost is shown where nothing of
 * this is given: `keystore.test.ts`, `kp-11.test.ts`. What was made so is opened so, and by nothing else.
 */
export const QUICK_KEYS = { keys: { cost: 10 } } as const satisfies Overrides;

/**
 * A test is one caller, on a machine that others use as well: it is neither limited nor refused for want of time. And as it
 * waits for what is sent and issued later, that is looked for often.
 */
export const UNLIMITED = {
  ...QUICK_KEYS,
  rateLimits: { address: 1e9, key: 1e9, tenant: 1e9, expensive: 1e9 },
  shedding: { working: 1e9, expensive: 1e9, others: 1e9, lateMs: 1e9, veryLateMs: 1e9 },
  lookMs: 20,
} as const satisfies Overrides;

/** The same for a service in a process of its own, as the setting `TATAK_RATE_LIMITS`: a process that is measured sheds load. */
export const UNLIMITED_RATES = ['address', 'key', 'tenant', 'expensive', 'expensiveTenant']
  .map((limit) => `${limit}=100000000`)
  .join();
