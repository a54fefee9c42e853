import { readAnswer } from './answer.ts';
import type { Operations } from './operation.ts';
import { type CallArguments, requestOf } from './request.ts';
import { createSender, type Sending } from './send.ts';

export interface ClientOptions extends Partial<Sending> {
  /** Public address of the service, with its path if it has one. */
  baseUrl: string;
  /** API key or access token, or what gives the one to use now. Without it only public operations answer. */
  token?: string | (() => string | Promise<string>);
}

type Call = (args?: CallArguments) => Promise<unknown>;

/** One method of the client; a list that comes in pages has `all` too. */
export type Method = Call & { all?: (args?: CallArguments) => AsyncGenerator<unknown, void, undefined> };

/**
 * A method for each operation of the table. What the answer says is handed on as it is; an answer that is an error is thrown.
 * @throws (the methods) TatakProblem for every answer but 2xx; TypeError for arguments that make no request; whatever `fetch` throws
 */
export function createClientOf(operations: Operations, options: ClientOptions): Readonly<Record<string, Method>> {
  const base = baseOf(options.baseUrl);
  const { token } = options;
  const send = createSender(options);

  const methods = Object.entries(operations).map(([id, operation]): [string, Method] => {
    const call: Call = async (args = {}) => {
      const request = requestOf(operation, base, args);
      const secret = typeof token === 'function' ? await token() : token;
      if (secret !== undefined) request.headers.set('authorization', `Bearer ${secret}`);
      return readAnswer(await send(request, operation, args.signal));
    };
    if (!operation.paged) return [id, call];
    return [id, Object.assign(call, { all: (args: CallArguments = {}) => pages(call, args) })];
  });
  return Object.freeze(Object.fromEntries(methods));
}

/** Every item, page after page, as they are asked for. */
async function* pages(call: Call, args: CallArguments): AsyncGenerator<unknown, void, undefined> {
  let cursor = args.cursor;
  do {
    const page = (await call({ ...args, ...(cursor === undefined ? {} : { cursor }) })) as {
      items: unknown[];
      next?: string;
    };
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** @throws TypeError for anything but an http or https address without query, fragment or names */
function baseOf(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  const plain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
  if (!plain) throw new TypeError('baseUrl must be the http or https address of a service');
  return url.href.replace(/\/$/, '');
}
