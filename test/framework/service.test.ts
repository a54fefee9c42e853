import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

it.each(['/framework', '/framework/crosswalk'])('serves %s as data and as a page', async (url) => {
  const data = await service.call<JsonObject>('GET', url, { headers: { accept: 'application/json' } });
  expect(data.status).toBe(200);
  expect(Array.isArray(data.body.sources)).toBe(true);
  const page = await service.call('GET', `${url}?lang=fil`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(page.text).toContain('<html lang="fil">');
});

it.each(['achievement', 'credential'])('publishes the schema of the terms of an %s', async (name) => {
  const { status, body } = await service.call<JsonObject>('GET', `/schemas/ph/${name}.json`);
  expect(status).toBe(200);
  expect(body.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
});

it('refuses a definition against the rules, with pointers into the request', async () => {
  const { issuer } = await service.institution('rules-college');
  const achievement = { name: 'Cookery', description: 'Cooks.', criteria: { narrative: 'Cooked.' } };
  const create = (more: JsonObject) =>
    service.call<{ errors?: { pointer: string }[] }>('POST', '/v1/achievements', {
      key: issuer,
      body: { achievement: { ...achievement, ...more } },
    });
  const tvet = { awardType: 'TvetMicroCredential', regime: 'TESDA' };
  expect((await create(tvet)).status).toBe(201);
  expect((await create({})).status).toBe(201);
  const wrong = await create({ ...tvet, name: 'Cookery NC II', assessmentType: ['AttendanceOnly'] });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors?.map(({ pointer }) => pointer).sort()).toEqual([
    '/achievement/assessmentType/0',
    '/achievement/name',
  ]);
});
