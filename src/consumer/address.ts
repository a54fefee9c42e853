import { refuse } from './refusal.ts';

const API = '/ims/ob/v3p0';

/**
 * The discovery address of a host (OB 3.0, 6.3), from what a person writes: that address, the base of the API, or of the site.
 * @throws Problem `invalid-request` at `/address`
 */
export function discoveryUrlOf(text: string): string {
  const written = text.trim();
  const url = URL.parse(
    /^[a-z][a-z\d+.-]*:/i.test(written) && !/^[^/]*:\d/.test(written) ? written : `https://${written}`,
  );
  if (!url || url.hostname === '') throw refuse('no_address');
  if (url.protocol !== 'https:') throw refuse('not_https');
  if (url.username || url.password || url.search || url.hash) throw refuse('no_address');
  const path = withoutEndSlashes(url.pathname).replace(/\/discovery$/, '');
  return `${url.origin}${path.endsWith(API) ? path : path + API}/discovery`;
}

/** Counted from the end: an expression for it tries every slash of an address that is made of them. */
export function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}
