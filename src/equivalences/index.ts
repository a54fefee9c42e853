export { type EquivalenceSettings, equivalenceUrl } from './decision-document.ts';
export { createEquivalences, type Equivalences, type EquivalenceView } from './equivalences.ts';
export type { EquivalenceEventInput } from './event-input.ts';
export * from './model.ts';
export * from './ports.ts';
export { readDecision } from './read-decision.ts';
