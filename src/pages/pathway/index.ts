export { answerSentence } from './answer.ts';
export { renderPathway } from './page.ts';
export type * from './views.ts';
