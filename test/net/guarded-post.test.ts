import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedPost, type GuardedPostOptions } from '#net';
import { outcomeOf } from './outcome.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** @returns its address, and the requests it got */
async function receiver(answer: (reply: import('node:http').ServerResponse) => void) {
  const got: { method?: string; url?: string; headers: object; text: string }[] = [];
  const server: Server = createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      got.push({ method: request.method!, url: request.url!, headers: request.headers, text });
      answer(reply);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`, got };
}

const post = (more: Partial<GuardedPostOptions> = {}) =>
  createGuardedPost({ loopback: false, timeoutMs: 2_000, parallel: 4, ...more });
const send = (url: string, more: Partial<GuardedPostOptions> = {}) => post(more).send(url, '{}', {});

describe('a text sent to an address of others', () => {
  it('arrives with its headers, and the answer is a status', async () => {
    const { url, got } = await receiver((reply) => reply.writeHead(503, { 'retry-after': '7' }).end('busy'));
    const answer = await post({ loopback: true }).send(url, '{"é":1}', { 'webhook-id': 'evt_1' });
    expect(answer).toEqual({ status: 503, retryAfter: '7' });
    expect(got).toMatchObject([
      { method: 'POST', url: '/hook?a=1', text: '{"é":1}', headers: { 'webhook-id': 'evt_1', 'content-length': '8' } },
    ]);
  });

  it.each([
    'http://hooks.example/x',
    'https://hooks.example:444/x',
    'https://user:secret@hooks.example/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://0x7f000001/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/x',
    'https://[64:ff9b::a00:1]/x',
    'https://localhost/x',
    'http://localhost:8480/x',
  ])('is not sent to %s: the name is not even looked up (SS-1)', async (url) => {
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return ['93.184.216.34'];
    };
    expect(await outcomeOf(send(url, { resolve }))).toBe('fetch-refused');
    expect(() => post().assertAllowed(url)).toThrow();
    expect(asked).toEqual([]);
  });

  it('is not sent to a name that leads, or begins to lead, to a private address (SS-2)', async () => {
    let connections = 0;
    const server = createTcpServer(() => connections++);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    open.push(server);
    const answers = [['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['::1'], ['169.254.169.254'], []];
    let turn = 0;
    // In development too: only what is spelt as this machine is this machine.
    for (let n = 0; n < 100; n++) {
      const resolve = async () => answers[turn++ % answers.length]!;
      expect(await outcomeOf(send('https://rebind.example/x', { resolve, loopback: n % 2 === 0 }))).toBe(
        'fetch-refused',
      );
    }
    expect([turn, connections]).toEqual([100, 0]);
  });

  it('does not follow a redirect, also to where it could go (SS-3)', async () => {
    const there = await receiver((reply) => reply.end());
    const { url } = await receiver((reply) => reply.writeHead(307, { location: there.url }).end());
    expect(await send(url, { loopback: true })).toEqual({ status: 307 });
    expect(there.got).toEqual([]);
  });

  it('does not wait for an endless answer, nor for none (SS-4)', async () => {
    const endless = await receiver((reply) => {
      reply.writeHead(200);
      const more = setInterval(() => reply.write('x'.repeat(65_536)), 1);
      reply.on('close', () => clearInterval(more));
    });
    expect(await send(endless.url, { loopback: true })).toEqual({ status: 200 });
    const silent = await receiver(() => undefined);
    expect(await outcomeOf(send(silent.url, { loopback: true, timeoutMs: 50 }))).toContain('timeout');
    const huge = await receiver((reply) => reply.writeHead(200, { 'x-large': 'x'.repeat(60_000) }).end());
    expect(await outcomeOf(send(huge.url, { loopback: true }))).toContain('connect');
  });

  it('needs its guard: without one there is no client (SS-5)', () => {
    expect(() => createGuardedPost({ loopback: false, timeoutMs: 1, parallel: 1, policy: undefined as never })).toThrow(
      TypeError,
    );
  });
});
