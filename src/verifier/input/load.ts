import { fieldProblem, LIMITS, Problem } from '#kernel';
import type { GuardedFetch } from '#net';
import type { Budget } from '../budget.ts';
import { readBytes } from './bytes.ts';
import { openDataUrl } from './data-url.ts';
import { fromValue, readJson } from './json.ts';
import { looksLikeJwt, readJwt } from './jwt.ts';
import type { CredentialInput, Loaded, Origin, Read } from './model.ts';
import { followPage } from './page.ts';

/** Also of hosts that know no type of a badge: what they answer is looked at, not what they call it. */
const ACCEPT_BADGE =
  'application/vc, application/vc+ld+json;q=0.9, application/ld+json;q=0.8, application/json;q=0.8, application/vc+jwt;q=0.7, image/png;q=0.6, image/svg+xml;q=0.6, */*;q=0.2';

/**
 * Gets the badge, in whatever form it comes: by address, pasted, as a file, or parsed. What is not a badge in any form is
 * the caller's mistake and throws.
 * @throws Problem `invalid-request`, `malformed-json`, `invalid-image`, `payload-too-large`, `fetch-refused`, `fetch-failed`
 */
export async function loadInput(input: CredentialInput, fetch: GuardedFetch, budget: Budget): Promise<Loaded> {
  const follow = (url: string) => fromUrl(asked(url), fetch, budget);
  const read = await readInput(input, follow);
  return read.kind === 'page' ? followPage(read, follow) : read;
}

async function readInput(input: CredentialInput, follow: (url: string) => Promise<Read>): Promise<Read> {
  if ('document' in input) return fromValue(input.document, () => JSON.stringify(input.document), {});
  if ('url' in input) return follow(input.url.trim());
  if ('bytes' in input) return readBytes(input.bytes, {});
  return fromText(input.text.trim(), follow);
}

/** Pasted: an address by itself is fetched, everything else is what it is. */
/** The permanent link of a verify page, ours or of another instance, means the badge that it asks about. */
function asked(url: string): string {
  const { pathname, searchParams } = URL.parse(url) ?? {};
  const inner = pathname === '/verify' ? searchParams!.getAll('url') : [];
  return inner.length === 1 && URL.canParse(inner[0]!) ? inner[0]! : url;
}

async function fromText(text: string, follow: (url: string) => Promise<Read>): Promise<Read> {
  if (text === '') throw fieldProblem('invalid-request', '/text', 'must not be empty');
  if (/^https?:\/\/\S+$/i.test(text)) return follow(text);
  if (/^data:/i.test(text)) return openDataUrl(text, {});
  if (looksLikeJwt(text.slice(0, 2_048))) return readJwt(text, {});
  // Pictures and pages are bytes; JSON stays text, because an ill-formed character must not turn into another.
  return text.startsWith('<') ? readBytes(Buffer.from(text), {}) : readJson(text, {});
}

async function fromUrl(url: string, fetch: GuardedFetch, budget: Budget): Promise<Read> {
  if (Buffer.byteLength(url) > LIMITS.urlBytes || !URL.canParse(url) || !/^https?:/i.test(url)) {
    throw fieldProblem('invalid-request', '/url', 'must be a web address');
  }
  const got = await budget.slot(() => fetch(url, { accept: ACCEPT_BADGE, budget, maxBytes: LIMITS.imageBytes }));
  if (got.status < 200 || got.status > 299) {
    throw new Problem('fetch-failed', `the address answered with status ${got.status}`, {
      extensions: { code: 'http-status' },
    });
  }
  const origin: Origin = { url: got.url, fetchedAt: got.fetchedAt };
  const read = await readBytes(got.bytes, origin);
  if (read.kind === 'page') return read;
  return { ...read, fetched: { bytes: got.bytes, contentType: got.contentType, url: got.url } };
}

/** Says which item of the request it was. */
export async function at<T>(pointer: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Problem) || error.errors[0]?.pointer === pointer) throw error;
    const { kind, message, extensions } = error;
    throw new Problem(kind, message, { errors: [{ pointer, detail: message }], cause: error, extensions });
  }
}
