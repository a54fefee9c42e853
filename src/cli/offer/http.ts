import { isObject, type JsonObject, Problem, parseStrictJsonBytes } from '#kernel';
import { UsageError } from '../command.ts';

const TIMEOUT = 30_000;
const MAX_BYTES = 4 * 1024 * 1024;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The service said no. */
export class ClaimRefused extends Error {}

export interface Answer {
  status: number;
  text: string;
  /** Where the answer is a JSON object. */
  json?: JsonObject;
  /** Exactly as they came. */
  bytes: Uint8Array;
}

/**
 * One request of a wallet: https, or http to this machine; never redirected, so that nothing secret goes elsewhere.
 * @throws UsageError when the address may not be asked or does not answer
 */
export async function ask(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const target = URL.parse(url);
  const allowed = target?.protocol === 'https:' || (target?.protocol === 'http:' && LOOPBACK.test(target.hostname));
  if (!target || !allowed || target.username !== '') {
    throw new UsageError(`${url.slice(0, 200)} is not an https address`);
  }
  const response = await fetch(target, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch((error: unknown) => {
    throw new UsageError(`${target.origin} does not answer (${reasonOf(error as Error)})`);
  });
  return read(response, target);
}

/** `fetch` says that it failed; why stands in the cause. */
function reasonOf({ message, cause }: Error): string {
  const { code, message: why } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? why ?? message;
}

async function read(response: Response, { origin }: URL): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new UsageError(`${origin} answered with more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const answer = { status: response.status, bytes, text: bytes.toString('utf8') };
  if (!/json/.test(response.headers.get('content-type') ?? '')) return answer;
  try {
    const json = parseStrictJsonBytes(bytes, { bytes: MAX_BYTES, keys: 100_000 });
    return isObject(json) ? { ...answer, json } : answer;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new UsageError(`${origin} answered with bad JSON: ${error.message}`);
  }
}

/** What went wrong, in the words of the service. */
export function refusal({ status, json }: Answer): string {
  const { error, error_description: description, detail, pointer } = json ?? {};
  const said = [error ?? pointer, description ?? detail].filter((one) => typeof one === 'string').join(': ');
  return said === '' ? `the service answered ${status}` : said;
}
