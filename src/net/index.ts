export * from './address-policy.ts';
export type { OnConnect, Resolve } from './connect.ts';
export { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
export * from './ports.ts';
export type { LoopbackOrigin } from './target.ts';
