/** A minimal client of the REST API, as an institution's own program would be written. */
export interface Client {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly problem: unknown;
  constructor(method: string, path: string, status: number, problem: unknown) {
    super(`${method} ${path} answered ${status}: ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
  /** Which problem it is. */
  get type(): string | undefined {
    return (this.problem as { type?: string } | undefined)?.type?.split(':').at(-1);
  }
  /** What the answer says in words. */
  get detail(): string {
    return (this.problem as { detail?: string } | undefined)?.detail ?? this.message;
  }
}

/**
 * @param base public address without trailing slash
 * @param key API key; absent for public operations
 * @throws ApiError for every answer that is not 2xx
 */
export function createClient(base: string, key?: string): Client {
  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const text = typeof body === 'string';
    const response = await fetch(base + path, {
      method,
      headers: {
        accept: 'application/json',
        // One connection a call: an idle one may be closed by the server just as it is used again.
        connection: 'close',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': text ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) }),
    });
    const answer = await response.text();
    const parsed = answer === '' ? undefined : JSON.parse(answer);
    if (!response.ok) throw new ApiError(method, path, response.status, parsed);
    return parsed as T;
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body) => call('PUT', path, body),
  };
}
