import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, statusServer } from './status-server.ts';

let server: Awaited<ReturnType<typeof statusServer>>;
beforeAll(async () => {
  server = await statusServer();
});
afterAll(() => server.close());

it('ST-5 a list that comes a byte a second does not hold the verifier beyond its budget', async () => {
  const drip: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/vc' });
    const timer = setInterval(() => response.write(' '), 1_000);
    response.on('close', () => clearInterval(timer));
  };
  const started = performance.now();
  const { status, verdict } = await server.verify({ answer: () => drip });
  expect(status).toMatchObject({ result: 'unknown', code: 'status_unreachable' });
  expect(verdict).toBe('undetermined');
  // The deadline itself is what is promised.
  expect(performance.now() - started).toBeLessThan(8_500);
}, 20_000);
