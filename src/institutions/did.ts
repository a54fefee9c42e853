import { SLUG_PATTERN } from '#kernel';

/** Slugs that would be read as something else: `system` is the tenant of the service's own keys. */
export const RESERVED_SLUGS: readonly string[] = ['system', 'www', 'api', 'admin'];

export const isSlug = (text: unknown): text is string =>
  typeof text === 'string' && SLUG_PATTERN.test(text) && !RESERVED_SLUGS.includes(text);

/** `did:web:HOST[%3APORT]:institutions:SLUG` (did:web 3.1). @param didAuthority `HOST` or `HOST%3APORT`, already encoded */
export const didOf = (didAuthority: string, tenant: string): string => `did:web:${didAuthority}:institutions:${tenant}`;

/** The tenant of a DID of this service; undefined for any other DID. */
export function tenantOfDid(didAuthority: string, did: string): string | undefined {
  const prefix = didOf(didAuthority, '');
  const slug = did.startsWith(prefix) ? did.slice(prefix.length) : undefined;
  return isSlug(slug) ? slug : undefined;
}
