import { afterAll, beforeAll, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

let now = Date.parse('2026-11-24T03:00:00Z');
let service: TestService;

beforeAll(async () => {
  service = await openService({ clock: { now: () => new Date(now) } });
});
afterAll(() => service.close());

const ready = () => service.call<{ checks: Record<string, string> }>('GET', '/health/ready');
const health = () => service.call<unknown>('GET', '/health');

it('says so when the clock is behind the audit log and nothing would be signed (TM-3)', async () => {
  expect(await health()).toMatchObject({ status: 200, body: { status: 'ok' } });
  now -= 2 * 3_600_000;
  expect(await health()).toMatchObject({ status: 503, body: { status: 'failing', checks: { signing: 'failing' } } });
  now += 2 * 3_600_000;
  expect(await health()).toMatchObject({ status: 200 });
});

it('signs nothing at all meanwhile: no grant, no pathway, no badge', async () => {
  const { authority, issuer } = await service.institution('specimen-clock-college');
  const accredited = 'did:web:school.example';
  const scope = [{ awardType: ['HeiCourse'] }];
  const grant = { accredited, role: 'Award', scope, validFrom: '2026-01-01' };
  const signed = () => service.call<{ type: string }>('POST', '/v1/accreditations', { key: authority, body: grant });
  now -= 2 * 3_600_000;
  expect(await signed()).toMatchObject({ status: 503, body: { type: 'urn:tatak:problem:clock-unsafe' } });
  const stackingRule = {
    ...{ kind: 'requireAll', id: 'all', text: { en: 'All.', fil: 'Lahat.' }, source: 'None' },
    ...{ binding: 'Mandatory', realism: 'Illustrative', items: [{ code: 'X 1' }] },
  };
  const body = { name: 'SPECIMEN Certificate', stackingRule };
  expect(await service.call('POST', '/v1/pathways', { key: issuer, body })).toMatchObject({ status: 503 });
  now += 2 * 3_600_000;
  expect(await signed()).toMatchObject({ status: 201 });
  expect(await service.call('POST', '/v1/pathways', { key: issuer, body })).toMatchObject({ status: 201 });
});

it('names every check, and the process answers whatever fails', async () => {
  const checks = ['running', 'database', 'writable', 'schema', 'signer', 'clock', 'signing', 'log'];
  expect(await ready()).toMatchObject({
    status: 200,
    body: { checks: Object.fromEntries(checks.map((c) => [c, 'ok'])) },
  });
  now -= 2 * 3_600_000;
  expect(await ready()).toMatchObject({ status: 503, body: { checks: { clock: 'failing', database: 'ok' } } });
  expect(await service.call('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  now += 2 * 3_600_000;
});

it('names a key that a self-check stopped, still takes requests, and an operator lifts the stop', async () => {
  const slug = 'specimen-stopped-college';
  await service.institution(slug);
  const keyId = 'key-1-assertion';
  const at = new Date(now).toISOString().replace('.000', '');
  const row = { stopId: 'one', tenant: slug, keyId, stoppedAt: at, reason: 'the forms differ', credentialId: 'c' };
  await service.app.storage.transactor.commit([
    { op: 'signingKey.stop', row: { ...row, suspects: [], evidence: '{}' } },
  ]);
  expect(await health()).toMatchObject({ status: 503, body: { checks: { keys: 'failing', signing: 'ok' } } });
  expect(await ready()).toMatchObject({ status: 200 });
  const path = `/v1/institutions/${slug}/keys`;
  const keys = () => service.call<{ items: { state: string }[] }>('GET', path, { key: service.operatorKey });
  expect((await keys()).body.items.map(({ state }) => state).sort()).toEqual(['active', 'stopped']);
  const lift = { key: service.operatorKey, body: { reason: 'looked at' } };
  expect(await service.call('POST', `${path}/${keyId}/resume`, lift)).toMatchObject({ body: { state: 'active' } });
  expect(await service.call('POST', `${path}/${keyId}/resume`, lift)).toMatchObject({ status: 404 });
  expect(await health()).toMatchObject({ status: 200 });
});
