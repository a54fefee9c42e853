import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readSecrets, startSigner } from '#app';
import { createRemoteKeystore } from '#keystore';
import { DATABASE_FILE } from '#storage';
import { makeToken, noToken, type TestToken } from '../keystore/support/token.ts';
import { openService } from '../support/service.ts';

const missing = noToken();
if (missing) console.log(`a service with a PKCS#11 token: NOT RUN, ${missing}`);
const directory = mkdtempSync(join(tmpdir(), 'tatak-token-app-'));
afterAll(() => rmSync(directory, { recursive: true }));
const TOKEN = { TATAK_PKCS11_MODULE: '/m.so', TATAK_PKCS11_TOKEN: 't', TATAK_PKCS11_PIN: 'p' };

describe('the settings of a token', () => {
  it('name everything that is missing', () => {
    expect(readConfig(TOKEN).token).toEqual({ module: '/m.so', tokenLabel: 't' });
    expect(() => readConfig({ TATAK_PKCS11_MODULE: '/m.so' })).toThrow(/PKCS11_TOKEN: missing[\s\S]*PIN_FILE: missing/);
    expect(() => readConfig({ TATAK_PKCS11_TOKEN: 't' })).toThrow('TATAK_PKCS11_MODULE: missing');
    expect(() => readConfig({ ...TOKEN, TATAK_SIGNER_SOCKET: '/s' })).toThrow('only the signing process has it');
  });

  it('take the place of the passphrase; one that is set opens older keys', () => {
    const production = {
      ...TOKEN,
      TATAK_PUBLIC_URL: 'https://badges.example.edu',
      TATAK_TRUST_ANCHORS: 'did:web:council.example',
      TATAK_PRIVACY_CONTACT: 'privacy@example.edu',
      TATAK_DATA: join(directory, 'none'),
    };
    expect(readSecrets(production, readConfig(production))).toEqual({ passphrase: '', pin: 'p' });
    const both = { ...production, TATAK_PASSPHRASE: 'a passphrase of some length' };
    expect(readSecrets(both, readConfig(both))).toEqual({ passphrase: both.TATAK_PASSPHRASE, pin: 'p' });
    const file = { ...production, TATAK_PKCS11_PIN: '', TATAK_PKCS11_PIN_FILE: join(directory, 'pin') };
    expect(() => readSecrets(file, readConfig(file))).toThrow(/TATAK_PKCS11_PIN_FILE: cannot be read/);
    writeFileSync(file.TATAK_PKCS11_PIN_FILE, 'from the file\n');
    expect(readSecrets(file, readConfig(file)).pin).toBe('from the file');
    writeFileSync(file.TATAK_PKCS11_PIN_FILE, '\n');
    expect(() => readSecrets(file, readConfig(file))).toThrow(ConfigError);
  });
});

describe.runIf(missing === undefined)('a token', () => {
  let token: TestToken;
  let env: Record<string, string>;
  const before = process.env.SOFTHSM2_CONF;
  beforeAll(() => {
    token = makeToken();
    const { module, tokenLabel, pin, environment } = token.options;
    writeFileSync(join(token.directory, 'pin'), `${pin}\n`, { mode: 0o600 });
    env = {
      TATAK_PKCS11_MODULE: module,
      TATAK_PKCS11_TOKEN: tokenLabel,
      TATAK_PKCS11_PIN_FILE: join(token.directory, 'pin'),
    };
    // What its library reads comes from the environment of the service.
    process.env.SOFTHSM2_CONF = environment.SOFTHSM2_CONF;
  });
  afterAll(() => {
    token?.remove();
    if (before === undefined) delete process.env.SOFTHSM2_CONF;
    else process.env.SOFTHSM2_CONF = before;
  });

  it('signs for a service: badges, lists and the log; the store holds references only', async () => {
    const service = await openService({}, env);
    const { issuer } = await service.institution('specimen-college');
    const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
      key: issuer,
      body: { achievement: { name: 'SPECIMEN Badge', description: 'D', criteria: { narrative: 'C' } } },
    });
    const body = { achievementId: made.body.achievementId, recipients: [{}] };
    const issued = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
      key: issuer,
      body,
    });
    expect(issued.status).toBe(201);
    const badge = await service.call('GET', `/credentials/${issued.body.credentials[0]!.id}`);
    const report = await service.call<{ checks: { check: string; result: string }[] }>('POST', '/v1/verifications', {
      body: { credential: badge.body },
    });
    expect(report.body.checks.find(({ check }) => check === 'proof')).toMatchObject({ result: 'pass' });
    expect((await service.call('GET', '/log/checkpoint')).status).toBe(200);
    const db = new Database(join(service.directory, DATABASE_FILE), { readonly: true });
    const stored = db
      .prepare('select wrapped_private_key from signing_keys union all select wrapped_private_key from log_keys')
      .pluck()
      .all() as string[];
    db.close();
    expect(stored).toHaveLength(3);
    for (const one of stored) expect(one).toMatch(/^pkcs11:id=/);
    await service.close();
  }, 120_000);

  it('signs for a signing process; a wrong PIN keeps it from starting, and is not said', async () => {
    const socket = join(directory, 'run', 'signer.sock');
    const server = await startSigner(env, directory, socket);
    const keystore = createRemoteKeystore({ path: socket });
    const place = { tenant: 'specimen-college', keyId: 'key-1-assertion' };
    const key = { ...place, ...(await keystore.generate(place.tenant, place.keyId, 'P-384')) };
    expect(key.wrappedPrivateKey).toMatch(/^pkcs11:/);
    expect(await keystore.signer(key, 'did:web:x').sign(Buffer.from('data'))).toHaveLength(96);
    const wrapped = { ...key, wrappedPrivateKey: `${'A'.repeat(16)}.${'A'.repeat(64)}` };
    await expect(keystore.signer(wrapped, 'did:web:x').sign(Buffer.from('data'))).rejects.toThrow(
      'no passphrase is set',
    );
    keystore.close();
    await server.close();
    const { TATAK_PKCS11_PIN_FILE: _, ...rest } = env;
    const wrong = startSigner({ ...rest, TATAK_PKCS11_PIN: 'a wrong pin' }, directory, socket);
    const error: Error = await wrong.then(
      () => new Error('started'),
      (one) => one,
    );
    expect(error.message).toContain('refused its PIN');
    expect(error.message).not.toContain('a wrong pin');
  }, 60_000);

  it('comes to a service that had a passphrase: its keys go on signing', async () => {
    const passphrase = { TATAK_PASSPHRASE: 'a passphrase of some length' };
    const data = mkdtempSync(join(directory, 'moved-'));
    const first = await openService({}, { ...passphrase, TATAK_DATA: data });
    await first.institution('specimen-college');
    await first.app.close();
    const second = await openService({}, { ...passphrase, ...env, TATAK_DATA: data });
    expect((await second.call('GET', '/log/checkpoint')).status).toBe(200);
    await second.app.close();
    expect(readFileSync(join(data, 'keystore.json'), 'utf8')).toContain('canary');
  }, 60_000);
});
