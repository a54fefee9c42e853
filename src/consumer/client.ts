import { isObject, type JsonObject, Problem, parseStrictJsonBytes } from '#kernel';
import type { FetchedDocument, GuardedFetch } from '#net';
import { cleaned } from './refusal.ts';

/** A host verifies what it takes, and that takes time. */
const ANSWER_MS = 10_000;
const ANSWER_BYTES = 64 * 1024;

export interface Call {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string;
  maxBytes?: number;
  signal?: AbortSignal;
}

/** One call of a host, under the guard of `net/`: no redirect, so many bytes, so long. */
export function callHost(
  fetch: GuardedFetch,
  url: string,
  { maxBytes, signal, ...call }: Call,
): Promise<FetchedDocument> {
  return fetch(url, {
    ...{ accept: 'application/json', call, timeoutMs: ANSWER_MS, maxBytes: maxBytes ?? ANSWER_BYTES },
    ...(signal ? { signal } : {}),
  });
}

/** @returns undefined for what is no object */
export function jsonOf({ bytes }: Pick<FetchedDocument, 'bytes'>): JsonObject | undefined {
  try {
    const value = parseStrictJsonBytes(Buffer.from(bytes), { bytes: ANSWER_BYTES });
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** What an OAuth endpoint says of a refusal (RFC 6749, 5.2; RFC 7591, 3.2.2). */
export function errorOf(answer: FetchedDocument): { error: string; said: string } {
  const { error, error_description: description } = jsonOf(answer) ?? {};
  const code = cleaned(error, 60) ?? '';
  return { error: code, said: [`HTTP ${answer.status}`, code, cleaned(description)].filter(Boolean).join(': ') };
}
