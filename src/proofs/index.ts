export * from './canonical/canonicalize.ts';
export { type CanonicalizationCode, CanonicalizationError } from './canonical/outcome.ts';
export { nestedRepetition } from './canonical/repetition.ts';
export * from './context-policy.ts';
export * from './contexts.ts';
export { createEddsaRdfc2022 } from './eddsa-rdfc-2022/sign.ts';
export { createProofChecker } from './eddsa-rdfc-2022/verify.ts';
export * from './harden.ts';
export * from './ports.ts';
