export type { HolderBadge } from './badges.ts';
export { CODE_LIMITS, CODE_MS } from './codes.ts';
export { emailKey, normalEmail } from './email.ts';
export { createHolders, HOLDER_SESSION_MS, type Holders, type HoldersDeps, type KeyChallenge } from './holders.ts';
export { limitedUse, unlessUsedUp } from './limited-use.ts';
export { createNameMatch, type NameAnswer, type NameMatch } from './name-match.ts';
export * from './ports.ts';
export { createPrivacy, type ErasurePlan, type ErasureStep, type PersonalExport, type Privacy } from './privacy.ts';
export { createReleases, holderActor, NOTHING_CHOSEN, type Release, type Releases } from './release.ts';
