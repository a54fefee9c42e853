import { sha256Hex } from '#kernel';
import type { AnyWrite, Storage } from '#storage';
import { logKey } from '../../support/log-key.ts';
import {
  accreditation,
  apiKey,
  approval,
  at,
  audit,
  batch,
  batchRows,
  caseEntry,
  component,
  conferral,
  credential,
  edition,
  equivalence,
  equivalenceEvent,
  evaluation,
  heldRegister,
  issuingDecision,
  pathway,
  priorCase,
  signingKey,
  succession,
  tenantWrites,
} from './records.ts';

/** Every operation there is, in an order in which they work, for a tenant that does not exist yet. */
export function everyWrite(tenant: string): AnyWrite[] {
  const id = (name: string) => `${name}-${tenant}`;
  const batchId = id('batch');
  const decided = { decidedAt: at(5), decidedBy: 'key:two', decidedPerson: 's-2' };
  const conferred = conferral(tenant, id('conf'), id('eval'));
  return [
    ...tenantWrites(tenant),
    { op: 'institution.updateProfile', tenant, profile: { name: 'Bagong pangalan' } },
    { op: 'institution.setApproval', tenant, approval: 'two-person' },
    { op: 'signingKey.insert', row: signingKey(tenant, 'key-1-assertion') },
    {
      op: 'didDocument.insert',
      row: { tenant, number: 1, recordedAt: at(), sha256: '67'.repeat(32), text: '{"id":"did:web:x.example"}' },
    },
    { op: 'signingKey.retire', tenant, keyId: 'key-1-assertion', retiredAt: at(1) },
    { op: 'signingKey.revoke', tenant, keyId: 'key-1-assertion', revokedAt: at(2) },
    { op: 'apiKey.insert', row: { ...apiKey(tenant, id('api')), person: 'S-1' } },
    { op: 'apiKey.revoke', tenant, keyId: id('api'), revokedAt: at(3) },
    {
      op: 'image.insert',
      row: { tenant, imageId: id('image'), mediaType: 'image/png', bytes: Uint8Array.of(1, 0, 255), createdAt: at() },
    },
    {
      op: 'idempotency.insert',
      row: { tenant, operation: 'issue', key: 'k', requestSha256: 'r', credentialIds: [id('c1')], createdAt: at() },
    },
    { op: 'batch.insert', row: batch(tenant, batchId, 3), rows: batchRows(tenant, batchId, 3) },
    { op: 'batch.queue', tenant, batchId },
    { op: 'batch.lease', tenant, batchId, fence: 0, leaseUntil: at(50) },
    { op: 'batch.hold', tenant, batchId, fence: 1 },
    { op: 'batch.queue', tenant, batchId, approvedPerson: 's-2' },
    { op: 'batch.lease', tenant, batchId, fence: 1, leaseUntil: at(60) },
    { op: 'credential.prepare', row: credential(tenant, id('c1'), 5, { batchId, batchRow: 1 }) },
    { op: 'credential.prepare', row: credential(tenant, id('c2'), 131_071) },
    { ...audit(tenant, 'credential.prepare', id('c1')), detail: { count: 2, last: true } },
    { op: 'credential.issue', tenant, credentialId: id('c1'), signed: '{"proof":{}}', sha256: 's', issuedAt: at(4) },
    { op: 'credential.abandon', tenant, credentialId: id('c2'), at: at(4) },
    { op: 'batchRow.issued', tenant, batchId, row: 1, credentialId: id('c1') },
    { op: 'batchRow.failed', tenant, batchId, row: 2, errors: [{ pointer: '/name', detail: 'absent' }] },
    { op: 'batch.finish', tenant, batchId, fence: 2, state: 'done', finishedAt: at(5) },
    { op: 'credential.changeState', tenant, credentialId: id('c1'), from: 'active', to: 'revoked' },
    { op: 'approval.insert', row: approval(tenant, id('a1'), 0, { idempotencyKey: 'k' }) },
    { op: 'approval.insert', row: approval(tenant, id('a2'), 1) },
    { op: 'approval.decide', tenant, approvalId: id('a1'), state: 'approved', ...decided },
    {
      op: 'approval.settle',
      tenant,
      approvalId: id('a1'),
      state: 'issued',
      settledAt: at(6),
      credentialIds: [id('c1')],
    },
    { op: 'approval.decide', tenant, approvalId: id('a2'), state: 'rejected', ...decided, reason: 'mali' },
    { op: 'priorLearning.open', row: priorCase(tenant, id('p1')) },
    { op: 'priorLearning.enter', row: caseEntry(tenant, id('p1'), 'evidence', 0) },
    {
      op: 'priorLearning.change',
      tenant,
      caseId: id('p1'),
      revision: 0,
      set: { state: 'withdrawn', reason: 'mali', closedAt: at(6) },
    },
    {
      op: 'statusEvent.insert',
      row: { tenant, credentialId: id('c1'), action: 'revoke', reason: 'mali', at: at(6), actor: 'key:one' },
    },
    { op: 'statusList.publish', listId: `LIST-${tenant}`, published: '{"list":1}', publishedAt: at(7) },
    { op: 'accreditation.insert', row: accreditation(tenant, id('grant')) },
    {
      op: 'accreditationEvent.insert',
      row: {
        tenant,
        accreditationId: id('grant'),
        type: 'suspended',
        effectiveAt: '2026-06-02',
        recordedAt: at(8),
        by: 'key:one',
        reason: 'pagsusuri',
        legalInstrument: { kind: 'RA', number: '1' },
        supersededBy: 'https://x.example/grants/2',
      },
      after: 0,
    },
    { op: 'succession.insert', row: succession(tenant, id('succession')) },
    { op: 'heldRegister.insert', row: heldRegister(tenant, id('held')) },
    { op: 'issuingDecision.insert', row: issuingDecision(tenant, id('decision')) },
    { op: 'pathway.insert', row: pathway(tenant, id('path')) },
    { op: 'evaluation.insert', row: evaluation(tenant, id('eval')) },
    {
      op: 'conferral.insert',
      row: conferred,
      components: [component(conferred, 0, { credentialId: id('c1') })],
      known: {},
    },
    {
      ...{ op: 'conferral.change', tenant, conferralId: id('conf'), from: ['prepared'] },
      set: { state: 'conferred', credentialId: id('c1'), settledAt: at(8), checkedAt: at(8) },
    },
    {
      ...{ op: 'conferral.learnerRecord', tenant, conferralId: id('conf') },
      learnerRecord: '{"record":1}',
    },
    {
      ...{ op: 'conferral.checked', tenant, conferralId: id('conf'), at: at(9), note: 'not found out' },
      seen: [{ ordinal: 0, state: 'revoked' }],
    },
    { op: 'equivalence.insert', row: equivalence(tenant, id('eq')) },
    {
      ...{ op: 'equivalence.edit', tenant, equivalenceId: id('eq'), revision: 1, updatedAt: at(1) },
      input: { from: { achievement: 'urn:a:1' }, to: { mode: 'block', achievements: ['urn:a:2'] } },
    },
    {
      ...{ op: 'equivalence.decide', tenant, equivalenceId: id('eq'), revision: 2 },
      ...{ decidedAt: at(2), validFrom: '2026-06-01', validUntil: '2027-06-30' },
    },
    { op: 'equivalenceEdition.insert', row: edition(tenant, id('eq')) },
    { op: 'equivalenceEvent.insert', row: equivalenceEvent(tenant, id('eq')), after: 0 },
    {
      ...{ op: 'equivalence.end', tenant, equivalenceId: id('eq') },
      ...{ from: 'decided', state: 'withdrawn', validUntil: '2026-06-30' },
    },
    { op: 'equivalenceEdition.insert', row: edition(tenant, id('eq'), 2) },
    { op: 'log.key', row: logKey(id('log')) },
    // A checkpoint must be true: the contract of the log has it. This block is beyond the end, where nobody reads.
    { op: 'log.blocks', rows: [{ block: Number.parseInt(sha256Hex(tenant).slice(0, 6), 16) + 1_000, root: 'ab' }] },
    { ...audit(tenant, 'all.done', tenant), objectSha256: 'ab'.repeat(32) },
  ];
}

/** Everything the readers can tell of a tenant, as one JSON text. */
export async function snapshot({ reader }: Storage, tenant: string): Promise<string> {
  const page = { limit: 500 };
  const id = (name: string) => `${name}-${tenant}`;
  const image = await reader.image(id('image'));
  return JSON.stringify([
    await reader.institution(tenant),
    await reader.institutions(page),
    await reader.signingKeys(tenant),
    await reader.didDocuments(tenant),
    await reader.lastDidDocument(tenant),
    await reader.apiKeys(undefined, page),
    await reader.achievements(tenant, page),
    image && { ...image, bytes: [...image.bytes] },
    await reader.idempotency(tenant, 'issue', 'k'),
    await reader.credentials({ tenant }, page),
    await reader.preparedCredentials(500),
    await reader.statusList(`LIST-${tenant}`),
    await reader.setStatusIndexes(`LIST-${tenant}`),
    await reader.takenStatusIndexes(`LIST-${tenant}`, [2, 5, 131_064, 131_071]),
    await reader.statusEvents(id('c1')),
    await reader.approvals({ tenant }, page),
    await reader.approvedApprovals(500),
    await reader.priorLearningCases({ tenant }, page),
    await reader.priorLearningEntries(tenant, id('p1')),
    await reader.awardingCases(500),
    await reader.batches(tenant, page),
    await reader.batchRows(tenant, id('batch'), page),
    await reader.registerPart(tenant, 0, 65_536),
    await reader.successionsBy(tenant),
    await reader.heldRegister(`did:web:${tenant}.example`),
    await reader.issuingDecisions(tenant, page),
    await reader.pathways(undefined, page),
    await reader.evaluations({ tenant }, page),
    await reader.evaluation(tenant, id('eval')),
    await reader.conferrals({ tenant }, page),
    await reader.components(tenant, id('conf')),
    await reader.equivalences({ tenant }, page),
    await reader.equivalenceEdition(id('eq')),
    await reader.equivalenceEvents(id('eq')),
    await reader.auditEntries(undefined, page),
    await reader.logKey(),
    await reader.logBlocks(0, 2 ** 25),
  ]);
}
