import { mailTo, outbox } from '../../support/outbox.ts';
import type { TestService } from '../../support/service.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: as the service says
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

/** A learner who has shown an address, and speaks to the API from a program. */
export interface Learner {
  call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<Answer>;
  page(url: string): Promise<Answer>;
  /** A form of `/my`. */
  submit(fields: Record<string, string>, lang?: 'en' | 'fil'): Promise<Answer>;
}

export async function learnerAt(service: TestService, email: string): Promise<Learner> {
  let cookie = '';
  async function send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    headers: Record<string, string>,
    payload?: string,
  ) {
    const answer = await service.server.inject({
      ...{ method, url, headers: { ...(cookie ? { cookie } : {}), ...headers } },
      ...(payload === undefined ? {} : { payload }),
    });
    const [set] = [answer.headers['set-cookie'] ?? []].flat();
    if (set) cookie = set.split(';')[0]!;
    const json = String(answer.headers['content-type']).includes('json') && answer.body !== '';
    return {
      status: answer.statusCode,
      body: json ? answer.json() : undefined,
      text: answer.body,
      headers: answer.headers,
    };
  }
  const learner: Learner = {
    call: (method, url, body) =>
      send(
        method,
        url,
        { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body && JSON.stringify(body),
      ),
    page: (url) => send('GET', url, { accept: 'text/html' }),
    async submit(fields, lang = 'en') {
      const { text } = await learner.page('/my');
      const form = /name="form" value="([^"]*)"/.exec(text)![1]!;
      const headers = {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      };
      return send('POST', `/my?lang=${lang}`, headers, new URLSearchParams({ ...fields, form }).toString());
    },
  };
  const before = (await outbox(service, email)).length;
  const asked = await learner.call('POST', '/holder/codes', { email });
  if (asked.status !== 202) throw new Error(asked.text);
  const code = /\b\d{6}\b/.exec((await mailTo(service, email, before)).text!)![0];
  const confirmed = await learner.call('POST', '/holder/codes/confirmations', { email, code });
  if (confirmed.status !== 200) throw new Error(confirmed.text);
  return learner;
}
