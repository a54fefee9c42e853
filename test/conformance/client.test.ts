import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { runChecks } from './client/check.ts';
import { checks } from './client/checks.ts';
import { type Client, connect } from './client/client.ts';

const SLUG = 'specimen-conformance';
let service: TestService;
let client: Client;
beforeAll(async () => {
  service = await openService({}, { TATAK_VC_API_OPEN: SLUG });
  await service.institution(SLUG, 'Specimen Conformance College');
  for (const algorithm of ['P-256', 'P-384']) {
    const body = { purpose: 'assertion', algorithm, immediately: true };
    await service.call('POST', `/v1/institutions/${SLUG}/keys`, { key: service.operatorKey, body });
  }
  client = await connect(service.publicUrl);
});
afterAll(() => service.close());

/** Over real HTTP, knowing nothing of the inside: `npm run conformance -- URL` asks the same of any running service. */
describe('the conformance client', () => {
  const areas = [...Map.groupBy(checks, ({ area }) => area)];

  it('asks for more than 800 things', () => {
    expect(checks.length).toBeGreaterThan(800);
    expect(new Set(checks.map(({ area, title }) => `${area}: ${title}`)).size).toBe(checks.length);
  });

  it.each(areas)('%s', async (_area, asked) => {
    const failed = (await runChecks(client, asked)).filter(({ failure }) => failure !== undefined);
    expect(failed).toEqual([]);
  });
});
