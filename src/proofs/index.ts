export * from './addable-contexts.ts';
export * from './canonical/canonicalize.ts';
export { createCanonicalizerHere } from './canonical/here.ts';
export { type CanonicalizationCode, CanonicalizationError } from './canonical/outcome.ts';
export {
  createPlanSets,
  type OwnReference,
  type PlanPair,
  type PlanSets,
  type PlanUse,
} from './canonical/plan-sets.ts';
export { nestedRepetition } from './canonical/repetition.ts';
export { createProofChecker } from './check.ts';
export * from './context-policy.ts';
export * from './contexts.ts';
export { checkCwt } from './cose/check.ts';
export { type CborMap, type CborValue, type OpenedCwt, openCwt, signCwt } from './cose/sign1.ts';
export * from './harden.ts';
export { inlineTerms } from './inline-context.ts';
export { ALGORITHM_OF, signatureFinding } from './jose/algorithms.ts';
export { createJwtChecker } from './jose/check.ts';
export { type CompactJws, readCompact } from './jose/compact.ts';
export { isEnvelope, openEnvelope } from './jose/envelope.ts';
export { createJwtMaker } from './jose/make.ts';
export { openJwt } from './jose/open.ts';
export * from './jose/ports.ts';
export type { OpeningCode } from './jose/refusal.ts';
export { signCompact } from './jose/sign-compact.ts';
export { createLibraryCheck, type LibraryCheck } from './library-check.ts';
export { createProofMaker } from './make.ts';
export { type Mismatch, SigningMismatch } from './mismatch.ts';
export { withoutHttpClient } from './no-http-client.ts';
export * from './ports.ts';
export * from './published-contexts.ts';
export {
  type ReleaseAnswer,
  type ReleaseThread,
  type ReleaseThreadOnDemand,
  releaseThreadOnDemand,
  startReleaseThread,
} from './released/thread.ts';
export type { IssuingCryptosuite } from './suites.ts';
