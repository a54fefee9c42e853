import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usePostgres } from '../support/postgres.ts';
import { openService, type TestService } from '../support/service.ts';
import { asking, holds } from './support/asking.ts';
import { api, openTenant, type Tenant } from './support/two-tenants.ts';

const server = usePostgres();
let service: TestService;
let uno: Tenant;
let dos: Tenant;
const asked = asking(() => service);
const reading = [...api.operations.values()].filter(({ method, secured }) => method === 'GET' && secured);
const auditorOf = ({ people }: Tenant) => people.filter(({ name }) => name === 'key of auditor');

beforeAll(async () => {
  service = await openService({}, { TATAK_DATABASE_URL: (await server().guarded()).service });
  [uno, dos] = [await openTenant(service, 'uno'), await openTenant(service, 'dos')];
}, 240_000);
afterAll(() => service.close());

describe('AU-2 on a database that keeps institutions apart itself', () => {
  it('the whole service works, as a role that owns nothing: everybody finds their own', async () => {
    expect(service.app.storage.rowSecurity).toBe(true);
    expect(await service.call('GET', '/health/ready')).toMatchObject({ status: 200 });
    const own = await asked(reading, uno, uno.people, ['application/json']);
    expect(own.filter(({ status }) => status >= 500 && status !== 502)).toEqual([]);
    const found = new Set(
      own.filter(({ text, what }) => holds(text, uno.secret, what)).map(({ what }) => what.split(' ')[0]),
    );
    for (const operation of [
      ...['listCredentials', 'readCredential', 'listBatchRows', 'readApproval', 'readPriorLearning'],
      ...['listPriorLearning', 'readEquivalence', 'listEquivalences', 'vcApiGetCredential', 'listApiKeys'],
      ...['listIssuingDecisions', 'listOAuthClients'],
    ]) {
      expect([operation, found.has(operation)]).toEqual([operation, true]);
    }
  }, 240_000);

  it('nothing of the one is in an answer to the other', async () => {
    for (const [of, other] of [
      [uno, dos],
      [dos, uno],
    ] as const) {
      const seen = await asked(reading, of, auditorOf(other), ['application/json']);
      const leaks = seen.filter(({ text, what }) => holds(text, of.secret, what) || holds(text, of.open, what));
      expect(leaks.map(({ who, what, status }) => [who, what, status])).toEqual([]);
      expect(seen.length).toBeGreaterThan(40);
    }
  }, 240_000);
});
