import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readEnv, readSecrets } from '#app';
import { COMPILED } from '../support/start-flags.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const production = {
  TATAK_PUBLIC_URL: 'https://badges.example.edu',
  TATAK_PASSPHRASE: 'a passphrase of some length',
  TATAK_TRUST_ANCHORS: 'did:web:council.example',
  TATAK_PRIVACY_CONTACT: 'privacy@example.edu',
};

describe('configuration', () => {
  it('needs nothing on a loopback address', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      publicUrl: 'http://localhost:8480',
      loopback: true,
      specimen: true,
      didAuthority: 'localhost%3A8483',
      didOrigin: 'https://localhost:8483',
    });
  });

  it('in production names everything that is missing, at once', () => {
    expect(() => readConfig({ TATAK_PUBLIC_URL: 'http://badges.example.edu' })).toThrow(
      /must be https[\s\S]*PASSPHRASE_FILE[\s\S]*PRIVACY_CONTACT[\s\S]*TRUST_ANCHORS/,
    );
    for (const name of Object.keys(production).slice(1)) {
      const { [name]: _, ...rest } = production as Record<string, string>;
      expect(() => readConfig(rest), name).toThrow(ConfigError);
    }
    expect(readConfig(production)).toMatchObject({ specimen: false, didAuthority: 'badges.example.edu' });
    // A sandbox is as public, signs nothing but specimens, and trusts whom it likes.
    const { TATAK_TRUST_ANCHORS: _, ...sandbox } = production;
    expect(readConfig({ ...sandbox, TATAK_SANDBOX: 'yes' })).toMatchObject({ specimen: true, loopback: false });
    expect(() => readConfig({ ...production, TATAK_SANDBOX: 'maybe' })).toThrow(/TATAK_SANDBOX: must be yes or no/);
    expect(readConfig({ ...production, TATAK_PUBLIC_URL: 'https://badges.example.edu:8443' }).didAuthority).toBe(
      'badges.example.edu%3A8443',
    );
  });

  it.each([
    { TATAK_PORT: 'eighty' },
    { TATAK_PORT: '70000' },
    { TATAK_PUBLIC_URL: 'https://badges.example.edu/path' },
    { TATAK_PUBLIC_URL: 'https://user@badges.example.edu' },
    { TATAK_PUBLIC_URL: 'ftp://localhost' },
    { TATAK_TRUST_ANCHORS: 'council.example' },
    { TATAK_LOG_LEVEL: 'loud' },
    { TATAK_TRUSTED_PROXIES: 'proxy.example' },
    { TATAK_TRUSTED_PROXIES: '10.0.0.7,true' },
    { TATAK_TRUSTED_PROXIES: '0.0.0.0/0' },
    { TATAK_TRUSTED_PROXIES: '10.0.0.0/33' },
    { TATAK_TRUSTED_PROXIES: '10.0.0.0/8/8' },
    { TATAK_TRUSTED_PROXIES: 'fe80::1%eth0' },
  ])('refuses %o', (env) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
  });

  it('knows the proxies in front of it by address', () => {
    const TATAK_TRUSTED_PROXIES = '10.0.0.7, 10.1.0.0/16,2001:db8::/48';
    expect(readConfig({ TATAK_TRUSTED_PROXIES }).trustedProxies).toEqual(['10.0.0.7', '10.1.0.0/16', '2001:db8::/48']);
    expect(readConfig({}).trustedProxies).toEqual([]);
  });

  it('a misspelt setting is an error, not a silent default', () => {
    expect(() => readEnv({ TATAK_PASPHRASE: 'x' })).toThrow(/TATAK_PASPHRASE is not a setting/);
    expect(readEnv({ HOME: '/root', TATAK_PORT: '' })).toEqual({});
  });

  it('makes a development passphrase once, for its owner only; a short one is refused', () => {
    const env = { TATAK_DATA: join(directory, 'data') };
    const first = readSecrets(env, readConfig(env));
    expect(readSecrets(env, readConfig(env))).toEqual(first);
    expect(statSync(join(directory, 'data', 'development-passphrase')).mode & 0o777).toBe(0o600);
    expect(() => readSecrets({ TATAK_PASSPHRASE: 'short' }, readConfig({}))).toThrow(/16 characters/);
    expect(() => readSecrets({ TATAK_PASSPHRASE_FILE: '/nowhere' }, readConfig({}))).toThrow(/cannot be read/);
    writeFileSync(join(directory, 'file'), 'from the file, with a line end\n');
    expect(readSecrets({ TATAK_PASSPHRASE_FILE: join(directory, 'file') }, readConfig({})).passphrase).toBe(
      'from the file, with a line end',
    );
  });
});

describe('the process', () => {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const run = (env: Record<string, string>, flags = ['--disable-proto=delete']) =>
    spawnSync(process.execPath, [...flags, main], { env: { ...COMPILED, ...env }, encoding: 'utf8', timeout: 20_000 });

  it('refuses to start and says what is missing, without a stack', () => {
    const { status, stderr } = run({ TATAK_PUBLIC_URL: 'https://badges.example.edu' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/cannot start:[\s\S]*TATAK_PASSPHRASE_FILE: missing/);
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });

  it('refuses a passphrase that does not open the stored keys', { timeout: 60_000 }, async () => {
    const env = {
      TATAK_DATA: join(directory, 'keys'),
      TATAK_PORT: '0',
      TATAK_TLS_PORT: '0',
      TATAK_LOG_LEVEL: 'silent',
    };
    const file = join(directory, 'keys', 'keystore.json');
    // A first start that is stopped as soon as it is ready leaves the keystore file behind.
    const first = spawn(process.execPath, ['--disable-proto=delete', main], {
      env: { ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(first.stdout, 'data');
    first.kill('SIGTERM');
    await once(first, 'exit');
    expect(readFileSync(file, 'utf8')).toMatch(/salt/);
    const { status, stderr } = run({ ...env, TATAK_PASSPHRASE: 'another passphrase altogether' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/does not open the keys/)]);
  });

  it('refuses to start where a JSON value could reach the prototype of everything', () => {
    const { status, stderr } = run({ TATAK_DATA: join(directory, 'proto'), TATAK_LOG_LEVEL: 'silent' }, []);
    expect(status).toBe(1);
    expect(stderr).toMatch(/proto/);
  });
});
