import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, Problem, type ProblemDocument } from '#kernel';
import { type Option, ServiceRefused, UsageError } from './command.ts';
import { type Answer, ask, open, type Request, read } from './http.ts';
import { readText } from './read-text.ts';

/** Where the service is, and who asks. A key on a command line would stand in the list of processes. */
export const SERVICE = {
  url: { value: 'URL', required: true, says: 'Address of the service, https, or http on this machine' },
  'key-file': { value: 'FILE', says: 'File with the API key; without it the key is in the environment, TATAK_API_KEY' },
} as const satisfies Record<string, Option>;

export interface Api {
  /** @throws ServiceRefused for every answer that is not 2xx, Problem `fetch-failed` without one, or without JSON in it */
  call<T>(method: 'GET' | 'POST', path: string, body?: object, headers?: Record<string, string>): Promise<T>;
  /** The same for a file. */
  upload<T>(path: string, file: Blob, headers: Record<string, string>): Promise<T>;
  /** A large answer, as it comes. */
  download(path: string, accept: string): Promise<ReadableStream<Uint8Array>>;
  /** All pages of a list. */
  all<T>(path: string, query: Record<string, string | undefined>): AsyncGenerator<T[]>;
}

/** More than one minute is never asked for, and others may take the next share. */
const WAITS = 5;
/** Half a gigabyte through a slow line. */
const LONG = 3_600_000;
const PAGE = '200';

/** @throws UsageError when there is no key, or a file that cannot be read */
export async function openApi({
  url,
  'key-file': file,
}: {
  url: string;
  'key-file'?: string | undefined;
}): Promise<Api> {
  if (!URL.canParse(url)) throw new UsageError('--url: the address of the service');
  const key = await keyOf(file);
  const authorization = `Bearer ${key}`;
  const addressOf = (path: string) => new URL(path, url).href;
  const json = <T>(path: string, request: Request): Promise<T> =>
    askJson(addressOf(path), { ...request, headers: { authorization, ...request.headers } });
  return {
    call: (method, path, body, headers = {}) =>
      json(path, {
        method,
        headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    upload: (path, body, headers) => json(path, { method: 'POST', headers, body, timeout: LONG }),
    async download(path, accept) {
      const { response, origin } = await open(addressOf(path), { headers: { authorization, accept }, timeout: LONG });
      if (!response.ok) accepted(await read(response, origin));
      return response.body!;
    },
    async *all<T>(path: string, query: Record<string, string | undefined>) {
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const given = Object.entries({ ...query, limit: PAGE, cursor }).filter(([, value]) => value !== undefined);
        const params = new URLSearchParams(given as [string, string][]);
        const page = await json<{ items: T[]; next?: string }>(`${path}?${params}`, {});
        yield page.items;
        cursor = page.next;
      }
    },
  };
}

/** One request of the API, also without a key. @throws as `Api` */
export async function askJson<T>(url: string, request: Request): Promise<T> {
  const { status, json } = accepted(await patiently(() => ask(url, request)));
  if (json !== undefined || status === 204) return (json ?? {}) as T;
  // A portal that wants a sign-in says 200 as well: nothing was done, and nothing is known.
  throw new Problem('fetch-failed', `${new URL(url).origin} answered with no JSON object: no Tatak service is there`);
}

async function keyOf(file: string | undefined): Promise<string> {
  const key = (file === undefined ? await keyOfEnvironment() : readText(file))?.trim();
  if (!key) throw new UsageError('--key-file is missing: a file with an API key (or TATAK_API_KEY in the environment)');
  // Not shown: it may be a key all the same.
  if (!/^[!-~]+$/.test(key)) throw new UsageError(`${file ?? 'TATAK_API_KEY'} holds no API key`);
  return key;
}

/** The settings come with the whole service: loaded only where they are needed. */
const keyOfEnvironment = async () => (await import('./environment.ts')).environment().TATAK_API_KEY;

/** @throws ServiceRefused with the problem of the service, or one made of its status */
function accepted(answer: Answer): Answer {
  const { status, json } = answer;
  if (status >= 200 && status < 300) return answer;
  if (isObject(json) && typeof json.detail === 'string') {
    throw new ServiceRefused({
      type: 'about:blank',
      title: json.detail,
      ...json,
      status,
    } as unknown as ProblemDocument);
  }
  const detail = `the service answered ${status}`;
  throw new ServiceRefused({ type: 'about:blank', title: detail, status, detail });
}

/** A service that is asked too much says for how long: the work of a command may be more than a minute's share (RFC 6585 4). */
async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await send();
    if (answer.status !== 429 || tries === WAITS) return answer;
    await sleep(1_000 * Math.min(60, Math.max(1, answer.retryAfter ?? 1)));
  }
}
