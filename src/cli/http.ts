import { isObject, type JsonObject, Problem, parseStrictJsonBytes } from '#kernel';
import { UsageError } from './command.ts';

const TIMEOUT = 30_000;
const MAX_BYTES = 16 * 1024 * 1024;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The service said no to a wallet. */
export class ClaimRefused extends Error {}

export interface Answer {
  status: number;
  text: string;
  /** Where the answer is a JSON object. */
  json?: JsonObject;
  /** Exactly as they came. */
  bytes: Uint8Array;
  /** Seconds, where the service says for how long to wait. */
  retryAfter?: number;
}

export interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Blob;
  /** Milliseconds; default half a minute. */
  timeout?: number;
}

/**
 * One request: https, or http to this machine; never redirected, so that nothing secret goes elsewhere.
 * @throws UsageError when the address may not be asked, Problem `fetch-failed` when it does not answer
 */
export async function ask(url: string, init: Request = {}): Promise<Answer> {
  const { response, origin } = await open(url, init);
  return read(response, origin);
}

/**
 * The same for an answer that may be large.
 * @returns the status, and the body as it comes
 */
export async function open(url: string, init: Request = {}): Promise<{ response: Response; origin: string }> {
  const target = URL.parse(url);
  const allowed = target?.protocol === 'https:' || (target?.protocol === 'http:' && LOOPBACK.test(target.hostname));
  if (!target || !allowed || target.username !== '') {
    throw new UsageError(`${url.slice(0, 200)} is not an https address`);
  }
  const { timeout = TIMEOUT, ...request } = init;
  const response = await fetch(target, {
    ...request,
    headers: { accept: 'application/json', ...init.headers },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    throw new Problem('fetch-failed', `${target.origin} does not answer (${reasonOf(error as Error)})`);
  });
  return { response, origin: target.origin };
}

/** `fetch` says that it failed; why stands in the cause. */
function reasonOf({ message, cause }: Error): string {
  const { code, message: why } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? why ?? message;
}

/** @throws Problem `fetch-failed` when the answer breaks off, is too large, or is JSON that is not well formed */
export async function read(response: Response, origin: string): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MAX_BYTES) throw new Problem('fetch-failed', `${origin} answered with more than ${MAX_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('fetch-failed', `${origin} did not answer to the end (${reasonOf(error as Error)})`);
  }
  const bytes = Buffer.concat(chunks);
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const answer = {
    ...{ status: response.status, bytes, text: bytes.toString('utf8') },
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  const type = response.headers.get('content-type') ?? '';
  if (!/json/.test(type) || /ndjson/.test(type)) return answer;
  try {
    const json = parseStrictJsonBytes(bytes, { bytes: MAX_BYTES, keys: 1_000_000 });
    return isObject(json) ? { ...answer, json } : answer;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('fetch-failed', `${origin} answered with bad JSON: ${error.message}`);
  }
}

/** What went wrong, in the words of the service. */
export function refusal({ status, json }: Answer): string {
  const { error, error_description: description, detail, pointer } = json ?? {};
  const said = [error ?? pointer, description ?? detail].filter((one) => typeof one === 'string').join(': ');
  return said === '' ? `the service answered ${status}` : said;
}
