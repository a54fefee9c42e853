import { symbols } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { asking, holds } from './support/asking.ts';
import { api, openTenant, type Tenant, type Who } from './support/two-tenants.ts';

let service: TestService;
let uno: Tenant;
let dos: Tenant;
const logged: string[] = [];
/** What each reads of their own, in every form: asked once for all tests. */
const own = new Map<Tenant, ReturnType<typeof asked>>();
const ownOf = (tenant: Tenant) => {
  if (!own.has(tenant)) own.set(tenant, asked(reading, tenant, tenant.people));
  return own.get(tenant)!;
};
const NOBODY: Who = { name: 'nobody', headers: {} };
const operations = [...api.operations.values()];
const asked = asking(() => service);
const reading = operations.filter(({ method }) => method === 'GET');
const changing = operations.filter(({ method, secured }) => method !== 'GET' && secured);

beforeAll(async () => {
  service = await openService({}, { TATAK_LOG_LEVEL: 'silent' });
  // Everything that would be logged, at every level, without writing it to the terminal.
  const logger = service.server.log as unknown as Record<symbol, unknown> & { level: string };
  logger[symbols.streamSym] = { write: (line: string) => logged.push(line) };
  logger.level = 'trace';
  [uno, dos] = [await openTenant(service, 'uno'), await openTenant(service, 'dos')];
}, 240_000);
afterAll(() => service.close());

/** Nothing outside of this machine answers here; that is no fault. */
const isFault = ({ status }: { status: number }) => status >= 500 && status !== 502;

describe('AU-2 two institutions on one service', () => {
  it('see their own: every kind of mark is found by those who may see it', async () => {
    const seen = (await ownOf(uno)).filter(({ what }) => what.endsWith(' application/json'));
    const found = new Set(
      seen.filter(({ text, what }) => holds(text, uno.secret, what)).map(({ what }) => what.split(' ')[0]),
    );
    for (const operation of [
      ...['listCredentials', 'readCredential', 'listBatchRows', 'readApproval', 'readPriorLearning'],
      ...['listPriorLearning', 'readEquivalence', 'listEquivalences', 'vcApiGetCredential', 'readHolder'],
      ...['listIssuingDecisions', 'getSession', 'listApiKeys', 'listOAuthClients'],
      ...['listWebhooks', 'readWebhook'],
    ]) {
      expect([operation, found.has(operation)]).toEqual([operation, true]);
    }
  }, 240_000);

  it.each(['uno', 'dos'])(
    'nothing of %s is in an answer to anybody else that reads',
    async (name) => {
      const [of, other] = name === 'uno' ? [uno, dos] : [dos, uno];
      const seen = await asked(reading, of, [...other.people, NOBODY]);
      const leaks = seen
        .filter(({ text, what, secured }) => holds(text, of.secret, what) || (secured && holds(text, of.open, what)))
        .map(({ who, what, status }) => [who, what, status]);
      expect(leaks).toEqual([]);
      expect(seen.filter(isFault)).toEqual([]);
      expect(seen.length).toBeGreaterThan(4_000);
    },
    480_000,
  );

  it('nothing of the other is in what is asked without naming it: lists, pages, search, exports', async () => {
    for (const [one, other] of [
      [uno, dos],
      [dos, uno],
    ] as const) {
      const seen = await ownOf(one);
      const leaks = seen
        .filter(
          ({ text, what, secured }) => holds(text, other.secret, what) || (secured && holds(text, other.open, what)),
        )
        .map(({ who, what, status }) => [who, what, status]);
      expect(leaks).toEqual([]);
    }
  }, 480_000);

  it('nothing of the other is changed, or told by a refusal', async () => {
    const before = await snapshot(uno);
    const seen = await asked(changing, uno, [...dos.people, NOBODY], ['application/json']);
    const leaks = seen.filter(({ text, what }) => holds(text, uno.secret, what));
    expect(leaks.map(({ who, what, status }) => [who, what, status])).toEqual([]);
    expect(seen.filter(isFault)).toEqual([]);
    expect(await snapshot(uno)).toEqual(before);
  }, 240_000);

  it('what is verified and evaluated for everybody says nothing that only one may see', async () => {
    const [achievementId] = uno.ids.achievementId!;
    const url = `${service.publicUrl}/credentials/${uno.ids.credentialId![0]}`;
    const pathway = `${service.publicUrl}/pathways/${uno.ids.pathwayId![0]}`;
    for (const [path, body] of [
      ['/v1/verifications', { url }],
      ['/v1/evaluations', { pathway, credentials: [url] }],
      ['/v1/pathway-matches', { url }],
      [
        '/v1/accreditation-checks',
        { issuer: `did:web:localhost`, at: '2026-03-14', award: { awardType: 'HeiCourse' } },
      ],
      [
        '/v1/presentation-requests',
        { badges: [{ achievement: `${service.publicUrl}/achievements/${achievementId}` }] },
      ],
    ] as const) {
      for (const who of [...dos.people, NOBODY]) {
        const answer = await service.server.inject({
          ...{ method: 'POST', url: path, payload: body },
          headers: { accept: 'application/json', ...who.headers },
        });
        expect([path, who.name, answer.body.includes(uno.secret)]).toEqual([path, who.name, false]);
      }
    }
  });

  it('neither of them is in the metrics or in the log', async () => {
    const metrics = await service.call('GET', '/metrics', { key: service.operatorKey });
    expect(metrics.status).toBe(200);
    for (const { secret } of [uno, dos]) {
      expect(metrics.text).not.toContain(secret);
      expect(logged.filter((line) => line.toLowerCase().includes(secret))).toEqual([]);
    }
    expect(logged.length).toBeGreaterThan(1_000);
  });
});

/** All that the institution itself is shown, without what changes by being read. */
async function snapshot(of: Tenant) {
  const auditor = of.people.find(({ name }) => name === 'key of auditor')!;
  const seen = await asked(
    reading.filter(({ secured }) => secured),
    of,
    [auditor],
    ['application/json'],
  );
  return seen.filter(({ status }) => status < 300).map(({ what, status, text }) => [what, status, text.split('\n')[0]]);
}
