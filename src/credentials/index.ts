export { type Approvals, type AttemptState, createApprovals } from './approval/approvals.ts';
export * from './approval/ports.ts';
export { assertTwoPersons, releaseBatch, wantsTwoPersons } from './approval/release.ts';
export { endorsementUrl } from './endorsements/document.ts';
export { type Carrier, createEndorsementCheck } from './endorsements/embeddable.ts';
export {
  createEndorsements,
  type EndorsementDeps,
  type EndorsementInput,
  type Endorsements,
} from './endorsements/endorsements.ts';
export * from './endorsements/ports.ts';
export type { FormsCall, IssuedForm, IssueForms } from './forms/issue-forms.ts';
export { assertStanding } from './forms/web-copy.ts';
export { actingEmail, endOfGuardian, type Guardian, guardianOn } from './guardian.ts';
export { assertIssuable, type Issuing, issuableErrors } from './issuable.ts';
export * from './issue/deps.ts';
export type { IssuedCredential } from './issue/finish.ts';
export { createIssuer, type IssueCall, type Issuer } from './issue/issue.ts';
export { type Reconciled, reconcile } from './issue/reconcile.ts';
export type { Include, IssueRequest, RecipientRequest } from './issue/request.ts';
export type { PreparedRows } from './issue/rows.ts';
export { createSampled } from './issue/sampled.ts';
export { LintToken, lint, redeem } from './lint.ts';
export { EVIDENCE_TYPES } from './lints/evidence-terms.ts';
export { PRIOR_LEARNING_ROUTES } from './lints/prior-learning.ts';
export type { LintContext, LintRule } from './lints/rule.ts';
export { textFault } from './lints/unicode.ts';
export { phContextUrl } from './model/build.ts';
export { identityHash } from './model/identity.ts';
export * from './model/read.ts';
export type { CheckedProofs, PlainDeps, PlainStep } from './plain/deps.ts';
export { plainProfile } from './plain/draw-up.ts';
export { DEFAULT_INSTANCE } from './plain/instances.ts';
export { createPlainIssuance } from './plain/issuance.ts';
export type { PlainIssueCall } from './plain/issue.ts';
export { createPlainCredentials, type PlainCredentials } from './plain/plain.ts';
export * from './plain/ports.ts';
export { reconcilePlain } from './plain/reconcile.ts';
export * from './ports.ts';
export type { Drift, DriftCode } from './recheck/model.ts';
export { createRecheck, type Recheck, type RecheckDeps } from './recheck/recheck.ts';
export * from './status/bitstring.ts';
export { type Carried, carryStatuses } from './status/carry.ts';
export { type ManyChange, type ManyChanged, readTarget } from './status/many.ts';
export { type PublishedList, readPublishedList } from './status/published-list.ts';
export { createStatus, type Status, type StatusChange, type StatusChanged, type StatusDeps } from './status/status.ts';
export type { StatusAction } from './status/transitions.ts';
export { type Digest, readDigests } from './vcdm/digests.ts';
export { conformityErrors, versionOf } from './vcdm/index.ts';
export type { ConformityError, DocumentKind } from './vcdm/rule.ts';
export { isEnvelope } from './vcdm/rules/envelope.ts';
export { periodOf } from './vcdm/rules/validity.ts';
