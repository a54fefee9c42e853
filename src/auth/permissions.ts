import { Problem } from '#kernel';
import type { Role } from './ports.ts';
import type { Principal } from './principal.ts';

const OPERATOR = ['operator'] as const;
const ISSUER = ['issuer'] as const;
const AUTHORITY = ['authority'] as const;

/**
 * Who may do what: one row for each operation of the API, nothing implied. Operators manage institutions and keys, never
 * awards; issuers and authorities work in their own tenant; approvers read what waits there and decide it, and prepare
 * nothing; auditors read their tenant and its audit log. A role says nothing about *whose* things: that is `actingTenant`.
 */
export const PERMISSIONS = {
  // Public: what stands on certificates and what verifiers and wallets fetch.
  getHome: 'anyone',
  getHealth: 'anyone',
  getLiveness: 'anyone',
  getReadiness: 'anyone',
  getCredential: 'anyone',
  getCredentialTranscript: 'anyone',
  getInstitution: 'anyone',
  getInstitutionAccreditations: 'anyone',
  getInstitutionAccreditationsDocument: 'anyone',
  getDidDocument: 'anyone',
  getDidHistory: 'anyone',
  getDidHistoryEntry: 'anyone',
  getKeySet: 'anyone',
  getKeySets: 'anyone',
  getServiceDid: 'anyone',
  // Asking a holder for badges, and what wallets call: whoever asks needs no account.
  getRequestForm: 'anyone',
  submitRequestForm: 'anyone',
  getRequest: 'anyone',
  createPresentationRequest: 'anyone',
  readPresentationRequest: 'anyone',
  getRequestObject: 'anyone',
  postRequestObject: 'anyone',
  sendPresentationResponse: 'anyone',
  getAchievement: 'anyone',
  getImage: 'anyone',
  getAchievementImage: 'anyone',
  getPathway: 'anyone',
  getEquivalence: 'anyone',
  getEndorsement: 'anyone',
  submitPathwayPage: 'anyone',
  getAccreditation: 'anyone',
  getRegistry: 'anyone',
  getRegister: 'anyone',
  getRegisterPart: 'anyone',
  getRegisterSnapshot: 'anyone',
  getRecognizedEntities: 'anyone',
  getOutputSchema: 'anyone',
  getStatusList: 'anyone',
  getRevocationList: 'anyone',
  getLogCheckpoint: 'anyone',
  getLogKey: 'anyone',
  getLogConsistency: 'anyone',
  getLogCredential: 'anyone',
  getContext: 'anyone',
  getSchema: 'anyone',
  getFramework: 'anyone',
  getCrosswalk: 'anyone',
  getVerifyPage: 'anyone',
  submitVerifyPage: 'anyone',
  getDocs: 'anyone',
  getOpenApi: 'anyone',
  getAsset: 'anyone',
  createVerification: 'anyone',
  createEvaluation: 'anyone',
  createPathwayMatches: 'anyone',
  createAccreditationCheck: 'anyone',
  vcApiVerifyCredential: 'anyone',
  vcApiVerifyPresentation: 'anyone',
  vcApiDeriveCredential: 'anyone',
  vcApiGetStatusList: 'anyone',
  // Officers sign in, and see who they are: what the session allows is decided by whose it is.
  getSignInPage: 'anyone',
  submitSignInPage: 'anyone',
  getSignInLink: 'anyone',
  useSignInLink: 'anyone',
  startOpenIdSignIn: 'anyone',
  finishOpenIdSignIn: 'anyone',
  getAccountPage: 'anyone',
  submitAccountPage: 'anyone',
  getSession: 'anyone',
  chooseRole: 'anyone',
  endSession: 'anyone',
  createPasskeyChallenge: 'anyone',
  addPasskey: 'anyone',
  usePasskey: 'anyone',
  // Whoever has what opens the offer.
  vcApiExchangeMessage: 'anyone',
  vcApiGetProtocols: 'anyone',
  vcApiGetInteraction: 'anyone',
  vcApiGetWorkflow: 'anyone',
  // A learner's session decides, by its cookie: no key and no role.
  sendHolderCode: 'anyone',
  confirmHolderCode: 'anyone',
  readHolder: 'anyone',
  endHolder: 'anyone',
  createHolderChallenge: 'anyone',
  addHolderKey: 'anyone',
  listHolderCredentials: 'anyone',
  createHolderEvaluation: 'anyone',
  getMyPage: 'anyone',
  submitMyPage: 'anyone',
  getClaimPage: 'anyone',
  submitClaimPage: 'anyone',
  // OAuth: who redeems a code or a client secret is nobody before it did.
  getAuthorizationServer: 'anyone',
  getAuthorizationServerOf: 'anyone',
  getOAuthKeys: 'anyone',
  createOAuthToken: 'anyone',
  revokeOAuthToken: 'anyone',
  pushAuthorizationRequest: 'anyone',
  registerOAuthWallet: 'anyone',
  startAuthorization: 'anyone',
  resumeAuthorization: 'anyone',
  getInteraction: 'anyone',
  submitInteraction: 'anyone',
  // OpenID4VCI: whoever has an offer, and then an access token of it.
  getCredentialIssuerMetadata: 'anyone',
  getCredentialIssuerMetadataBelow: 'anyone',
  getCredentialOffer: 'anyone',
  getCredentialOfferQr: 'anyone',
  oid4vciNonce: 'anyone',
  oid4vciCredential: 'anyone',
  oid4vciDeferredCredential: 'anyone',
  oid4vciNotification: 'anyone',
  // VC API
  vcApiIssueCredential: ISSUER,
  vcApiIssueCredentialBy: ISSUER,
  vcApiGetCredential: ['issuer', 'auditor'],
  vcApiDeleteCredential: ISSUER,
  vcApiChangeStatus: ISSUER,
  vcApiCreateStatusList: ISSUER,
  vcApiCreateExchange: ISSUER,
  vcApiGetExchange: ['issuer', 'auditor'],
  vcApiCreateChallenge: ['issuer', 'authority', 'approver', 'auditor'],
  // Institutions and keys
  createInstitution: OPERATOR,
  listInstitutions: OPERATOR,
  readInstitution: ['operator', 'authority', 'issuer', 'approver', 'auditor'],
  updateInstitution: OPERATOR,
  setIssuingPolicy: OPERATOR,
  createKey: OPERATOR,
  rotateKey: OPERATOR,
  retireKey: OPERATOR,
  revokeKey: OPERATOR,
  resumeKey: OPERATOR,
  listKeys: ['operator', 'auditor'],
  createApiKey: OPERATOR,
  listApiKeys: ['operator', 'auditor'],
  revokeApiKey: OPERATOR,
  // Accounts of officers. An institution's own administrator may come later.
  createAccount: OPERATOR,
  listAccounts: OPERATOR,
  readAccount: OPERATOR,
  updateAccount: OPERATOR,
  deactivateAccount: OPERATOR,
  grantRole: OPERATOR,
  revokeRole: OPERATOR,
  recoverAccount: OPERATOR,
  // Whether it is another person than the two before, and near enough to know, the use case decides.
  confirmRecovery: ['operator', 'authority', 'issuer', 'approver'],
  setOpenIdProvider: OPERATOR,
  readOpenIdProvider: OPERATOR,
  removeOpenIdProvider: OPERATOR,
  createOAuthClient: OPERATOR,
  listOAuthClients: ['operator', 'auditor'],
  revokeOAuthClient: OPERATOR,
  // Achievements
  createAchievement: ISSUER,
  listAchievements: ['issuer', 'auditor'],
  readAchievement: ['issuer', 'auditor'],
  createAchievementVersion: ISSUER,
  uploadImage: ISSUER,
  // Credentials
  issueCredentials: ISSUER,
  listCredentials: ['issuer', 'auditor'],
  readCredential: ['issuer', 'auditor'],
  changeCredentialStatus: ISSUER,
  changeStatuses: ISSUER,
  createBatch: ISSUER,
  listBatches: ['issuer', 'approver', 'auditor'],
  readBatch: ['issuer', 'approver', 'auditor'],
  // Which of the two is a matter of the institution's policy: the use case decides.
  startBatch: ['issuer', 'approver'],
  cancelBatch: ['issuer', 'approver'],
  followBatch: ['issuer', 'approver', 'auditor'],
  getBatchCredentials: ['issuer', 'auditor'],
  listBatchRows: ['issuer', 'approver', 'auditor'],
  // Endorsements: what an institution says of things of others. One person is enough: it awards nothing.
  createEndorsement: ['issuer', 'authority'],
  listEndorsements: ['issuer', 'authority', 'auditor'],
  readEndorsement: ['issuer', 'authority', 'auditor'],
  changeEndorsementStatus: ['issuer', 'authority'],
  // Offers
  createOffer: ISSUER,
  listOffers: ['issuer', 'auditor'],
  readOffer: ['issuer', 'auditor'],
  withdrawOffer: ISSUER,
  resendOffer: ISSUER,
  getMetrics: OPERATOR,
  // Approvals
  listApprovals: ['issuer', 'approver', 'auditor'],
  readApproval: ['issuer', 'approver', 'auditor'],
  decideApproval: ['approver'],
  // Prior learning: who assesses holds either key, and is another person than who brought the evidence.
  openPriorLearning: ISSUER,
  listPriorLearning: ['issuer', 'approver', 'auditor'],
  readPriorLearning: ['issuer', 'approver', 'auditor'],
  addPriorLearningEvidence: ISSUER,
  assessPriorLearning: ['issuer', 'approver'],
  appealPriorLearning: ISSUER,
  awardPriorLearning: ISSUER,
  withdrawPriorLearning: ISSUER,
  // Accreditations
  createAccreditation: AUTHORITY,
  listAccreditations: ['authority', 'auditor'],
  createAccreditationEvent: AUTHORITY,
  createSuccession: AUTHORITY,
  listSuccessions: ['authority', 'auditor'],
  // Who issues does not decide that it may: the operator records such a decision.
  createIssuingDecision: OPERATOR,
  listIssuingDecisions: ['operator', 'issuer', 'auditor'],
  holdRegister: OPERATOR,
  listHeldRegisters: ['operator', 'auditor'],
  // Pathways
  createPathway: ['issuer', 'authority'],
  listPathways: ['issuer', 'authority', 'auditor'],
  readPathway: ['issuer', 'authority', 'auditor'],
  createPathwayVersion: ['issuer', 'authority'],
  // Evaluations that are kept, and what is conferred by them: the rules state, a registrar confers.
  createStoredEvaluation: ['issuer', 'authority'],
  listStoredEvaluations: ['issuer', 'authority', 'auditor'],
  readStoredEvaluation: ['issuer', 'authority', 'auditor'],
  replayStoredEvaluation: ['issuer', 'authority', 'auditor'],
  createConferral: ISSUER,
  listConferrals: ['issuer', 'approver', 'auditor'],
  readConferral: ['issuer', 'approver', 'auditor'],
  getLearnerRecord: ['issuer', 'auditor'],
  reviewConferral: ISSUER,
  // Equivalences
  createEquivalence: ['issuer', 'authority'],
  listEquivalences: ['issuer', 'authority', 'auditor'],
  readEquivalence: ['issuer', 'authority', 'auditor'],
  updateEquivalence: ['issuer', 'authority'],
  decideEquivalence: ['issuer', 'authority'],
  createEquivalenceEvent: ['issuer', 'authority'],
  // The console: pages over the operations above, for the same roles.
  getConsole: ['issuer', 'approver', 'auditor'],
  getConsoleAchievements: ['issuer', 'auditor'],
  submitConsoleAchievement: ISSUER,
  getConsoleAchievementForm: ISSUER,
  getConsoleAchievement: ['issuer', 'auditor'],
  getConsoleClassLists: ['issuer', 'approver', 'auditor'],
  submitConsoleClassList: ISSUER,
  getConsoleClassListForm: ISSUER,
  getConsoleTemplate: ISSUER,
  getConsoleClassList: ['issuer', 'approver', 'auditor'],
  changeConsoleClassList: ['issuer', 'approver'],
  getConsoleClassListErrors: ['issuer', 'approver', 'auditor'],
  getConsoleClassListResult: ['issuer', 'approver', 'auditor'],
  getConsoleAwards: ['issuer', 'auditor'],
  findConsoleAwards: ['issuer', 'auditor'],
  getConsoleAward: ['issuer', 'auditor'],
  changeConsoleAward: ISSUER,
  getConsoleApprovals: ['issuer', 'approver', 'auditor'],
  getConsoleApproval: ['issuer', 'approver', 'auditor'],
  decideConsoleApproval: ['approver'],
  // Audit
  listAudit: ['operator', 'auditor'],
} as const satisfies Record<string, 'anyone' | readonly Role[]>;

export type OperationId = keyof typeof PERMISSIONS;

/**
 * Before dispatch. An operation without a row is refused for everyone, so that a new route cannot be forgotten open.
 * @throws Problem `unauthenticated` without a principal, `forbidden` for another role or an unknown operation
 */
export function authorize(principal: Principal | undefined, operationId: string): void {
  if (!Object.hasOwn(PERMISSIONS, operationId)) {
    throw new Problem('forbidden', `no permission is written for the operation ${operationId}`);
  }
  const permission: 'anyone' | readonly Role[] = PERMISSIONS[operationId as OperationId];
  if (permission === 'anyone') return;
  if (!principal) throw new Problem('unauthenticated', 'send an API key (Authorization: Bearer tatak_...) or sign in');
  if (!permission.includes(principal.role)) {
    throw new Problem('forbidden', `${operationId} needs the role ${permission.join(' or ')}`);
  }
}
