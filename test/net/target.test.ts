import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createGuardedFetch } from '#net';
import { publicAddressesOnly } from '../../src/net/address-policy.ts';
import { failed, systemResolve } from '../../src/net/connect.ts';
import { createFailures } from '../../src/net/failures.ts';
import { target } from '../../src/net/target.ts';

const clock = { now: () => new Date('2026-11-24T01:00:00Z') };

describe('where an address leads', () => {
  it('a public one always goes over TLS to port 443', () => {
    expect(target('https://badges.example/a?b=c', publicAddressesOnly, [])).toMatchObject({
      host: 'badges.example',
      port: 443,
      secure: true,
      policy: publicAddressesOnly,
    });
  });

  it.each([
    ['https://localhost', 443, true],
    ['http://localhost', 80, false],
    ['https://localhost:8443', 8443, true],
    ['http://[::1]:8080', 8080, false],
  ])('a listed one of this machine goes where it says: %s', (origin, port, secure) => {
    const to = target(`${origin}/a`, publicAddressesOnly, [{ origin, ca: 'PEM' }]);
    expect(to).toMatchObject({ port, secure, ca: 'PEM' });
    // Only this machine: a name that resolves elsewhere is refused.
    expect([to.policy('127.0.0.1'), to.policy('93.184.215.14')]).toEqual([true, false]);
    expect(to.host).toBe(origin.includes('[') ? '::1' : 'localhost');
  });

  it('the literal of a public IPv6 address is read without its brackets', () => {
    expect(target('https://[2606:4700:4700::1111]/', publicAddressesOnly, []).host).toBe('2606:4700:4700::1111');
  });

  it('the platform is asked for every address of a name', async () => {
    const addresses = await systemResolve('localhost');
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(['127.0.0.1', '::1']).toContain(address);
  });
});

describe('what was opened is closed', () => {
  it.each([
    ['after an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx', undefined],
    ['after one that is too large', 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx', 'too-large'],
  ])('%s', async (_, answer, code) => {
    let closed: Promise<void> | undefined;
    const server = createServer((socket: Socket) => {
      closed = new Promise((done) => socket.once('close', () => done()));
      socket.on('error', () => {}).once('data', () => socket.write(answer));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const origin = `http://localhost:${(server.address() as { port: number }).port}`;
    const fetch = createGuardedFetch({
      clock,
      loopbackOrigins: [{ origin }],
      resolve: async () => ['127.0.0.1'],
      timeoutMs: 3_000,
    });
    const ended = await fetch(origin, { accept: '*/*', maxBytes: 10 }).then(
      () => undefined,
      (error: { extensions: { code: string } }) => error.extensions.code,
    );
    expect(ended).toBe(code);
    // The server never ends the connection itself.
    await closed;
    server.close();
  });
});

describe('a failure that is remembered again', () => {
  it('counts from the last time, and is not the first to be forgotten', () => {
    let now = 0;
    const failures = createFailures({ now: () => new Date(now) }, 1_000);
    const problem = failed('dns', 'x');
    failures.remember('first', problem);
    for (let at = 0; at < 499; at++) failures.remember(`other ${at}`, problem);
    now = 900;
    failures.remember('first', problem);
    failures.remember('one more', problem);
    now = 1_500;
    expect(() => failures.check('first')).toThrow(problem);
  });
});
