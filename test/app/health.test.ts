import { afterAll, beforeAll, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

let now = Date.parse('2026-11-24T03:00:00Z');
let service: TestService;

beforeAll(async () => {
  service = await openService({ clock: { now: () => new Date(now) } });
});
afterAll(() => service.close());

const health = () => service.call<unknown>('GET', '/health');

it('says so when the clock is behind the audit log and nothing would be signed (TM-3)', async () => {
  expect(await health()).toMatchObject({ status: 200, body: { status: 'ok' } });
  now -= 2 * 3_600_000;
  expect(await health()).toMatchObject({ status: 503, body: { status: 'failing', checks: { signing: 'failing' } } });
  now += 2 * 3_600_000;
  expect(await health()).toMatchObject({ status: 200 });
});
