import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { loadOrCreateLoopbackCertificate } from '../../src/app/loopback-tls.ts';

const DAY = 86_400_000;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-tls-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = (days = 0) =>
  loadOrCreateLoopbackCertificate({ directory, clock: { now: () => new Date(Date.now() + days * DAY) } });
const keyFile = () => join(directory, 'loopback-key.pem');

describe('loopback certificate', () => {
  it('is made once, kept private, and names this machine only', async () => {
    const first = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
    expect(await load()).toEqual(first);
    expect(first.file).toBe(join(directory, 'loopback-certificate.pem'));
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).sort()).toEqual(['loopback-certificate.pem', 'loopback-key.pem']);
    const certificate = new X509Certificate(first.cert);
    expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(certificate.ca).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('is renewed when less than 30 days are left, and when it is not valid yet', async () => {
    const first = await load();
    expect((await load(334)).cert).toBe(first.cert);
    const renewed = await load(336);
    expect(renewed.cert).not.toBe(first.cert);
    expect((await load()).cert).not.toBe(renewed.cert);
  });

  it('heals what is damaged: another key, half a file, an open mode', async () => {
    const first = await load();
    const other = join(directory, 'other');
    const stranger = await loadOrCreateLoopbackCertificate({ directory: other, clock: systemClock });
    writeFileSync(keyFile(), stranger.key);
    const second = await load();
    expect(second.cert).not.toBe(first.cert);
    writeFileSync(second.file, second.cert.slice(0, 200));
    const third = await load();
    expect(new X509Certificate(third.cert).ca).toBe(true);
    chmodSync(keyFile(), 0o644);
    expect((await load()).cert).toBe(third.cert);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFile(), 'utf8')).toBe(third.key);
  });

  it('serves TLS that a client trusts when it is given the certificate, and only then', async () => {
    const { key, cert, file } = await load();
    const server = createServer({ key, cert }, (_, response) => response.end('hello'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const call = (host: string, ca?: string) =>
      new Promise<string>((done) => {
        get({ host, port, servername: host === 'localhost' ? host : '', ...(ca ? { ca } : {}) }, (response) =>
          response.on('data', (chunk) => done(String(chunk))),
        ).on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
      });
    expect(await call('localhost', cert)).toBe('hello');
    expect(await call('127.0.0.1', cert)).toBe('hello');
    expect(await call('localhost')).toMatch(/SELF_SIGNED/);

    // Another process that knows nothing but the environment variable.
    const script = `fetch('https://localhost:${port}/').then((r) => r.text()).then((t) => console.log(t))`;
    const child = await promisify(execFile)(process.execPath, ['-e', script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
    });
    expect(child.stdout.trim()).toBe('hello');
    server.close();
  });
});
