export { type Challenges, type ChallengeUse, createChallenges } from './challenges.ts';
export * from './ports.ts';
