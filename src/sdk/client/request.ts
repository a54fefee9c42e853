import type { Operation } from './operation.ts';

/** Parameters by their names, and the body. */
export interface CallArguments {
  /** What the body of the operation is: an object for JSON, text or bytes for the others, `FormData` as it is. */
  body?: unknown;
  /** Media type of the body where the operation takes several; default the first. */
  contentType?: string;
  /** Media type of the answer; default the first that the operation gives. */
  accept?: string;
  signal?: AbortSignal;
  [parameter: string]: unknown;
}

export interface Asked {
  url: string;
  method: Operation['method'];
  headers: Headers;
  body?: string | Uint8Array<ArrayBuffer> | FormData;
}

const OWN = ['body', 'contentType', 'accept', 'signal'];

/** @throws TypeError for a name that the operation does not have, and for one that it needs and has not */
export function requestOf(operation: Operation, base: string, args: CallArguments): Asked {
  const unknown = Object.keys(args).filter((name) => !OWN.includes(name) && !Object.hasOwn(operation.parameters, name));
  if (unknown.length > 0) throw new TypeError(`no such parameter: ${unknown.join(', ')}`);
  const missing = operation.required.filter((name) => args[name] === undefined);
  if (missing.length > 0) throw new TypeError(`missing: ${missing.join(', ')}`);
  const headers = new Headers({ accept: args.accept ?? operation.accept.join(', ') });
  const query = new URLSearchParams();
  let { path } = operation;
  for (const [name, place] of Object.entries(operation.parameters)) {
    const value = args[name];
    if (value === undefined) continue;
    if (place === 'path') path = path.replace(`{${name}}`, segment(name, String(value)));
    else if (place === 'header') headers.set(name, String(value));
    else for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  // The same for every attempt of this call, so that it is done once.
  if (operation.idempotent && !headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
  const search = query.size > 0 ? `?${query}` : '';
  return { url: `${base}${path}${search}`, method: operation.method, headers, ...bodyOf(operation, args, headers) };
}

/** A dot segment would lead to another operation. */
function segment(name: string, value: string): string {
  if (value === '' || value === '.' || value === '..')
    throw new TypeError(`${name} must not be ${JSON.stringify(value)}`);
  return encodeURIComponent(value);
}

function bodyOf(
  { body: types }: Operation,
  { body, contentType }: CallArguments,
  headers: Headers,
): Pick<Asked, 'body'> {
  if (body === undefined) return {};
  if (!types) throw new TypeError('this operation takes no body');
  if (body instanceof FormData) return { body };
  const type = contentType ?? types[0]!;
  headers.set('content-type', type);
  if (typeof body === 'string' && !/json$/.test(type)) return { body };
  if (body instanceof Uint8Array) return { body: Uint8Array.from(body) };
  if (type === 'application/x-www-form-urlencoded')
    return { body: String(new URLSearchParams(body as Record<string, string>)) };
  return { body: JSON.stringify(body) };
}
