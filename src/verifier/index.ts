export type { AccreditationAnswer, Logged } from './accreditation-answer.ts';
export type { Arrival, ArrivedBadge, OlderBadge } from './arrival.ts';
export type { BudgetLimits } from './budget.ts';
export type { RecipientClaim } from './checks/recipient.ts';
export type { HandedOver, HandedOverVerified } from './handed-over.ts';
export type { CredentialInput, Origin, UnreadForm } from './input/model.ts';
export { type BadgeSubject, type Binding, boundTo, type ProvenIdentifier, type StackPerson } from './person.ts';
export { outlineOf } from './presented.ts';
export { registerUrl } from './register.ts';
export { createRegisterAccess, type RegisterAccess } from './register-access.ts';
export * from './report.ts';
export type { ContextFinding, SessionDeps } from './session.ts';
export type { Stack, StackInput, StackSource } from './stack.ts';
export type { StackCredential, StackDecision, StackReport } from './stack-report.ts';
export { statusProblemOf } from './status-problems.ts';
export { decideStanding, decideVerdict, type StandingFacts, sentence } from './verdict.ts';
export {
  createVerifier,
  type VerifiedHolding,
  type Verifier,
  type VerifierDeps,
  type VerifyInput,
} from './verifier.ts';
export type {
  PresentationCheck,
  PresentationInput,
  PresentationReport,
  PresentationVerified,
} from './verify-presentation.ts';
