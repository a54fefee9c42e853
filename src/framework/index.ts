export { AWARD_TYPES, type AwardType, type ProtectedWord } from './award-types.ts';
export { type Cited, type Confidence, type Usable, usable } from './cited.ts';
export { phAchievementErrors, phCredentialErrors } from './ph-errors.ts';
