import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#app';
import { openService, type TestService } from '../support/service.ts';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

const asked: { headers: IncomingMessage['headers']; url: string; body: string }[] = [];
/** The collector, and a page of somebody else. */
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    asked.push({ headers: request.headers, url: request.url!, body: Buffer.concat(chunks).toString() });
    response.end('{}');
  });
});
let service: TestService;
let origin: string;

beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const settings = {
    ...{ TATAK_OTLP_ENDPOINT: origin, TATAK_OTLP_PRIVATE: 'yes', TATAK_OTLP_SHARE: '1' },
    TATAK_TRUSTED_PROXIES: '10.0.0.7',
  };
  service = await openService({ loopbackOrigins: [{ origin }] }, settings);
});
afterAll(() => collector.close());

it('follows requests to their commits and fetches, under the names of operations alone', async () => {
  const { issuer } = await service.institution('specimen-traced-college', 'SPECIMEN College of the Canary');
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const through = (remoteAddress: string) =>
    service.server.inject({ url: '/health/live?canary=1', remoteAddress, headers: { traceparent } });
  await through('10.0.0.7');
  await through('192.0.2.1');
  const achievement = {
    name: 'SPECIMEN Course',
    description: 'D',
    criteria: { narrative: 'N' },
    achievementType: 'Course',
  };
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    ...{ key: issuer, body: { achievement, extension: false } },
  });
  const { achievementId } = made.body;
  const recipients = [{ name: 'Maria Canary', email: 'canary@students.example' }];
  await service.call('POST', '/v1/credentials', { key: issuer, body: { achievementId, recipients } });
  await service.call('POST', '/v1/verifications', { body: { url: `${origin}/badge?canary` } });
  await service.close();

  const batches = asked.filter(({ url }) => url === '/v1/traces');
  const spans = batches.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [issued] = named('issueCredentials');
  const steps = spans.filter((span) => span.traceId === issued!.traceId).map(({ name }) => name);
  for (const step of ['validate', 'entitlement', 'pin', 'reserve', 'lint', 'sign', 'check', 'store', 'release']) {
    expect(steps).toContain(`issue.${step}`);
  }
  expect(steps.filter((name) => name === 'commit').length).toBeGreaterThan(0);
  // Of a proxy of ours it is continued; anybody else begins a trace of his own.
  expect(named('getLiveness').map((span) => span.traceId === traceId)).toEqual([true, false]);

  const [fetched] = named('fetch');
  const page = asked.find(({ url }) => url.startsWith('/badge'))!;
  expect(page.headers.traceparent).toBe(`00-${fetched!.traceId}-${fetched!.spanId}-01`);
  expect(JSON.stringify(batches.map(({ body }) => body))).not.toMatch(/canary|students|specimen/i);
});

it('a collector is on the public internet and reached by TLS, unless the operator says otherwise', () => {
  const read = (env: Record<string, string>) => () => readConfig(env);
  const endpoint = (TATAK_OTLP_ENDPOINT: string) => ({ TATAK_OTLP_ENDPOINT });
  expect(read(endpoint('http://10.0.0.5:4318'))).toThrow('TATAK_OTLP_PRIVATE');
  expect(read(endpoint('ftp://collector.example'))).toThrow('TATAK_OTLP_ENDPOINT');
  expect(read({ ...endpoint('https://collector.example'), TATAK_OTLP_SHARE: '2' })).toThrow('TATAK_OTLP_SHARE');
  expect(read({ ...endpoint('https://collector.example'), TATAK_OTLP_PRIVATE: 'true' })).toThrow('TATAK_OTLP_PRIVATE');
  const { traces } = readConfig({ ...endpoint('http://10.0.0.5:4318/otlp/'), TATAK_OTLP_PRIVATE: 'yes' });
  expect([traces?.url.href, traces?.share]).toEqual(['http://10.0.0.5:4318/otlp/v1/traces', 0.1]);
});
