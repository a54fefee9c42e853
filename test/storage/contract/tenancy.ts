import { describe, expect, it } from 'vitest';
import type { AnyReader, Storage } from '#storage';
import { everyWrite, snapshot } from '../support/every-write.ts';
import { at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

/** Every reader that is asked for one institution, also for ids of another. */
export async function everyOwnRead(reader: AnyReader, own: string, other: string): Promise<unknown[]> {
  const page = { limit: 100 };
  return [
    await reader.institution(own),
    await reader.signingKeys(own),
    await reader.didDocuments(own),
    await reader.apiKeys(own, page),
    await reader.achievements(own, page),
    await reader.credentials({ tenant: own }, page),
    await reader.credentials({ tenant: own, batchId: `batch-${other}` }, page),
    await reader.credentials({ tenant: own, achievementId: `ACH-${other}` }, page),
    await reader.credentialsByIds(own, [`c1-${other}`, `c2-${other}`]),
    await reader.idempotency(own, 'issue', 'k'),
    await reader.openStatusList(own, 'revocation'),
    await reader.plainCredential(own, `v1-${other}`),
    await reader.plainCredentialsNamed(own, `urn:uuid:v1-${other}`, 9),
    await reader.endorsements({ tenant: own }, page),
    await reader.endorsements({ tenant: own, endorses: `urn:x:${other}` }, page),
    await reader.approvals({ tenant: own }, page),
    await reader.approval(own, `a1-${other}`),
    await reader.approvalByIdempotencyKey(own, 'k'),
    await reader.priorLearningCases({ tenant: own }, page),
    await reader.priorLearningCase(own, `p1-${other}`),
    await reader.priorLearningEntries(own, `p1-${other}`),
    await reader.batches(own, page),
    await reader.batch(own, `batch-${other}`),
    await reader.batchRows(own, `batch-${other}`, page),
    await reader.batchRowsIn(own, `batch-${other}`, 'valid', { after: 0, limit: 9 }),
    await reader.batchCredentials(own, `batch-${other}`, { after: 0, limit: 9 }),
    await reader.credentialsOfRows(own, `batch-${other}`, [1, 2, 3]),
    await reader.accreditations({ tenant: own }, page),
    await reader.registerPart(own, 0, 65_536),
    await reader.grantsTo(['did:web:school.example'], { tenant: own }),
    await reader.delegationsOf(own),
    await reader.successionsBy(own),
    await reader.issuingDecisions(own, page),
    await reader.issuingDecision(own, `ACH-${other}`, at(1)),
    await reader.issuingDecision(own, `ACH-${own}`, at(1)),
    await reader.pathways(own, page),
    await reader.credentialsOfSubject(own, `urn:uuid:${other}`, 9),
    await reader.evaluations({ tenant: own }, page),
    await reader.evaluation(own, `eval-${other}`),
    await reader.conferrals({ tenant: own }, page),
    await reader.conferral(own, `conf-${other}`),
    await reader.conferralOfEvaluation(own, `eval-${other}`),
    await reader.components(own, `conf-${other}`),
    await reader.mailAbout({ tenant: own }, page),
    await reader.mailAbout({ tenant: own, object: `about-later-${other}` }, page),
    [...(await reader.lastMailAbout(own, [`about-later-${own}`, `about-later-${other}`]))],
    await reader.offers({ tenant: own }, page),
    [...(await reader.offersOf(own, [`c1-${own}`, `c1-${other}`]))],
    [...(await reader.formsOf(own, `c1-${other}`))],
    await reader.auditEntries(own, page),
  ];
}

/** AU-2 at the level of the store: two tenants with marker names, every read of the one shows nothing of the other. */
export function tenancyContract(open: Open): void {
  describe('tenants', () => {
    const store = opened(open);

    it('do not see each other in any list of their own', async () => {
      for (const tenant of ['marker-uno', 'marker-dos']) await store().transactor.commit(everyWrite(tenant));
      const { reader } = store();
      for (const [own, other] of [
        ['marker-uno', 'marker-dos'],
        ['marker-dos', 'marker-uno'],
      ] as const) {
        const seen = JSON.stringify(await everyOwnRead(reader, own, other));
        expect(seen).toContain(own);
        expect(seen).not.toContain(other);
      }
    });

    it('cannot change each other’s rows', async () => {
      const before = await snapshot(store(), 'marker-dos');
      await changeAsAnother(store(), 'marker-dos', 'marker-uno');
      expect(await snapshot(store(), 'marker-dos')).toBe(before);
    });
  });
}

/** Every change of the one, asked for in the name of the other: none is made. */
export async function changeAsAnother(store: Storage, owner: string, other: string): Promise<void> {
  const theirs = everyWrite(owner).filter((write) => 'tenant' in write && write.op !== 'audit.append');
  expect(theirs.length).toBeGreaterThan(8);
  for (const write of theirs) {
    if (write.op.startsWith('institution.') || write.op.startsWith('signingKey')) continue;
    const crossed = { ...write, tenant: other } as typeof write;
    // Calling back what is not there is no error; that nothing changed is seen afterwards.
    if (write.op === 'mail.callBack') await store.transactor.commit([crossed]);
    else await expect(store.transactor.commit([crossed]), write.op).rejects.toThrow();
  }
}
