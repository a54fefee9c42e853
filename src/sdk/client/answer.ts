import { TatakProblem } from '../problem.ts';

/** By media type: what JSON says, text, the answer itself where it goes on, and bytes of everything else. */
export async function readAnswer(response: Response): Promise<unknown> {
  const type = typeOf(response);
  if (response.status === 204 || type === '') return undefined;
  if (type === 'text/event-stream') return response;
  if (isJson(type)) return response.json();
  if (/^text\/|^application\/(?:x-ndjson|yaml|[\w.+-]*jwt)$/.test(type)) return response.text();
  return new Uint8Array(await response.arrayBuffer());
}

/** Whatever is wrong with the shape of an answer that is an error, it stays an error. */
export async function problemOf(response: Response): Promise<TatakProblem> {
  const text = await response.text().catch(() => '');
  let whole: unknown = text;
  try {
    if (isJson(typeOf(response))) whole = JSON.parse(text);
  } catch {
    // Said as text.
  }
  const members =
    typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? (whole as Record<string, unknown>) : {};
  const wait = retryAfter(response.headers);
  return new TatakProblem(
    { ...known(members), status: response.status },
    { whole, ...(wait === undefined ? {} : { retryAfter: wait }) },
  );
}

/** The members of RFC 9457 that are of their types; OAuth says the same in other words (RFC 6749 5.2). */
function known(members: Record<string, unknown>) {
  const { type, title, detail, error_description: described, pointer, errors } = members;
  const said = detail ?? described;
  return {
    ...(typeof type === 'string' && { type }),
    ...(typeof title === 'string' && { title }),
    ...(typeof said === 'string' && { detail: said }),
    ...(typeof pointer === 'string' && { pointer }),
    ...(Array.isArray(errors) && { errors }),
  };
}

/** RFC 9110 10.2.3: seconds, or a date, which is one of the service's clock where it shows that. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1_000));
}

const typeOf = ({ headers }: Response): string =>
  (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const isJson = (type: string): boolean => /^application\/(?:[\w.+-]+\+)?json$|^application\/(?:vc|did)$/.test(type);
