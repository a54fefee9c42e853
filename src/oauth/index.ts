export { createOAuth, type OAuthDeps } from './oauth.ts';
export * from './ports.ts';
export type { OAuthOutcome } from './provider.ts';
export * from './systems.ts';
