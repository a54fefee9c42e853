import type { InjectOptions } from 'fastify';
import { mailTo, outbox } from '../../support/outbox.ts';
import type { TestService } from '../../support/service.ts';

export interface Answer<T> {
  status: number;
  body: T;
  text: string;
  headers: Record<string, unknown>;
}

/** Somebody with a cookie jar. */
export interface HolderClient {
  /** Text of the cookie, whatever it is called. */
  cookie: string | undefined;
  call<T = unknown>(method: InjectOptions['method'], url: string, body?: object, headers?: object): Promise<Answer<T>>;
  form(url: string, fields: Record<string, string>, headers?: object): Promise<Answer<undefined>>;
  page(url: string): Promise<Answer<undefined>>;
  /** Proves an address by the code of the newest mail. */
  prove(email: string): Promise<void>;
}

export function browser(service: TestService): HolderClient {
  const take = (headers: Record<string, unknown>): void => {
    for (const line of [headers['set-cookie'] ?? []].flat() as string[]) {
      const [, value = ''] = /^[^=]+=([^;]*)/.exec(line) ?? [];
      client.cookie = value === '' ? undefined : value;
    }
  };
  const send = async <T>(options: InjectOptions): Promise<Answer<T>> => {
    const headers = {
      ...options.headers,
      ...(client.cookie === undefined ? {} : { cookie: `other=1; tatak-holder=${client.cookie}` }),
    };
    const answer = await service.server.inject({ ...options, headers });
    take(answer.headers);
    const isJson = /json/.test(String(answer.headers['content-type'])) && answer.body !== '';
    const body = (isJson ? JSON.parse(answer.body) : undefined) as T;
    return { status: answer.statusCode, body, text: answer.body, headers: answer.headers };
  };
  const client: HolderClient = {
    cookie: undefined,
    call: (method, url, body, headers = {}) =>
      send({
        ...{ method: method ?? 'GET', url, headers: { accept: 'application/json', ...headers } },
        ...(body === undefined ? {} : { payload: body }),
      }),
    form: (url, fields, headers = {}) =>
      send({
        ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
        headers: {
          ...{ accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
          ...{ 'sec-fetch-site': 'same-origin', origin: 'null', ...headers },
        },
      }),
    page: (url) => send({ method: 'GET', url, headers: { accept: 'text/html' } }),
    async prove(email) {
      const before = (await outbox(service, email)).length;
      const asked = await client.call('POST', '/holder/codes', { email });
      if (asked.status !== 202) throw new Error(asked.text);
      const code = /\b\d{6}\b/.exec((await mailTo(service, email, before)).text!)![0];
      const proven = await client.call('POST', '/holder/codes/confirmations', { email, code });
      if (proven.status !== 200) throw new Error(proven.text);
    },
  };
  return client;
}
