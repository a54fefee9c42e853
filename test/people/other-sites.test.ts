import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { requestFor } from '../api/support/samples.ts';
import { createStub } from '../api/support/stub.ts';
import { browser as learner } from '../holders/support/client.ts';
import { openService, type TestService } from '../support/service.ts';
import { Browser, officer } from './support/officer.ts';

/** What a page of somebody else, in the browser of an officer or a learner, can make it do: nothing. */
const OWN_PAGE = /^\/(?:sign-in|account|v1\/session|holder|my|claim|oauth\/interaction)(?:\/|$)/;
const changing = [...loadOpenApi().operations.values()].filter(({ method }) => method !== 'GET');
/** A platform shows the token that a learner let it have; a cookie is not looked at. */
const OF_PLATFORMS = /^\/ims\//;
const operations = changing.filter(({ secured, path }) => !OF_PLATFORMS.test(path) && (secured || OWN_PAGE.test(path)));
const EVIL = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'same-site' },
  { origin: 'null' },
];
let service: TestService;
let cookie: string;

beforeAll(async () => {
  service = await openService();
  await service.institution('specimen-college');
  const roles = [{ institution: 'specimen-college', role: 'issuer' as const }];
  const { browser } = await officer(service, { email: 'r@college.example', person: 'r-1', roles });
  const holder = learner(service);
  await holder.prove('maria@students.example');
  const jar = [...browser.cookies].map((pair) => pair.join('='));
  cookie = [...jar, `tatak-holder=${holder.cookie}`].join('; ');
}, 60_000);
afterAll(() => service.close());

describe('a page of another site', () => {
  it.each(changing.filter(({ path }) => OF_PLATFORMS.test(path)).map((one) => [one.operationId, one] as const))(
    'is nobody to %s',
    async (_, operation) => {
      const { headers, ...request } = requestFor(operation);
      const answer = await service.server.inject({ ...request, headers: { ...headers, cookie } });
      expect(answer.statusCode).toBe(401);
    },
  );

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'does not %s',
    async (_, operation) => {
      const { headers: own, ...request } = requestFor(operation);
      const { origin: _origin, cookie: _cookie, ...rest } = own as Record<string, string>;
      for (const from of EVIL) {
        const answer = await service.server.inject({ ...request, headers: { ...rest, cookie, ...from } });
        expect([from, answer.statusCode]).toEqual([from, 403]);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer.body).toMatch(/pages? of (?:this service itself|somebody else)/);
      }
    },
  );

  it('is every operation that a cookie could do', () => {
    expect(operations.length).toBeGreaterThan(70);
  });
});

describe('cookies', () => {
  it.each([
    ['https://badges.example', true],
    ['http://localhost:8480', false],
  ])(
    'of %s are out of reach of scripts, and of neighbours where it is https',
    async (publicUrl, secure) => {
      const stub = await createStub({ publicUrl, rateLimits: { address: 1e6, key: 1e6, expensive: 1e6 } });
      const names = new Set<string>();
      for (const operation of loadOpenApi().operations.values()) {
        const { headers, ...request } = requestFor(operation);
        const { cookie: _, ...rest } = headers as Record<string, string>;
        const own = { ...rest, ...(rest.origin === undefined ? {} : { origin: publicUrl }) };
        const answer = await stub.app.inject({ ...request, headers: own });
        for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
          const [pair, ...attributes] = line.split('; ');
          const name = pair!.split('=')[0]!;
          names.add(name);
          expect(attributes).toContain('HttpOnly');
          expect(attributes.some((one) => /^SameSite=(?:Lax|Strict)$/.test(one))).toBe(true);
          expect(attributes.includes('Secure')).toBe(secure);
          expect(line).not.toMatch(/Domain/i);
          // Of one request to a wallet: only its own page gets it.
          if (name === 'tatak_request') expect(line).toMatch(/Path=\/requests\/\w+/);
          else expect([name.startsWith('__Host-'), attributes.includes('Path=/')]).toEqual([secure, true]);
        }
      }
      await stub.app.close();
      expect(names.size).toBeGreaterThanOrEqual(3);
    },
    120_000,
  );
});

describe('fifty at once', () => {
  it('with one link open one session', async () => {
    const browser = new Browser(service);
    const token = await browser.ask('r@college.example');
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const one = new Browser(service);
        for (const [name, value] of browser.cookies) one.cookies.set(name, value);
        return (await one.form('/sign-in/link', { token })).status;
      }),
    );
    expect(answers.filter((status) => status === 303)).toHaveLength(1);
    expect(answers.filter((status) => status === 400)).toHaveLength(49);
  });

  it('with one assertion of a passkey sign in once', async () => {
    const { authenticator } = await officer(service, { email: 'p@college.example', roles: [] });
    const browser = new Browser(service);
    const credential = authenticator.get(await browser.options('use'));
    const answers = await Promise.all(
      Array.from(
        { length: 50 },
        async () => (await browser.send('POST', '/v1/session/passkey', { credential })).status,
      ),
    );
    expect(answers.sort()).toEqual([200, ...Array.from({ length: 49 }, () => 401)]);
  });
});
