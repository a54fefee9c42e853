import { scanPage } from '#documents';
import { LIMITS, Problem } from '#kernel';
import { strings } from '../model.ts';
import { readJson } from './json.ts';
import type { Loaded, Origin, Read } from './model.ts';

/** Media types of a badge, the surest first; a page of anything may have an alternate of the last two. */
const ALTERNATES = [
  ...['application/vc', 'application/vc+ld+json', 'application/vc+jwt', 'application/vc+sd-jwt'],
  ...['application/ld+json', 'application/json', 'image/png', 'image/svg+xml'],
];
const DATA = new Set(['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json']);
const MAX_FETCHES = 2;

/** Fetches and reads one address; a page it leads to is not followed. */
export type Follow = (url: string) => Promise<Read>;

/**
 * The badge a page shows: in the page itself as data, or at an address it names (a link to another form of itself, its
 * preview picture). At most two addresses are tried, within the budget of the whole verification.
 * @throws Problem `fetch-failed` with code `html` when the page leads to none
 */
export async function followPage(page: { text: string; origin: Origin }, follow: Follow): Promise<Loaded> {
  const { text, origin } = page;
  const hints = scanPage(text.slice(0, LIMITS.fetchBytes));
  for (const { type, text: data } of hints.data) {
    const found = DATA.has(type) && quiet(() => readJson(data.trim(), within(origin)));
    if (found && isBadge(found)) return found;
  }
  const linked = ALTERNATES.flatMap((type) => hints.links.filter((link) => link.type === type).map(({ href }) => href));
  const addresses = [...linked, ...hints.images].flatMap((href) => absolute(href, origin.url));
  for (const url of [...new Set(addresses)].slice(0, MAX_FETCHES)) {
    // An address that fails is no badge; the next may be one.
    const found = await follow(url).catch(skip);
    if (!found || !isBadge(found)) continue;
    return { ...found, origin: { ...found.origin, ...(origin.url === undefined ? {} : { page: origin.url }) } };
  }
  throw new Problem('fetch-failed', 'this is a web page, and no badge was found in it or behind its links', {
    extensions: { code: 'html' },
  });
}

const within = (origin: Origin): Origin => ({ ...origin, carriers: [...(origin.carriers ?? []), 'page'] });

/** Pages hold much JSON that is no badge. */
function isBadge(found: Read): found is Loaded {
  if (found.kind === 'page') return false;
  return found.kind !== 'document' || strings(found.document.type).includes('VerifiableCredential');
}

function absolute(href: string, base: string | undefined): string[] {
  const url = URL.parse(href, base);
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > LIMITS.urlBytes) return [];
  url.hash = '';
  if (url.href === base) return [];
  return [url.href];
}

function quiet(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    return skip(error);
  }
}

function skip(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
  return undefined;
}
