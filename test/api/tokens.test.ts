import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, assemble, readConfig } from '#app';
import type { JsonObject } from '#kernel';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { QUICK_KEYS } from '../support/unlimited-requests.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-tokens-'));
let app: App;
let log: ResponseLog;
let did = '';
const keys: Record<string, string> = {};

const get = (url: string, accept?: string) =>
  app.server.inject({ url, headers: accept === undefined ? {} : { accept } });
async function must(who: string, url: string, payload: object) {
  const headers = { authorization: `Bearer ${keys[who]}` };
  const answer = await app.server.inject({ method: 'POST', url, headers, payload });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json();
}

beforeAll(async () => {
  const tlsPort = await new Promise<number>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
  const ofSlug = (slug: string) => `did:web:localhost%3A${tlsPort}:institutions:${slug}`;
  did = ofSlug('specimen-college');
  const config = readConfig({
    TATAK_PUBLIC_URL: 'http://localhost:18481',
    TATAK_PORT: '0',
    TATAK_TLS_PORT: String(tlsPort),
    TATAK_DATA: directory,
    TATAK_LOG_LEVEL: 'silent',
    TATAK_TRUST_ANCHORS: ofSlug('specimen-council'),
  });
  const secrets = { passphrase: 'a passphrase of this test' };
  app = await assemble(config, secrets, {
    ...QUICK_KEYS,
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  keys.operator = (await app.start()).operatorKey!;
  for (const [slug, role] of [
    ['specimen-council', 'authority'],
    ['specimen-college', 'issuer'],
  ] as const) {
    await must('operator', '/v1/institutions', { slug, profile: { name: `S ${slug}`, institutionType: 'SUC' } });
    keys[role] = (await must('operator', '/v1/api-keys', { institution: slug, role, label: 'test' })).secret;
  }
  await must('authority', '/v1/accreditations', {
    ...{ accredited: did, role: 'Award', validFrom: '2020-01-01' },
    scope: [{ awardType: ['HeiMicroCredential'] }],
  });
}, 60_000);
afterAll(async () => {
  await app?.close();
  rmSync(directory, { recursive: true, force: true });
});

const definition = (more: JsonObject) => ({
  achievement: {
    name: 'SPECIMEN Data Literacy',
    description: 'Reads and questions data.',
    criteria: { narrative: 'Passes the examination.' },
    achievementType: 'MicroCredential',
    awardType: 'HeiMicroCredential',
    regime: 'CHED',
    credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }],
    assessmentType: ['WrittenExam'],
  },
  ...more,
});
async function issue(more: JsonObject) {
  const made = await must('issuer', '/v1/achievements', definition(more));
  expect(made).toMatchObject(more);
  const { achievementId } = made;
  const answer = await must('issuer', '/v1/credentials', { achievementId, recipients: [{ name: 'Amihan' }] });
  return answer.credentials[0] as {
    id: string;
    url: string;
    jwtUrl?: string;
    jwtSha256?: string;
    credential: JsonObject;
  };
}

describe('a credential as a token, through the whole service', () => {
  it.each([
    ['vc+jwt', 'EdDSA'],
    ['ob-jwt', 'RS256'],
  ])('%s', async (jwt, alg) => {
    if (jwt === 'ob-jwt') {
      const asked = { achievementId: (await must('issuer', '/v1/achievements', definition({ jwt }))).achievementId };
      const headers = { authorization: `Bearer ${keys.issuer}` };
      const payload = { ...asked, recipients: [{}] };
      const refused = await app.server.inject({ method: 'POST', url: '/v1/credentials', headers, payload });
      expect([refused.statusCode, refused.json().code]).toEqual([409, 'no_signing_key']);
      await must('operator', '/v1/institutions/specimen-college/keys', {
        ...{ purpose: 'assertion', algorithm: 'RSA', immediately: true },
      });
    }
    const issued = await issue({ jwt });
    expect(issued.jwtUrl).toBe(`${issued.url}.jwt`);
    const path = new URL(issued.url).pathname;
    const token = await get(`${path}.jwt`);
    expect([token.statusCode, token.headers['content-type']]).toEqual([200, 'application/vc+jwt']);

    // A stranger with `jose` and the published key set alone.
    const { keys: set } = (await get('/institutions/specimen-college/jwks.json')).json() as { keys: JWK[] };
    const key = await importJWK(set.find((one) => one.alg === alg)!, alg);
    const { payload, protectedHeader } = await compactVerify(token.body, key);
    expect(protectedHeader.alg).toBe(alg);
    const { proof: _proof, ...unsecured } = issued.credential;
    expect(JSON.parse(Buffer.from(payload).toString('utf8'))).toMatchObject({ ...unsecured, iss: did });

    // One address, by Accept; a program that takes anything gets the document, a browser the page.
    for (const [accept, type] of [
      ['application/vc+jwt', 'application/vc+jwt'],
      ['text/plain', 'text/plain; charset=utf-8'],
    ] as const) {
      const answer = await get(path, accept);
      expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([200, type, token.body]);
    }
    expect((await get(`${path}.jwt`, 'text/plain')).body).toBe(token.body);
    expect((await get(path)).headers['content-type']).toBe('application/vc');
    expect((await get(path, 'text/html')).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await get(`${path}.jwt`, 'application/json')).statusCode).toBe(406);
    expect((await get(`${path}.json`, 'application/vc+jwt')).statusCode).toBe(406);
    const etag = token.headers.etag as string;
    const again = await app.server.inject({ url: `${path}.jwt`, headers: { 'if-none-match': etag } });
    expect(again.statusCode).toBe(304);
  });

  it('without a token: 404 by suffix, 406 by Accept, and nothing in the answer of the management API', async () => {
    const issued = await issue({});
    expect(issued).not.toHaveProperty('jwtUrl');
    const path = new URL(issued.url).pathname;
    const absent = await get(`${path}.jwt`);
    expect([absent.statusCode, absent.json().detail]).toEqual([404, 'this credential was not signed as a token']);
    expect((await get(path, 'application/vc+jwt')).statusCode).toBe(406);
    expect((await get(`${path}.json.jwt`)).statusCode).toBe(404);
  });

  it('another suite by the definition', async () => {
    const issued = await issue({ securing: 'eddsa-jcs-2022' });
    expect(issued.credential.proof).toMatchObject({ cryptosuite: 'eddsa-jcs-2022' });
    const report = await app.server.inject({ method: 'POST', url: '/v1/verifications', payload: { url: issued.url } });
    expect(report.json().verdict).toBe('valid');
  });

  it.each([
    [{ securing: 'ecdsa-sd-2023' }, '/securing'],
    [{ securing: 'md5' }, '/securing'],
    [{ jwt: 'none' }, '/jwt'],
  ])('%j is refused', async (more, pointer) => {
    const answer = await app.server.inject({
      ...{ method: 'POST', url: '/v1/achievements', payload: definition(more) },
      headers: { authorization: `Bearer ${keys.issuer}` },
    });
    expect([answer.statusCode, answer.json().pointer]).toEqual([400, pointer]);
  });

  it('every answer was one that is described', () => {
    expect(log.violations).toEqual([]);
  });
});
