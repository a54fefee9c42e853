import { isIP } from 'node:net';
import { isObject, Problem, parseStrictJsonBytes } from '#kernel';
import type { FetchBudget, GuardedFetch } from '#net';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution } from './ports.ts';

const ACCEPT = 'application/did+ld+json, application/did+json;q=0.9, application/json;q=0.8';

/**
 * did:web -> the address of its document (did:web method, read): `:` separates path parts, only a port may be
 * percent-encoded, always https, no IP address as host.
 * @returns undefined when the identifier is malformed
 */
export function didWebUrl(did: string): string | undefined {
  const [scheme, method, host, ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web' || !host || path.some((part) => !/^[A-Za-z0-9._~-]+$/.test(part)))
    return undefined;
  if (path.some((part) => part === '.' || part === '..')) return undefined;
  const match = /^([A-Za-z0-9.-]+)(?:%3[aA](\d{1,5}))?$/.exec(host);
  const name = match?.[1];
  if (!name || isIP(name) || /^[\d.]+$/.test(name) || name.startsWith('.') || name.endsWith('.')) return undefined;
  const port = match[2] ? `:${match[2]}` : '';
  return `https://${name}${port}/${path.length === 0 ? '.well-known' : path.join('/')}/did.json`;
}

export async function resolveWeb(did: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  const url = didWebUrl(did);
  if (!url) return refused('did_malformed', `not a did:web identifier: ${did}`);
  return fetchDocument(url, did, fetch, budget);
}

/** An https issuer: the address itself serves the controlled identifier document. */
export async function resolveHttps(
  url: string,
  fetch: GuardedFetch,
  budget?: FetchBudget,
): Promise<DocumentResolution> {
  return fetchDocument(url, url, fetch, budget);
}

async function fetchDocument(
  url: string,
  id: string,
  fetch: GuardedFetch,
  budget: FetchBudget | undefined,
): Promise<DocumentResolution> {
  try {
    const answer = await fetch(url, { accept: ACCEPT, ...(budget ? { budget } : {}) });
    if (answer.status !== 200) return unknown('did_unreachable', `${url} answered ${answer.status}`);
    const document = parseStrictJsonBytes(answer.bytes);
    if (!isObject(document)) return refused('did_document_malformed', 'the document is not a JSON object');
    if (document.id !== id) return refused('did_document_mismatch', 'the document is about another identifier');
    return { outcome: 'ok', document, fetchedAt: answer.fetchedAt };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === 'malformed-json') return refused('did_document_malformed', error.message);
    const code =
      typeof error.extensions.code === 'string' && error.extensions.code === 'budget' ? 'budget' : 'did_unreachable';
    return unknown(code, error.message);
  }
}
