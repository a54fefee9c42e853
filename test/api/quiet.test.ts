import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { openService, type TestService } from '../support/service.ts';

const ID = '0123456789abcdefghjkmnpqrs';
const html = { accept: 'text/html' };

let logged = '';
let service: TestService;
beforeAll(async () => {
  const write = (line: string) => {
    logged += line;
  };
  service = await openService({ logTo: { write } }, { TATAK_LOG_LEVEL: 'trace' });
}, 60_000);
afterAll(() => service.close());

/** What is not a request to the parser of HTTP. @returns the answer, as it came */
const raw = (text: string) =>
  new Promise<string>((done) => {
    let answer = '';
    const socket = connect(Number(new URL(service.publicUrl).port), new URL(service.publicUrl).hostname);
    socket.on('data', (bytes) => {
      answer += bytes.toString();
    });
    socket.on('close', () => done(answer));
    socket.write(text);
  });

const REQUESTS = [
  ...[`/credentials/${ID}`, `/credentials/${ID}.json?a=${ID}`, `/verify?url=https%3A%2F%2Flocalhost%2F${ID}`],
  ...[
    `/verifications/${ID}`,
    `/claim/${ID}`,
    `/nowhere/${ID}?q=${ID}`,
    `/%ZZ${ID}`,
    `//${ID}.example/`,
    `/status/${ID}`,
  ],
].flatMap((url) => (['GET', 'HEAD', 'OPTIONS', 'DELETE'] as const).map((method) => ({ method, url })));

describe('OB-4: the log of a request', () => {
  it('names the operation, the outcome and the request, and has no other member', async () => {
    const routed = REQUESTS.filter(({ url }) => !url.includes('%ZZ'));
    for (const request of REQUESTS) await service.server.inject({ ...request, headers: html });
    await raw(`GET /${ID} HTTP/9\r\n\r\n`);
    const operations = new Set([...loadOpenApi().operations.keys(), 'none']);
    const lines = logged.split('\n').filter((line) => line.includes('"msg":"request"'));
    expect(lines.length).toBeGreaterThanOrEqual(routed.length);
    for (const line of lines) {
      const { level, time, pid, hostname, msg, ...told } = JSON.parse(line) as Record<string, unknown>;
      expect(Object.keys(told).sort()).toEqual(
        ['ms', 'operation', 'requestId', 'reqId', 'status'].filter((name) => name in told).sort(),
      );
      expect(operations.has(String(told.operation)), line).toBe(true);
    }
    expect(logged).not.toContain(ID);
  });
});

it('no answer of any route lets the next site know where one was', async () => {
  for (const request of REQUESTS) {
    const answer = await service.server.inject({ ...request, headers: html });
    expect([request, answer.headers['referrer-policy']]).toEqual([request, 'no-referrer']);
  }
  for (const text of [`GET /${ID} HTTP/9\r\n\r\n`, `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`]) {
    expect(await raw(text)).toContain('Referrer-Policy: no-referrer');
  }
});
