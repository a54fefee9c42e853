export { type Challenges, createChallenges } from './challenges.ts';
export * from './ports.ts';
