import { describe, expect, it } from 'vitest';
import { actingTenant, authorize, type OperationId, PERMISSIONS, type Role } from '#auth';
import { Problem } from '#kernel';

/** The written table, apart from the code: columns are nobody, operator, authority, issuer, approver, auditor. */
const TABLE = `
getHome                  y y y y y y
getHealth                y y y y y y
getLiveness              y y y y y y
getReadiness             y y y y y y
getCredential            y y y y y y
compareRecipientName     y y y y y y
getCredentialTranscript  y y y y y y
getAttestation           y y y y y y
getAttestationCode       y y y y y y
getInstitution           y y y y y y
getDidDocument           y y y y y y
getDidHistory            y y y y y y
getDidHistoryEntry       y y y y y y
getKeySet                y y y y y y
getKeySets               y y y y y y
getServiceDid            y y y y y y
getRequestForm           y y y y y y
submitRequestForm        y y y y y y
getRequest               y y y y y y
createPresentationRequest y y y y y y
readPresentationRequest  y y y y y y
getRequestObject         y y y y y y
postRequestObject        y y y y y y
sendPresentationResponse y y y y y y
getAchievement           y y y y y y
getImage                 y y y y y y
getAchievementImage      y y y y y y
getPathway               y y y y y y
getEquivalence           y y y y y y
submitPathwayPage        y y y y y y
createPathwayMatches     y y y y y y
getAccreditation         y y y y y y
getRegistry              y y y y y y
getRegister              y y y y y y
getRegisterPart          y y y y y y
getRegisterSnapshot      y y y y y y
getInstitutionAccreditations y y y y y y
getInstitutionAccreditationsDocument y y y y y y
getRecognizedEntities    y y y y y y
getOutputSchema          y y y y y y
getStatusList            y y y y y y
getRevocationList        y y y y y y
getContext               y y y y y y
getSchema                y y y y y y
getFramework             y y y y y y
getCrosswalk             y y y y y y
getVerifyPage            y y y y y y
submitVerifyPage         y y y y y y
getKeptReport            y y y y y y
getPrivacyPage           y y y y y y
getStatistics            y y y y y y
getDocs                  y y y y y y
getDocsChanges           y y y y y y
getDocsOperation         y y y y y y
getProblems              y y y y y y
getProblem               y y y y y y
getOpenApi               y y y y y y
getAsset                 y y y y y y
createVerification       y y y y y y
createEvaluation         y y y y y y
sendHolderCode           y y y y y y
confirmHolderCode        y y y y y y
readHolder               y y y y y y
endHolder                y y y y y y
createHolderChallenge    y y y y y y
addHolderKey             y y y y y y
listHolderCredentials    y y y y y y
createHolderEvaluation   y y y y y y
listHolderImports        y y y y y y
takeHolderImport         y y y y y y
readHolderImport         y y y y y y
readHolderImportContent  y y y y y y
removeHolderImport       y y y y y y
listHolderHosts          y y y y y y
connectHolderHost        y y y y y y
finishHolderHost         y y y y y y
pullFromHolderHost       y y y y y y
pushToHolderHost         y y y y y y
disconnectHolderHost     y y y y y y
chooseRelease            y y y y y y
letActAlone              y y y y y y
exportHolder             y y y y y y
planErasure              y y y y y y
eraseHolder              y y y y y y
getMyPage                y y y y y y
submitMyPage             y y y y y y
getClaimPage             y y y y y y
submitClaimPage          y y y y y y
getAuthorizationServer   y y y y y y
getAuthorizationServerOf y y y y y y
getOAuthKeys             y y y y y y
createOAuthToken         y y y y y y
revokeOAuthToken         y y y y y y
pushAuthorizationRequest y y y y y y
registerOAuthWallet      y y y y y y
registerPlatform         y y y y y y
revokePlatformToken      y y y y y y
getServiceDescription    y y y y y y
getCredentials           - - - - - -
upsertCredential         - - - - - -
getProfile               - - - - - -
putProfile               - - - - - -
startAuthorization       y y y y y y
resumeAuthorization      y y y y y y
getInteraction           y y y y y y
submitInteraction        y y y y y y
createInstitution        - y - - - -
listInstitutions         - y - - - -
readInstitution          - y y y y y
updateInstitution        - y - - - -
setIssuingPolicy         - y - - - -
setRetentionPolicy       - y - - - -
createKey                - y - - - -
rotateKey                - y - - - -
retireKey                - y - - - -
revokeKey                - y - - - -
resumeKey                - y - - - -
listKeys                 - y - - - y
createApiKey             - y - - - -
listApiKeys              - y - - - y
revokeApiKey             - y - - - -
getConsoleWebhooks       - - - y - y
getConsoleWebhook        - - - y - y
changeConsoleWebhook     - - - y - -
createWebhook            - - - y - -
listWebhooks             - - - y - y
readWebhook              - - - y - y
changeWebhook            - - - y - -
deleteWebhook            - - - y - -
rotateWebhookSecret      - - - y - -
testWebhook              - - - y - -
replayWebhook            - - - y - -
listWebhookDeliveries    - - - y - y
readWebhookDelivery      - - - y - y
redeliverWebhookEvent    - - - y - -
createOAuthClient        - y - - - -
listOAuthClients         - y - - - y
revokeOAuthClient        - y - - - -
getSignInPage            y y y y y y
submitSignInPage         y y y y y y
getSignInLink            y y y y y y
useSignInLink            y y y y y y
startOpenIdSignIn        y y y y y y
finishOpenIdSignIn       y y y y y y
getAccountPage           y y y y y y
submitAccountPage        y y y y y y
getSession               y y y y y y
chooseRole               y y y y y y
endSession               y y y y y y
createPasskeyChallenge   y y y y y y
addPasskey               y y y y y y
usePasskey               y y y y y y
createAccount            - y - - - -
listAccounts             - y - - - -
readAccount              - y - - - -
updateAccount            - y - - - -
deactivateAccount        - y - - - -
grantRole                - y - - - -
revokeRole               - y - - - -
recoverAccount           - y - - - -
setOpenIdProvider        - y - - - -
readOpenIdProvider       - y - - - -
removeOpenIdProvider     - y - - - -
confirmRecovery          - y y y y -
createAchievement        - - - y - -
listAchievements         - - - y - y
readAchievement          - - - y - y
createAchievementVersion - - - y - -
uploadImage              - - - y - -
issueCredentials         - - - y - -
listCredentials          - - - y - y
readCredential           - - - y - y
changeCredentialStatus   - - - y - -
changeStatuses           - - - y - -
listApprovals            - - - y y y
readApproval             - - - y y y
decideApproval           - - - - y -
createBatch              - - - y - -
listBatches              - - - y y y
readBatch                - - - y y y
startBatch               - - - y y -
cancelBatch              - - - y y -
followBatch              - - - y y y
getBatchCredentials      - - - y - y
listBatchRows            - - - y y y
openPriorLearning        - - - y - -
listPriorLearning        - - - y y y
readPriorLearning        - - - y y y
addPriorLearningEvidence - - - y - -
assessPriorLearning      - - - y y -
appealPriorLearning      - - - y - -
awardPriorLearning       - - - y - -
withdrawPriorLearning    - - - y - -
createAccreditation      - - y - - -
listAccreditations       - - y - - y
createAccreditationEvent - - y - - -
createPathway            - - y y - -
listPathways             - - y y - y
readPathway              - - y y - y
createPathwayVersion     - - y y - -
createEquivalence        - - y y - -
listEquivalences         - - y y - y
readEquivalence          - - y y - y
updateEquivalence        - - y y - -
decideEquivalence        - - y y - -
createEquivalenceEvent   - - y y - -
listAudit                - y - - - y
listErasures             - y - y - y
getLogCheckpoint         y y y y y y
getLogKey                y y y y y y
getLogConsistency        y y y y y y
getLogCredential         y y y y y y
createSuccession         - - y - - -
listSuccessions          - - y - - y
createIssuingDecision    - y - - - -
listIssuingDecisions     - y - y - y
holdRegister             - y - - - -
listHeldRegisters        - y - - - y
createAccreditationCheck y y y y y y
createStoredEvaluation   - - y y - -
listStoredEvaluations    - - y y - y
readStoredEvaluation     - - y y - y
replayStoredEvaluation   - - y y - y
getEndorsement           y y y y y y
vcApiExchangeMessage     y y y y y y
vcApiGetProtocols        y y y y y y
vcApiGetInteraction      y y y y y y
vcApiGetWorkflow         y y y y y y
vcApiCreateExchange      - - - y - -
vcApiGetExchange         - - - y - y
createOffer              - - - y - -
listOffers               - - - y - y
readOffer                - - - y - y
withdrawOffer            - - - y - -
resendOffer              - - - y - -
getMetrics               - y - - - -
createEndorsement        - - y y - -
listEndorsements         - - y y - y
readEndorsement          - - y y - y
changeEndorsementStatus  - - y y - -
vcApiVerifyCredential    y y y y y y
vcApiVerifyPresentation  y y y y y y
vcApiDeriveCredential    y y y y y y
vcApiGetStatusList       y y y y y y
getCredentialIssuerMetadata y y y y y y
getCredentialIssuerMetadataBelow y y y y y y
getCredentialOffer       y y y y y y
getCredentialOfferQr     y y y y y y
oid4vciNonce             y y y y y y
oid4vciCredential        y y y y y y
oid4vciDeferredCredential y y y y y y
oid4vciNotification      y y y y y y
vcApiIssueCredential     - - - y - -
vcApiIssueCredentialBy   - - - y - -
vcApiGetCredential       - - - y - y
vcApiDeleteCredential    - - - y - -
vcApiChangeStatus        - - - y - -
vcApiCreateStatusList    - - - y - -
vcApiCreateChallenge     - - y y y y
createConferral          - - - y - -
listConferrals           - - - y y y
readConferral            - - - y y y
getLearnerRecord         - - - y - y
reviewConferral          - - - y - -
getConsole               - - y y y y
getConsoleAchievements   - - - y - y
submitConsoleAchievement - - - y - -
getConsoleAchievementForm - - - y - -
getConsoleAchievement    - - - y - y
getConsoleClassLists     - - - y y y
submitConsoleClassList   - - - y - -
getConsoleClassListForm  - - - y - -
getConsoleTemplate       - - - y - -
getConsoleClassList      - - - y y y
changeConsoleClassList   - - - y y -
getConsoleClassListErrors - - - y y y
getConsoleClassListResult - - - y y y
getConsoleAwards         - - - y - y
findConsoleAwards        - - - y - y
getConsoleAwardForm      - - - y - -
submitConsoleAward       - - - y - -
getConsoleAward          - - - y - y
changeConsoleAward       - - - y - -
getConsoleApprovals      - - - y y y
getConsoleApproval       - - - y y y
decideConsoleApproval    - - - - y -
getConsoleGrants         - - y - - y
submitConsoleGrant       - - y - - -
getConsoleGrantForm      - - y - - -
getConsoleGrant          - - y - - y
recordConsoleGrantEvent  - - y - - -
`;
const WHO: (Role | undefined)[] = [undefined, 'operator', 'authority', 'issuer', 'approver', 'auditor'];
const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.split(/\s+/) as [OperationId, ...string[]]);

const kindOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.kind : `not a problem: ${error}`;
  }
};

describe('permissions (AU-5)', () => {
  it('has a written row for every operation and no other', () => {
    expect(rows.map(([operation]) => operation).sort()).toEqual(Object.keys(PERMISSIONS).sort());
  });

  it.each(rows)('%s is allowed to exactly those written', (operation, ...cells) => {
    expect(cells).toHaveLength(WHO.length);
    for (const [column, role] of WHO.entries()) {
      const expected = cells[column] === 'y' ? undefined : role ? 'forbidden' : 'unauthenticated';
      for (const who of [{ keyId: 'k' }, { accountId: 'a' }, { accountId: 'a', person: 's-17' }]) {
        const principal = role && { tenant: 'specimen-university', role, ...who };
        expect(
          kindOf(() => authorize(principal, operation)),
          String(role),
        ).toBe(expected);
      }
    }
  });

  it('refuses an operation without a row to everyone', () => {
    for (const operation of ['', 'deleteEverything', 'toString', 'constructor', '__proto__', 'GetHome']) {
      for (const role of WHO) {
        expect(kindOf(() => authorize(role && { tenant: 'system', keyId: 'k', role }, operation))).toBe('forbidden');
      }
    }
  });
});

describe('actingTenant', () => {
  it('lets operators name an institution, and others only their own', () => {
    const operator = { tenant: 'system', keyId: 'k', role: 'operator' } as const;
    const issuer = { tenant: 'specimen-university', keyId: 'k', role: 'issuer' } as const;
    expect(actingTenant(operator, 'other')).toBe('other');
    expect(kindOf(() => actingTenant(operator))).toBe('invalid-request');
    expect(actingTenant(issuer)).toBe('specimen-university');
    expect(actingTenant(issuer, 'specimen-university')).toBe('specimen-university');
    expect(kindOf(() => actingTenant(issuer, 'other'))).toBe('not-found');
  });
});
