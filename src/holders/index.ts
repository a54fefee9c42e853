export type { HolderBadge } from './badges.ts';
export { CODE_LIMITS, CODE_MS, CODE_TRIES } from './codes.ts';
export { emailKey, normalEmail } from './email.ts';
export { createHolders, type Holders, type HoldersDeps, type KeyChallenge, SESSION_MS } from './holders.ts';
export * from './ports.ts';
