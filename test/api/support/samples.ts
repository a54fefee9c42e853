import type { Operation } from '#api';
import { COOKIE_OPERATIONS } from '../../../src/api/http/officer-cookies.ts';
import { HOLDER_COOKIE } from './holder-stub.ts';
import { ID } from './stub.ts';

const DID = 'did:web:elsewhere.example';
const text = { en: 'All', fil: 'Lahat' };
const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
const pathway = {
  name: 'SPECIMEN Pathway',
  stackingRule: {
    id: 'all',
    kind: 'requireAll',
    text,
    source: 'this test',
    binding: 'Mandatory',
    realism: 'Illustrative',
    items: [{ code: 'UNIT 1', title: 'Unit 1' }],
  },
};

const equivalence = {
  from: { achievement: 'https://college.example/achievements/1' },
  to: { mode: 'unspecified', category: 'Elective' },
  credit: { system: 'HE-UNIT-16', value: '3' },
};

const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  credentialSubject: { id: 'urn:uuid:2' },
};

/** An acceptable body for each operation that takes JSON. */
export const BODIES: Record<string, Record<string, unknown>> = {
  createVerification: { url: 'https://badges.example/credentials/1' },
  createEvaluation: { pathway: 'https://badges.example/pathways/1', credentials: ['https://badges.example/1'] },
  createPathwayMatches: { url: 'https://badges.example/credentials/1' },
  createPresentationRequest: { badges: [{ achievement: 'https://college.example/achievements/1' }] },
  createInstitution: { slug: 'new-college', profile: { name: 'Specimen New College' } },
  updateInstitution: { profile: { name: 'Specimen New College' } },
  setIssuingPolicy: { approval: 'two-person' },
  setRetentionPolicy: { recipientRetentionDays: 30 },
  createKey: { purpose: 'assertion', algorithm: 'RSA' },
  rotateKey: { purpose: 'assertion' },
  revokeKey: {},
  resumeKey: { reason: 'looked at' },
  createApiKey: { institution: 'abc', role: 'issuer', label: 'test' },
  createOAuthClient: { institution: 'abc', role: 'issuer', label: 'test' },
  createWebhook: { url: 'https://hooks.college.example/x' },
  changeWebhook: { active: false },
  replayWebhook: { afterEvent: 'evt_1_0123456789abcdef' },
  createAccount: { email: 'registrar@college.example', roles: [{ institution: 'abc', role: 'issuer' }] },
  updateAccount: { person: 's-17' },
  grantRole: { institution: 'abc', role: 'auditor' },
  setOpenIdProvider: { issuer: 'https://login.college.example', clientId: 'tatak' },
  chooseRole: { institution: 'abc', role: 'issuer' },
  createPasskeyChallenge: { purpose: 'use' },
  addPasskey: {
    name: 'Laptop',
    credential: {
      id: 'AA',
      rawId: 'AA',
      type: 'public-key',
      response: { clientDataJSON: 'AA', attestationObject: 'AA' },
    },
  },
  usePasskey: {
    credential: {
      ...{ id: 'AA', rawId: 'AA', type: 'public-key' },
      response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
    },
  },
  createAchievement: { achievement },
  createAchievementVersion: { achievement },
  issueCredentials: { achievementId: ID, recipients: [{ name: 'Amihan' }] },
  changeCredentialStatus: { action: 'revoke', reason: 'Awarded in error' },
  changeStatuses: { action: 'revoke', reason: 'Awarded in error', credentials: [ID] },
  decideApproval: { decision: 'approve' },
  openPriorLearning: { achievementId: ID, route: 'RPL', candidate: { name: 'Amihan' } },
  addPriorLearningEvidence: {
    workplaceEvidence: [
      { name: 'Log', evidenceType: 'Log', description: 'Calls', from: '2026-01-01', to: '2026-01-02' },
    ],
  },
  assessPriorLearning: {
    ...{ assessedOn: '2026-01-03', assessor: 'A-0042' },
    judgements: [{ outcome: '/criteria', judged: 'Competent', evidence: [0], method: ['Interview'] }],
  },
  appealPriorLearning: { on: '2026-01-03', grounds: 'The log was not read.' },
  awardPriorLearning: { include: ['period'] },
  withdrawPriorLearning: { reason: 'The candidate asked for it' },
  createBatch: { achievementId: ID, rows: [{ name: 'Amihan' }] },
  createAccreditation: {
    accredited: DID,
    role: 'Award',
    scope: [{ awardType: ['HeiCourse'] }],
    validFrom: '2026-01-01',
  },
  createAccreditationEvent: { type: 'suspended', effectiveAt: '2026-06-01', reason: 'Under review' },
  createSuccession: {
    predecessor: DID,
    kind: 'Closure',
    effectiveAt: '2026-06-01',
    reason: 'Closed by its board',
  },
  createIssuingDecision: { reason: 'Renewal applied for', validUntil: '2027-01-01' },
  holdRegister: { accreditor: DID, consult: true, maxAgeDays: 7 },
  createAccreditationCheck: { issuer: DID, at: '2026-03-14', award: { awardType: 'HeiCourse', pqfLevel: 7 } },
  createPathway: pathway,
  createPathwayVersion: pathway,
  createStoredEvaluation: { pathway: 'https://badges.example/pathways/1', credentials: ['https://badges.example/1'] },
  createConferral: { evaluationId: ID, achievementId: ID, recipient: { name: 'Amihan' } },
  reviewConferral: { decision: 'withdraw', reason: 'A component was revoked' },
  vcApiCreateExchange: { variables: { offer: ID } },
  vcApiExchangeMessage: {},
  createOffer: { credentialId: ID, confirmation: 'txCode' },
  createEndorsement: {
    endorses: { kind: 'achievement', id: 'https://college.example/achievements/1' },
    name: 'SPECIMEN Endorsement',
  },
  changeEndorsementStatus: { action: 'revoke', reason: 'The course was revised' },
  createEquivalence: equivalence,
  updateEquivalence: equivalence,
  decideEquivalence: { revision: 1 },
  createEquivalenceEvent: { type: 'withdrawn', reason: 'The course was revised' },
  sendHolderCode: { email: 'amihan@students.example' },
  confirmHolderCode: { email: 'amihan@students.example', code: '123456' },
  addHolderKey: { presentation: 'a.b.c' },
  chooseRelease: { name: 'shown', comparison: 'answered', page: 'shown' },
  eraseHolder: { confirmation: '0'.repeat(64) },
  connectHolderHost: { address: 'badges.example' },
  pushToHolderHost: { credentialId: ID },
  takeHolderImport: { url: 'https://badges.example/credentials/1' },
  createHolderEvaluation: { pathway: 'https://badges.example/pathways/1' },
  vcApiIssueCredential: { credential },
  vcApiIssueCredentialBy: { credential },
  vcApiChangeStatus: {
    credentialId: 'urn:uuid:1',
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    status: true,
  },
  vcApiCreateStatusList: { statusPurpose: 'revocation' },
  vcApiVerifyCredential: { verifiableCredential: credential },
  vcApiDeriveCredential: { verifiableCredential: credential, options: { selectivePointers: ['/issuer'] } },
  vcApiVerifyPresentation: { verifiablePresentation: { type: ['VerifiablePresentation'] } },
};

/** Of operations that take a form. */
const FORMS: Record<string, string> = {
  submitMyPage: 'action=code&email=amihan%40students.example',
  submitClaimPage: 'action=json',
  compareRecipientName: 'name=Maria',
  submitVerifyPage: 'url=https%3A%2F%2Fbadges.example%2F1',
  submitPathwayPage: 'credential=https%3A%2F%2Fbadges.example%2F1',
  createOAuthToken: 'grant_type=client_credentials',
  revokeOAuthToken: 'token=x',
  revokePlatformToken: 'token=x&token_type_hint=access_token',
  pushAuthorizationRequest: 'client_id=x',
  submitInteraction: 'action=deny',
  submitSignInPage: 'email=registrar%40college.example',
  useSignInLink: `token=${'A'.repeat(43)}`,
  submitAccountPage: 'action=signOut',
  submitRequestForm: 'name=SPECIMEN+A',
  submitConsoleAchievement: 'name=SPECIMEN+A&description=D&criteria=C',
  changeConsoleClassList: 'action=start',
  findConsoleAwards: 'by=email&q=amihan%40students.example',
  submitConsoleAward: `once=${ID}&achievementId=${ID}&name=Amihan`,
  changeConsoleAward: 'action=revoke&reason=Awarded+in+error&confirmed=yes',
  decideConsoleApproval: 'decision=approve',
  changeConsoleWebhook: 'action=redeliver&eventId=evt_1_0123456789abcdef',
  submitConsoleGrant:
    'accredited=did%3Aweb%3Aelsewhere.example&verb=accredit&role=Award&awardType=HeiCourse&validFrom=2026-01-01',
  recordConsoleGrantEvent: 'type=withdrawn&effectiveAt=2026-03-01&reason=Closed+down&confirmed=yes',
  postRequestObject: 'wallet_nonce=abc',
  sendPresentationResponse: 'state=abc&error=access_denied',
};

/** A form with a file, which comes last. */
const CLASS_LIST = [
  ...['--x', 'content-disposition: form-data; name="achievementId"', '', ID],
  ...['--x', 'content-disposition: form-data; name="file"; filename="list.csv"', 'content-type: text/csv', ''],
  ...['name', 'Amihan', '--x--', ''],
].join('\r\n');

/** Of operations whose standard says that what is not known is ignored. */
const OPEN_BODIES: Record<string, Record<string, unknown>> = {
  oid4vciCredential: { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt: ['a.b.c'] } },
  registerOAuthWallet: { redirect_uris: ['https://wallet.example/cb'] },
  registerPlatform: { client_name: 'SPECIMEN Backpack' },
  upsertCredential: { type: ['OpenBadgeCredential'] },
  putProfile: { id: 'urn:uuid:1', type: ['Profile'] },
  oid4vciDeferredCredential: { transaction_id: ID },
  oid4vciNotification: { notification_id: ID, event: 'credential_accepted' },
};

/** Of operations that cannot do without. */
const QUERIES: Record<string, string> = {
  updateEquivalence: '?revision=1',
  startOpenIdSignIn: '?institution=abc',
};

const PUBLIC_URL = 'http://localhost:8480';

const PARAMETERS: Record<string, string> = {
  number: '1',
  uid: 'x'.repeat(21),
  slug: 'abc',
  imageId: 'a'.repeat(64),
  image: 'image.svg',
  wardId: '0123456789abcdef',
  report: ID,
  sha256: 'a'.repeat(64),
  name: 'v1-draft',
  workflow: 'claim',
  clientId: 'tatak-system-0123456789abcdefghjkmnpqrs',
  instance: 'eddsa-rdfc-2022+chain',
  localId: 'urn:uuid:1',
  operationId: 'issueCredentials',
  kind: 'not-accredited',
  eventId: 'evt_1_0123456789abcdef',
};

/** A request that the description allows; ids are those of the stub. */
export function requestFor(operation: Operation, ids: Record<string, string> = {}) {
  const url = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'name' && operation.operationId === 'getAsset') return 'style.css';
    if (name === 'keyId' && operation.path.includes('/institutions/')) return 'key-1-assertion';
    if (name === 'name' && operation.operationId === 'getSchema') return 'a.json';
    return ids[name] ?? PARAMETERS[name] ?? ID;
  });
  const method = operation.method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  if (operation.operationId === 'uploadImage') {
    return { method, url, payload: Buffer.from([0x89, 0x50]), headers: { 'content-type': 'image/png' } };
  }
  if (operation.operationId === 'submitConsoleClassList') {
    return { method, url, payload: CLASS_LIST, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
  }
  const here: Record<string, string> = COOKIE_OPERATIONS.has(operation.operationId) ? { origin: PUBLIC_URL } : {};
  const form = FORMS[operation.operationId];
  if (form !== undefined) {
    return { method, url, payload: form, headers: { ...here, 'content-type': 'application/x-www-form-urlencoded' } };
  }
  if (operation.operationId === 'readPresentationRequest') return { method, url, headers: { transaction: ID } };
  if (operation.operationId === 'getLogConsistency') return { method, url: `${url}?from=1&to=1`, headers: {} };
  const query = QUERIES[operation.operationId] ?? '';
  const payload = BODIES[operation.operationId] ?? OPEN_BODIES[operation.operationId];
  const holder = /^\/(?:holder|my|claim)\b/.test(operation.path) ? { cookie: HOLDER_COOKIE } : {};
  return { method, url: url + query, ...(payload ? { payload } : {}), headers: { ...here, ...holder } };
}
