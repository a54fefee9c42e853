import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbox } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';
import { Browser, invite } from './support/officer.ts';

let service: TestService;
let now = new Date('2026-06-01T00:00:00Z');
beforeAll(async () => {
  service = await openService({ clock: { now: () => now } });
  await service.institution('specimen-college');
});
afterAll(() => service.close());

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const use = (browser: Browser, token: string) => browser.form('/sign-in/link', { token });
const member = (email: string) =>
  invite(service, { email, roles: [{ institution: 'specimen-college', role: 'auditor' }] });

describe('a sign-in link', () => {
  it('is good once, in the browser that asked, for fifteen minutes', async () => {
    await member('a@college.example');
    const browser = new Browser(service);
    const token = await browser.ask('a@college.example');
    // A scanner of mail follows the link, and even presses the button.
    const scanner = new Browser(service);
    expect((await scanner.send('GET', `/sign-in/link?token=${token}`)).text).not.toContain('name="token"');
    expect((await use(scanner, token)).status).toBe(400);
    await scanner.ask('a@college.example');
    expect((await use(scanner, token)).status).toBe(400);
    expect((await browser.send('GET', `/sign-in/link?token=${token}`)).text).toContain(token);
    const answers = await Promise.all([use(browser, token), use(browser, token), use(browser, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400, 400]);
    const late = await browser.ask('A@College.Example ');
    later(15);
    expect((await use(browser, late)).status).toBe(400);
  });

  it('opens a session that can do nothing but add a passkey, for half an hour', async () => {
    await member('b@college.example');
    const browser = new Browser(service);
    await browser.signInByLink('b@college.example');
    for (const [method, url] of [
      ['GET', '/v1/audit'],
      ['GET', '/v1/institutions/specimen-college'],
      ['POST', '/v1/session'],
    ] as const) {
      const body = method === 'POST' ? { institution: 'specimen-college', role: 'auditor' } : undefined;
      expect([url, (await browser.send(method, url, body)).status]).toEqual([url, 403]);
    }
    later(31);
    expect((await browser.session()).status).toBe(401);
  });

  it('is asked for five times an hour at most, known or not, and one is told nothing else', async () => {
    later(120);
    await member('c@college.example');
    for (const email of ['c@college.example', 'nobody@college.example']) {
      const browser = new Browser(service);
      const answers = [];
      for (let n = 0; n < 5; n++) answers.push(await browser.form('/sign-in', { email }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect((await browser.form('/sign-in', { email })).status).toBe(429);
      // Whoever asks, and however it is spelled.
      expect((await new Browser(service).form('/sign-in', { email: email.toUpperCase() })).status).toBe(429);
      later(61);
      expect((await browser.form('/sign-in', { email })).status).toBe(200);
      later(120);
    }
    const [known, unknown] = await Promise.all(
      ['c@college.example', 'nobody@college.example'].map((email) => new Browser(service).form('/sign-in', { email })),
    );
    expect(known!.text).toBe(unknown!.text);
    expect(await outbox(service, 'nobody@college.example')).toEqual([]);
  });

  it('of ten who ask at once for one address, five get one', async () => {
    const ask = () => new Browser(service).form('/sign-in', { email: 'crowd@college.example' });
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429, 429]);
  });

  it('is refused for what is no address', async () => {
    for (const email of [
      '',
      'x',
      'a@b',
      'a b@college.example',
      'a@college.example, b@college.example',
      'á@college.example',
    ]) {
      expect([email, (await new Browser(service).form('/sign-in', { email })).status]).toEqual([email, 400]);
    }
  });

  it('is not in the store, nor is the text of a session: only digests are', async () => {
    const browser = new Browser(service);
    await member('d@college.example');
    const token = await browser.ask('d@college.example');
    await use(browser, token);
    const secrets = [token, ...browser.cookies.values()];
    expect(secrets).toHaveLength(3);
    for (const name of readdirSync(service.directory).filter((one) => one.includes('.db'))) {
      const bytes = readFileSync(join(service.directory, name));
      // Of a message that was sent, nothing of what it said is kept; the log before it may still hold the page.
      for (const secret of secrets.slice(1)) expect([name, bytes.includes(secret)]).toEqual([name, false]);
    }
  });
});
