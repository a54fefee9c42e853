import { isIP } from 'node:net';
import { isObject, LIMITS, Problem, parseStrictJsonBytes } from '#kernel';
import type { FetchBudget, GuardedFetch } from '#net';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution } from './ports.ts';

const ACCEPT = 'application/did+ld+json, application/did+json;q=0.9, application/json;q=0.8, application/ld+json;q=0.7';
const ACCEPT_KEYS = 'application/jwk-set+json, application/jwk+json;q=0.9, application/json;q=0.8';

/**
 * did:web -> the address of its document (did:web method, read): `:` separates path parts, only a port may be
 * percent-encoded, always https, no IP address as host in any spelling.
 * @returns undefined when the identifier is malformed
 */
export function didWebUrl(did: string): string | undefined {
  const [scheme, method, host, ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web' || !host || path.some((part) => !/^[A-Za-z0-9._~-]+$/.test(part)))
    return undefined;
  if (path.some((part) => part === '.' || part === '..')) return undefined;
  const match = /^([A-Za-z0-9.-]+)(?:%3[aA]([1-9]\d{0,4}))?$/.exec(host);
  const name = match?.[1];
  if (!name || name.startsWith('.') || name.endsWith('.')) return undefined;
  const port = match[2] ? `:${match[2]}` : '';
  const url = URL.parse(`https://${name}${port}/${path.length === 0 ? '.well-known' : path.join('/')}/did.json`);
  // The platform reads 127.1, 2130706433 and 0x7f000001 as addresses; so they are judged after it has read them.
  return url && isIP(url.hostname) === 0 ? url.href : undefined;
}

export async function resolveWeb(did: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  const url = didWebUrl(did);
  if (!url) return refused('did_malformed', `not a did:web identifier: ${did}`);
  return fetchDocument(url, did, fetch, budget);
}

/** An https issuer: the address itself serves the controlled identifier document (Open Badges 3.0, 8.2). */
export async function resolveHttps(id: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  const url = URL.parse(id);
  // The id is compared with the document's as text, so the only good spelling is the one that is fetched.
  if (!url || url.hash || url.username || url.password || id.includes('#')) {
    return refused('did_malformed', 'not the address of a document');
  }
  const [noting, found] = noted(fetch);
  const got = await fetchDocument(id, id, noting, budget);
  // An open redirect would lend the name of its host to whoever finds one.
  return got.outcome === 'ok' && leftHost(id, found())
    ? unknown('did_document_elsewhere', 'the address leads to another host')
    : got;
}

/** The same fetch, and where it ended. */
function noted(fetch: GuardedFetch): [GuardedFetch, () => { url: string; contentType: string } | undefined] {
  let found: { url: string; contentType: string } | undefined;
  const noting: GuardedFetch = async (address, options) => {
    const answer = await fetch(address, options);
    found = answer;
    return answer;
  };
  return [noting, () => found];
}

const leftHost = (url: string, found: { url: string } | undefined): boolean =>
  found !== undefined && new URL(found.url).host !== new URL(url).host;

async function fetchDocument(
  url: string,
  id: string,
  fetch: GuardedFetch,
  budget: FetchBudget | undefined,
): Promise<DocumentResolution> {
  const got = await fetchObject(url, ACCEPT, fetch, budget);
  if (got.outcome === 'ok' && got.document.id !== id) {
    return refused('did_document_mismatch', 'the document is about another identifier');
  }
  return got;
}

/**
 * A JWK or a JWK set. Its place says whose it is, so where it was found after redirects counts (an open redirect would lend
 * the name of a host), and what is shown as a page or a picture is not taken for a key.
 */
export async function fetchKeys(url: string, fetch: GuardedFetch, budget?: FetchBudget): Promise<DocumentResolution> {
  const [noting, ended] = noted(fetch);
  const got = await fetchObject(url, ACCEPT_KEYS, noting, budget);
  const found = ended();
  if (got.outcome !== 'ok' || !found) return got;
  if (leftHost(url, found)) return unknown('key_elsewhere', 'the address leads to another host');
  if (!/^application\/(?:[a-z0-9.-]+\+)?json$/.test(found.contentType)) {
    return unknown(
      'key_malformed',
      `a key is not served as ${found.contentType.slice(0, 80) || 'nothing in particular'}`,
    );
  }
  return got;
}

async function fetchObject(
  url: string,
  accept: string,
  fetch: GuardedFetch,
  budget: FetchBudget | undefined,
): Promise<DocumentResolution> {
  try {
    const maxBytes = LIMITS.identifierBytes;
    const answer = await fetch(url, { accept, maxBytes, ...(budget ? { budget } : {}) });
    if (answer.status !== 200) return unknown('did_unreachable', `${url} answered ${answer.status}`);
    const document = parseStrictJsonBytes(answer.bytes);
    if (!isObject(document)) return refused('did_document_malformed', 'the document is not a JSON object');
    return { outcome: 'ok', document, fetchedAt: answer.fetchedAt };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // A parked domain or a sign-in page answers 200 with HTML: that says nothing about the issuer's keys.
    if (error.kind === 'malformed-json') return unknown('did_document_malformed', error.message);
    return unknown(error.extensions.code === 'budget' ? 'budget' : 'did_unreachable', error.message);
  }
}
