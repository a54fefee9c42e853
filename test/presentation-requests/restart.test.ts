import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type App, assemble, readConfig, readSecrets } from '#app';
import { QUICK_KEYS } from '../support/unlimited-requests.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-requests-'));
const settings = { TATAK_PORT: '18491', TATAK_TLS_PORT: '18492', TATAK_DATA: directory, TATAK_LOG_LEVEL: 'silent' };
let app: App | undefined;
afterAll(async () => {
  await app?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A process on the same store. */
async function open(): Promise<App> {
  const config = readConfig(settings);
  return assemble(config, readSecrets(settings, config), QUICK_KEYS);
}
async function call(method: 'GET' | 'POST', url: string, payload?: object | string) {
  const type = typeof payload === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  const headers = payload === undefined ? {} : { 'content-type': type };
  const answer = await app!.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, text: answer.body };
}
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'));
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString('utf8'));

it('PR-1: an answer stays taken, a request stays open', async () => {
  app = await open();
  const body = { badges: [{ achievementType: 'Course' }] };
  const made = [body, body].map(() => call('POST', '/v1/presentation-requests', body));
  const [one, two] = (await Promise.all(made)).map(({ text }) => JSON.parse(text) as { requestId: string });
  const first = await call('GET', `/oid4vp/requests/${one!.requestId}`);
  const decline = `state=${claimsOf(first.text).state}&error=access_denied`;
  expect((await call('POST', `/oid4vp/requests/${one!.requestId}/response`, decline)).status).toBe(200);
  const before = await call('GET', `/oid4vp/requests/${two!.requestId}`);
  const did = await call('GET', '/.well-known/did.json');
  await app.close();

  app = await open();
  expect((await call('POST', `/oid4vp/requests/${one!.requestId}/response`, decline)).status).toBe(400);
  const after = await call('GET', `/oid4vp/requests/${two!.requestId}`);
  // The same question, signed by the same key.
  expect(claimsOf(after.text)).toEqual({ ...claimsOf(before.text), iat: expect.any(Number) });
  expect(headerOf(after.text)).toEqual(headerOf(before.text));
  expect((await call('GET', '/.well-known/did.json')).text).toBe(did.text);
});
