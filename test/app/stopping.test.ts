import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#app';
import { LIMITS } from '#kernel';
import { issuingWorld, type ServiceProcess, startProcess } from '../support/service-process.ts';

let service: ServiceProcess;
beforeAll(async () => {
  // Long enough for whoever asks to be told, however busy the machine is.
  service = await startProcess({ TATAK_DRAIN_SECONDS: '4' });
});
afterAll(() => service.remove());

it('FT-7: SIGTERM under load: whoever asks until it says that it is not ready gets every answer', async () => {
  const { key, achievementId } = await issuingWorld(service);
  const authorization = `Bearer ${key}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const issue = {
    ...{ method: 'POST', agent, headers: { authorization } },
    body: JSON.stringify({ achievementId, recipients: [{ name: 'SPECIMEN Learner' }] }),
  };
  const seen = { answers: 0, closing: 0, wrong: [] as unknown[] };
  let balanced = true;
  const client = async (at: number) => {
    while (balanced) {
      const asked = at % 2 ? service.ask('/v1/credentials', issue) : service.ask('/health/live', { agent });
      const { status, headers } = await asked.catch((error: unknown) => ({
        status: String(error),
        headers: {} as never,
      }));
      seen.answers++;
      if (status !== (at % 2 ? 201 : 200)) seen.wrong.push(status);
      if ((headers as Record<string, string>).connection === 'close') seen.closing++;
    }
  };
  // As a balancer looks: now and then, on connections of its own.
  const balancer = async () => {
    for (;;) {
      const { status, text } = await service.ask('/health/ready');
      if (status === 503) return JSON.parse(text) as { checks: Record<string, string> };
      await setTimeout(100);
    }
  };
  const slow = slowBody(service.port, issue.body, authorization);
  const clients = Promise.all(Array.from({ length: 16 }, (_, at) => client(at)));
  await setTimeout(500);
  service.child.kill('SIGTERM');
  const { checks } = await balancer();
  expect(checks).toMatchObject({ running: 'failing', database: 'ok' });
  // They stop when they are told, on a busy machine perhaps just before the listener ends.
  balanced = false;
  await clients;
  expect(seen.wrong).toEqual([]);
  expect(seen.answers).toBeGreaterThan(20);
  // Their connections ended with an answer, not between two requests.
  expect(seen.closing).toBeGreaterThan(0);
  // What began before the signal and was still arriving when the listener ended.
  expect(await slow).toBe(201);
  expect(await service.ended).toBe(0);
  agent.destroy();
});

it('FT-7: takes ten seconds at most, also when something never ends', () => {
  expect(readConfig({}).drainMs + LIMITS.closeMs).toBeLessThan(10_000);
});

/** A request whose body takes its time: five seconds. */
function slowBody(port: number, body: string, authorization: string): Promise<number> {
  return new Promise((done, reject) => {
    const headers = { authorization, 'content-type': 'application/json', 'content-length': String(body.length) };
    const asked = request({ host: '127.0.0.1', port, path: '/v1/credentials', method: 'POST', headers, agent: false });
    asked.once('response', (answer) => {
      answer.resume();
      done(answer.statusCode!);
    });
    asked.once('error', reject);
    const parts = body.match(/.{1,10}/gs)!;
    const send = async () => {
      for (const part of parts) {
        asked.write(part);
        await setTimeout(5_000 / parts.length);
      }
      asked.end();
    };
    void send();
  });
}
