export * from './accreditations.ts';
export * from './chain.ts';
export * from './check.ts';
export { isClosed } from './climb.ts';
export * from './decisions.ts';
export * from './dependents.ts';
export * from './entitlement.ts';
export * from './facts.ts';
export type { EventInput } from './inputs/event.ts';
export type { GrantInput } from './inputs/grant.ts';
export type { SuccessionInput } from './inputs/succession.ts';
export { legalInstant } from './instants.ts';
export { createHeirCheck, createIssuingGate, type IssuingAnswer, type IssuingQuestion } from './issuing.ts';
export { contradiction, EVENT_TYPES, IN_FORCE, type Standing, standing } from './lifecycle.ts';
export * from './model.ts';
export * from './ports.ts';
export { idOf, type RegisterHead, readEntries, readGrant, readRegister } from './read.ts';
export {
  createHeldRegisters,
  type HeldRegister,
  type HeldRegisters,
  type HoldInput,
  type RegisterFile,
} from './register/held.ts';
export { createPublication, type Publication } from './register/publication.ts';
export {
  MAX_ACTIONS,
  outputSchemaText,
  type Recognition,
  recognitionAt,
  recognizedEntitiesDocument,
} from './register/recognized-entities.ts';
export { createRecognizedEntities, type RecognizedEntities } from './register/recognized-publication.ts';
export { createLocalRegisters, type LocalRegisters, withParts } from './register/sources.ts';
export type { AccreditationScope, AwardFacts, DimensionName } from './scope/dimension.ts';
export { outputSchema } from './scope/output-schema.ts';
export { DIMENSIONS, scopeContains, scopeMismatch } from './scope/scope.ts';
export { createSuccessions, type Successions, successorsOf } from './successions.ts';
export * from './walk.ts';
