import type { AccreditationRecord, HeldRegisterRecord, IssuingDecisionRecord, SuccessionRecord } from '#accreditation';
import type { AchievementVersion } from '#achievements';
import type { ApiKeyRecord } from '#auth';
import type { ComponentRecord, ConferralRecord, EvaluationRecord } from '#conferrals';
import type { ApprovalRecord, CredentialRecord, PlainCredentialRecord, StatusListRecord } from '#credentials';
import type { MailRecord } from '#delivery';
import type { EquivalenceEditionRecord, EquivalenceEventRecord, EquivalenceRecord } from '#equivalences';
import type { ExchangeRecord } from '#exchanges';
import type { ImportedCredential } from '#imports';
import type { Institution, SigningKeyRecord, SigningStop } from '#institutions';
import type { BatchRecord, BatchRowRecord } from '#jobs';
import { sha256Hex } from '#kernel';
import type { AuditWrite } from '#observability';
import type { OfferRecord } from '#offers';
import type { PathwayRecord } from '#pathways';
import type { PresentationRequestRecord } from '#presentation-requests';
import type { CaseEntry, CaseRecord, EntryKind } from '#prior-learning';
import type { AnyWrite, Storage } from '#storage';
import type { DeliveryRecord, WebhookRecord } from '#webhooks';

/** Instants that sort: second `n` of one day. */
export const at = (n = 0): string => new Date(Date.UTC(2026, 5, 1, 0, 0, n)).toISOString().replace('.000', '');

export const institution = (tenant: string): Institution => ({
  tenant,
  profile: {
    name: `Unibersidad ng ${tenant}, Niño`,
    timeZone: 'Asia/Manila',
    otherIdentifier: [{ identifier: '1', identifierType: 'x' }],
  },
  createdAt: at(),
});

export const signingKey = (tenant: string, keyId: string, n = 0): SigningKeyRecord => ({
  tenant,
  keyId,
  purpose: 'assertion',
  publicKeyMultibase: `z6Mk${tenant}${keyId}`,
  wrappedPrivateKey: 'bm9uY2U.Y2lwaGVy',
  createdAt: at(n),
});

export const signingStop = (tenant: string, keyId: string, stopId: string, n = 0): SigningStop => ({
  ...{ stopId, tenant, keyId, stoppedAt: at(n), reason: 'the canonical forms differ', credentialId: `c-${tenant}` },
  ...{ suspects: [`https://x.example/credentials/${tenant}`], evidence: '{"unsigned":"{}"}' },
});

export const apiKey = (tenant: string, keyId: string, n = 0): ApiKeyRecord => ({
  tenant,
  keyId,
  secretSha256: 'ab'.repeat(32),
  role: 'issuer',
  label: 'Registrar',
  createdAt: at(n),
});

export const achievement = (tenant: string, achievementId: string, version = 1): AchievementVersion => ({
  tenant,
  achievementId,
  version,
  document: {
    type: ['Achievement'],
    name: 'Pangunang Lunas',
    'x:nested_key': { snake_case: 1, camelCase: [true, null] },
  },
  sha256: 'cd'.repeat(32),
  permittedIssuers: ['did:web:example.org'],
  statusPurpose: 'revocation',
  extension: version % 2 === 0,
  createdAt: at(version),
});

export const statusList = (tenant: string, listId: string, n = 0): StatusListRecord => ({
  tenant,
  listId,
  purpose: 'revocation',
  length: 131_072,
  createdAt: at(n),
  reserved: 0,
});

/** Prepared, in list `LIST-tenant`, of achievement `ACH-tenant`. */
export const credential = (
  tenant: string,
  credentialId: string,
  statusListIndex: number,
  more: Partial<CredentialRecord> = {},
): CredentialRecord => ({
  tenant,
  credentialId,
  awardId: `urn:uuid:${credentialId}`,
  edition: 1,
  achievementId: `ACH-${tenant}`,
  achievementVersion: 1,
  recipient: { subjectId: `urn:uuid:holder-${credentialId}`, name: 'Ñ' },
  statusListId: `LIST-${tenant}`,
  statusListIndex,
  statusPurpose: 'revocation',
  keyId: 'key-1-assertion',
  phase: 'prepared',
  state: 'active',
  awardedDate: at(),
  validFrom: at(),
  proofCreated: at(),
  unsigned: '{"unsigned":true}',
  preparedAt: at(),
  ...more,
});

/** Of the credential `c1-tenant`. */
export const offer = (tenant: string, offerId: string, n = 0): OfferRecord => ({
  ...{ tenant, offerId, credentialId: `c1-${tenant}`, awardId: `urn:uuid:c1-${tenant}` },
  ...{ secretSha256: sha256Hex(`secret ${offerId}`), confirmation: 'txCode', tries: 0, state: 'open' },
  ...{ createdAt: at(n), expiresAt: at(n + 50) },
});

/** After its first message. */
export const exchange = (tenant: string, offerId: string): ExchangeRecord => ({
  ...{ tenant, offerId, state: 'active', sequence: 1, challenge: 'c', challengeExpiresAt: at(9) },
  ...{ createdAt: at(), updatedAt: at() },
});

/** Prepared, in list `PLAIN-tenant` of the kind `plain`. */
export const plainCredential = (
  tenant: string,
  credentialId: string,
  statusListIndex: number,
  more: Partial<PlainCredentialRecord> = {},
): PlainCredentialRecord => ({
  ...{
    tenant,
    credentialId,
    localId: `urn:uuid:${credentialId}`,
    instance: 'eddsa-rdfc-2022',
    keyId: 'key-1-assertion',
  },
  ...{ phase: 'prepared', state: 'active', statusListId: `PLAIN-${tenant}`, statusListIndex },
  ...{ statusPurpose: 'revocation', proofCreated: at(), unsigned: '{"ñ":1}', preparedAt: at() },
  mandatoryPointers: ['/issuer'],
  ...more,
});

/** Waits for the decision of somebody else than `s-1`. */
export const approval = (
  tenant: string,
  approvalId: string,
  n = 0,
  more: Partial<ApprovalRecord> = {},
): ApprovalRecord => ({
  tenant,
  approvalId,
  state: 'pending',
  achievementId: `ACH-${tenant}`,
  achievementVersion: 1,
  recipients: 1,
  body: { achievementId: `ACH-${tenant}`, version: 1, recipients: [{ name: 'Niña' }] },
  requestSha256: '23'.repeat(32),
  preparedAt: at(n),
  preparedBy: 'key:one',
  preparedPerson: 's-1',
  ...more,
});

export const evaluation = (tenant: string, evaluationId: string, n = 0): EvaluationRecord => ({
  ...{ tenant, evaluationId, createdAt: at(n), createdBy: 'key:one' },
  ...{ pathway: `https://${tenant}.example/pathways/1`, pathwayVersion: '2', conferrer: `did:web:${tenant}.example` },
  ...{ date: '2026-06-01', outcome: 'met', subjectId: `urn:learner:${tenant}` },
  ...{ input: '{"holdings":[]}', inputSha256: '45'.repeat(32), output: '{"ñ":1}', outputSha256: '67'.repeat(32) },
  report: {
    ...{
      outcome: 'met',
      sentence: { en: 'Met', fil: 'Natugunan' },
      checkedAt: at(n),
      date: '2026-06-01',
      specimen: true,
    },
    ...{ pathway: { verdict: 'valid', code: 'ok' }, credentials: [], decisions: [] },
  },
  sources: { credentials: [{ index: 0, id: 'urn:c:1', sha256: '89'.repeat(32), document: '{}' }], decisions: [] },
});

export const conferral = (
  tenant: string,
  conferralId: string,
  evaluationId: string,
  more: Partial<ConferralRecord> = {},
): ConferralRecord => ({
  ...{ tenant, conferralId, evaluationId, state: 'prepared' },
  ...{ pathway: `https://${tenant}.example/pathways/1`, pathwayVersion: '2' },
  ...{ achievement: `https://${tenant}.example/achievements/q`, achievementId: `ACH-${tenant}`, achievementVersion: 1 },
  ...{
    subjectId: `urn:learner:${tenant}`,
    body: '{"recipients":[{"name":"Niña"}]}',
    preparedAt: at(1),
    preparedBy: 'key:one',
  },
  ...more,
});

export const component = (
  { tenant, conferralId, pathway, achievement }: ConferralRecord,
  ordinal: number,
  more: Partial<ComponentRecord> = {},
): ComponentRecord => ({
  ...{ tenant, conferralId, ordinal, credential: `https://x.example/credentials/${ordinal}` },
  ...{ componentAwardId: `urn:award:${tenant}:${ordinal}`, sha256: '89'.repeat(32), pathway, achievement },
  ...{ live: true, stateSeen: 'active' },
  ...more,
});

/** Opened by `s-1`. */
export const priorCase = (tenant: string, caseId: string, n = 0, more: Partial<CaseRecord> = {}): CaseRecord => ({
  tenant,
  caseId,
  state: 'open',
  route: 'RPL',
  achievementId: `ACH-${tenant}`,
  achievementVersion: 1,
  candidate: { subjectId: `urn:uuid:holder-${caseId}`, name: 'Niña' },
  revision: 0,
  openedAt: at(n),
  openedBy: 'key:one',
  openedPerson: 's-1',
  attempt: 1,
  ...more,
});

export const caseEntry = (tenant: string, caseId: string, kind: EntryKind, number: number): CaseEntry => ({
  ...{ tenant, caseId, kind, number },
  ...{ at: at(number), by: 'key:one', person: 's-1', body: `{"n":"ñ${number}"}`, sha256: '67'.repeat(32) },
});

export const accreditation = (tenant: string, accreditationId: string, n = 0): AccreditationRecord => ({
  tenant,
  accreditationId,
  accreditor: `did:web:${tenant}.example`,
  accredited: 'did:web:school.example',
  verb: 'accredit',
  role: 'Award',
  scope: [{ awardType: ['MicroCredential'], pqfLevelRange: { from: 3, to: 5 } }],
  validFrom: '2026-01-01',
  signed: '{"signed":true}',
  createdAt: at(n),
});

export const succession = (tenant: string, successionId: string, n = 0): SuccessionRecord => ({
  tenant,
  successionId,
  predecessor: 'did:web:school.example',
  successor: 'did:web:university.example',
  kind: 'Merger',
  mayAward: true,
  effectiveAt: at(n),
  recordedAt: at(n),
  reason: 'pinag-isa',
  by: 'key:one',
  legalInstrument: { kind: 'RA', number: '1' },
});

export const heldRegister = (tenant: string, heldId: string, n = 0): HeldRegisterRecord => ({
  tenant,
  heldId,
  accreditor: `did:web:${tenant}.example`,
  url: `https://${tenant}.example/registry`,
  published: at(n),
  validUntil: at(n + 1),
  sha256: '45'.repeat(32),
  text: `{"register":{},"parts":[],"n":${n}}`,
  consult: n % 2 === 0,
  maxAgeDays: 30,
  importedAt: at(n),
  by: 'key:one',
});

/** For achievement `ACH-tenant`, from second `n` on. */
export const issuingDecision = (tenant: string, decisionId: string, n = 0): IssuingDecisionRecord => ({
  tenant,
  decisionId,
  achievementId: `ACH-${tenant}`,
  reason: 'ayon sa kautusan',
  validFrom: at(n),
  validUntil: at(n + 100),
  recordedAt: at(n),
  by: 'key:one',
  legalInstrument: { kind: 'RA', number: '1' },
});

export const pathway = (tenant: string, pathwayId: string, version = 1): PathwayRecord => ({
  tenant,
  pathwayId,
  version,
  signed: `{"version":${version}}`,
  sha256: 'ef'.repeat(32),
  createdAt: at(version),
});

export const equivalence = (tenant: string, equivalenceId: string, n = 0): EquivalenceRecord => ({
  ...{ tenant, equivalenceId, state: 'draft', revision: 1 },
  input: { from: { achievement: `https://${tenant}.example/a`, version: ['1'] }, to: { mode: 'unspecified' } },
  ...{ createdAt: at(n), updatedAt: at(n) },
});

export const edition = (tenant: string, equivalenceId: string, n = 1): EquivalenceEditionRecord => ({
  ...{ tenant, equivalenceId, edition: n },
  ...{ signed: `{"edition":${n}}`, sha256: '67'.repeat(32), createdAt: at(n) },
});

export const equivalenceEvent = (
  tenant: string,
  equivalenceId: string,
  more: Partial<EquivalenceEventRecord> = {},
): EquivalenceEventRecord => ({
  ...{ tenant, equivalenceId, type: 'withdrawn', day: '2026-06-30', recordedAt: at(9), by: 'key:one' },
  ...{
    reason: 'binago',
    legalInstrument: { kind: 'JMC', number: '1' },
    supersededBy: 'https://x.example/equivalences/2',
  },
  ...more,
});

export const batch = (tenant: string, batchId: string, rows: number, n = 0): BatchRecord => ({
  tenant,
  batchId,
  achievementId: `ACH-${tenant}`,
  achievementVersion: 1,
  state: 'previewed',
  options: { awardedDate: at(), include: ['name'] },
  rows,
  invalidRows: 0,
  issuedRows: 0,
  failedRows: 0,
  requestSha256: '01'.repeat(32),
  createdAt: at(n),
  actor: 'key:one',
  fence: 0,
});

export const batchRows = (tenant: string, batchId: string, rows: number): BatchRowRecord[] =>
  Array.from({ length: rows }, (_, row) => ({
    tenant,
    batchId,
    row: row + 1,
    input: { name: `Tao ${row + 1}`, student_number: `${row}` },
    state: 'valid',
  }));

export const mail = (tenant: string, mailId: string, n = 0, more: Partial<MailRecord> = {}): MailRecord => ({
  ...{ tenant, mailId, kind: 'offer', to: `${mailId}@example.edu`, lang: 'fil', object: `about-${mailId}` },
  ...{ content: '{"link":"https://x.example/claim/secret"}', state: 'queued', attempts: 0 },
  ...{ dueAt: at(n), createdAt: at(n), expiresAt: at(50) },
  ...more,
});

export const webhook = (tenant: string, webhookId: string): Omit<WebhookRecord, 'position'> => ({
  ...{ tenant, webhookId, url: 'https://hooks.example/x', description: 'LMS', state: 'active', edition: 1 },
  ...{ createdAt: at(), createdBy: 'key:one', fence: 0, failures: 0 },
});

export const delivery = (tenant: string, webhookId: string, seq: number, subject: string): DeliveryRecord => ({
  ...{
    tenant,
    webhookId,
    seq,
    eventId: `evt_${seq}`,
    eventType: 'credential.issued',
    subject,
    payload: `{"id":"evt_${seq}"}`,
  },
  ...{ eventAt: at(), state: 'pending', attempts: 0, dueAt: at() },
});

export const audit = (tenant: string, operation: string, object: string): AuditWrite => ({
  op: 'audit.append',
  at: at(),
  tenant,
  actor: 'key:one',
  operation,
  object,
});

/** What a tenant needs before it can prepare credentials: itself, achievement `ACH-tenant` version 1, list `LIST-tenant`. */
export const tenantWrites = (tenant: string): AnyWrite[] => [
  { op: 'institution.insert', row: institution(tenant) },
  { op: 'achievement.insertVersion', row: achievement(tenant, `ACH-${tenant}`) },
  { op: 'statusList.insert', row: statusList(tenant, `LIST-${tenant}`) },
];

export async function seed(storage: Storage, ...tenants: string[]): Promise<void> {
  for (const tenant of tenants) await storage.transactor.commit(tenantWrites(tenant));
}

export const oauthRecord = (idSha256: string, until: number) => ({
  ...{ model: 'Code', idSha256, payload: 'sealed', expiresAt: at(until) },
});

export const oauthClient = (tenant: string, clientId: string) => ({
  ...{ tenant, clientId, secretSha256: 'ab'.repeat(32), role: 'issuer' as const, label: 'LMS', createdAt: at() },
});

export const presentationRequest = (requestId: string): PresentationRequestRecord => ({
  ...{ requestId, transactionSha256: 'ab'.repeat(32), nonce: 'n', state: 's', status: 'pending' },
  question: { holderBinding: 'preferred', badges: [{ name: 'Badge ni Niño' }] },
  query: {
    credentials: [{ id: 'a', format: 'ldp_vc', meta: { type_values: [['urn:type']] } }],
    credential_sets: [{ options: [['a']] }],
  },
  ...{ createdAt: at(), expiresAt: at(5), forgetAt: at(7) },
});

export const imported = (importId: string, more: Partial<ImportedCredential> = {}): ImportedCredential => ({
  ...{ importId, keeperKind: 'email', keeperValue: 'maria@students.example', format: 'ob3-json' },
  ...{ received: new Uint8Array([0, 255, 10]), mediaType: 'application/json', receivedSha256: 'sha' },
  ...{ credentialId: `urn:uuid:${importId}`, issuerId: 'did:web:elsewhere.example', name: 'SPECIMEN Unit' },
  ...{ identity: `identity of ${importId}`, validFrom: '2026-05-01T00:00:00.000Z', source: 'upload' },
  subject: {
    id: 'did:key:z9',
    identifiers: [{ identityHash: 'a@x.example', identityType: 'emailAddress', hashed: false }],
  },
  ...{ receivedAt: at(), arrivalVerdict: 'valid', reportSha256: 'sha', verdict: 'valid', verifiedAt: at() },
  sentence: { en: 'Genuine.', fil: 'Totoo.' },
  ...more,
});
