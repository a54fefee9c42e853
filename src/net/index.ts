export * from './address-policy.ts';
export { createCollector } from './collector.ts';
export { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
export { createGuardedPost, type GuardedPost, type GuardedPostOptions, type PostAnswer } from './guarded-post.ts';
export * from './ports.ts';
export type { LoopbackOrigin } from './target.ts';
