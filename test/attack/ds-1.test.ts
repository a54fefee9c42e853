import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from '#kernel';
import { createStub, type Stub } from '../api/support/stub.ts';

const SLOW = 250;
let stub: Stub;
let port: number;

beforeAll(async () => {
  stub = await createStub({ rateLimits: { address: 1e9 } });
  const { server } = stub.app;
  expect([server.headersTimeout, server.requestTimeout]).toEqual([LIMITS.headersTimeout, LIMITS.requestTimeout]);
  // The same with less patience: the test has not that much.
  server.headersTimeout = 1_000;
  server.requestTimeout = 2_000;
  await stub.app.listen({ port: 0, host: '127.0.0.1' });
  port = (server.address() as { port: number }).port;
});
afterAll(() => stub.app.close());

/** Says the beginning, and then a byte at a time. */
async function slowly(beginning: string, sockets: Socket[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(beginning);
  const drip = setInterval(() => socket.write('a'), 200);
  await once(socket, 'close');
  clearInterval(drip);
  return answer;
}

it('DS-1: 500 clients that send a byte at a time are cut, and others answered meanwhile', async () => {
  const sockets: Socket[] = [];
  const headers = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
  const body =
    'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{"a":"';
  const slow = [headers, body].flatMap((beginning) => Array.from({ length: SLOW }, () => slowly(beginning, sockets)));
  await setTimeout(300);
  expect(sockets.filter(({ readyState }) => readyState === 'open').length).toBeGreaterThan(SLOW);
  const statuses: number[] = [];
  for (let at = 0; at < 50; at++) statuses.push((await fetch(`http://127.0.0.1:${port}/health/live`)).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const answers = await Promise.all(slow);
  expect(answers).toHaveLength(2 * SLOW);
  expect(answers.filter((answer) => /^HTTP\/1\.1 2/.test(answer))).toEqual([]);
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408')).length).toBeGreaterThan(0);
});
