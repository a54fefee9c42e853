export type { Interaction, Interactions, OfferedBadge } from './interactions.ts';
export { PRE_AUTHORIZED, WALLET_SCOPE } from './names.ts';
export { createOAuth, type OAuthDeps } from './oauth.ts';
export type { OAuthOutcome } from './outcomes.ts';
export * from './ports.ts';
export { deriveKey } from './secrets.ts';
export * from './systems.ts';
export { RegistrationRefusal } from './wallets.ts';
