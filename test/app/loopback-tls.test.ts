import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { loadOrCreateLoopbackCertificate } from '../../src/app/loopback-tls.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-tls-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('loopback certificate', () => {
  it('is made once, kept private, trusted by a client that is given it, and renewed in time', async () => {
    const first = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
    const again = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
    expect(again.cert).toBe(first.cert);
    expect(statSync(join(directory, 'loopback-key.pem')).mode & 0o777).toBe(0o600);

    const server = createServer({ key: first.key, cert: first.cert }, (_, response) => response.end('hello'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const call = (ca?: string) =>
      new Promise<string>((done) => {
        get({ host: 'localhost', port, ...(ca ? { ca } : {}) }, (response) =>
          response.on('data', (chunk) => done(String(chunk))),
        ).on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
      });
    expect(await call(first.cert)).toBe('hello');
    expect(await call()).toMatch(/SELF_SIGNED/);
    server.close();

    const later = { now: () => new Date(Date.now() + 340 * 86_400_000) };
    expect((await loadOrCreateLoopbackCertificate({ directory, clock: later })).cert).not.toBe(first.cert);
  });
});
