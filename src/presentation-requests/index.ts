export type { Answer, AnsweredBadge } from './answer.ts';
export type { DcqlQuery } from './dcql-query.ts';
export * from './ports.ts';
export * from './presentation-requests.ts';
export type { BadgeAsked, HolderBinding, Question } from './question.ts';
