import { afterAll, beforeAll, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let now = new Date('2026-05-01T00:00:00Z');
beforeAll(async () => {
  service = await openService({ clock: { now: () => now } });
}, 60_000);
afterAll(() => service.close());

it('the page of a badge that has ended says so, and leads nowhere with it', async () => {
  const { issuer } = await service.institution('specimen-college');
  const achievement = {
    ...{ name: 'SPECIMEN Data', description: 'Data.', criteria: { narrative: 'Passed.' } },
    ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' },
    assessmentType: ['Project'],
  };
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  const issued = await service.call<{ credentials: { url: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    headers: { 'idempotency-key': 'ending' },
    body: { achievementId: made.body.achievementId, recipients: [{ validUntil: '2026-06-01T00:00:00Z' }] },
  });
  const page = async () => (await fetch(issued.body.credentials[0]!.url, { headers: { accept: 'text/html' } })).text();
  const before = await page();
  expect([before.includes('Not revoked by the issuer'), before.includes('linkedin.com')]).toEqual([true, true]);
  now = new Date('2026-06-01T00:00:00Z');
  const after = await page();
  expect(after).toContain('<span class="pill tone-bad">Expired');
  expect(after).not.toMatch(/Not revoked|linkedin\.com|counts toward/);
});
