import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi, type Operation } from '#api';
import { type OperationId, PERMISSIONS, type Role } from '#auth';
import { createLogger } from '../../src/app/logger.ts';
import { requestFor } from '../api/support/samples.ts';
import { openService, type TestService } from '../support/service.ts';

const CANARY = 'kanaryo';
const operations = [...loadOpenApi().operations.values()];

let logged = '';
const traced: string[] = [];
const collector = createServer((request, response) => {
  request.on('data', (chunk) => traced.push(String(chunk)));
  request.on('end', () => response.end());
});
let service: TestService;
let issuedId = '';
const keys = new Map<Role, string>();

beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const { port } = collector.address() as AddressInfo;
  const traces = { TATAK_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, TATAK_OTLP_PRIVATE: 'yes', TATAK_OTLP_SHARE: '1' };
  const write = (line: string) => {
    logged += line;
  };
  const generous = { address: 1e9, key: 1e9, tenant: 1e9, expensive: 1e9, expensiveTenant: 1e9, guesses: 1e9 };
  service = await openService({ logTo: { write }, rateLimits: generous }, { TATAK_LOG_LEVEL: 'trace', ...traces });
  const { issuer, authority } = await service.institution('abc', `SPECIMEN ${CANARY}`);
  keys.set('operator', service.operatorKey).set('issuer', issuer).set('authority', authority);
  for (const role of ['approver', 'auditor'] as const) keys.set(role, await service.key('abc', role, `${CANARY}-17`));
});
afterAll(() => collector.close());

/** Every text in it ends with the canary. */
const marked = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value} ${CANARY}`;
  if (Array.isArray(value)) return value.map((item) => marked(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, marked(member)]));
};

const HEADERS = Object.fromEntries(
  [
    ...['user-agent', 'referer', 'cookie', 'x-forwarded-for', 'x-request-id', 'traceparent', 'tracestate', 'baggage'],
    ...['accept-language', 'if-none-match', 'idempotency-key', 'x-real-ip', 'forwarded', 'from', 'dpop', 'origin'],
  ].map((name) => [name, `${CANARY}-${name}`]),
);

/** The same request with the canary in its headers, its query, its path or every field of its body. */
function variants(operation: Operation) {
  const request = requestFor(operation);
  const { payload, url } = request as { payload?: unknown; url: string };
  const asking = (query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`;
  const text = typeof payload === 'string';
  const spoilt = text ? String(payload).replaceAll(/=([^&]*)/g, `=${CANARY}%40students.example`) : marked(payload);
  return [
    {
      ...request,
      headers: { ...HEADERS, ...request.headers },
      url: asking(`${CANARY}=${CANARY}&q=${CANARY}&cursor=${CANARY}&token=${CANARY}`),
    },
    { ...request, url: operation.path.replaceAll(/\{\w+\}/g, CANARY) },
    ...(payload === undefined || Buffer.isBuffer(payload)
      ? []
      : [
          { ...request, payload: spoilt },
          { ...request, payload: text ? CANARY : { ...(payload as object), [CANARY]: CANARY } },
          { ...request, payload: text ? CANARY : `{"${CANARY}": ${CANARY}` },
        ]),
  ];
}

describe('OB-4: what anybody sends is in no log, metric or trace', () => {
  it('when the work is done: issued, offered, verified, revoked', async () => {
    const issuer = keys.get('issuer')!;
    const achievement = { name: `SPECIMEN ${CANARY}`, description: CANARY, criteria: { narrative: CANARY } };
    const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
      ...{ key: issuer, body: { achievement, extension: false } },
    });
    const { achievementId } = made.body;
    const recipients = [{ name: `Maria ${CANARY}`, email: `${CANARY}@students.example`, studentNumber: `${CANARY}-1` }];
    const issued = await service.call<{ credentials: { id: string; url: string; credential: object }[] }>(
      'POST',
      '/v1/credentials',
      { key: issuer, body: { achievementId, recipients }, headers: { 'idempotency-key': `${CANARY}-key-1` } },
    );
    expect(issued.status).toBe(201);
    const [one] = issued.body.credentials;
    const credentialId = one!.url.split('/').at(-1)!;
    const verified = await service.call('POST', '/v1/verifications', { body: { credential: one!.credential } });
    expect(verified.status).toBe(200);
    const offered = await service.call('POST', '/v1/offers', {
      ...{ key: issuer, body: { credentialId, confirmation: 'email', deliver: 'mail' } },
    });
    expect(offered.status).toBe(201);
    const batch = await service.call('POST', '/v1/batches', { key: issuer, body: { achievementId, rows: recipients } });
    expect(batch.status).toBe(201);
    const revoked = await service.call('POST', `/v1/credentials/${credentialId}/status`, {
      ...{ key: issuer, body: { action: 'revoke', reason: CANARY } },
    });
    expect(revoked.status).toBe(200);
    issuedId = credentialId;
  });

  it('nor in any field of any operation', async () => {
    let answers = 0;
    for (const operation of operations) {
      const permitted = PERMISSIONS[operation.operationId as OperationId];
      const role = permitted === 'anyone' || permitted === 'platform' ? undefined : permitted[0];
      for (const request of variants(operation)) {
        const authorization = role ? { authorization: `Bearer ${keys.get(role)}` } : {};
        const headers: Record<string, string | undefined> = { ...request.headers, ...authorization };
        const typed = typeof request.payload === 'string' && !headers['content-type'];
        await service.server.inject({
          ...(request as object),
          headers: { ...headers, ...(typed ? { 'content-type': 'application/json' } : {}) },
        });
        answers++;
      }
    }
    expect(answers).toBeGreaterThan(500);
    // An id of a credential names somebody to whoever can look it up.
    const { text } = await service.call('GET', '/metrics', { key: service.operatorKey });
    await service.close();
    const requests = logged.split('\n').filter((line) => line.includes('"msg":"request"'));
    expect(requests.length).toBeGreaterThan(500);
    for (const told of [logged, text, traced.join('')]) {
      expect(told.length).toBeGreaterThan(1_000);
      const at = told.toLowerCase().indexOf(CANARY);
      expect(at < 0 ? '' : told.slice(Math.max(0, at - 300), at + 100)).toBe('');
      expect(told).not.toContain(issuedId);
    }
  });
});

it('errors tell what and where, and nothing that they quote', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(line) });
  const cause = Object.assign(new Error(`duplicate key (email)=("${CANARY}@x.example")`), {
    ...{ code: '23505', detail: `Key (name)=(${CANARY}) exists`, row: { name: CANARY } },
  });
  let syntax: unknown;
  try {
    JSON.parse(`{"name": ${CANARY}}`);
  } catch (error) {
    syntax = error;
  }
  logger.error({ err: new Error(`Maria wrote '${CANARY}' at https://x.example/${CANARY}`, { cause }) }, 'failed');
  logger.error({ err: new Error(`not an identifier: did:web:x.example ${CANARY}`) }, 'failed');
  logger.error({ err: syntax }, 'failed');
  logger.error({ err: `${CANARY} is no error` }, 'failed');
  logger.error({ err: new TypeError(`first\n${CANARY}@students.example\n    of three`) }, 'failed');
  expect(lines.join('')).not.toContain(CANARY);
  expect(lines[0]).toMatch(/"type":"Error".*ob-4\.test\.ts.*"code":"23505"/);
});
