import type { InjectOptions } from 'fastify';
import { mailTo, outbox } from '../../support/outbox.ts';
import type { TestService } from '../../support/service.ts';

interface Cookie {
  name: string;
  value: string;
  path: string;
  flags: string;
}

export interface Page {
  status: number;
  text: string;
  headers: Record<string, unknown>;
  location: string | undefined;
}

/** A browser of one person, with cookies as their paths say. Follows nothing by itself. */
export interface Browser {
  cookies: Cookie[];
  get(url: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends the form of a page that was shown, as that page would. */
  submit(page: Page, action: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Page>;
  /** Has a code sent and types it in: the page after it. */
  confirm(page: Page, email: string): Promise<Page>;
}

export function newBrowser(service: Pick<TestService, 'server' | 'directory' | 'publicUrl'>): Browser {
  const cookies: Cookie[] = [];
  async function send(options: InjectOptions & { url: string }): Promise<Page> {
    const path = options.url.split('?')[0]!;
    const sent = cookies.filter((one) => path === one.path || path.startsWith(one.path.replace(/\/?$/, '/')));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await service.server.inject({
      ...options,
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...options.headers },
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) keep(line);
    const { location } = answer.headers;
    return {
      ...{ status: answer.statusCode, text: answer.body, headers: answer.headers },
      location: location?.replace(service.publicUrl, ''),
    };
  }
  function keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/';
    const at = cookies.findIndex((one) => one.name === name && one.path === path);
    if (at >= 0) cookies.splice(at, 1);
    if (value) cookies.push({ name: name!, value, path, flags: line.toLowerCase() });
  }
  const browser: Browser = {
    cookies,
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    submit(page, action, fields = {}, headers = {}) {
      const [, url] = /action="([^"]+)"/.exec(page.text)!;
      const form = /name="form" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
      return send({
        ...{ method: 'POST', url: url!, payload: new URLSearchParams({ action, form, ...fields }).toString() },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      });
    },
    async confirm(page, email) {
      const before = (await outbox(service, email)).length;
      const sent = await browser.submit(page, 'send');
      const code = /\b\d{6}\b/.exec((await mailTo(service, email, before)).text!)![0];
      const confirmed = await browser.submit(sent, 'confirm', { code });
      return browser.get(confirmed.location!);
    },
  };
  return browser;
}
