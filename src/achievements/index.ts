export {
  type AchievementInput,
  type Achievements,
  type AchievementsDeps,
  createAchievements,
} from './achievements.ts';
export { ACHIEVEMENT_TYPES } from './input-schema.ts';
export * from './ports.ts';
