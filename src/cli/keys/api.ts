import { setTimeout as sleep } from 'node:timers/promises';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
import { readText } from '../read-text.ts';

/** A signing key as the API shows it. */
export interface ShownKey {
  keyId: string;
  purpose: string;
  algorithm: string;
  state: string;
  createdAt: string;
  activeFrom?: string;
  retiredAt?: string;
  revokedAt?: string;
  stoppedAt?: string;
}

export interface KeysCall {
  values: Record<string, string | boolean | undefined>;
  positionals: string[];
  /** @throws UsageError with what the service says */
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
  /** Outside the keys of the institution. */
  at<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
}

/** More than one minute is never asked for, and others may take the next share. */
const WAITS = 5;

export const SERVICE_USAGE = '--url URL --key-file FILE';

/**
 * Keys are changed through the service, never in its files: it knows who does it and records it.
 * @throws UsageError when an option is missing or the file cannot be read
 */
export function keysCall(args: string[], options: ParseArgsOptionsConfig = {}): KeysCall {
  const all = { url: { type: 'string' }, 'key-file': { type: 'string' }, ...options } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: all });
  const { url, 'key-file': file } = values as { url?: string; 'key-file'?: string };
  if (url === undefined || !URL.canParse(url)) throw new UsageError('--url is missing: the address of the service');
  if (file === undefined) throw new UsageError('--key-file is missing: a file with the API key of an operator');
  const slug = positionals[0];
  if (slug === undefined) throw new UsageError('name the institution');
  const origin = url.replace(/\/$/, '');
  const key = readText(file).trim();
  const at = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const request = {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    const response = await patiently(() => fetch(origin + path, request)).catch((error: unknown) => {
      throw new UsageError(`${url} does not answer (${(error as Error).message})`);
    });
    const answer = (await response.json()) as T & { detail?: string };
    if (!response.ok) throw new UsageError(answer.detail ?? `the service answered ${response.status}`);
    return answer;
  };
  const base = `/v1/institutions/${encodeURIComponent(slug)}/keys`;
  return {
    values: values as KeysCall['values'],
    positionals: positionals.slice(1),
    at,
    call: (method, path, body) => at(method, base + path, body),
  };
}

/** A service that is asked too much says for how long: the work of a command may be more than a minute's share (RFC 6585 4). */
async function patiently(send: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await send();
    if (response.status !== 429 || tries === WAITS) return response;
    await response.body?.cancel();
    await sleep(1_000 * Math.min(60, Number(response.headers.get('retry-after')) || 1));
  }
}

/** One key in one line. */
export function keyLine(key: ShownKey): string {
  const dates = [
    ['listed', key.createdAt],
    ['signs from', key.activeFrom],
    ['ends', key.retiredAt],
    ['revoked', key.revokedAt],
    ['stopped', key.stoppedAt],
  ].filter(([, at]) => at !== undefined);
  const head = [key.keyId.padEnd(18), key.algorithm.padEnd(8), key.state.padEnd(8)].join(' ');
  return `${head} ${dates.map(([what, at]) => `${what} ${at}`).join(', ')}\n`;
}
