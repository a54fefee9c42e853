import { fieldProblem, LIMITS, parseDateTimeStamp } from '#kernel';

export interface Paging {
  limit: number;
  offset: number;
  since?: Date;
}

const MOST = 2 ** 31 - 1;

/** `limit`, `offset` and `since` of getCredentials. @throws Problem `invalid-request` at `/query/...` */
export function pagingOf(query: Readonly<Record<string, unknown>>): Paging {
  const limit = number(query, 'limit', 1) ?? LIMITS.pageSize;
  const since = query.since === undefined ? undefined : instant(query.since);
  return {
    // More than a page holds is no error: `Link` leads on.
    limit: Math.min(limit, LIMITS.pageSizeMax),
    offset: number(query, 'offset', 0) ?? 0,
    ...(since === undefined ? {} : { since }),
  };
}

function number(query: Readonly<Record<string, unknown>>, name: 'limit' | 'offset', least: number): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (value >= least && value <= MOST) return value;
  throw fieldProblem('invalid-request', `/query/${name}`, `${name} must be a whole number, at least ${least}`);
}

/** The description of the parameter writes no zone: then UTC is meant. */
function instant(text: unknown): Date {
  const zoned = typeof text === 'string' && /T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/.test(text) ? `${text}Z` : text;
  const date = typeof zoned === 'string' ? parseDateTimeStamp(zoned) : undefined;
  if (date) return date;
  throw fieldProblem('invalid-request', '/query/since', 'since must be a date and time, as 2026-03-14T08:00:00Z');
}

/** OB 3.0, 6.4 and RFC 8288: `first` and `last` always, `next` while there is more, `prev` after the first. */
export function linkHeader(address: string, { limit, offset, since }: Paging, total: number): string {
  const to = (rel: string, at: number) => {
    const query = new URLSearchParams({ limit: String(limit), offset: String(at) });
    // As RFC 3339, with no sign that an address would have to escape.
    if (since) query.set('since', since.toISOString());
    return `<${address}?${query}>; rel="${rel}"`;
  };
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  return [
    ...(offset + limit < total ? [to('next', offset + limit)] : []),
    to('last', last),
    to('first', 0),
    ...(offset > 0 ? [to('prev', Math.max(0, Math.min(offset - limit, last)))] : []),
  ].join(', ');
}
