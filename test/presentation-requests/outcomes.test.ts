import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { createKeystore } from '#keystore';
import { createPresentationRequests, type PresentationRequests } from '#presentation-requests';
import { openSqlite, type Storage } from '#storage';
import { world } from '../verifier/world.ts';

const PUBLIC = 'https://badges.example.edu';
let storage: Storage;
let requests: PresentationRequests;
const outcomes: string[] = [];

beforeAll(async () => {
  storage = await openSqlite({ path: ':memory:' });
  const { reader, transactor } = storage;
  const random = systemRandom;
  const keystore = await createKeystore({ passphrase: 'a passphrase of this test', salt: random.bytes(16), random });
  requests = createPresentationRequests({
    ...{ reader, transactor, keystore, random, clock: { now: () => new Date() }, verifier: world([]).verifier },
    ...{ publicUrl: PUBLIC, protocolOrigin: PUBLIC, didAuthority: 'badges.example.edu' },
    webCopyOf: async () => undefined,
    onResponse: (outcome) => outcomes.push(outcome),
  });
});
afterAll(() => storage.close());

it('every response is told of: taken, declined or refused', async () => {
  const { view } = await requests.create({ badges: [{ name: 'Anything' }] });
  const { requestId, state } = view.request;
  await expect(requests.respond(requestId, 'other', { state: 'x', error: 'access_denied' })).rejects.toThrow('state');
  await expect(requests.respond(requestId, 'other', { state, vp_token: '{}' })).rejects.toThrow('leaves out');
  await requests.respond(requestId, 'other', { state, error: 'access_denied' });
  expect(outcomes).toEqual(['refused', 'refused', 'declined']);
});

it('two first uses at once make one key', async () => {
  const documents = await Promise.all([1, 2, 3].map(() => requests.didDocument()));
  expect(new Set(documents.map((one) => JSON.stringify(one))).size).toBe(1);
  const [document] = documents;
  expect(document).toMatchObject({
    ...{ id: 'did:web:badges.example.edu', authentication: ['did:web:badges.example.edu#requests-1'] },
    verificationMethod: [{ type: 'JsonWebKey', publicKeyJwk: { kty: 'EC', crv: 'P-256' } }],
  });
  // Nothing that it signs is a credential, and no private half is shown.
  expect(document).not.toHaveProperty('assertionMethod');
  expect(JSON.stringify(document)).not.toContain('"d"');
});
