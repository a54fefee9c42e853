export * from './address-policy.ts';
export { createCollector } from './collector.ts';
export { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
export * from './ports.ts';
export type { LoopbackOrigin } from './target.ts';
