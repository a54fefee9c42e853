import type { InjectOptions } from 'fastify';
import type { Role } from '#auth';
import { outbox } from '../../support/outbox.ts';
import type { TestService } from '../../support/service.ts';
import { Authenticator, type Options } from './authenticator.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the service said
  body: any;
  text: string;
  location: string | undefined;
}

const canonical = (email: string) => email.trim().toLowerCase();

/** Mails of one second have no order: links are told apart by their tokens. */
export async function linksTo(service: TestService, email: string): Promise<string[]> {
  const texts = (await outbox(service, canonical(email))).map(({ text = '' }) => text);
  return texts.flatMap((text) => /link\?token=([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? []);
}

/** @throws Error after ten seconds */
export async function until<T>(what: string, find: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error(`${what} did not come`);
}

/** A browser: keeps cookies, and says of each request that it comes from a page of the service. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly service: TestService;

  constructor(service: TestService) {
    this.service = service;
  }

  async send(
    method: InjectOptions['method'],
    url: string,
    body?: object,
    /** In place of what a browser says of itself; `undefined` leaves a header out. */
    more: Record<string, string | undefined> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const said: Record<string, string | undefined> = {
      ...{ accept: 'application/json', origin: this.service.publicUrl, 'sec-fetch-site': 'same-origin' },
      ...(cookie ? { cookie } : {}),
      ...more,
    };
    const headers = Object.fromEntries(
      Object.entries(said).filter((one): one is [string, string] => one[1] !== undefined),
    );
    const form = headers['content-type'] === 'application/x-www-form-urlencoded';
    if (body && !form) headers['content-type'] = 'application/json';
    const payload = form ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
    const answer = await this.service.server.inject({
      ...{ method: method ?? 'GET', url, headers },
      ...(body ? { payload } : {}),
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const json = /json/.test(String(answer.headers['content-type']));
    return {
      status: answer.statusCode,
      body: json && answer.body ? JSON.parse(answer.body) : undefined,
      text: answer.body,
      location: answer.headers.location as string | undefined,
    };
  }

  form(url: string, body: Record<string, string>): Promise<Answer> {
    return this.send('POST', url, body, { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' });
  }

  /** Asks for a link; its token, from the mail. */
  async ask(email: string): Promise<string> {
    const before = new Set(await linksTo(this.service, email));
    const asked = await this.form('/sign-in', { email });
    if (asked.status !== 200) throw new Error(asked.text);
    const isNew = (token: string) => !before.has(token);
    return until(`a link to ${email}`, async () => (await linksTo(this.service, canonical(email))).find(isNew));
  }

  async signInByLink(email: string): Promise<void> {
    const token = await this.ask(email);
    const used = await this.form('/sign-in/link', { token });
    if (used.status !== 303) throw new Error(used.text);
  }

  async options(purpose: 'add' | 'use'): Promise<Options> {
    const { status, body, text } = await this.send('POST', '/v1/session/passkey-challenge', { purpose });
    if (status !== 200) throw new Error(text);
    return body.options;
  }

  async addPasskey(authenticator: Authenticator, name = 'Laptop'): Promise<Answer> {
    const credential = authenticator.create(await this.options('add'));
    return this.send('POST', '/v1/session/passkeys', { name, credential });
  }

  async usePasskey(authenticator: Authenticator): Promise<Answer> {
    const credential = authenticator.get(await this.options('use'));
    return this.send('POST', '/v1/session/passkey', { credential });
  }

  act(institution: string, role: Role): Promise<Answer> {
    return this.send('POST', '/v1/session', { institution, role });
  }

  session(): Promise<Answer> {
    return this.send('GET', '/v1/session');
  }
}

export interface Officer {
  browser: Browser;
  authenticator: Authenticator;
  accountId: string;
  email: string;
}

/** An account of the operator's making, with its mail. */
export async function invite(
  service: TestService,
  input: { email: string; person?: string; roles: { institution: string; role: Role }[] },
): Promise<string> {
  const made = await service.call<{ id: string }>('POST', '/v1/accounts', { key: service.operatorKey, body: input });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.id;
}

/** Somebody who was invited, signed in by link, and added a passkey. */
export async function officer(
  service: TestService,
  input: { email: string; person?: string; roles: { institution: string; role: Role }[] },
  algorithm: 'ES256' | 'EdDSA' = 'ES256',
): Promise<Officer> {
  const accountId = await invite(service, input);
  const browser = new Browser(service);
  await browser.signInByLink(input.email);
  const authenticator = new Authenticator(service.publicUrl, algorithm);
  const added = await browser.addPasskey(authenticator);
  if (added.status !== 201) throw new Error(added.text);
  return { browser, authenticator, accountId, email: input.email };
}
