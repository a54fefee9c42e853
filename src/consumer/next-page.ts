/** RFC 8288: the target of `rel="next"`; undefined where there is none. */
function nextOf(link: string | undefined): string | undefined {
  for (const [, target, parameters] of (link ?? '').matchAll(/<([^<>]{0,4000})>([^<]*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters!);
    const names = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (names.includes('next')) return target;
  }
  return undefined;
}

/**
 * Where the next page is (OB 3.0, 6.4). The token of the learner goes there: so it must be the same operation of the same host.
 * @returns `elsewhere` when it is another
 */
export function nextPage(
  link: string | undefined,
  { page, apiUrl }: { page: string; apiUrl: string },
): { url?: string } | 'elsewhere' {
  const target = nextOf(link);
  if (target === undefined) return {};
  const url = URL.parse(target, page);
  const wanted = new URL(`${apiUrl}/credentials`);
  const same = url && url.origin === wanted.origin && url.pathname === wanted.pathname;
  return same && !url.username && !url.password ? { url: url.href } : 'elsewhere';
}
