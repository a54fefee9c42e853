import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccreditedService, openAccredited, type Party, type Refusal } from './support/accredited-service.ts';

interface Answer extends Refusal {
  id: string;
  state: string;
  approval: { id: string };
}

let on: AccreditedService;
beforeAll(async () => {
  on = await openAccredited();
});
afterAll(() => on.service.close());

const post = (key: string, url: string, body: object) => on.service.call<Answer>('POST', url, { key, body });
const suspend = (grant: string) =>
  on.event(on.council, grant, { type: 'suspended', effectiveAt: '2026-11-24', reason: 'for the test' });
const issuedBy = async ({ slug }: Party) =>
  (await on.service.app.storage.reader.credentials({ tenant: slug }, { limit: 100 })).items.length;
async function accredited(slug: string): Promise<{ party: Party; grant: string; achievementId: string }> {
  const party = await on.party(slug);
  return { party, grant: await on.grant(on.council, party), achievementId: await on.achievement(party) };
}
const kindOf = ({ status, body }: { status: number; body: Refusal }) => [status, body.type, body.errors?.[0]?.code];
const REFUSED = [403, 'urn:tatak:problem:not-accredited', 'suspended'];

describe('EU issuing side: the call to the check was commented out', () => {
  it('here a single request, a preview, an approval and a batch all ask', async () => {
    const { party, grant, achievementId } = await accredited('specimen-asks');
    const rows = [{ name: 'Amihan' }];
    expect((await on.issue(party, achievementId)).status).toBe(201);
    const batch = await post(party.issuer, '/v1/batches', { achievementId, rows });
    expect(batch.status).toBe(201);
    await suspend(grant);
    expect(kindOf(await on.issue(party, achievementId))).toEqual(REFUSED);
    expect(kindOf(await post(party.issuer, '/v1/batches', { achievementId, rows }))[0]).toBe(403);
    // Made while it was accredited, started when it no longer was.
    const started = await post(party.issuer, `/v1/batches/${batch.body.id}/start`, {});
    if (started.status < 300) {
      for (let tries = 0; tries < 200; tries++) {
        const { body } = await on.service.call<Answer>('GET', `/v1/batches/${batch.body.id}`, { key: party.issuer });
        if (body.state !== 'queued' && body.state !== 'running') break;
        await new Promise((later) => setTimeout(later, 50));
      }
    }
    expect(await issuedBy(party)).toBe(1);
  });

  it('what waited for a second person is asked about again when that person approves', async () => {
    const { party, grant, achievementId } = await accredited('specimen-two-persons');
    const url = `/v1/institutions/${party.slug}/issuing-policy`;
    const set = await on.service.call('PUT', url, { key: on.service.operatorKey, body: { approval: 'two-person' } });
    expect(set.status).toBe(200);
    const maker = await on.service.key(party.slug, 'issuer', 's-1');
    const checker = await on.service.key(party.slug, 'approver', 's-2');
    const body = { achievementId, recipients: [{ name: 'Amihan' }] };
    const waiting = await post(maker, '/v1/credentials', body);
    expect(waiting.status).toBe(202);
    await suspend(grant);
    const decided = await post(checker, `/v1/approvals/${waiting.body.approval.id}/decision`, { decision: 'approve' });
    expect(kindOf(decided)).toEqual(REFUSED);
    expect(await issuedBy(party)).toBe(0);
  });
});
