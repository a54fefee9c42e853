import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, assemble, type Overrides, readConfig, readSecrets } from '#app';
import type { JsonObject } from '#kernel';
import { QUICK_KEYS } from '../../support/unlimited-requests.ts';
import { decodeBitstring, isSet } from './bits.ts';
import { createHolder, presentationOf } from './holder.ts';
import { SLUG, V2 } from './world.ts';

// Below those of other tests.
let nextPort = 2_000 + (process.pid % 400) * 16;
const open: App[] = [];
const directories: string[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** One data directory that several processes come and go on, one after another. */
function place() {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-restart-'));
  directories.push(directory);
  const settings = {
    ...{ TATAK_PORT: String(nextPort++), TATAK_TLS_PORT: String(nextPort++), TATAK_DATA: directory },
    TATAK_LOG_LEVEL: 'silent',
  };
  return async (overrides: Overrides = {}) => {
    const config = readConfig(settings);
    const rateLimits = { address: 1e9, key: 1e9, expensive: 1e9 };
    const app = await assemble(config, readSecrets(settings, config), { ...QUICK_KEYS, rateLimits, ...overrides });
    const { operatorKey } = await app.start();
    open.push(app);
    const call = async (method: 'GET' | 'POST', url: string, key?: string, payload?: object, headers = {}) => {
      const authorization = key ? { authorization: `Bearer ${key}` } : {};
      const answer = await app.server.inject({
        ...{ method, url, headers: { accept: 'application/json', ...authorization, ...headers } },
        ...(payload ? { payload } : {}),
      });
      return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
    };
    const stop = async () => {
      open.splice(open.indexOf(app), 1);
      await app.close();
    };
    return { app, operatorKey: operatorKey!, call, stop };
  };
}

async function issuerOf({ call, operatorKey }: Awaited<ReturnType<ReturnType<typeof place>>>) {
  const profile = { name: 'Specimen Standards College' };
  const made = await call('POST', '/v1/institutions', operatorKey, { slug: SLUG, profile });
  const key = await call('POST', '/v1/api-keys', operatorKey, { institution: SLUG, role: 'issuer', label: 'test' });
  return { did: made.body.did as string, key: key.body.secret as string };
}

const ISSUE = '/vc-api/instances/eddsa-rdfc-2022%2Brevocation/credentials/issue';
const credential = { '@context': [V2], type: ['VerifiableCredential'], credentialSubject: { id: 'did:example:s' } };

describe('crash accounting: a process that dies between its intent and its answer', () => {
  it.each([
    ['sign', undefined],
    ['store', undefined],
    ['sign', 'key-1'],
    ['store', 'key-1'],
    ['release', 'key-1'],
  ])('at %s, Idempotency-Key %s: the next start finishes it or gives it up with its bit set', async (at, key) => {
    const start = place();
    let reached: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const first = await start({
      onPlainStep: (step) => {
        if (step !== at) return;
        reached();
        return new Promise<void>(() => undefined);
      },
    });
    const issuer = await issuerOf(first);
    const headers = key ? { 'idempotency-key': key } : {};
    first.call('POST', ISSUE, issuer.key, { credential }, headers).catch(() => undefined);
    await dead;
    await first.stop();

    const second = await start();
    expect(await second.app.storage.reader.preparedPlainCredentials(9)).toEqual([]);
    const log = (await second.app.storage.reader.auditEntries(SLUG, { limit: 99 })).items;
    const intent = log.find(({ operation }) => operation === 'plainCredential.prepare')!;
    const row = (await second.app.storage.reader.plainCredential(SLUG, intent.object))!;
    expect(row.phase).toBe(key ? 'issued' : 'abandoned');
    if (key) {
      const again = await second.call('POST', ISSUE, issuer.key, { credential }, headers);
      expect([again.status, JSON.stringify(again.body.verifiableCredential)]).toEqual([201, row.signed]);
    } else {
      const list = await second.call('GET', `/status/${row.statusListId}`);
      const subject = list.body.credentialSubject as Record<string, string>;
      expect(isSet(decodeBitstring(subject.encodedList!), row.statusListIndex!)).toBe(true);
    }
    expect(await second.app.storage.integrity()).toEqual([]);
  });
});

describe('PR-1: presentation replay after a restart', () => {
  it('a challenge used before is used after', async () => {
    const start = place();
    const first = await start();
    const issuer = await issuerOf(first);
    const issued = await first.call('POST', '/vc-api/credentials/issue', issuer.key, { credential });
    const { challenge } = (await first.call('POST', '/vc-api/challenges', issuer.key)).body;
    const holder = createHolder();
    const inside = issued.body.verifiableCredential as JsonObject;
    const verifiablePresentation = await holder.present(presentationOf(holder.did, inside), { challenge });
    const body = { verifiablePresentation, options: { challenge } };
    expect((await first.call('POST', '/vc-api/presentations/verify', undefined, body)).body.verified).toBe(true);
    await first.stop();
    const second = await start();
    expect((await second.call('POST', '/vc-api/presentations/verify', undefined, body)).body.verified).toBe(false);
  });
});
