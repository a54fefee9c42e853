import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type App, assemble, type Overrides, readConfig, readSecrets } from '#app';
import type { Role } from '#auth';
import { DATABASE_FILE } from '#storage';
import { placeEmptyStore } from './empty-store.ts';
import { UNLIMITED } from './unlimited-requests.ts';

/** One assembled service on a fresh directory, with or without listeners, and a small client of its API. */
export interface TestService {
  app: App;
  server: FastifyInstance;
  directory: string;
  publicUrl: string;
  operatorKey: string;
  call<T>(
    method: InjectOptions['method'],
    url: string,
    options?: CallOptions,
  ): Promise<{ status: number; body: T; text: string }>;
  /** An institution with an issuer key. */
  institution(slug: string, name?: string): Promise<{ did: string; issuer: string; authority: string }>;
  /** Another key of an institution; its text. */
  key(slug: string, role: Role, person?: string): Promise<string>;
  close(): Promise<void>;
}

export interface CallOptions {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

// Below the range from which the system gives ports to connections, and above 10080, the highest one that `fetch` refuses to
// ask (Fetch standard, "port blocking"). A process has a block of 20, and then the next but one: of two that run files of tests
// at once, one has those of even number.
const FIRST = 10_100;
const BLOCKS = 1_100;
const parity = Number(process.env.VITEST_POOL_ID ?? process.pid) % 2;
let block = (process.pid % (BLOCKS / 2)) * 2 + parity;
let given = 0;

/** A port for a listener of a test. */
export function newPort(): number {
  if (given === 20) {
    given = 0;
    block = (block + 2) % BLOCKS;
  }
  return FIRST + block * 20 + given++;
}

/** On PostgreSQL with `TATAK_DATABASE_URL`: the address that `usePostgres` gives out. */
export async function openService(overrides: Overrides = {}, env: Record<string, string> = {}): Promise<TestService> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-service-'));
  const settings = {
    TATAK_PORT: String(newPort()),
    TATAK_TLS_PORT: String(newPort()),
    TATAK_DATA: directory,
    TATAK_LOG_LEVEL: 'silent',
    ...env,
  };
  const config = readConfig(settings);
  if (config.databaseUrl === undefined && config.dataDirectory === directory) {
    await placeEmptyStore(join(directory, DATABASE_FILE));
  }
  const app = await assemble(config, readSecrets(settings, config), {
    ...UNLIMITED,
    ...overrides,
  });
  const { operatorKey = '' } = await app.start();
  return serviceOf(app, { directory, publicUrl: config.publicUrl, operatorKey });
}

/** The client of a service that was started. Closing removes its directory. */
export function serviceOf(app: App, of: Pick<TestService, 'directory' | 'publicUrl' | 'operatorKey'>): TestService {
  const { directory, operatorKey } = of;
  const service: TestService = {
    app,
    server: app.server,
    ...of,
    async call(method, url, options = {}) {
      const text = typeof options.body === 'string';
      const response = await app.server.inject({
        method: method ?? 'GET',
        url,
        headers: {
          accept: 'application/json',
          ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
          ...(options.body === undefined ? {} : { 'content-type': text ? 'text/csv' : 'application/json' }),
          ...options.headers,
        },
        ...(options.body === undefined
          ? {}
          : { payload: text ? (options.body as string) : JSON.stringify(options.body) }),
      });
      const json = /(?<!nd)json|application\/vc/.test(String(response.headers['content-type']));
      return {
        status: response.statusCode,
        get body() {
          return json && response.body ? JSON.parse(response.body) : undefined;
        },
        text: response.body,
      };
    },
    async institution(slug, name = `Specimen ${slug}`) {
      const made = await service.call<{ did: string }>('POST', '/v1/institutions', {
        key: operatorKey,
        body: { slug, profile: { name } },
      });
      if (made.status !== 201) throw new Error(made.text);
      const issuer = await service.key(slug, 'issuer');
      return { did: made.body.did, issuer, authority: await service.key(slug, 'authority') };
    },
    async key(slug, role, person) {
      const made = await service.call<{ secret: string }>('POST', '/v1/api-keys', {
        key: operatorKey,
        body: { institution: slug, role, label: 'test', ...(person === undefined ? {} : { person }) },
      });
      if (made.status !== 201) throw new Error(made.text);
      return made.body.secret;
    },
    async close() {
      await app.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return service;
}
