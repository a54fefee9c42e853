import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVcApi, type VcApi } from '../api/vc-api/world.ts';

let api: VcApi;
beforeAll(async () => {
  api = await openVcApi({}, { keys: false });
});
afterAll(() => api.close());

it('bad input to issuing is a 400, and never 401 for its content', async () => {
  const bodies = [
    ...[null, [], 5, {}, { credential: null }, { credential: {} }, { credential: api.credential({ type: [] }) }],
    ...[
      { credential: api.credential(), options: 5 },
      { credential: api.credential(), options: { nobody: 1 } },
    ],
    ...[{ credential: api.credential({ issuer: 'did:example:other' }) }, { credential: api.credential(), more: 1 }],
  ];
  for (const body of bodies) {
    const answer = await api.issue(body as object);
    expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
    expect(answer.body).toMatchObject({ type: expect.stringMatching(/^(?:https|urn):/), status: 400 });
  }
  const good = { credential: api.credential() };
  const nobody = await api.call('POST', '/vc-api/credentials/issue', { body: good });
  expect(nobody.status).toBe(401);
});
