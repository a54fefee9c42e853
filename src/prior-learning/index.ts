export type { Acting } from './acting.ts';
export type { CaseFile, Said } from './file.ts';
export type { Appeal, AssessmentRecord, WorkplaceEvidence } from './model.ts';
export type { Outcome } from './outcomes.ts';
export * from './ports.ts';
export { createPriorLearning, type PriorLearning } from './prior-learning.ts';
export { feedbackOf } from './words.ts';
