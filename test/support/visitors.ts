import type { InjectOptions } from 'fastify';
import type { Role } from '#auth';
import type { Actor } from '../../src/cli/demo/actors.ts';
import { agreed, authorizeUrl, pkce, register } from '../host/support/platform.ts';
import { newBrowser } from '../oauth/support/browser.ts';
import { Browser, officer } from '../people/support/officer.ts';
import { mailTo } from './outbox.ts';
import type { TestService } from './service.ts';

/** What a browser of somebody who is signed in sends along. */
export type Cookies = readonly { name: string; value: string; url: string }[];

/** As much of a service as a browser of the tests needs, of one that runs in another process. */
function reached(of: Pick<TestService, 'publicUrl' | 'directory' | 'operatorKey'>): TestService {
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    fetch(of.publicUrl + path, {
      method,
      headers: { ...headers, connection: 'close' },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
  const inject = async ({ method, url, headers, payload }: InjectOptions) => {
    const answer = await send(method ?? 'GET', String(url), headers as Record<string, string>, payload as string);
    const cookies = answer.headers.getSetCookie().map((line) => {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const maxAge = /max-age=(\d+)/i.exec(line)?.[1];
      return { name, value, ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }) };
    });
    const said = { ...Object.fromEntries(answer.headers), 'set-cookie': answer.headers.getSetCookie() };
    return { statusCode: answer.status, headers: said, body: await answer.text(), cookies };
  };
  const call: TestService['call'] = async (method, url, { key, body } = {}) => {
    const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
    const answer = await send(method ?? 'GET', url, headers, body === undefined ? undefined : JSON.stringify(body));
    const text = await answer.text();
    return { status: answer.status, body: JSON.parse(text), text };
  };
  return { ...of, server: { inject }, call } as unknown as TestService;
}

const cookiesOf = ({ cookies, service }: Browser): Cookies =>
  [...cookies].map(([name, value]) => ({ name, value, url: service.publicUrl }));

/** People of the institutions of a service in another process, and one of its learners. */
export function visitors(of: Pick<TestService, 'publicUrl' | 'directory' | 'operatorKey'>) {
  const service = reached(of);
  return {
    /** Somebody with this role there, signed in with a passkey. */
    async officer({ slug }: Actor, role: Role): Promise<Cookies> {
      const email = `${role}@${slug}.example`;
      const { browser } = await officer(service, { email, person: email, roles: [{ institution: slug, role }] });
      await browser.act(slug, role);
      return cookiesOf(browser);
    },
    /** Whoever reads the mail of this address. */
    async learner(email: string): Promise<{ cookies: Cookies; send: Browser['send'] }> {
      const browser = new Browser(service);
      const send = async (...args: Parameters<Browser['send']>) => {
        const answer = await browser.send(...args);
        if (answer.status >= 400) throw new Error(answer.text);
        return answer;
      };
      await send('POST', '/holder/codes', { email });
      const { text = '' } = await mailTo(service, email);
      await send('POST', '/holder/codes/confirmations', { email, code: /^\s*(\d{6})\s*$/m.exec(text)![1]! });
      return { cookies: cookiesOf(browser), send };
    },
    /** A badge platform that this learner has let in, and another that asks them and one who has shown no address yet. */
    async platforms(learner: Cookies): Promise<{ path: string; cookies: Cookies }[]> {
      const who = newBrowser(service);
      const here = service.publicUrl;
      who.cookies.push(...learner.map(({ name, value }) => ({ name, value, path: '/', flags: '' })));
      await agreed(service, (await register(service)).body, '', {}, who);
      const client = (await register(service, { client_name: 'SPECIMEN Career Centre' })).body;
      return Promise.all(
        [who, newBrowser(service)].map(async (one) => {
          const { location: path = '' } = await one.get(authorizeUrl(client, pkce().challenge));
          const cookies = one.cookies.map(({ name, value, path: of }) => ({ name, value, url: `${here}${of}` }));
          return { path, cookies };
        }),
      );
    },
  };
}
